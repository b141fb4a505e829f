/**
 * Clients that do not keep up. What is sent to a room leaves them out and only notes what they missed; once their connection is
 * empty again they get it as it is then: facts whole, rows as a sign to ask again, the desk from here on.
 */
import { isDrained, packetsWaiting } from './connection.ts';
import { type Hall } from './hall.ts';
import { createMissed, type Missed } from './missed.ts';
import { type Client } from './sockets.ts';

/** The ids of those in a room who cannot take more now; for each of them `note` writes down what it misses. */
export function laggardsIn(hall: Hall, room: string, note: (missed: Missed) => void): string[] {
  const laggards: string[] = [];
  for (const id of hall.io.sockets.adapter.rooms.get(room) ?? []) {
    const client = hall.io.sockets.sockets.get(id);
    if (client === undefined || !isLagging(hall, client)) continue;
    note(missedBy(hall, id));
    laggards.push(id);
  }
  return laggards;
}

function isLagging(hall: Hall, { id, conn }: Client): boolean {
  return hall.missed.has(id) || packetsWaiting(conn) >= hall.limits.packetsWaiting;
}

export function missedBy(hall: Hall, id: string): Missed {
  const missed = hall.missed.get(id) ?? createMissed();
  hall.missed.set(id, missed);
  return missed;
}

/** Gives those whose connection is empty what they missed. */
export function catchUp(hall: Hall): void {
  for (const [id, missed] of hall.missed) {
    const client = hall.io.sockets.sockets.get(id);
    if (client !== undefined && !isDrained(client.conn)) continue;
    hall.missed.delete(id);
    if (client !== undefined) giveMissed(hall, client, missed);
  }
}

function giveMissed(hall: Hall, client: Client, missed: Missed): void {
  const session = hall.sessions.get(client.id);
  if (session?.kind !== 'greeted') return;
  for (const accountId of missed.accounts) {
    const patch = session.accounts.has(accountId) ? hall.publisher.snapshot(accountId) : undefined;
    if (patch !== undefined) client.emit('account', patch);
  }
  for (const topic of missed.topics) {
    const patch = hall.open?.topics.signOf(topic);
    if (patch !== undefined) client.emit('rows', patch);
  }
  if (missed.alertRules && hall.open !== undefined)
    client.emit('alert-rules', hall.open.alertRules);
  if (missed.desk && session.desk !== undefined) {
    hall.risk.tell({ kind: 'desk', viewer: client.id, ...session.desk });
  }
}
