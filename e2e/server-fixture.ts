/** The real server as a test sees it: started with its own data directory, found by its printed address, stopped by a signal. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect, type ConsoleMessage, type Page } from '@playwright/test';

const ROOT = join(import.meta.dirname, '..');
const LIVE_LINE = /Plimsoll is live at (\S+) /;
const STARTS_WITHIN_MS = 45_000;
const STOPS_WITHIN_MS = 15_000;

/**
 * Set aside, so that what a test does not set is as a stranger finds it: our own variables (`npm run demo -- --help`), and what a
 * test runner says about colours, which Node would comment on.
 */
const VARIABLES = [
  'FORCE_COLOR',
  'NO_COLOR',
  'PORT',
  'HOST',
  'SEED',
  'ACCOUNTS',
  'SPEED',
  'SCENARIO',
  'REPLAY',
  'DATA_DIR',
  'FRESH',
  'VERIFY',
  'LOG_LEVEL',
  'ALLOWED_ORIGINS',
  'SOCKETS_PER_ADDRESS',
] as const;
export type Variables = Partial<Readonly<Record<(typeof VARIABLES)[number], string>>>;

export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ServerProcess {
  readonly ended: Promise<Ending>;
  /** Address once live; undefined when it ended before. */
  readonly live: Promise<string | undefined>;
  readonly signal: (name: 'SIGTERM' | 'SIGKILL') => void;
}

function environment(variables: Variables): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !VARIABLES.some((own) => own === name),
  );
  return {
    ...Object.fromEntries(inherited),
    NODE_ENV: 'production',
    PORT: '0',
    LOG_LEVEL: 'warn',
    ...variables,
  };
}

/** Starts the server and nothing else: for tests of what it says when it cannot go on. */
export function spawnServer(variables: Variables): ServerProcess {
  const child = spawn(process.execPath, ['server/main.ts', 'start'], {
    cwd: ROOT,
    env: environment(variables),
  });
  const said = { stdout: '', stderr: '' };
  const ended = new Promise<Ending>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal, ...said }));
  });
  const address = new Promise<string>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said.stdout += chunk.toString();
      const found = LIVE_LINE.exec(said.stdout)?.[1];
      if (found !== undefined) resolve(found);
    });
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said.stderr += chunk.toString();
  });
  return {
    ended,
    live: Promise.race([address, ended.then(() => undefined)]),
    signal: (name) => void child.kill(name),
  };
}

async function within<Value>(limitMs: number, what: string, value: Promise<Value>): Promise<Value> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`${what}: not within ${limitMs} ms`)), limitMs);
  try {
    return await Promise.race([value, promise]);
  } finally {
    clearTimeout(timer);
  }
}

export interface Plimsoll {
  readonly url: string;
  readonly dataDir: string;
  /** SIGTERM; the exit must be clean. */
  readonly stop: () => Promise<Ending>;
  /** SIGKILL. */
  readonly crash: () => Promise<void>;
  /** The same server again: same port, same data directory. */
  readonly restart: () => Promise<void>;
}

async function startPlimsoll(variables: Variables): Promise<Plimsoll> {
  const dataDir = variables.DATA_DIR ?? (await mkdtemp(join(tmpdir(), 'plimsoll-e2e-')));
  let server = spawnServer({ ...variables, DATA_DIR: dataDir });
  const url = await liveAddress(server);
  return {
    url,
    dataDir,
    async stop() {
      server.signal('SIGTERM');
      const ending = await within(STOPS_WITHIN_MS, 'clean stop', server.ended);
      if (variables.DATA_DIR === undefined) await rm(dataDir, { recursive: true, force: true });
      return ending;
    },
    async crash() {
      server.signal('SIGKILL');
      await within(STOPS_WITHIN_MS, 'kill', server.ended);
    },
    async restart() {
      server = spawnServer({ ...variables, DATA_DIR: dataDir, PORT: new URL(url).port });
      await liveAddress(server);
    },
  };
}

async function liveAddress(server: ServerProcess): Promise<string> {
  const url = await within(STARTS_WITHIN_MS, 'start', server.live);
  if (url !== undefined) return url;
  const { code, stderr } = await server.ended;
  throw new Error(`the server ended with ${code ?? 'a signal'} before it was live: ${stderr}`);
}

/** What the page's console may say without a test failing: nothing, unless the test cuts the wire itself. */
export interface Complaints {
  readonly expect: (expected: RegExp) => void;
}

interface TestParts {
  /** Starts a server that this test alone uses. */
  readonly startServer: (variables?: Variables) => Promise<Plimsoll>;
  /** Watches the console of every page of the test; any error or warning fails it. */
  readonly complaints: Complaints;
  /** A page of its own beside `page`: another viewer, with its own storage. */
  readonly secondViewer: () => Promise<Page>;
}
interface WorkerParts {
  readonly variables: Variables;
  /** One server for all tests of the files that ask for the same variables; they must leave its run alone. */
  readonly plimsoll: Plimsoll;
}

async function stopCleanly(plimsoll: Plimsoll): Promise<void> {
  const { code, signal, stderr } = await plimsoll.stop();
  expect({ code, signal }, `a clean stop; it said: ${stderr}`).toEqual({ code: 0, signal: null });
}

export const test = base.extend<TestParts, WorkerParts>({
  variables: [{}, { option: true, scope: 'worker' }],
  plimsoll: [
    async ({ variables }, provide) => {
      const plimsoll = await startPlimsoll(variables);
      await provide(plimsoll);
      await stopCleanly(plimsoll);
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  startServer: async ({ browserName: _browserName }, provide) => {
    const started: Plimsoll[] = [];
    await provide(async (variables = {}) => {
      const plimsoll = await startPlimsoll(variables);
      started.push(plimsoll);
      return plimsoll;
    });
    for (const plimsoll of started) await stopCleanly(plimsoll);
  },
  complaints: [
    // Reads its findings before the servers of the test are stopped under its pages.
    async ({ context, startServer: _startServer }, provide) => {
      const heard: string[] = [];
      const expected: RegExp[] = [];
      context.on('console', (message: ConsoleMessage) => {
        if (['error', 'warning'].includes(message.type()))
          heard.push(`${message.type()}: ${message.text()} ${message.location().url}`);
      });
      context.on('weberror', (error) => heard.push(`uncaught: ${String(error.error())}`));
      await provide({ expect: (one) => void expected.push(one) });
      const unexpected = heard.filter((text) => !expected.some((one) => one.test(text)));
      expect(unexpected, 'what the browser console complained about').toEqual([]);
    },
    { auto: true },
  ],
  secondViewer: async ({ browser }, provide) => {
    const contexts: { close: () => Promise<void> }[] = [];
    await provide(async () => {
      const context = await browser.newContext();
      contexts.push(context);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },
});

export { expect } from '@playwright/test';
