import { expect, it } from 'vitest';
import { type TransitionBody } from '#lib/display/alert-words.ts';
import { poolId } from '#lib/units/ids.ts';
import { type RowWire } from '#lib/wire/protocol.ts';
import { alertEntries, type AlertEntry } from './alert-rows.ts';
import { burstsOf, withBursts, type Events, type InboxItem } from './bursts.ts';
import { rowExample, transitionExample } from './example-rows.ts';

/** Each at its run time, to its state, at its mark; numbered from 1 in this order. */
function events(
  ...all: readonly (readonly [time: number, to: TransitionBody['to'], mark?: string])[]
): readonly RowWire[] {
  return all.map(([time, to, mark = '97000'], index) => {
    const account = `B${index + 1}`;
    const pool = { poolId: poolId(`${account}/cross:USDT`), mark };
    return rowExample(index + 1, transitionExample('healthy', to, pool), account, time);
  });
}
const five = [0, 400, 800, 1_200, 1_600].map((time) => [time, 'warning'] as const);

function eventsOf(all: readonly AlertEntry[]): Events {
  return { all, burstOf: burstsOf(all) };
}

function items(rows: readonly RowWire[]): readonly InboxItem[] {
  const entries = alertEntries(rows);
  return withBursts(entries, eventsOf(entries), ({ seq }) => `${seq}`);
}

it('leaves five events within two seconds as they are, and draws six together', () => {
  expect(burstsOf(alertEntries(events(...five))).size).toBe(0);
  expect(burstsOf(alertEntries(events(...five, [2_000, 'warning']))).size).toBe(6);
  expect(burstsOf(alertEntries(events(...five, [2_001, 'warning']))).size).toBe(0);
});

it('keeps what is Critical or liquidated by itself, and counts the others by state, worst first', () => {
  const shown = items(
    events(...five, [1_700, 'watch'], [1_800, 'critical'], [1_900, 'liquidated'], [9_000, 'watch']),
  );
  expect(
    shown.map((item) =>
      item.kind === 'one' ? item.key : item.counts.map((one) => `${one.accounts} ${one.state}`),
    ),
  ).toEqual(['9', '8', '7', ['5 warning', '1 watch']]);
});

it('says how far the coin moved since the last event before the burst that names it', () => {
  const [burst] = items(events([0, 'watch', '100000'], ...later(five, 60_000), [61_700, 'watch']));
  expect(burst?.kind === 'burst' ? burst.move : undefined).toMatchObject({
    instrument: 'BTCUSDT',
    since: 0,
  });
  expect(burst?.kind === 'burst' ? burst.move?.share.toString() : '').toBe('-0.03');
  const [first] = items(events(...five, [1_700, 'watch']));
  expect(first?.kind === 'burst' ? first.move : 'no burst').toBeUndefined();
});

it('names no move as the cause where most of the pools only lost a price', () => {
  const lost = [60_000, 60_100, 60_200, 60_300, 60_400, 60_500].map((time, index) => {
    const change = { by: 'unknown', value: 'unknown', mark: '97000' } as const;
    const pool = { ...change, poolId: poolId(`C${index}/cross:USDT`) };
    return rowExample(index + 2, transitionExample('watch', 'watch', pool), `C${index}`, time);
  });
  const [burst] = items([...events([0, 'watch', '100000']), ...lost]);
  expect(burst?.kind === 'burst' ? burst.entries.length : 'no burst').toBe(6);
  expect(burst?.kind === 'burst' ? burst.move : 'no burst').toBeUndefined();
});

it('leaves the last of a burst that is still in the list as a card of its own', () => {
  const entries = alertEntries(events(...five, [1_700, 'watch']));
  const shown = withBursts(entries.slice(0, 1), eventsOf(entries), ({ seq }) => `${seq}`);
  expect(shown.map(({ kind }) => kind)).toEqual(['one']);
});

function later(
  all: readonly (readonly [number, 'warning'])[],
  byMs: number,
): readonly (readonly [number, 'warning'])[] {
  return all.map(([time, to]) => [time + byMs, to]);
}
