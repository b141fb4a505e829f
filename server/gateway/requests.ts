/** What clients ask, one function a message. Every message has been parsed; every answer is a value or a coded refusal. */
import {
  type AccountHistory,
  type AccountPatch,
  type Answer,
  PROTOCOL_VERSION,
  type RowsPatch,
  type ServerStatus,
  type Welcome,
} from '#lib/wire/protocol.ts';
import { type MessageName, type MessageOf } from '#lib/wire/messages.ts';
import { accountRoom, MARKET_ROOM, refuse, topicRoom, type Hall } from './hall.ts';
import { openingText } from '../opening-words.ts';
import { type Client } from './sockets.ts';
import { type RowTopics } from './row-topics.ts';
import { type HistoryReader } from '../store/history-store.ts';
import { ACCOUNTS_OPEN_MAX, greetedSession, type GreetedSession } from './session.ts';

const DONE = { ok: true } as const;

/** The protocol's version has been compared. */
export async function hello(hall: Hall, client: Client): Promise<Answer<{ welcome: Welcome }>> {
  // The loop is busy and would not answer.
  if (hall.opening !== undefined)
    return refuse('not-now', `The server is ${openingText(hall.opening)}.`);
  const overview = await hall.overview.get();
  if (!overview.ok) return overview;
  if (hall.open === undefined) return refuse('not-now', 'The run is being opened.');
  if (hall.sessions.get(client.id)?.kind !== 'greeted')
    hall.sessions.set(client.id, greetedSession());
  await client.join(MARKET_ROOM);
  const { firstAccount, accountIds } = overview;
  const { run, alertRules } = hall.open;
  const market = hall.market ?? null;
  return {
    ok: true,
    welcome: { protocol: PROTOCOL_VERSION, run, market, firstAccount, accountIds, alertRules },
  };
}

async function open(
  hall: Hall,
  client: Client,
  session: GreetedSession,
  { accountId }: MessageOf<'open'>,
): Promise<Answer<{ patch: AccountPatch; history: AccountHistory }>> {
  if (!session.accounts.has(accountId) && session.accounts.size >= ACCOUNTS_OPEN_MAX) {
    return refuse(
      'overrun',
      `${ACCOUNTS_OPEN_MAX} accounts are open on this connection; close one first`,
    );
  }
  // Taken before the loop is asked, so that many requests at once cannot pass the limit together.
  session.accounts.add(accountId);
  const watched = await watch(hall, client, session, accountId);
  const patch = hall.publisher.snapshot(accountId);
  if (!watched.ok || patch === undefined || hall.open === undefined) {
    session.accounts.delete(accountId);
    forgetIfUnread(hall, accountId);
    return watched.ok ? refuse('not-now', 'the run is being replaced') : watched;
  }
  // No wait between snapshot and room: the next patch follows this number.
  await client.join(accountRoom(accountId));
  return { ok: true, patch, history: historyOf(hall.open.history, patch) };
}

/** Begins the account's stream unless somebody reads it already. */
async function watch(
  hall: Hall,
  client: Client,
  session: GreetedSession,
  accountId: string,
): Promise<Answer> {
  if (hall.publisher.seqOf(accountId) !== undefined) return DONE;
  const watched = await hall.risk.ask('watch', { accountId });
  if (!watched.ok) return watched;
  if (hall.sessions.get(client.id) !== session) {
    return refuse('not-now', 'the run was replaced meanwhile; say hello again');
  }
  hall.publisher.begin(watched.account);
  return DONE;
}

function historyOf(reader: HistoryReader, { account }: AccountPatch): AccountHistory {
  const poolIds = account.pools.map(({ poolId }) => poolId);
  const instruments = new Set(account.positions.map(({ instrument }) => instrument));
  return reader.read(poolIds, [...instruments]);
}

function forgetIfUnread(hall: Hall, accountId: string): void {
  const isRead = [...hall.sessions.values()].some(
    (session) => session.kind === 'greeted' && session.accounts.has(accountId),
  );
  if (isRead) return;
  hall.publisher.end(accountId);
  hall.risk.tell({ kind: 'unwatch', accountId });
}

