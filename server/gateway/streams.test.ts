import { describe, expect, it } from 'vitest';
import { type JournalRow, type RowBody } from '#lib/engine/row.ts';
import { timestampMs } from '#lib/units/time.ts';
import { type AccountPatch, type AccountText } from '#lib/wire/protocol.ts';
import { applyRowsPatch } from '#lib/wire/replica.ts';
import { remembered } from '../remembered.ts';
import { type JournalReader } from '../store/store.ts';
import { type Hall } from './hall.ts';
import { hear } from './news.ts';
import { createAccountPublisher } from './publisher.ts';
import { createRowTopics } from './row-topics.ts';

function account(accountId: string, wallet: string): AccountText {
  return {
    accountId,
    label: '',
    openedAt: 0,
    positionMode: 'one-way',
    assetMode: 'single',
    wallets: [{ asset: 'USDT', amount: wallet }],
    positions: [],
    orders: [],
    pools: [],
  };
}

/** A publisher on a clock that stands until it is moved. */
function onClock() {
  let clock = 0;
  let timers: { readonly at: number; readonly action: () => void }[] = [];
  const sent: AccountPatch[] = [];
  const publisher = createAccountPublisher({
    emit: (patch) => sent.push(patch),
    now: () => clock,
    later: (action, ms) => {
      const timer = { at: clock + ms, action };
      timers.push(timer);
      return () => {
        timers = timers.filter((each) => each !== timer);
      };
    },
  });
  function moveTo(time: number): void {
    clock = time;
    const due = timers.filter(({ at }) => at <= time);
    timers = timers.filter(({ at }) => at > time);
    for (const { action } of due) action();
  }
  const told = (): readonly (readonly [number, string | undefined])[] =>
    sent.map((patch) => [patch.seq, patch.account.wallets[0]?.amount]);
  return { publisher, moveTo, told };
}

describe('the account publisher', () => {
  it('sends the first change at once and what follows within 100 ms as one', () => {
    const { publisher, moveTo, told } = onClock();
    publisher.begin(account('A', '1'));
    publisher.put(account('A', '2'));
    publisher.put(account('A', '3'));
    publisher.put(account('A', '4'));
    expect(told()).toEqual([[2, '2']]);
    moveTo(100);
    expect(told()).toEqual([
      [2, '2'],
      [3, '4'],
    ]);
  });

  it('sends what waits before it gives a snapshot, so that the next number follows it', () => {
    const { publisher, told } = onClock();
    publisher.begin(account('A', '1'));
    publisher.put(account('A', '2'));
    publisher.put(account('A', '3'));
    expect(publisher.snapshot('A')).toMatchObject({ seq: 3, snapshot: true });
    expect(told().at(-1)).toEqual([3, '3']);
  });

  it('ignores accounts that nobody reads, and forgets those that nobody reads any more', () => {
    const { publisher, told } = onClock();
    publisher.put(account('A', '1'));
    publisher.begin(account('B', '1'));
    publisher.end('B');
    publisher.put(account('B', '2'));
    expect(told()).toEqual([]);
    expect(publisher.snapshot('B')).toBeUndefined();
    expect(publisher.size).toBe(0);
  });
});

const TRANSITION: RowBody = {
  kind: 'acknowledged',
  poolId: 'A/cross:USDT' as never,
  by: 'me',
  note: '',
  state: 'warning',
};
const FILL: RowBody = { kind: 'transfer', asset: 'USDT', amount: '1' };

function row(seq: number, body: RowBody): JournalRow {
  return { seq, step: seq, time: timestampMs(seq), accountId: null, body, hash: `${seq}` };
}

function readerOf(rows: readonly JournalRow[]): JournalReader {
  return {
    newestRows: ({ kinds, upToSeq, limit }) => {
      const own = rows.filter(({ seq, body }) => seq <= upToSeq && kinds.includes(body.kind));
      const cut = Math.max(0, own.length - limit);
      return { rows: own.slice(cut), previousSeq: own[cut - 1]?.seq ?? 0 };
    },
    lastSeq: () => rows.at(-1)?.seq ?? 0,
    close: () => {},
  };
}

