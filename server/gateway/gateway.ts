/**
 * The socket's door: version first, every message parsed, every stream numbered. Frames that the next one replaces are volatile;
 * facts and rows are not, and a client that does not read them is cut off rather than let grow.
 */
import { type Server as HttpServer } from 'node:http';
import { Server, type Socket } from 'socket.io';
import { assertNever } from '#lib/contract.ts';
import {
  type AccountHistory,
  type AccountPatch,
  type Answer,
  type ClientToServer,
  type MarketFrame,
  PROTOCOL_VERSION,
  type Refusal,
  type RunText,
  type ServerToClient,
  type Welcome,
} from '#lib/wire/protocol.ts';
import { type MessageName, type MessageOf, parseMessage } from '#lib/wire/messages.ts';
import { type LoopNews, type RiskClient } from '../risk-client.ts';
import { type HistoryReader } from '../store/history-store.ts';
import { type JournalReader } from '../store/store.ts';
import { createAccountPublisher } from './publisher.ts';
import { createRowTopics, type RowTopics } from './row-topics.ts';
import {
  ACCOUNTS_OPEN_MAX,
  allow,
  createAllowance,
  greetedSession,
  type GreetedSession,
  type Session,
} from './session.ts';

type Io = Server<ClientToServer, ServerToClient>;
type Client = Socket<ClientToServer, ServerToClient>;

const HEARTBEAT_MS = 1_000;
const MESSAGE_BYTES_MAX = 16_384;
/** Packets that may wait for a client before it counts as one that does not read. */
const UNREAD_PACKETS_MAX = 500;
const MARKET_ROOM = 'market';

export interface GatewayParts {
  readonly http: HttpServer;
  readonly risk: Pick<RiskClient, 'ask' | 'tell'>;
  readonly openReaders: (folder: string) => { readonly journal: JournalReader; readonly history: HistoryReader };
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
  readonly readers: { readonly journal: JournalReader; readonly history: HistoryReader } | undefined;
  close(): Promise<void>;
}

interface OpenRun {
  readonly run: RunText;
  readonly journal: JournalReader;
  readonly history: HistoryReader;
  readonly topics: RowTopics;
}

function refuse(code: Refusal['code'], message: string): Refusal {
  return { ok: false, code, message };
}