async function close(
  hall: Hall,
  client: Client,
  session: GreetedSession,
  { accountId }: MessageOf<'close'>,
): Promise<Answer> {
  if (!session.accounts.delete(accountId)) return DONE;
  await client.leave(accountRoom(accountId));
  forgetIfUnread(hall, accountId);
  return DONE;
}

async function follow(
  hall: Hall,
  client: Client,
  _session: GreetedSession,
  { topic, limit }: MessageOf<'follow'>,
): Promise<Answer<{ patch: RowsPatch }>> {
  if (hall.open === undefined) return refuse('not-now', 'the run is being replaced');
  const patch = hall.open.topics.snapshot(topic, limit);
  await client.join(topicRoom(topic));
  return { ok: true, patch };
}

async function unfollow(
  _hall: Hall,
  client: Client,
  _session: GreetedSession,
  { topic }: MessageOf<'unfollow'>,
): Promise<Answer> {
  await client.leave(topicRoom(topic));
  return DONE;
}

async function olderRows(
  hall: Hall,
  _client: Client,
  _session: GreetedSession,
  request: MessageOf<'older-rows'>,
): Promise<Answer<ReturnType<RowTopics['older']>>> {
  if (hall.open === undefined) return refuse('not-now', 'the run is being replaced');
  return { ok: true, ...hall.open.topics.older(request) };
}

async function desk(
  hall: Hall,
  client: Client,
  session: GreetedSession,
  { queryId, query }: MessageOf<'desk'>,
): Promise<Answer> {
  session.desk = { queryId, query };
  hall.risk.tell({ kind: 'desk', viewer: client.id, queryId, query });
  hall.finder.find(client.id, { queryId, query });
  return DONE;
}

export function leaveDesk(hall: Hall, client: Client): void {
  const session = hall.sessions.get(client.id);
  if (session?.kind !== 'greeted' || session.desk === undefined) return;
  session.desk = undefined;
  hall.finder.leave(client.id);
  hall.risk.tell({ kind: 'leave-desk', viewer: client.id });
}

/** The client is gone: so is everything that was kept for it. */
export function leave(hall: Hall, client: Client): void {
  leaveDesk(hall, client);
  const session = hall.sessions.get(client.id);
  hall.sessions.delete(client.id);
  hall.missed.delete(client.id);
  hall.unreadSince.delete(client.id);
  if (session?.kind !== 'greeted') return;
  for (const accountId of session.accounts) forgetIfUnread(hall, accountId);
}

async function status({
  selfWatch,
  wallTime,
  io,
}: Hall): Promise<Answer<{ status: ServerStatus }>> {
  const clients = io.sockets.sockets.size;
  return { ok: true, status: await selfWatch.status({ wallTime: wallTime(), clients }) };
}

type Handlers = {
  readonly [Name in Exclude<MessageName, 'hello'>]: (
    hall: Hall,
    client: Client,
    session: GreetedSession,
    message: MessageOf<Name>,
  ) => Promise<Answer>;
};

/** What a client may ask once it has said hello. */
export const HANDLERS: Handlers = {
  open,
  close,
  follow,
  unfollow,
  'older-rows': olderRows,
  desk,
  'export-accounts': (hall, _client, _session, message) =>
    hall.risk.ask('export-accounts', message),
  acknowledge: (hall, _client, _session, message) => hall.risk.ask('acknowledge', message),
  'undo-acknowledge': (hall, _client, _session, message) =>
    hall.risk.ask('undo-acknowledge', message),
  'set-alert-rule': (hall, _client, _session, message) => hall.risk.ask('set-alert-rule', message),
  'remove-alert-rule': (hall, _client, _session, message) =>
    hall.risk.ask('remove-alert-rule', message),
  'preview-alert-rule': (hall, _client, _session, message) =>
    hall.risk.ask('preview-alert-rule', message),
  control: (hall, _client, _session, command) => hall.risk.ask('control', { command }),
  status,
};