describe('row topics', () => {
  it('say of every patch which row of the topic went before it', () => {
    const topics = createRowTopics(readerOf([row(1, FILL), row(2, TRANSITION), row(3, FILL)]), 3);
    expect(topics.patchesOf([row(4, FILL)], 99)).toEqual([]);
    const patch = { topic: 'alerts', snapshot: false, acceptedAt: 99 } as const;
    expect(topics.patchesOf([row(5, TRANSITION), row(6, FILL)], 99)).toEqual([
      { ...patch, previousSeq: 2, rows: [row(5, TRANSITION)] },
    ]);
    expect(topics.patchesOf([row(7, TRANSITION)], 99)).toEqual([
      { ...patch, previousSeq: 5, rows: [row(7, TRANSITION)] },
    ]);
  });

  it('give in a snapshot only what has been told: what is on disk but not told yet comes as a patch', () => {
    const onDisk = [row(1, TRANSITION), row(2, TRANSITION), row(3, TRANSITION)];
    const topics = createRowTopics(readerOf(onDisk), 2);
    const snapshot = topics.snapshot('alerts', 1);
    expect(snapshot).toEqual({
      topic: 'alerts',
      snapshot: true,
      previousSeq: 1,
      rows: [onDisk[1]],
    });
    expect(topics.patchesOf([row(3, TRANSITION)], 0)[0]?.previousSeq).toBe(2);
  });

  it('tell of too many at once the newest of each topic that has any, as a snapshot, and go on from there', () => {
    const onDisk = Array.from({ length: 700 }, (_, index) => row(index + 1, TRANSITION));
    const topics = createRowTopics(readerOf(onDisk), 3);
    const [patch, ...others] = topics.newestUpTo(600);
    expect(others).toEqual([]);
    expect(patch).toMatchObject({ topic: 'alerts', snapshot: true, previousSeq: 400 });
    expect(patch?.rows.map(({ seq }) => seq)).toEqual(onDisk.slice(400, 600).map(({ seq }) => seq));
    expect(topics.newestUpTo(600)).toEqual([]);
    expect(topics.patchesOf([row(601, TRANSITION)], 0)[0]?.previousSeq).toBe(600);
  });

  it('read back from any row, and never past what has been told', () => {
    const onDisk = [1, 2, 3, 4].map((seq) => row(seq, TRANSITION));
    const topics = createRowTopics(readerOf(onDisk), 3);
    const older = (beforeSeq: number, limit: number) => {
      const { rows, previousSeq } = topics.older({ topic: 'alerts', beforeSeq, limit });
      return { seqs: rows.map(({ seq }) => seq), previousSeq };
    };
    expect(older(3, 1)).toEqual({ seqs: [2], previousSeq: 1 });
    expect(older(3, 9)).toEqual({ seqs: [1, 2], previousSeq: 0 });
    expect(older(99, 1)).toEqual({ seqs: [3], previousSeq: 2 });
  });

  it('give a sign by which a reader who missed rows asks again, and others do not', () => {
    const topics = createRowTopics(readerOf([row(1, TRANSITION), row(2, TRANSITION)]), 2);
    const sign = topics.signOf('alerts');
    expect(applyRowsPatch({ seq: 1, rows: [] }, sign, 9)).toEqual({ kind: 'resync', since: 1 });
    expect(applyRowsPatch({ seq: 2, rows: [] }, sign, 9).kind).toBe('repeated');
  });
});

describe('a remembered answer', () => {
  it('is asked for once while it is young, and again when it is old or forgotten', async () => {
    let clock = 0;
    let asked = 0;
    const answer = remembered(
      500,
      () => clock,
      async () => (asked += 1),
    );
    expect([await answer.get(), await answer.get()]).toEqual([1, 1]);
    clock = 500;
    expect(await answer.get()).toBe(2);
    answer.forget();
    expect(await answer.get()).toBe(3);
  });
});

describe('digests', () => {
  it('go out after the facts that they were made of', () => {
    const { publisher, told } = onClock();
    const order: string[] = [];
    const emit = (name: string, { seq }: { readonly seq: number }): void => {
      order.push(`${name} ${seq} after patch ${told().at(-1)?.[0]}`);
    };
    const hall = { publisher, io: { to: () => ({ volatile: { emit } }) } } as unknown as Hall;
    publisher.begin(account('A', '1'));
    publisher.put(account('A', '2'));
    publisher.put(account('A', '3'));
    const digests = [
      { accountId: 'A', digest: 'd' },
      { accountId: 'nobody reads', digest: 'e' },
    ];
    hear(hall, { kind: 'digests', marketSeq: 7, digests });
    expect(order).toEqual(['digest 3 after patch 3']);
  });
});
