import { afterEach, expect, it } from 'vitest';
import { type RowWire } from '#lib/wire/protocol.ts';
import { timestampMs } from '#lib/units/time.ts';
import { fakeServer, paint, session, stopSessions } from './example-server.ts';

afterEach(stopSessions);

function row(seq: number): RowWire {
  const body = { kind: 'instrument-changed', instrument: 'BTCUSDT' } as const;
  return { seq, step: seq, time: timestampMs(seq), accountId: null, body, hash: '' };
}

/** A page that holds rows 8 and 9 of a topic that has more. */
function followed() {
  const fake = fakeServer();
  const live = session(fake);
  fake.connect();
  live.session.follow('alerts');
  fake.server().rows({ topic: 'alerts', snapshot: true, previousSeq: 6, rows: [row(8), row(9)] });
  paint();
  const seqs = () => live.store.getState().rows.alerts?.map(({ seq }) => seq);
  const asked = (): readonly unknown[] =>
    fake.sent.findLast(({ event }) => event === 'older-rows')?.args ?? [];
  const answer = (given: object) => {
    const ack = asked()[1];
    if (typeof ack === 'function') ack({ ok: true, ...given });
    paint();
  };
  return { ...live, fake, seqs, asked, answer };
}

it('puts older rows before the ones it holds, as long as the server has some', async () => {
  const { session: live, store, seqs, asked, answer } = followed();
  expect(store.getState().olderThere.has('alerts')).toBe(true);
  const read = live.readOlder('alerts');
  expect(asked()[0]).toMatchObject({ topic: 'alerts', beforeSeq: 8 });
  answer({ rows: [row(4), row(6)], previousSeq: 0 });
  expect(await read).toBeUndefined();
  expect(seqs()).toEqual([4, 6, 8, 9]);
  expect(store.getState().olderThere.has('alerts')).toBe(false);
});

it('keeps them when newer ones come', async () => {
  const { session: live, fake, seqs, answer } = followed();
  void live.readOlder('alerts');
  answer({ rows: [row(6)], previousSeq: 0 });
  fake.server().rows({ topic: 'alerts', snapshot: false, previousSeq: 9, rows: [row(11)] });
  paint();
  expect(seqs()).toEqual([6, 8, 9, 11]);
});

it('drops an answer that does not join what a snapshot has brought meanwhile', () => {
  const { session: live, fake, seqs, answer } = followed();
  void live.readOlder('alerts');
  fake.server().rows({ topic: 'alerts', snapshot: true, previousSeq: 20, rows: [row(30)] });
  answer({ rows: [row(6)], previousSeq: 0 });
  expect(seqs()).toEqual([30]);
});
