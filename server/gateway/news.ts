/** From what the loop tells to what clients hear: rooms, numbers, and what may be dropped. */
import { assertNever } from '#lib/contract.ts';
import { type FoundAccounts } from '../desk/desk-search.ts';
import { type LoopNews } from '../risk-client.ts';
import { accountRoom, MARKET_ROOM, topicRoom, type Hall } from './hall.ts';
import { isDrained } from './connection.ts';
import { laggardsIn, missedBy } from './laggards.ts';
import { createRowTopics } from './row-topics.ts';
import { greetedSession } from './session.ts';

type News<Kind extends LoopNews['kind']> = Extract<LoopNews, { readonly kind: Kind }>;

export function hear(hall: Hall, news: LoopNews): void {
  switch (news.kind) {
    case 'opening':
      return tellOpening(hall, news);
    case 'opened':
      return openRun(hall, news);
    case 'closed':
      return closeRun(hall);
    case 'market':
      hall.market = news.frame;
      hall.io.to(MARKET_ROOM).volatile.emit('market', news.frame);
      return;
    case 'step':
      return tellStep(hall, news);
    case 'alert-rules':
      return tellAlertRules(hall, news);
    case 'digests':
      return tellDigests(hall, news);
    case 'desk':
      return tellDesk(hall, news);
    case 'desk-summary':
      return void toReaders(hall, news.viewers)?.emit('desk-summary', news.summary);
    case 'desk-calls':
      return void toReaders(hall, news.viewers)?.emit('desk-calls', news.calls);
    case 'desk-columns':
      return hall.finder.look(news.columns);
    case 'report':
    case 'verified':
    case 'log':
    case 'refused':
    case 'stopped':
      return;
    default:
      assertNever(news);
  }
}

/** Once: who was here before asks again from then on. */
function tellOpening(hall: Hall, { progress }: News<'opening'>): void {
  const isNews = hall.opening === undefined;
  hall.opening = progress;
  if (isNews) hall.io.to(MARKET_ROOM).emit('run-opening');
}

function openRun(hall: Hall, news: News<'opened'>): void {
  const readers = hall.openReaders(news.folder);
  const topics = createRowTopics(readers.journal, news.journalSeq);
  hall.opening = undefined;
  hall.open = { run: news.run, ...readers, topics, alertRules: news.alertRules };
  hall.io.to(MARKET_ROOM).emit('run-changed', news.run);
}

/** What was followed belongs to the run that is gone: everybody says hello again, and hears no account until then. */
export function closeRun(hall: Hall): void {
  hall.open?.journal.close();
  hall.open?.history.close();
  hall.open = undefined;
  hall.market = undefined;
  hall.finder.look(undefined);
  hall.publisher.endAll();
  hall.overview.forget();
  hall.missed.clear();
  for (const [id, session] of hall.sessions) {
    if (session.kind !== 'greeted') continue;
    const client = hall.io.sockets.sockets.get(id);
    for (const accountId of session.accounts) void client?.leave(accountRoom(accountId));
    hall.sessions.set(id, greetedSession());
  }
}

function tellStep(hall: Hall, news: News<'step'>): void {
  for (const account of news.accounts) hall.publisher.put(account);
  for (const patch of patchesOf(hall, news)) {
    const room = topicRoom(patch.topic);
    const laggards = laggardsIn(hall, room, (missed) => missed.topics.add(patch.topic));
    hall.io.to(room).except(laggards).emit('rows', patch);
  }
}

function patchesOf({ open }: Hall, { rows, upToSeq, acceptedAt }: News<'step'>) {
  if (open === undefined) return [];
  return upToSeq === undefined
    ? open.topics.patchesOf(rows, acceptedAt)
    : open.topics.newestUpTo(upToSeq);
}

/** Facts that wait go out first, so that a reader compares with what the digest was made of. */
function tellDigests(hall: Hall, { digests, marketSeq }: News<'digests'>): void {
  for (const { accountId, digest } of digests) {
    hall.publisher.flush(accountId);
    const seq = hall.publisher.seqOf(accountId);
    if (seq === undefined) continue;
    hall.io
      .to(accountRoom(accountId))
      .volatile.emit('digest', { accountId, seq, marketSeq, digest });
  }
}

function tellAlertRules(hall: Hall, { rules }: News<'alert-rules'>): void {
  if (hall.open === undefined) return;
  hall.open.alertRules = rules;
  const laggards = laggardsIn(hall, MARKET_ROOM, (missed) => {
    missed.alertRules = true;
  });
  hall.io.to(MARKET_ROOM).except(laggards).emit('alert-rules', rules);
}

/** Encoded once for all who asked the same under the same number. */
function tellDesk(hall: Hall, { viewers, frame }: News<'desk'>): void {
  hall.deskSeq += 1;
  for (const { viewer, queryId } of viewers) hall.finder.answered(viewer, queryId);
  const reading = viewers.filter(({ viewer }) => takesDesk(hall, viewer));
  for (const [queryId, group] of Map.groupBy(reading, (view) => view.queryId)) {
    const rooms = group.map(({ viewer }) => viewer);
    hall.io.to(rooms).volatile.emit('desk', { ...frame, queryId, seq: hall.deskSeq });
  }
}

/** At the run time of the newest frame: who is found stands in the order of then. */
export function tellFound(
  hall: Hall,
  p: { readonly viewer: string; readonly queryId: number; readonly found: FoundAccounts },
): void {
  hall.deskSeq += 1;
  const { deskSeq: seq, market } = hall;
  const frame = { seq, queryId: p.queryId, runTime: market?.runTime ?? 0, offset: 0, rows: [] };
  hall.io.to(p.viewer).volatile.emit('desk', { ...frame, ...p.found });
}

/** False for a client that does not keep up: it is not worked out either until that client has read what it has. */
function takesDesk(hall: Hall, viewer: string): boolean {
  const client = hall.io.sockets.sockets.get(viewer);
  if (client === undefined) return false;
  if (isDrained(client.conn)) return true;
  missedBy(hall, viewer).desk = true;
  hall.risk.tell({ kind: 'leave-desk', viewer });
  return false;
}

/** Those of them who have read what they have; undefined where there is none. */
function toReaders({ io }: Hall, viewers: readonly string[]) {
  const ready = viewers.filter((viewer) => {
    const client = io.sockets.sockets.get(viewer);
    return client !== undefined && isDrained(client.conn);
  });
  return ready.length === 0 ? undefined : io.to(ready).volatile;
}
