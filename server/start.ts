/** Puts the server together: port, data directory, risk loop, gateway, HTTP. What starts last stops first. */
import { createServer, type RequestListener, type Server } from 'node:http';
import { join } from 'node:path';
import { type Worker } from 'node:worker_threads';
import { fail, ok, type Result } from '#lib/contract.ts';
import { type MarketFrame, type RunText } from '#lib/wire/protocol.ts';
import { type Config } from './config.ts';
import { claimDataDir } from './data-dir.ts';
import { createGateway, type Gateway } from './gateway/gateway.ts';
import { LIMITS } from './gateway/limits.ts';
import { guarded } from './guard/http-guard.ts';
import { type ScriptHashes } from './guard/security-headers.ts';
import { createRequestListener } from './http.ts';
import { type Logger } from './log.ts';
import { type OpeningProgress } from './opening-words.ts';
import { startRiskLoop, type LoopNews } from './risk-client.ts';
import { openRiskThread } from './risk-thread.ts';
import { HISTORY_FILE, JOURNAL_FILE } from './run-session.ts';
import { openHistoryReader } from './store/history-store.ts';
import { serveStarting } from './starting-page.ts';
import { openSqlReader } from './store/sql-store.ts';
import { createTelemetry } from './telemetry.ts';
import { type WorkerOrders } from './worker-messages.ts';

export interface Pages {
  readonly listener: RequestListener;
  /** Inline scripts of the page at a path. */
  readonly scriptsOf: (path: string) => ScriptHashes;
  readonly stop: () => Promise<void>;
}

export interface StartParts {
  readonly config: Config;
  readonly log: Logger;
  /** PLIMSOLL_KILL_AT; empty in ordinary life. */
  readonly killAt: string;
  /** A thread that was opened early for the risk loop; undefined opens one. */
  readonly thread?: Worker;
  /** Readies the pages on this server; undefined where none are served. */
  readonly openPages: ((server: Server) => Promise<Pages>) | undefined;
  /** The first live figures and the pages are there. */
  readonly live: (at: {
    readonly port: number;
    readonly run: RunText;
    readonly market: MarketFrame;
  }) => void;
  /** How far a run is that takes long to open. */
  readonly opening: (progress: OpeningProgress) => void;
  /** The loop can or may not go on; the sentence says why. */
  readonly failed: (sentence: string) => void;
}

export interface Running {
  readonly port: number;
  /** Clean stop, in reverse: a checkpoint is saved and every file closed. */
  readonly stop: () => Promise<void>;
}

/** Listens before anything else is done, so that a taken port is told at once. */
function listen(server: Server, { host, port }: Config): Promise<Result<number>> {
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      resolve(fail(whyNotListening(error, { host, port })));
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(ok(typeof address === 'object' && address !== null ? address.port : port));
    });
  });
}

function logNews(log: Logger, news: LoopNews): void {
  if (news.kind === 'log') log[news.level](news.fields, news.message);
  if (news.kind === 'report' && !news.report.conservationHolds) {
    log.error({ step: news.report.step }, 'money or lots do not sum to zero');
  }
  if (news.kind === 'verified') {
    const { differing, pools, differences, tookMs } = news.verified;
    if (differing > 0) log.error({ differing, differences }, 'pools differ from the exact path');
    else if (pools === 0)
      log.info({ tookMs }, 'no pool rests yet: none was held against the exact path');
    else log.info({ pools, tookMs }, 'every pool is as the exact path says');
  }
  if (news.kind === 'opened') {
    const { run, folder, journalSeq, resumedFromStep } = news;
    log.info({ runId: run.runId, folder, journalSeq, resumedFromStep }, 'run opened');
  }
}

function readersOf(folder: string) {
  return {
    journal: openSqlReader(join(folder, JOURNAL_FILE)),
    history: openHistoryReader(join(folder, HISTORY_FILE)),
  };
}

type Stop = () => void | Promise<void>;

/** Stops that were collected, newest first, each once. */
async function stopAll(stops: Stop[]): Promise<void> {
  for (const stop of stops.splice(0).toReversed()) await stop();
}

