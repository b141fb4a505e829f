import { describe, expect, it } from 'vitest';
import { LINEAR, USDT } from './example-book.ts';
import { longOfOne, markOf, orderEvent, take, traderId, units } from './example-run.ts';
import { assessedFreeMoney, freeMoney, quickFreeMoney, type FreeFigure } from './free-money.ts';
import { type EngineState, type LedgerAccount } from './state.ts';

const ONE = traderId(1);

/** 1 coin bought at 60,000 with 20x on 5,000: the wallet holds 4,970 after the fee. The mark is at 61,000, where 3,050 are tied up. */
function inProfit(): EngineState {
  const state = longOfOne({ deposit: 5_000 });
  take(state, 2, [markOf(LINEAR, 61_000, { second: 2 })]);
  return state;
}

function traderIn(state: EngineState): LedgerAccount {
  const account = state.accounts.get(ONE);
  if (account === undefined) throw new Error('the trader is there');
  return account;
}

describe('free money', () => {
  it.each<[FreeFigure, number]>([
    ['availableMargin', 2_920],
    ['withdrawable', 1_920],
  ])(
    '[ST9] %s by integers and by the figures: a profit backs, it does not leave',
    (figure, amount) => {
      const state = inProfit();
      const asked = { asset: USDT, figure };
      expect(quickFreeMoney(state, traderIn(state), asked)).toBe(units(amount));
      expect(assessedFreeMoney(state, traderIn(state), asked)).toBe(units(amount));
    },
  );

  it('[ST9] leaves resting orders to the figures', () => {
    const state = inProfit();
    take(state, 3, [orderEvent({ of: ONE, in: LINEAR, lots: 100, price: 60_000 })]);
    const asked = { asset: USDT, figure: 'availableMargin' } as const;
    expect(quickFreeMoney(state, traderIn(state), asked)).toBeUndefined();
    // 6,000 at 20x.
    expect(freeMoney(state, traderIn(state), asked)).toBe(units(2_920 - 300));
  });

  it('[ST9] says nothing on an old mark, and neither do the figures', () => {
    const state = inProfit();
    take(state, 20, []);
    const asked = { asset: USDT, figure: 'availableMargin' } as const;
    expect(quickFreeMoney(state, traderIn(state), asked)).toBeUndefined();
    expect(freeMoney(state, traderIn(state), asked)).toBeUndefined();
  });
});
