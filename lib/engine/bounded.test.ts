import { describe, expect, it } from 'vitest';
import { poolId } from '../units/ids.ts';
import { plausibleMove } from './bounded.ts';
import { type EngineEvent } from './event.ts';
import { LINEAR } from './example-book.ts';
import {
  at,
  bodiesOf,
  depositEvent,
  ETHER,
  exampleRun,
  markOf,
  openEvent,
  take,
  tradeEvent,
  traderId,
} from './example-run.ts';
import { poolRowOf } from './ledger.ts';
import { type EngineState, type PoolRow } from './state.ts';
import { forgetAllFacts } from './notes.ts';

const ONE = traderId(1);
const DAY_MS = 86_400_000;

/** Long 1 BTC at 60,000 and some ETH at 2,500 in one pool; from second 2 on ETH is silent. */
function poolWith(p: { readonly deposit: number; readonly ether: number }): EngineState {
  const state = exampleRun();
  take(state, 1, [
    markOf(LINEAR, 60_000, { second: 1 }),
    markOf(ETHER, 2_500, { second: 1 }),
    openEvent(ONE),
    depositEvent(ONE, p.deposit),
    tradeEvent({ of: ONE, in: LINEAR, lots: 1000, price: 60_000 }),
    tradeEvent({ of: ONE, in: ETHER, lots: p.ether, price: 2_500 }),
  ]);
  return state;
}

function rowOf(state: EngineState): PoolRow {
  const row = poolRowOf(state, poolId('A0001/cross:USDT'));
  if (row === undefined) throw new Error('the pool is watched');
  return row;
}

function bitcoin(second: number, dollars = 60_000): readonly EngineEvent[] {
  return [markOf(LINEAR, dollars, { second })];
}

describe('a silent coin', () => {
  it('[SC3] of little weight leaves the state known, and says so', () => {
    const state = poolWith({ deposit: 12_000, ether: 40 });
    take(state, 12, bitcoin(12));
    expect(rowOf(state)).toMatchObject({
      bounded: true,
      alert: { state: 'healthy', unknownSince: undefined },
    });
  });

  it('[SC3] of more weight blanks the pool, and liquidates nothing', () => {
    const state = poolWith({ deposit: 12_000, ether: 40_000 });
    const groups = take(state, 12, bitcoin(12));
    expect(rowOf(state)).toMatchObject({ bounded: false, alert: { unknownSince: at(12) } });
    // The alert names the coin that is silent, not the first that the pool holds.
    expect(bodiesOf(groups, 'transition')).toMatchObject([
      { by: 'unknown', value: 'unknown', instrument: ETHER, mark: '2500', markAgeMs: 11_000 },
    ]);
  });

  it('[SC3] blanks the pool where its next price may mean another level', () => {
    // z of BTC alone is 2.14 with Watch at 2: 100 dollars, a tenth of 0.4 ETH, would be enough.
    const state = poolWith({ deposit: 4_100, ether: 1_000 });
    expect(rowOf(state).alert.state).toBe('healthy');
    take(state, 12, bitcoin(12, 59_900));
    expect(rowOf(state)).toMatchObject({ bounded: false, alert: { unknownSince: at(12) } });
  });

  it('[SC3] keeps a blank pool blank until it speaks, whatever the others do', () => {
    const state = poolWith({ deposit: 4_100, ether: 1_000 });
    take(state, 12, bitcoin(12, 59_900));
    // From here the weight of ETH would no longer matter, and then again.
    const silent = [13, 14, 15].flatMap((second) =>
      take(state, second, bitcoin(second, second === 14 ? 59_900 : 61_500)),
    );
    expect(bodiesOf(silent, 'transition')).toEqual([]);
    expect(rowOf(state)).toMatchObject({ bounded: false, alert: { unknownSince: at(12) } });
    forgetAllFacts(state, true);
    take(state, 15, bitcoin(15, 61_500));
    expect(rowOf(state)).toMatchObject({ bounded: false, alert: { freshSince: undefined } });
    const speaking = [16, 18, 20, 22].flatMap((second) =>
      take(state, second, [...bitcoin(second, 61_500), markOf(ETHER, 2_500, { second })]),
    );
    expect(bodiesOf(speaking, 'transition')).toMatchObject([{ by: 'unknown', value: 'known' }]);
  });

  it('[SC3] does not hide what the coins that speak do', () => {
    const state = poolWith({ deposit: 12_000, ether: 40 });
    take(state, 12, bitcoin(12));
    const groups = take(state, 13, bitcoin(13, 49_000));
    expect(bodiesOf(groups, 'transition')).toMatchObject([
      { from: 'healthy', to: 'warning', by: 'distance' },
    ]);
    expect(rowOf(state).bounded).toBe(true);
    take(state, 14, bitcoin(14, 48_230));
    expect(rowOf(state)).toMatchObject({ bounded: false, alert: { unknownSince: at(14) } });
  });

  it('[SC3] speaks again: nothing is bounded any more', () => {
    const state = poolWith({ deposit: 12_000, ether: 40 });
    take(state, 12, bitcoin(12));
    take(state, 13, [...bitcoin(13), markOf(ETHER, 2_500, { second: 13 })]);
    expect(rowOf(state).bounded).toBe(false);
  });
});

describe('a plausible move', () => {
  it.each([
    ['is a tenth at least', 0.05, 10_000, 0.1],
    ['is six standard deviations of the silence', 0.05, DAY_MS, 0.3],
    ['grows with its root', 0.05, 4 * DAY_MS, 0.6],
    ['is a tenth for a mark from ahead of our clock', 0.05, -500, 0.1],
  ])('[SC3] %s', (_what, daily, ageMs, move) => {
    expect(plausibleMove(daily, ageMs)).toBeCloseTo(move, 12);
  });
});