export async function startServer(parts: StartParts): Promise<Result<Running>> {
  const { config } = parts;
  const stops: Stop[] = [];
  const dataDir = claimDataDir(config.dataDir);
  if (!dataDir.ok) return dataDir;
  stops.push(() => dataDir.value.release());
  const door: Door = { serve: serveStarting, scriptsOf: () => [] };
  const server = createServer(
    TIME_LIMITS,
    guarded(
      { rules: config, scriptsOf: (path) => door.scriptsOf(path), now },
      (request, response) => door.serve(request, response),
    ),
  );
  const port = await listen(server, config);
  if (!port.ok) {
    await stopAll(stops);
    return port;
  }
  const orders = { config: { ...config, dataDir: dataDir.value.path }, killAt: parts.killAt };
  await openHouse({ parts, server, door, port: port.value, orders, stops });
  return ok({ port: port.value, stop: () => stopAll(stops) });
}

function whyNotListening(
  { code = '', message }: NodeJS.ErrnoException,
  { host, port }: Pick<Config, 'host' | 'port'>,
): string {
  switch (code) {
    case 'EADDRINUSE':
      return `PORT ${port} on ${host} is taken; stop what listens there or set PORT to another one.`;
    case 'EACCES':
      return `PORT ${port} may not be used by this user; set PORT to one from 1024 on.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `HOST is "${host}", expected an address of this machine, such as 127.0.0.1 or 0.0.0.0.`;
    default:
      return `cannot listen on HOST ${host}, PORT ${port}: ${message}.`;
  }
}

/** What answers requests: nobody at first, then the whole house. */
interface Door {
  serve: RequestListener;
  scriptsOf: (path: string) => ScriptHashes;
}

/** No request has a body: who sends slowly only holds a connection. */
const TIME_LIMITS = { headersTimeout: 10_000, requestTimeout: 15_000 };

/** Monotonic milliseconds. */
function now(): number {
  return performance.now();
}

/** Everything behind the port: the loop, the gateway, the pages. */
async function openHouse(p: {
  readonly parts: StartParts;
  readonly server: Server;
  readonly door: Door;
  readonly port: number;
  readonly orders: WorkerOrders;
  readonly stops: Stop[];
}): Promise<void> {
  const { parts, server, port, stops } = p;
  const { log } = parts;
  const gateway = createGateway({
    http: server,
    rules: parts.config,
    limits: { ...LIMITS, socketsPerAddress: parts.config.socketsPerAddress },
    risk: { ask: (kind, ask) => risk.ask(kind, ask), tell: (message) => risk.tell(message) },
    openReaders: readersOf,
    now,
    wallTime: () => Date.now(),
    log: (message, fields) => log.warn(fields, message),
  });
  const telemetry = createTelemetry(gateway);
  const live = liveOnce(gateway, (at) => parts.live({ port, ...at }));
  function hear(news: LoopNews): void {
    logNews(log, news);
    if (news.kind === 'refused') return parts.failed(news.sentence);
    gateway.hear(news);
    if (news.kind === 'opening') parts.opening(news.progress);
    if (news.kind === 'report') telemetry.report(news.report);
    if (news.kind === 'verified') telemetry.verified(news.verified);
    if (news.kind === 'market') live.figuresCame();
  }
  const thread = parts.thread ?? openRiskThread(parts.config.accounts);
  const risk = startRiskLoop(thread, p.orders, hear, (error) => {
    log.fatal({ error: error.stack }, 'the risk loop died');
    parts.failed(`the risk loop died: ${error.message}`);
  });
  stops.push(() => risk.stop());
  stops.push(() => closeConnections(gateway, server));
  const pages = await parts.openPages?.(server);
  if (pages !== undefined) {
    stops.push(pages.stop);
    p.door.scriptsOf = pages.scriptsOf;
  }
  p.door.serve = createRequestListener({
    gateway,
    risk,
    telemetry,
    now,
    pages: pages?.listener,
    log: (message, fields) => log.error(fields, message),
  });
  live.pagesCame();
}

/** Sockets are told to go, requests under way are not waited for: a browser keeps its connections for long. */
async function closeConnections(gateway: Gateway, server: Server): Promise<void> {
  const closed = gateway.close();
  server.closeAllConnections();
  await closed;
}

/** Tells once that live figures are being served: when both the first of them and the pages are there. */
function liveOnce(
  gateway: Gateway,
  tell: (at: { readonly run: RunText; readonly market: MarketFrame }) => void,
): { readonly figuresCame: () => void; readonly pagesCame: () => void } {
  let arePagesThere = false;
  let isTold = false;
  function tellIfBoth(): void {
    const { run, market } = gateway;
    if (isTold || !arePagesThere || run === undefined || market === undefined) return;
    isTold = true;
    tell({ run, market });
  }
  return {
    figuresCame: tellIfBoth,
    pagesCame: () => {
      arePagesThere = true;
      tellIfBoth();
    },
  };
}
