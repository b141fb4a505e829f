/**
 * Composition root: configuration, data directory, risk loop, gateway, pages, all on one port. What starts last stops first.
 * Arguments: `demo` and `start` serve the built pages, `dev` rebuilds them, `headless` serves none.
 */
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import next from 'next';
import { SCENARIOS } from '#lib/sim/scenario.ts';
import { helpText, readConfig, type Config } from './config.ts';
import { claimDataDir } from './data-dir.ts';
import { createGateway, type Gateway } from './gateway/gateway.ts';
import { createRequestListener } from './http.ts';
import { createLogger, type Logger } from './log.ts';
import { startRiskLoop, type LoopNews, type RiskClient } from './risk-client.ts';
import { HISTORY_FILE, JOURNAL_FILE } from './run-session.ts';
import { openHistoryReader } from './store/history-store.ts';
import { openSqlReader } from './store/sql-store.ts';
import { createTelemetry } from './telemetry.ts';

type Stop = () => void | Promise<void>;

/** A clean stop that takes longer than this is given up. */
const STOP_LIMIT_MS = 10_000;

function refuse(sentences: readonly string[]): never {
  for (const sentence of sentences) process.stderr.write(`plimsoll: ${sentence}\n`);
  process.exit(1);
}

function scenarioIds(): readonly string[] {
  return SCENARIOS.map(({ id }) => id);
}

function configOrRefuse(): Config {
  const config = readConfig(process.env, scenarioIds());
  return config.ok ? config.value : refuse(config.error);
}

const stops: Stop[] = [];
let isStopping = false;

/** Stops everything in reverse, then ends. Only the first call counts. */
async function stopAll(log: Logger, exitCode: number): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  setTimeout(() => {
    log.error('the clean stop took too long');
    process.exit(1);
  }, STOP_LIMIT_MS).unref();
  for (const stop of stops.toReversed()) await stop();
  process.exit(exitCode);
}

/** Listens before anything else is done, so that a taken port is told at once. */
function listen(server: Server, { host, port }: Config): Promise<void> {
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why =
        error.code === 'EADDRINUSE'
          ? `PORT ${port} on ${host} is taken; stop what listens there or set PORT to another one.`
          : `cannot listen on ${host}:${port}: ${error.message}.`;
      refuse([why]);
    });
    server.listen(port, host, resolve);
  });
}

type PagesMode = 'built' | 'dev' | 'none';

function pagesModeOf(argument: string | undefined): PagesMode {
  if (argument === 'headless') return 'none';
  return argument === 'dev' ? 'dev' : 'built';
}

async function openPages(mode: PagesMode, server: Server, config: Config): Promise<RequestListener | undefined> {
  if (mode === 'none') return undefined;
  const { host, port } = config;
  const app = next({ dev: mode === 'dev', dir: join(import.meta.dirname, '..'), httpServer: server, hostname: host, port });
  await app.prepare();
  stops.push(() => app.close());
  const handle = app.getRequestHandler();
  return (request, response) => void handle(request, response);
}

function addressOf(server: Server, { host }: Config): string {
  const address = server.address() as AddressInfo;
  const shownHost = host === '127.0.0.1' || host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return `http://${shownHost}:${address.port}`;
}

function announce(gateway: Gateway, server: Server, config: Config): void {
  const { run, market } = gateway;
  if (run === undefined || market === undefined) return;
  const what =
    run.mode === 'demo'
      ? `DEMO, seed ${run.seed}, scenario ${run.scenario}`
      : `REPLAY of ${run.tape.name}, seed ${run.seed}`;
  process.stdout.write(
    `Plimsoll is live at ${addressOf(server, config)} (${what}, ${market.speedAsked}x)\n`,
  );
}

/** Messages of the loop's thread that concern the process itself. */
function hearProcess(news: LoopNews, log: Logger): void {
  if (news.kind === 'refused') refuse([news.sentence]);
  if (news.kind === 'log') log[news.level](news.fields, news.message);
  if (news.kind === 'opened') {
    const { run, folder, journalSeq, resumedFromStep } = news;
    log.info({ runId: run.runId, folder, journalSeq, resumedFromStep }, 'run opened');
  }
}

async function main(): Promise<void> {
  if (process.argv.includes('--help')) {
    process.stdout.write(helpText(scenarioIds()));
    return;
  }
  const config = configOrRefuse();
  const log = createLogger(config.logLevel);
  const dataDir = claimDataDir(config.dataDir);
  if (!dataDir.ok) refuse([dataDir.error]);
  stops.push(() => dataDir.value.release());

  let serve: RequestListener = (_request, response) => response.writeHead(503).end('starting\n');
  const server = createServer((request, response) => serve(request, response));
  await listen(server, config);
  stops.push(() => void server.close());

  let isLive = false;
  const parts: { gateway?: Gateway } = {};
  function hear(news: LoopNews): void {
    hearProcess(news, log);
    parts.gateway?.hear(news);
    if (news.kind === 'report') telemetry.report(news.report);
    if (news.kind === 'market' && !isLive && parts.gateway !== undefined) {
      isLive = true;
      void pagesReady.then(() => parts.gateway && announce(parts.gateway, server, config));
    }
  }
  const killAt = process.env['PLIMSOLL_KILL_AT'] ?? '';
  const risk: RiskClient = startRiskLoop(
    { config: { ...config, dataDir: dataDir.value.path }, killAt },
    hear,
    (error) => {
      log.fatal({ error: error.stack }, 'the risk loop died');
      refuse([`the risk loop died: ${error.message}`]);
    },
  );
  stops.push(() => risk.stop());
  const gateway = createGateway({
    http: server,
    risk,
    openReaders: (folder) => ({
      journal: openSqlReader(join(folder, JOURNAL_FILE)),
      history: openHistoryReader(join(folder, HISTORY_FILE)),
    }),
    now: () => performance.now(),
    wallTime: () => Date.now(),
    log: (message, fields) => log.warn(fields, message),
  });
  parts.gateway = gateway;
  stops.push(() => gateway.close());
  const telemetry = createTelemetry(() => gateway.clients);
  const pagesReady = openPages(pagesModeOf(process.argv[2]), server, config);
  const pages = await pagesReady;
  serve = createRequestListener({
    gateway,
    risk,
    telemetry,
    pages,
    log: (message, fields) => log.error(fields, message),
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      log.info({ signal }, 'stopping');
      void stopAll(log, 0);
    });
  }
}

function die(what: string, error: unknown): void {
  process.stderr.write(`plimsoll: ${what}: ${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
}
process.on('uncaughtException', (error) => die('unhandled error', error));
process.on('unhandledRejection', (error) => die('unhandled rejection', error));

await main();
