/** Thousands of rows that all change ten times a second, in a real Chromium: our positions grid beside a plain table of the same cells. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { chromium, type Browser } from '@playwright/test';
import { build } from 'vite';
import { findChromium } from '../../e2e/browser.mjs';
import { type Bench, type BenchResult } from './result.ts';
import { percentile, percentilesOf } from './samples.ts';

const ROWS = 5_000;
const UPDATES_PER_SECOND = 10;
const WARM_UP_MS = 3_000;
const WATCH_MS = 10_000;
const INPUT = `${ROWS} rows, every one changed ${UPDATES_PER_SECOND} times a second`;

interface Watched {
  /** From one animation frame to the next. */
  readonly frameMs: readonly number[];
  readonly longestTaskMs: number;
  readonly busyMsPerSecond: number;
  readonly peakMb: number;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
};

async function serve(folder: string): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://bench').pathname);
    const file = path === '/' ? '/index.html' : path;
    readFile(join(folder, file)).then(
      (bytes) =>
        response.setHeader('content-type', TYPES[extname(file)] ?? 'text/plain').end(bytes),
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
    tableSamples: { frameMs: number[]; longestTaskMs: number };
  }
}

function observeFrames(): void {
  const samples = { frameMs: [] as number[], longestTaskMs: 0 };
  window.tableSamples = samples;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries())
      samples.longestTaskMs = Math.max(samples.longestTaskMs, duration);
  }).observe({ entryTypes: ['longtask'] });
  let last = performance.now();
  function frame(at: number): void {
    samples.frameMs.push(at - last);
    last = at;
    requestAnimationFrame(frame);
  }
  requestAnimationFrame(frame);
}

async function watch(browser: Browser, url: string, table: 'ours' | 'plain'): Promise<Watched> {
  const page = await browser.newPage();
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const metric = async (name: string): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find((one) => one.name === name)?.value ?? Number.NaN;
  };
  page.on('pageerror', (error) => process.stderr.write(`  the page failed: ${error.message}\n`));
  await page.goto(`${url}/?table=${table}&rows=${ROWS}&every=${1_000 / UPDATES_PER_SECOND}`);
  await page.locator('tbody tr').first().waitFor({ timeout: 60_000 });
  await page.waitForTimeout(WARM_UP_MS);
  await page.evaluate(observeFrames);
  const began = { busy: await metric('TaskDuration'), at: performance.now() };
  await page.waitForTimeout(WATCH_MS);
  const { frameMs, longestTaskMs } = await page.evaluate(() => window.tableSamples);
  const seconds = (performance.now() - began.at) / 1_000;
  const busyMsPerSecond = ((await metric('TaskDuration')) - began.busy) * (1_000 / seconds);
  const peakMb = (await metric('JSHeapUsedSize')) / 2 ** 20;
  await page.close();
  return { frameMs, longestTaskMs, busyMsPerSecond, peakMb };
}

function line(name: string, watched: Watched, baseline: Watched): BenchResult {
  const fps = (one: Watched): string =>
    (1_000 / (one.frameMs.reduce((sum, ms) => sum + ms, 0) / one.frameMs.length)).toFixed(0);
  const told = (one: Watched): string =>
    `${fps(one)} fps, task ${one.longestTaskMs.toFixed(0)} ms, busy ${one.busyMsPerSecond.toFixed(0)} ms/s`;
  return {
    bench: 'table',
    case: `${name}: ${told(watched)}`,
    ...percentilesOf(watched.frameMs),
    peakMb: watched.peakMb,
    ratio: percentile(watched.frameMs, 0.5) / percentile(baseline.frameMs, 0.5),
    baseline: `plain table, ${told(baseline)}`,
    seed: 'none',
    input: INPUT,
  };
}

async function run(): Promise<readonly BenchResult[]> {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    process.stderr.write('  left out: no Chromium was found (CHROMIUM_PATH)\n');
    return [];
  }
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-bench-'));
  await build({
    root: join(import.meta.dirname, '../../components/table/bench'),
    build: { outDir: folder, emptyOutDir: true },
    logLevel: 'error',
  });
  const { server, url } = await serve(folder);
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu'],
  });
  const ours = await watch(browser, url, 'ours');
  const plain = await watch(browser, url, 'plain');
  await browser.close();
  server.close();
  rmSync(folder, { recursive: true });
  return [line('positions grid', ours, plain), line('plain table', plain, plain)];
}

/** Times are of animation frames; the case tells frames a second, the longest task and how busy the main thread is. */
export const table: Bench = {
  question: 'does a table of thousands of moving rows still draw every frame?',
  run,
};
