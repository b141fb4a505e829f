/**
 * The socket's door. Every stream is numbered; frames that the next one replaces are volatile, facts and rows are caught up with
 * by who could not take them, and a client that takes nothing is cut off rather than let grow.
 */
import { type Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import { type MarketFrame, type RunText } from '#lib/wire/protocol.ts';
import { createAddressAllowances } from '../guard/allowance.ts';
import { type HostRules } from '../guard/origins.ts';
import { remembered } from '../remembered.ts';
import { type OpeningProgress } from '../opening-words.ts';
import { type LoopNews, type RiskClient } from '../risk-client.ts';
import { bytesWaiting, FAREWELL_MS, isDrained, terminate } from './connection.ts';
import { createDeskFinder } from './desk-finder.ts';
import { createDoorstep, type Doorstep } from './doorstep.ts';
import { accountRoom, MARKET_ROOM, type Hall, type Readers } from './hall.ts';
import { type Client, type Io } from './sockets.ts';
import { catchUp, laggardsIn } from './laggards.ts';
import { type Limits } from './limits.ts';
import { endSlowReader, welcome } from './listening.ts';
import { closeRun, hear, tellFound } from './news.ts';
import { createAccountPublisher, type AccountPublisher } from './publisher.ts';
import { createSelfWatch } from './self-watch.ts';
import { createTally, type Tally } from './tally.ts';

const HEARTBEAT_MS = 1_000;
const CATCH_UP_MS = 100;
/** Who is shown first may be chosen by figures so old. */
const OVERVIEW_KEPT_MS = 500;

export interface GatewayParts {
  readonly http: HttpServer;
  readonly rules: HostRules;
  readonly limits: Limits;
  readonly risk: Pick<RiskClient, 'ask' | 'tell'>;
  readonly openReaders: (folder: string) => Readers;
  readonly now: () => number;
  readonly wallTime: () => number;
  readonly log: (message: string, fields: Readonly<Record<string, unknown>>) => void;
}

export interface Gateway {
  hear(news: LoopNews): void;
  readonly clients: number;
  readonly tally: Tally;
  /** The run and the newest frame; undefined before the loop has opened one. */
  readonly run: RunText | undefined;
  readonly market: MarketFrame | undefined;
  readonly readers: Readers | undefined;
  /** How far a run is that takes long to open; undefined for one that is open. */
  readonly opening: OpeningProgress | undefined;
  close(): Promise<void>;
}

export function createGateway(parts: GatewayParts): Gateway {
  const { rules, limits, now, log } = parts;
  const tally = createTally();
  const doorstep = createDoorstep({ rules, limits, tally, now });
  const hall = openHall(parts, tally, doorstep);
  const { io } = hall;
  doorstep.watch(io);
  const addresses = createAddressAllowances(limits.addressRequests);
  io.on('connection', (client) => welcome(hall, client, { now, log, addresses }));
  const timers = [
    setInterval(() => beat(hall, parts), HEARTBEAT_MS),
    setInterval(() => catchUp(hall), CATCH_UP_MS),
  ];
  return {
    hear: (news) => {
      hall.selfWatch.hear(news);
      hear(hall, news);
    },
    tally,
    get clients() {
      return io.sockets.sockets.size;
    },
    get run() {
      return hall.open?.run;
    },
    get market() {
      return hall.market;
    },
    get readers() {
      return hall.open;
    },
    get opening() {
      return hall.opening;
    },
    close: async () => {
      for (const timer of timers) clearInterval(timer);
      const connections = doorstep.connections();
      // Who does not read would never answer our farewell.
      const end = setTimeout(() => connections.forEach(terminate), FAREWELL_MS);
      await io.close();
      clearTimeout(end);
      closeRun(hall);
    },
  };
}

function openHall(parts: GatewayParts, tally: Tally, doorstep: Doorstep): Hall {
  const { risk, openReaders, now, limits } = parts;
  const io: Io = new Server(parts.http, {
    transports: ['websocket', 'polling'],
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: limits.messageBytes,
    connectTimeout: limits.helloWithinMs,
    serveClient: false,
    allowRequest: (request, decide) => {
      const refusal = doorstep.refusalOf(request);
      decide(refusal, refusal === undefined);
    },
  });
  const hall: Hall = {
    io,
    risk,
    openReaders,
    selfWatch: createSelfWatch(),
    finder: createDeskFinder({
      now,
      tell: (viewer, { queryId }, found) => tellFound(hall, { viewer, queryId, found }),
    }),
    wallTime: parts.wallTime,
    limits,
    tally,
    missed: new Map(),
    unreadSince: new Map(),
    publisher: publisherFor(() => hall, now),
    sessions: new Map(),
    overview: remembered(OVERVIEW_KEPT_MS, now, () => risk.ask('overview', {})),
    open: undefined,
    opening: undefined,
    market: undefined,
    deskSeq: 0,
  };
  return hall;
}

function publisherFor(hallOf: () => Hall, now: () => number): AccountPublisher {
  return createAccountPublisher({
    emit: (patch) => {
      const hall = hallOf();
      const { accountId } = patch.account;
      const room = accountRoom(accountId);
      const laggards = laggardsIn(hall, room, (missed) => missed.accounts.add(accountId));
      hall.io.to(room).except(laggards).emit('account', patch);
    },
    now,
    later: (action, ms) => {
      const timer = setTimeout(action, ms);
      return () => clearTimeout(timer);
    },
  });
}

/** Liveness for those who read, an end for those who do not. */
function beat(hall: Hall, { log, wallTime, now }: GatewayParts): void {
  for (const client of hall.io.sockets.sockets.values()) {
    if (!takesNothing(hall, client, now())) continue;
    log('a client does not read and is cut off', { client: client.id });
    endSlowReader(hall, client);
  }
  hall.io.to(MARKET_ROOM).volatile.emit('heartbeat', { wallTime: wallTime() });
}

function takesNothing(hall: Hall, { id, conn }: Client, nowMs: number): boolean {
  if (isDrained(conn)) {
    hall.unreadSince.delete(id);
    return false;
  }
  const since = hall.unreadSince.get(id) ?? nowMs;
  hall.unreadSince.set(id, since);
  const { unreadMs, bytesWaiting: bytesMax } = hall.limits;
  return nowMs - since >= unreadMs || bytesWaiting(conn) > bytesMax;
}
