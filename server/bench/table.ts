/**
 * Thousands of rows that all change ten times a second, in a real Chromium: our positions grid beside AG Grid community with the same
 * figures, and beside a plain table of our cells.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { readFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { chromium, type Browser } from '@playwright/test';
import { build } from 'vite';
import { findChromium } from '../../e2e/browser.mjs';
import { longestTaskMs } from './longest-task.ts';
import { say, type Bench, type BenchOptions, type BenchResult } from './result.ts';
import { percentilesOf } from './samples.ts';

const ROWS = 5_000;
/** All of its rows are drawn: with more of them it never comes. */
const PLAIN_ROWS_MAX = 5_000;
const UPDATES_PER_SECOND = 10;
const WARM_UP_MS = 3_000;
const WATCH_MS = 10_000;

interface Watched {
  /** From one animation frame to the next. */
  readonly frameMs: readonly number[];
  /** Of processor time, as the next one. */
  readonly longestTaskMs: number;
  /** Processor time of the main thread: what else the machine does is not in it. */
  readonly busyMsPerSecond: number;
  readonly peakMb: number;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

async function serve(folder: string): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://bench').pathname);
    readFile(join(folder, path)).then(
      (bytes) =>
        response.setHeader('content-type', TYPES[extname(path)] ?? 'text/plain').end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { server, url: `http://127.0.0.1:${port}` };
}

declare global {
  interface Window {
    tableFrames: number[];
  }
}

function observeFrames(): void {
  const frames: number[] = [];
  window.tableFrames = frames;
  let last = performance.now();
  function frame(at: number): void {
    frames.push(at - last);
    last = at;
    requestAnimationFrame(frame);
  }
  requestAnimationFrame(frame);
}

/** Each page comes with the sheet of what it shows. */
const TABLES = {
  ours: { page: 'ours', row: 'tbody tr' },
  ag: { page: 'ag', row: '.ag-row' },
  alike: { page: 'ag', row: '.ag-row' },
  plain: { page: 'ours', row: 'tbody tr' },
} as const;

interface Asked {
  readonly browser: Browser;
  readonly url: string;
  readonly rows: number;
}

async function watch({ browser, url, rows }: Asked, table: keyof typeof TABLES): Promise<Watched> {
  const page = await browser.newPage();
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const metric = async (name: string): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find((one) => one.name === name)?.value ?? Number.NaN;
  };
  page.on('pageerror', (error) => process.stderr.write(`  the page failed: ${error.message}\n`));
  const { page: name, row } = TABLES[table];
  const query = `table=${table}&rows=${rows}&every=${1_000 / UPDATES_PER_SECOND}`;
  await page.goto(`${url}/${name}.html?${query}`);
  await page.locator(row).first().waitFor({ timeout: 60_000 });
  await page.waitForTimeout(WARM_UP_MS);
  // First the work, then the frames: to watch each frame is work too, and more of it where something fades.
  const began = { busy: await metric('TaskDuration'), at: performance.now() };
  await page.waitForTimeout(WATCH_MS);
  const seconds = (performance.now() - began.at) / 1_000;
  const busyMsPerSecond = ((await metric('TaskDuration')) - began.busy) * (1_000 / seconds);
  await page.evaluate(observeFrames);
  await page.waitForTimeout(WATCH_MS);
  const frameMs = await page.evaluate(() => window.tableFrames);
  const longest = await longestTaskMs(browser, () => page.waitForTimeout(WATCH_MS));
  const peakMb = (await metric('JSHeapUsedSize')) / 2 ** 20;
  await page.close();
  return { frameMs, longestTaskMs: longest, busyMsPerSecond, peakMb };
}

/** On a busy machine a table may take longer to come than anybody waits. */
async function watchIfItComes(
  asked: Asked,
  table: keyof typeof TABLES,
): Promise<Watched | undefined> {
  try {
    return await watch(asked, table);
  } catch (error) {
    say(`${table} is left out: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

/** Pinned; the package itself does not say. */
function agGridVersion(): string {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
    readonly devDependencies: Readonly<Record<string, string>>;
  };
  return manifest.devDependencies['ag-grid-community'] ?? 'unknown';
}

function told(watched: Watched): string {
  const { frameMs, busyMsPerSecond } = watched;
  const fps = 1_000 / (frameMs.reduce((sum, ms) => sum + ms, 0) / frameMs.length);
  return `${fps.toFixed(0)} fps, longest task ${watched.longestTaskMs.toFixed(0)} ms, main thread ${busyMsPerSecond.toFixed(0)} ms/s`;
}

function line(
  name: string,
  watched: Watched,
  { baseline, rows }: { readonly baseline: Watched; readonly rows: number },
): BenchResult {
  return {
    bench: 'table',
    case: `${name}: ${told(watched)}`,
    ...percentilesOf(watched.frameMs),
    peakMb: watched.peakMb,
    ratio: watched.busyMsPerSecond / baseline.busyMsPerSecond,
    baseline: `main thread of AG Grid community ${agGridVersion()}, defaults`,
    seed: 'none',
    input: `${rows} rows, every one changed ${UPDATES_PER_SECOND} times a second`,
  };
}

async function run({ rows = ROWS }: BenchOptions): Promise<readonly BenchResult[]> {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    process.stderr.write('  left out: no Chromium was found (CHROMIUM_PATH)\n');
    return [];
  }
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-bench-'));
  const pages = join(import.meta.dirname, '../../components/table/bench');
  await build({
    root: pages,
    build: {
      outDir: folder,
      emptyOutDir: true,
      rolldownOptions: { input: [join(pages, 'ours.html'), join(pages, 'ag.html')] },
    },
    logLevel: 'error',
  });
  const { server, url } = await serve(folder);
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu'],
  });
  const asked = { browser, url, rows };
  const ours = await watch(asked, 'ours');
  const ag = await watch(asked, 'ag');
  const alike = await watch(asked, 'alike');
  const plain = rows > PLAIN_ROWS_MAX ? undefined : await watchIfItComes(asked, 'plain');
  say(`Chromium ${browser.version()}; load of the machine ${loadavg()[0]?.toFixed(1)}`);
  await browser.close();
  server.close();
  rmSync(folder, { recursive: true });
  const against = { baseline: ag, rows };
  return [
    line('positions grid', ours, against),
    line('AG Grid', ag, against),
    line('AG Grid, columns, order and marks as ours', alike, against),
    ...(plain === undefined ? [] : [line('plain table', plain, against)]),
  ];
}

/** Of the tables that begin so, the case tells it. */
function busyOf(begins: string): (result: BenchResult) => number | undefined {
  return (result) =>
    result.case.startsWith(begins)
      ? Number(/main thread (\d+) ms/.exec(result.case)?.[1])
      : undefined;
}

/** Times are of animation frames; the case tells frames a second, the longest task and how busy the main thread is; the ratio is of the last. */
export const table: Bench = {
  question: 'does a table of thousands of moving rows still draw every frame?',
  sizes: ['rows'],
  growth: {
    chart: 'server/bench/charts/table.svg',
    title: 'Main thread taken in a second of ten updates, by rows that all change',
    across: 'rows',
    sizes: [50, 500, 5_000, 20_000],
    lines: [
      { name: 'AG Grid, columns, order and marks as ours', of: busyOf('AG Grid, columns') },
      { name: 'AG Grid community, defaults', of: busyOf('AG Grid:') },
      { name: 'the positions grid', of: busyOf('positions grid') },
      { name: 'a plain table of our cells', of: busyOf('plain table') },
    ],
  },
  run,
};
