/**
 * The socket's door: version first, every message parsed, every stream numbered. Frames that the next one replaces are volatile;
 * facts and rows are not, and a client that does not read them is cut off rather than let grow.
 */
import { type Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import {
  MESSAGE_SCHEMAS,
  type MessageName,
  type MessageOf,
  parseMessage,
} from '#lib/wire/messages.ts';
import { type Answer, type MarketFrame, type RunText } from '#lib/wire/protocol.ts';
import { remembered } from '../remembered.ts';
import { type LoopNews, type RiskClient } from '../risk-client.ts';
import {
  accountRoom,
  MARKET_ROOM,
  refuse,
  type Client,
  type Hall,
  type Io,
  type Readers,
} from './hall.ts';
import { closeRun, hear } from './news.ts';
import { createAccountPublisher, type AccountPublisher } from './publisher.ts';
import { HANDLERS, hello, leave, leaveDesk } from './requests.ts';
import { allow, createAllowance, type Allowance, type GreetedSession } from './session.ts';

const HEARTBEAT_MS = 1_000;
const MESSAGE_BYTES_MAX = 16_384;
/** Packets that may wait for a client before it counts as one that does not read. */
const UNREAD_PACKETS_MAX = 500;
/** Who is shown first may be chosen by figures so old. */
const OVERVIEW_KEPT_MS = 500;

export interface GatewayParts {
  readonly http: HttpServer;
  readonly risk: Pick<RiskClient, 'ask' | 'tell'>;
  readonly openReaders: (folder: string) => Readers;
  readonly now: () => number;
  readonly wallTime: () => number;
  readonly log: (message: string, fields: Readonly<Record<string, unknown>>) => void;
}

export interface Gateway {
  hear(news: LoopNews): void;
  readonly clients: number;
  /** The run and the newest frame; undefined before the loop has opened one. */
  readonly run: RunText | undefined;
  readonly market: MarketFrame | undefined;
  readonly readers: Readers | undefined;
  close(): Promise<void>;
}

export function createGateway(parts: GatewayParts): Gateway {
  const hall = openHall(parts);
  const { io } = hall;
  io.on('connection', (client) => welcome(hall, client, parts));
  const heartbeat = setInterval(() => beat(hall, parts), HEARTBEAT_MS);
  return {
    hear: (news) => hear(hall, news),
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
    close: async () => {
      clearInterval(heartbeat);
      await io.close();
      closeRun(hall);
    },
  };
}

function openHall(parts: GatewayParts): Hall {
  const io: Io = new Server(parts.http, {
    transports: ['websocket', 'polling'],
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: MESSAGE_BYTES_MAX,
    serveClient: false,
  });
  const { risk, openReaders, now } = parts;
  return {
    io,
    risk,
    openReaders,
    publisher: publisherOn(io, now),
    sessions: new Map(),
    overview: remembered(OVERVIEW_KEPT_MS, now, () => risk.ask('overview', {})),
    open: undefined,
    market: undefined,
    deskSeq: 0,
  };
}

function publisherOn(io: Io, now: () => number): AccountPublisher {
  return createAccountPublisher({
    emit: (patch) => void io.to(accountRoom(patch.account.accountId)).emit('account', patch),
    now,
    later: (action, ms) => {
      const timer = setTimeout(action, ms);
      return () => clearTimeout(timer);
    },
  });
}

/** Listens to a new client. Nothing but hello is answered until hello was. */
function welcome(hall: Hall, client: Client, parts: GatewayParts): void {
  const allowance = createAllowance(parts.now());
  hall.sessions.set(client.id, { kind: 'new' });
  client.on('disconnect', () => leave(hall, client));
  client.on('leave-desk', () => leaveDesk(hall, client));
  for (const name of Object.keys(MESSAGE_SCHEMAS) as MessageName[]) {
    listen(
      client,
      name,
      (raw) => {
        const isAllowed = spend(allowance, parts);
        return isAllowed
          ? answerTo(hall, client, name, raw)
          : refuse('overrun', 'too many messages; slow down');
      },
      parts,
    );
  }
}

function spend(allowance: Allowance, { now }: GatewayParts): boolean {
  return allow(allowance, now());
}

/** Whatever arrives under a name: no promise about its shape holds, not even that it comes with a way to answer. */
function listen(
  client: Client,
  name: MessageName,
  answer: (raw: unknown) => Promise<Answer> | Answer,
  { log }: GatewayParts,
): void {
  const untyped = client as unknown as {
    on(event: string, listener: (...args: unknown[]) => void): void;
  };
  untyped.on(name, (...args) => {
    const ack = args.find((arg) => typeof arg === 'function');
    const raw = args[0] === ack ? undefined : args[0];
    Promise.resolve(raw)
      .then(answer)
      .then((answered) => ack?.(answered))
      .catch((error: unknown) => {
        log('a message could not be answered', { name, error: String(error) });
        ack?.(refuse('not-now', 'the server could not answer'));
      });
  });
}

async function answerTo(
  hall: Hall,
  client: Client,
  name: MessageName,
  raw: unknown,
): Promise<Answer> {
  const message = parseMessage(name, raw);
  if (!message.ok) return refuse('malformed', message.error);
  if (name === 'hello') return hello(hall, client, message.value as MessageOf<'hello'>);
  const session = hall.sessions.get(client.id);
  if (session?.kind !== 'greeted') return refuse('not-now', `say hello before "${name}"`);
  // A message of this name was parsed by this name's schema: the compiler cannot pair them across a union.
  const handler = HANDLERS[name] as (
    ...given: [Hall, Client, GreetedSession, unknown]
  ) => Promise<Answer>;
  return handler(hall, client, session, message.value);
}

/** Liveness for those who read, an end for those who do not. */
function beat(hall: Hall, { log, wallTime }: GatewayParts): void {
  for (const client of hall.io.sockets.sockets.values()) {
    if (unreadPackets(client) <= UNREAD_PACKETS_MAX) continue;
    log('a client does not read and is cut off', { client: client.id });
    client.disconnect(true);
  }
  hall.io.to(MARKET_ROOM).volatile.emit('heartbeat', { wallTime: wallTime() });
}

/** Packets written to a client that its connection has not taken yet. */
function unreadPackets(client: Client): number {
  const buffered: unknown = Reflect.get(client.conn, 'writeBuffer');
  return Array.isArray(buffered) ? buffered.length : 0;
}
