import { expect, it } from 'vitest';
import { levelPricesOf } from './level-prices.ts';

it.each(['below', 'above'] as const)(
  'gives the prices from which a liquidation price %s the mark is as many daily moves away as a level says',
  (side) => {
    const levels = levelPricesOf({ liquidationPrice: 50_000, side, dailyVolatility: 0.03 });
    const moves = levels.map(({ state, price }) => [
      state,
      Math.round((Math.abs(Math.log(price / 50_000)) / 0.03) * 1e6) / 1e6,
    ]);
    expect(moves).toEqual([
      ['watch', 2],
      ['warning', 1],
      ['critical', 0.35],
    ]);
    for (const { price } of levels) expect(price > 50_000).toBe(side === 'below');
  },
);