export function createGateway(parts: GatewayParts): Gateway {
  const io: Io = new Server(parts.http, {
    transports: ['websocket', 'polling'],
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: MESSAGE_BYTES_MAX,
    serveClient: false,
  });
  const sessions = new Map<string, Session>();
  let open: OpenRun | undefined;
  let market: MarketFrame | undefined;
  let deskSeq = 0;
  const publisher = createAccountPublisher({
    emit: (patch) => void io.to(roomOf(patch.account.accountId)).emit('account', patch),
    now: parts.now,
    later: (action, ms) => {
      const timer = setTimeout(action, ms);
      return () => clearTimeout(timer);
    },
  });

  function openRun(news: Extract<LoopNews, { readonly kind: 'opened' }>): void {
    const readers = parts.openReaders(news.folder);
    const isFirst = open === undefined && sessions.size === 0;
    open = { run: news.run, ...readers, topics: createRowTopics(readers.journal, news.journalSeq) };
    if (!isFirst) io.to(MARKET_ROOM).emit('run-changed', news.run);
  }

  /** Everybody has to say hello again: what they followed belongs to the run that is gone. */
  function closeRun(): void {
    open?.journal.close();
    open?.history.close();
    open = undefined;
    market = undefined;
    publisher.endAll();
    for (const [id, session] of sessions) {
      if (session.kind !== 'greeted') continue;
      const client = io.sockets.sockets.get(id);
      for (const accountId of session.accounts) void client?.leave(roomOf(accountId));
      sessions.set(id, greetedSession());
    }
  }

  function hear(news: LoopNews): void {
    switch (news.kind) {
      case 'opened':
        return openRun(news);
      case 'closed':
        return closeRun();
      case 'market':
        market = news.frame;
        io.to(MARKET_ROOM).volatile.emit('market', news.frame);
        return;
      case 'step':
        for (const account of news.accounts) publisher.put(account);
        for (const patch of open?.topics.patchesOf(news.rows, news.acceptedAt) ?? []) {
          io.to(`topic:${patch.topic}`).emit('rows', patch);
        }
        return;
      case 'digests':
        for (const { accountId, digest } of news.digests) {
          publisher.flush(accountId);
          const seq = publisher.seqOf(accountId);
          if (seq === undefined) continue;
          const { marketSeq } = news;
          io.to(roomOf(accountId)).volatile.emit('digest', { accountId, seq, marketSeq, digest });
        }
        return;
      case 'desk':
        deskSeq += 1;
        for (const { viewer, queryId } of news.viewers) {
          io.to(viewer).volatile.emit('desk', { ...news.frame, queryId, seq: deskSeq });
        }
        return;
      case 'report':
      case 'log':
      case 'refused':
      case 'stopped':
        return;
      default:
        assertNever(news);
    }
  }

  async function hello(
    client: Client,
    message: MessageOf<'hello'>,
  ): Promise<Answer<{ welcome: Welcome }>> {
    if (message.protocol !== PROTOCOL_VERSION) {
      return refuse(
        'protocol-mismatch',
        `this server speaks protocol ${PROTOCOL_VERSION}, the client ${message.protocol}: reload the page`,
      );
    }
    const overview = await parts.risk.ask('overview', {});
    if (open === undefined) return refuse('not-now', 'the run is being opened; try again in a moment');
    if (!overview.ok) return overview;
    if (sessions.get(client.id)?.kind !== 'greeted') sessions.set(client.id, greetedSession());
    await client.join(MARKET_ROOM);
    const { firstAccount, accountIds } = overview;
    const welcome = {
      protocol: PROTOCOL_VERSION,
      run: open.run,
      market: market ?? null,
      firstAccount,
      accountIds,
    };
    return { ok: true, welcome };
  }

  async function openAccount(
    client: Client,
    session: GreetedSession,
    { accountId }: MessageOf<'open'>,
  ): Promise<Answer<{ patch: AccountPatch; history: AccountHistory }>> {
    if (!session.accounts.has(accountId) && session.accounts.size >= ACCOUNTS_OPEN_MAX) {
      return refuse('overrun', `${ACCOUNTS_OPEN_MAX} accounts are open on this connection; close one first`);
    }
    if (publisher.seqOf(accountId) === undefined) {
      const watched = await parts.risk.ask('watch', { accountId });
      if (!watched.ok) return watched;
      if (sessions.get(client.id) !== session) {
        forgetIfUnread(accountId);
        return refuse('not-now', 'the run was replaced meanwhile; say hello again');
      }
      publisher.begin(watched.account);
    }
    session.accounts.add(accountId);
    const patch = publisher.snapshot(accountId);
    await client.join(roomOf(accountId));
    if (patch === undefined || open === undefined) return refuse('not-now', 'the run is being replaced');
    return { ok: true, patch, history: historyOf(open.history, patch) };
  }

  function closeAccount(client: Client, session: GreetedSession, accountId: string): void {
    if (!session.accounts.delete(accountId)) return;
    void client.leave(roomOf(accountId));
    forgetIfUnread(accountId);
  }

  function forgetIfUnread(accountId: string): void {
    const isRead = [...sessions.values()].some(
      (session) => session.kind === 'greeted' && session.accounts.has(accountId),
    );
    if (isRead) return;
    publisher.end(accountId);
    parts.risk.tell({ kind: 'unwatch', accountId });
  }

  function leave(client: Client): void {
    const session = sessions.get(client.id);
    sessions.delete(client.id);
    if (session?.kind !== 'greeted') return;
    for (const accountId of session.accounts) forgetIfUnread(accountId);
    if (session.hasDesk) parts.risk.tell({ kind: 'leave-desk', viewer: client.id });
  }

  /** What a greeted client may ask, by message. */
  const handlers: {
    readonly [Name in Exclude<MessageName, 'hello'>]: (
      client: Client,
      session: GreetedSession,
      message: MessageOf<Name>,
    ) => Promise<Answer<object>>;
  } = {
    open: openAccount,
    close: async (client, session, { accountId }) => {
      closeAccount(client, session, accountId);
      return { ok: true };
    },
    follow: async (client, _session, { topic, limit }) => {
      if (open === undefined) return refuse('not-now', 'the run is being replaced');
      await client.join(`topic:${topic}`);
      return { ok: true, patch: open.topics.snapshot(topic, limit) };
    },
    unfollow: async (client, _session, { topic }) => {
      await client.leave(`topic:${topic}`);
      return { ok: true };
    },
    desk: async (client, session, { queryId, query }) => {
      session.hasDesk = true;
      parts.risk.tell({ kind: 'desk', viewer: client.id, queryId, query });
      return { ok: true };
    },
    acknowledge: async (_client, _session, message) => parts.risk.ask('acknowledge', message),
    control: async (_client, _session, command) => parts.risk.ask('control', { command }),
  };

  io.on('connection', (client) => {
    const allowance = createAllowance(parts.now());
    sessions.set(client.id, { kind: 'new' });
    client.on('disconnect', () => leave(client));

    async function answerTo<Name extends MessageName>(name: Name, raw: unknown): Promise<Answer<object>> {
      if (!allow(allowance, parts.now())) return refuse('overrun', 'too many messages; slow down');
      const message = parseMessage(name, raw);
      if (!message.ok) return refuse('malformed', message.error);
      if (name === 'hello') return hello(client, message.value as MessageOf<'hello'>);
      const session = sessions.get(client.id);
      if (session?.kind !== 'greeted') return refuse('not-now', `say hello before "${name}"`);
      // A message of this name was parsed by this name's schema: the compiler cannot pair them across a generic.
      const handler = handlers[name as Exclude<Name, 'hello'>] as (
        ...given: [Client, GreetedSession, unknown]
      ) => Promise<Answer<object>>;
      return handler(client, session, message.value);
    }

    function listen(name: MessageName): void {
      // What arrives is whatever the other side sent: no promise about its shape holds here.
      const untyped = client as unknown as { on(event: string, listener: (...args: unknown[]) => void): void };
      untyped.on(name, (...args) => {
        const ack = args.find((arg) => typeof arg === 'function');
        const raw = args[0] === ack ? undefined : args[0];
        answerTo(name, raw)
          .then((answer) => ack?.(answer))
          .catch((error: unknown) => {
            parts.log('a message could not be answered', { name, error: String(error) });
            ack?.(refuse('not-now', 'the server could not answer'));
          });
      });
    }
    for (const name of ['hello', 'open', 'close', 'follow', 'unfollow', 'desk', 'acknowledge', 'control'] as const) {
      listen(name);
    }
    client.on('leave-desk', () => {
      const session = sessions.get(client.id);
      if (session?.kind !== 'greeted' || !session.hasDesk) return;
      session.hasDesk = false;
      parts.risk.tell({ kind: 'leave-desk', viewer: client.id });
    });
  });

  /** Liveness for those who read, an end for those who do not. */
  function beat(): void {
    for (const client of io.sockets.sockets.values()) {
      if (unreadPackets(client) > UNREAD_PACKETS_MAX) {
        parts.log('a client does not read and is cut off', { client: client.id });
        client.disconnect(true);
      }
    }
    io.to(MARKET_ROOM).volatile.emit('heartbeat', { wallTime: parts.wallTime() });
  }
  const heartbeat = setInterval(beat, HEARTBEAT_MS);

  return {
    hear,
    get clients() {
      return io.sockets.sockets.size;
    },
    get run() {
      return open?.run;
    },
    get market() {
      return market;
    },
    get readers() {
      return open;
    },
    close: async () => {
      clearInterval(heartbeat);
      publisher.endAll();
      await io.close();
      open?.journal.close();
      open?.history.close();
      open = undefined;
    },
  };
}

function roomOf(accountId: string): string {
  return `account:${accountId}`;
}

function historyOf(reader: HistoryReader, { account }: AccountPatch): AccountHistory {
  const poolIds = account.pools.map(({ poolId }) => poolId);
  const instruments = new Set(account.positions.map(({ instrument }) => instrument));
  return reader.read(poolIds, [...instruments]);
}

/** Packets written to a client that its connection has not taken yet. */
function unreadPackets(client: Client): number {
  const buffered: unknown = Reflect.get(client.conn, 'writeBuffer');
  return Array.isArray(buffered) ? buffered.length : 0;
}
