import { describe, expect, it } from 'vitest';
import { poolId } from '../units/ids.ts';
import { type EngineEvent } from './event.ts';
import { LINEAR } from './example-book.ts';
import {
  at,
  depositEvent,
  ETHER,
  exampleRun,
  liquidations,
  longOfOne,
  markOf,
  openEvent,
  take,
  tradeEvent,
  traderId,
} from './example-run.ts';
import { poolRowOf } from './ledger.ts';
import { forgetAllFacts } from './notes.ts';
import { type EngineState } from './state.ts';

const ONE = traderId(1);
const CROSS = poolId('A0001/cross:USDT');
const MULTI = poolId('A0001/multi');
const SAFE = 60_000;
/** E 220 under MM 231.25: ratio 1.051, below the 1.1 that needs no second mark. */
const BREACHED = 56_250;
/** E 70 under MM 230.5. */
const FAR_GONE = 56_100;

/** The long of one, and 1 ETH beside it in the same pool. */
function longOfTwo(): EngineState {
  const state = longOfOne();
  take(state, 2, [
    markOf(LINEAR, SAFE, { second: 2 }),
    markOf(ETHER, 2_500, { second: 2 }),
    tradeEvent({ of: ONE, in: ETHER, lots: 1000, price: 2_500 }),
  ]);
  return state;
}

function phaseOf(state: EngineState, pool = CROSS): string | undefined {
  return poolRowOf(state, pool)?.phase.kind;
}

