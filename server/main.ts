/**
 * The process: reads its configuration, starts the server, says where it is, and stops it on a signal. Arguments: `demo` and
 * `start` serve the built pages, `dev` rebuilds them as they change, `headless` serves none.
 */
// `import type` where it counts: a list of types alone would load its module all the same, before the loop's thread is begun.
import type { RequestListener, Server } from 'node:http';
import { flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { SCENARIOS } from '#lib/sim/scenario.ts';
import { withFreshPages } from './fresh-pages.ts';
import { readCompressedFiles, withCompressedFiles } from './compressed-files.ts';
import { argumentProblems, helpText, pathProblems, readConfig, type Config } from './config.ts';
import { readInlineScripts } from './guard/inline-scripts.ts';
import { createOpeningConsole } from './opening-words.ts';
import type { Logger } from './log.ts';
import { openRiskThread } from './risk-thread.ts';
import { memoryLimits, thisSystem } from './memory-limits.ts';
import { checkMemory } from './room.ts';
import type { Pages, StartParts } from './start.ts';

/** A clean stop that takes longer than this is given up: a checkpoint of a million accounts alone takes some ten seconds. */
const STOP_LIMIT_MS = 10_000;
const STOP_LIMIT_MS_PER_ACCOUNT = 0.03;

function refuse(sentences: readonly string[]): never {
  for (const sentence of sentences) process.stderr.write(`plimsoll: ${sentence}\n`);
  process.exit(1);
}

function scenarioIds(): readonly string[] {
  return SCENARIOS.map(({ id }) => id);
}

function pagesOpener(
  argument: string | undefined,
  { host, port }: Config,
): StartParts['openPages'] {
  if (argument === 'headless') return undefined;
  // Nothing leaves this machine unasked.
  process.env['NEXT_TELEMETRY_DISABLED'] ??= '1';
  return async (server: Server): Promise<Pages> => {
    const dir = join(import.meta.dirname, '..');
    // A server without pages has no use for it.
    const { default: next } = await import('next');
    const app = next({ dev: argument === 'dev', dir, httpServer: server, hostname: host, port });
    await app.prepare();
    const handle = app.getRequestHandler();
    const listener: RequestListener = (request, response) => void handle(request, response);
    const stop = (): Promise<void> => app.close();
    if (argument === 'dev') return { scriptsOf: () => 'any', listener, stop };
    const scripts = readInlineScripts(join(dir, '.next', 'server'));
    return {
      scriptsOf: (path) => scripts.hashesOf(path),
      listener: withCompressedFiles(
        readCompressedFiles(join(dir, '.next', 'static')),
        withFreshPages(listener),
      ),
      stop,
    };
  };
}

/** Where a person finds it: addresses that mean this machine are shown by its name. */
function addressOf(host: string, port: number): string {
  const isHere = ['127.0.0.1', '0.0.0.0', '::', '::1'].includes(host);
  return `http://${isHere ? 'localhost' : host}:${port}`;
}

function announcer(config: Config): StartParts['live'] {
  return ({ port, run, market }) => {
    const what =
      run.mode === 'demo'
        ? `DEMO, seed ${run.seed}, scenario ${run.scenario}`
        : `REPLAY of ${run.tape.name}, seed ${run.seed}`;
    const address = addressOf(config.host, port);
    // Compiled sources that a kill would lose: the next start is quicker by them.
    flushCompileCache();
    const pace = `${market.speedAsked}x${market.paused ? ', paused as it was left' : ''}`;
    process.stdout.write(`Plimsoll is live at ${address} (${what}, ${pace})\n`);
  };
}

function stopOnSignal(log: Logger, accounts: number, stop: () => Promise<void>): void {
  const limitMs = STOP_LIMIT_MS + accounts * STOP_LIMIT_MS_PER_ACCOUNT;
  let isStopping = false;
  async function stopOnce(signal: string): Promise<void> {
    if (isStopping) return;
    isStopping = true;
    log.info({ signal }, 'stopping');
    setTimeout(() => refuse(['the clean stop took too long']), limitMs).unref();
    await stop();
    log.info('stopped');
    process.exit(0);
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => void stopOnce(signal));
}

async function main(): Promise<void> {
  if (process.argv.includes('--help')) {
    process.stdout.write(helpText(scenarioIds()));
    return;
  }
  const config = readConfig(process.env, scenarioIds());
  const problems = [
    ...argumentProblems(process.argv.slice(2)),
    ...(config.ok ? [] : config.error),
    ...pathProblems(process.env),
  ];
  if (!config.ok || problems.length > 0) return refuse(problems);
  const stage = process.argv[2] === 'headless' ? 'starting' : 'with pages';
  const room = checkMemory(config.value.accounts, memoryLimits(thisSystem()), stage);
  if (!room.ok) return refuse([room.error]);
  const thread = openRiskThread(config.value.accounts);
  // Both threads read their sources at the same time.
  const [{ createLogger }, { startServer }] = await Promise.all([
    import('./log.ts'),
    import('./start.ts'),
  ]);
  const log = createLogger(config.value.logLevel);
  const running = await startServer({
    config: config.value,
    log,
    thread,
    killAt: process.env['PLIMSOLL_KILL_AT'] ?? '',
    openPages: pagesOpener(process.argv[2], config.value),
    live: announcer(config.value),
    opening: createOpeningConsole({
      now: () => performance.now(),
      say: (line) => process.stdout.write(`Plimsoll is ${line}\n`),
    }),
    failed: (sentence) => refuse([sentence]),
  });
  if (!running.ok) return refuse([running.error]);
  stopOnSignal(log, config.value.accounts, running.value.stop);
}

function die(what: string, error: unknown): never {
  const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return refuse([`${what}: ${words}`]);
}
process.on('uncaughtException', (error) => die('unhandled error', error));
process.on('unhandledRejection', (error) => die('unhandled rejection', error));

await main();
