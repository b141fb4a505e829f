import { describe, expect, it } from 'vitest';
import { accountId, instrumentId } from '../units/ids.ts';
import { ticks } from '../units/scaled.ts';
import { timestampMs } from '../units/time.ts';
import { engine } from './engine.ts';
import { type EngineEvent, type MarkFact } from './event.ts';
import { LINEAR } from './example-book.ts';
import { depositEvent, exampleRun, markOf, openEvent, take, tradeEvent } from './example-run.ts';
import { type EngineState } from './state.ts';

const ONE = accountId('A0001');
const PRICE = 60_000;

/** A long of 1 BTC on 4,000, whose last mark is 60,000 at second 10. */
function running(): EngineState {
  const state = exampleRun();
  take(state, 10, [
    markOf(LINEAR, PRICE, { second: 10 }),
    openEvent(ONE),
    depositEvent(ONE, 4_000),
    tradeEvent({ of: ONE, in: LINEAR, lots: 1000, price: PRICE }),
  ]);
  return state;
}

function priceOf(state: EngineState): number {
  return Number(state.marks.get(LINEAR)?.fact.markTicks) / 10;
}

function edited(event: ReturnType<typeof markOf>, change: Partial<MarkFact>): EngineEvent {
  return { ...event, mark: { ...event.mark, ...change } };
}

describe('a mark that is taken', () => {
  it.each([
    ['a fall by 48 % in a minute', 31_200, 70],
    ['a fall by 48 % in a second', 31_200, 11],
    ['ten times the last one', 600_000, 11],
    ['a tenth of the last one', 6_000, 11],
    ['a hundred times the last one, after more than a minute', 6_000_000, 71],
  ])('[MK2] %s', (_what, dollars, second) => {
    const state = running();
    take(state, second, [markOf(LINEAR, dollars, { second })]);
    expect(priceOf(state)).toBe(dollars);
    expect(state.faults.size).toBe(0);
  });

  it('[MK2] a jump that lasts is refused for as long as it lasts; a coin that was silent for a minute may come back anywhere', () => {
    const state = running();
    for (let second = 11; second <= 200; second += 10)
      take(state, second, [markOf(LINEAR, 6_000_000, { second })]);
    expect(priceOf(state)).toBe(PRICE);
    expect([...state.faults]).toEqual([['price-jump', 19]]);
    take(state, 251, [markOf(LINEAR, 6_000_000, { second: 251 })]);
    expect(priceOf(state)).toBe(PRICE);
    take(state, 312, [markOf(LINEAR, 6_000_000, { second: 312 })]);
    expect(priceOf(state)).toBe(6_000_000);
  });

  it('[MK1] a second ahead of our clock, no more', () => {
    const state = running();
    take(state, 11, [markOf(LINEAR, 59_000, { second: 12 })]);
    expect(priceOf(state)).toBe(59_000);
    take(state, 12, [markOf(LINEAR, 58_000, { second: 13.001 })]);
    expect(priceOf(state)).toBe(59_000);
    expect([...state.faults]).toEqual([['time-in-future', 1]]);
  });

  it("[MK2] a jump that an operator has accepted, once, and only that contract's", () => {
    const state = running();
    const command: EngineEvent = {
      kind: 'operator-command',
      command: { kind: 'accept-price-jump', instrumentId: LINEAR },
      by: 'Ida',
    };
    take(state, 11, [markOf(LINEAR, 601_000, { second: 11 })]);
    expect(priceOf(state)).toBe(PRICE);
    take(state, 12, [command, markOf(LINEAR, 601_000, { second: 12 })]);
    expect(priceOf(state)).toBe(601_000);
    take(state, 13, [markOf(LINEAR, PRICE, { second: 13 })]);
    expect(priceOf(state)).toBe(601_000);
    expect([...state.faults]).toEqual([['price-jump', 2]]);
  });
});

const good = markOf(LINEAR, 55_000, { second: 11 });
const BAD: readonly (readonly [fault: string, what: string, event: EngineEvent])[] = [
  ['price-not-positive', 'a price of zero', edited(good, { markTicks: ticks(0n) })],
  ['price-not-positive', 'a price below zero', edited(good, { markTicks: ticks(-550_000n) })],
  ['price-not-positive', 'an index of zero', edited(good, { indexTicks: ticks(0n) })],
  ['price-not-positive', 'a last price below zero', edited(good, { lastTicks: ticks(-1n) })],
  ['price-jump', 'a price 100 times off', markOf(LINEAR, 6_000_000, { second: 11 })],
  ['price-jump', 'a hundredth of the price', markOf(LINEAR, 600, { second: 11 })],
  [
    'price-jump',
    'an index 100 times off',
    markOf(LINEAR, 55_000, { second: 11, index: 6_000_000 }),
  ],
  ['price-jump', 'a price a tick above ten times', markOf(LINEAR, 600_000.1, { second: 11 })],
  ['time-in-future', 'a time in the future', markOf(LINEAR, 55_000, { second: 3_600 })],
  [
    'time-in-future',
    'a time that is not a number',
    edited(good, { venueTime: timestampMs(Number.NaN) }),
  ],
  ['time-backwards', 'a time before the last one', markOf(LINEAR, 55_000, { second: 9 })],
  ['duplicate', 'the time of the last one again', markOf(LINEAR, 55_000, { second: 10 })],
  [
    'unknown-instrument',
    'a contract that nobody knows',
    markOf(instrumentId('XYZ'), 55_000, { second: 11 }),
  ],
  [
    'inbox-overrun',
    'a fault that the feed tells of',
    { kind: 'feed-fault', instrumentId: LINEAR, fault: 'inbox-overrun', sample: '' },
  ],
];

describe('a mark that is refused', () => {
  it.each(BAD)(
    '[MK1, MK2, MK3] %s: %s is counted and decides nothing, now or later',
    (fault, _what, event) => {
      const spoilt = running();
      const clean = running();
      const rows = [11, 12, 13].flatMap((second) => {
        const next = markOf(LINEAR, 56_250, { second });
        const bad = second === 11 ? [event] : [];
        return [take(spoilt, second, [...bad, next]), take(clean, second, [next])];
      });
      expect([rows[0], rows[2], rows[4]]).toEqual([rows[1], rows[3], rows[5]]);
      expect([...spoilt.faults]).toEqual([[fault, 1]]);
      spoilt.faults.clear();
      expect(engine.digestOf(spoilt)).toBe(engine.digestOf(clean));
    },
  );

  it('[MK3] marks in the wrong order end where the right order ends', () => {
    const shuffled = running();
    take(
      shuffled,
      14,
      [14, 12, 13, 14, 11].map((second) => markOf(LINEAR, PRICE - second, { second })),
    );
    expect(priceOf(shuffled)).toBe(PRICE - 14);
    expect([...shuffled.faults]).toEqual([
      ['time-backwards', 3],
      ['duplicate', 1],
    ]);
  });
});