describe('which marks may liquidate', () => {
  it('[PH1] the second of two marks a second apart', () => {
    const state = longOfOne();
    expect(liquidations(take(state, 2, [markOf(LINEAR, BREACHED, { second: 2 })]))).toBe(0);
    expect(phaseOf(state)).toBe('confirming');
    expect(liquidations(take(state, 3, [markOf(LINEAR, BREACHED, { second: 2.999 })]))).toBe(0);
    expect(liquidations(take(state, 4, [markOf(LINEAR, BREACHED, { second: 3 })]))).toBe(1);
  });

  it('[PH1] the same mark looked at again is not a second one', () => {
    const state = longOfOne();
    take(state, 2, [markOf(LINEAR, BREACHED, { second: 2 })]);
    expect([3, 5, 9].map((second) => liquidations(take(state, second, [])))).toEqual([0, 0, 0]);
  });

  it("[PH1] one coin's only mark is not confirmed by the next one of another", () => {
    const state = longOfTwo();
    const ether = (second: number): EngineEvent => markOf(ETHER, 2_500, { second });
    // E = 3,968.75 - 3,740 = 228.75 under MM 231.3 + 10.
    take(state, 3, [markOf(LINEAR, 56_260, { second: 3 }), ether(3)]);
    expect(phaseOf(state)).toBe('confirming');
    expect(liquidations(take(state, 4, [ether(4)]))).toBe(0);
    expect(liquidations(take(state, 5, [markOf(LINEAR, 56_260, { second: 5 }), ether(5)]))).toBe(1);
  });

  it('[PH2] the first one, where the ratio is 1.1, fresh and of two sources', () => {
    const state = longOfOne();
    expect(
      liquidations(take(state, 2, [markOf(LINEAR, FAR_GONE, { second: 2, sources: 2 })])),
    ).toBe(1);
  });

  it('[PH2] the first one, of a pool that was told to be Critical before', () => {
    const state = longOfOne();
    take(state, 2, [markOf(LINEAR, 56_400, { second: 2, sources: 2 })]);
    expect(
      liquidations(take(state, 3, [markOf(LINEAR, FAR_GONE, { second: 3, sources: 2 })])),
    ).toBe(1);
  });

  it("[PH2] the first one of a venue's own, which has no sources to count", () => {
    const state = longOfOne();
    expect(
      liquidations(take(state, 2, [markOf(LINEAR, FAR_GONE, { second: 2, sources: undefined })])),
    ).toBe(1);
  });

  it.each([
    ['of a single source', { second: 2, sources: 1 }],
    ['that lags by three seconds', { second: -1 + 1.001, sources: 5 }],
  ])('[PH2] not the first one %s', (_what, how) => {
    const state = exampleRun();
    take(state, 0, [
      markOf(LINEAR, SAFE, { second: -5 }),
      openEvent(ONE),
      depositEvent(ONE, 4_000),
      tradeEvent({ of: ONE, in: LINEAR, lots: 1000, price: SAFE }),
    ]);
    const second = how.second === 2 ? 2 : how.second + 3;
    expect(liquidations(take(state, second, [markOf(LINEAR, FAR_GONE, how)]))).toBe(0);
    expect(phaseOf(state)).toBe('confirming');
  });

  it('[PH3] never one that is stale, however deep the hole', () => {
    const state = longOfOne();
    expect(liquidations(take(state, 20, [markOf(LINEAR, 30_000, { second: 9.999 })]))).toBe(0);
    expect(poolRowOf(state, CROSS)?.alert.unknownSince).toBe(at(20));
    expect(liquidations(take(state, 21, []))).toBe(0);
    expect(liquidations(take(state, 22, [markOf(LINEAR, 30_000, { second: 22 })]))).toBe(1);
  });

  it('[PH3] nor the price of collateral that comes from a stale mark', () => {
    const state = exampleRun();
    take(state, 1, [
      markOf(LINEAR, SAFE, { second: 1 }),
      markOf(ETHER, 2_500, { second: 1 }),
      openEvent(ONE, { multi: true }),
      depositEvent(ONE, 0.25, 'BTC'),
      depositEvent(ONE, 200),
      tradeEvent({ of: ONE, in: ETHER, lots: 50_000, price: 2_500, leverage: 10 }),
    ]);
    expect(liquidations(take(state, 12, [markOf(ETHER, 2_100, { second: 12 })]))).toBe(0);
    expect(poolRowOf(state, MULTI)?.alert.unknownSince).toBe(at(12));
    const spoken = [markOf(LINEAR, SAFE, { second: 13 }), markOf(ETHER, 2_100, { second: 13 })];
    expect(liquidations(take(state, 13, spoken))).toBe(1);
  });

  it.each([false, true])(
    '[PH4] a recovery in between begins the count anew (%s)',
    (isDistrustful) => {
      const state = longOfOne();
      const prices = [BREACHED, SAFE, BREACHED, BREACHED];
      const counts = prices.map((price, index) => {
        if (isDistrustful) forgetAllFacts(state, true);
        return liquidations(take(state, index + 2, [markOf(LINEAR, price, { second: index + 2 })]));
      });
      expect(counts).toEqual([0, 0, 0, 1]);
    },
  );

  it('[PH1] a multi-asset breach waits a second from the mark of its collateral on', () => {
    const state = exampleRun();
    const marks = (
      bitcoin: number,
      ether: number,
      at: readonly [number, number],
    ): EngineEvent[] => [
      markOf(LINEAR, bitcoin, { second: at[0], sources: 1 }),
      markOf(ETHER, ether, { second: at[1], sources: 1 }),
    ];
    take(state, 1, [
      ...marks(SAFE, 2_500, [1, 1]),
      openEvent(ONE, { multi: true }),
      depositEvent(ONE, 0.25, 'BTC'),
      depositEvent(ONE, 200),
      tradeEvent({ of: ONE, in: ETHER, lots: 50_000, price: 2_500, leverage: 10 }),
    ]);
    expect(liquidations(take(state, 2, marks(SAFE, 2_300, [2, 2])))).toBe(0);
    expect(phaseOf(state, MULTI)).toBe('none');
    take(state, 3, marks(46_000, 2_300, [3, 3]));
    expect(poolRowOf(state, MULTI)).toMatchObject({
      alert: { state: 'critical' },
      phase: { kind: 'none' },
    });
    expect(liquidations(take(state, 4, marks(43_000, 2_300, [4, 3.5])))).toBe(0);
    expect(phaseOf(state, MULTI)).toBe('confirming');
    expect(liquidations(take(state, 5, marks(43_000, 2_300, [4.6, 4.6])))).toBe(0);
    expect(liquidations(take(state, 6, marks(43_000, 2_300, [5, 5])))).toBe(1);
  });
});
