import { expect, it } from 'vitest';
import { DEFAULT_LEVELS, type MeasureLevels } from './levels.ts';
import { levelPricesOf } from './level-prices.ts';

const LIQUIDATION = 50_000;

function measured(
  levels: MeasureLevels,
  side: 'below' | 'above',
  measureOf: (price: number) => number,
): readonly (readonly [string, number])[] {
  const prices = levelPricesOf({
    levels,
    liquidationPrice: LIQUIDATION,
    side,
    dailyVolatility: 0.03,
  });
  for (const { price } of prices) expect(price > LIQUIDATION).toBe(side === 'below');
  return prices.map(({ state, price }) => [state, Number(measureOf(price).toFixed(9))]);
}

it.each(['below', 'above'] as const)(
  'gives the marks from which a liquidation price %s is as many daily moves away as the levels say',
  (side) => {
    const daily = (price: number): number => Math.abs(Math.log(price / LIQUIDATION)) / 0.03;
    expect(measured(DEFAULT_LEVELS.distance, side, daily)).toEqual([
      ['watch', 2],
      ['warning', 1],
      ['critical', 0.35],
    ]);
  },
);

it.each(['below', 'above'] as const)(
  'gives the marks from which a liquidation price %s is a share of the mark away, where a rule counts so',
  (side) => {
    const levels: MeasureLevels = {
      measure: 'percent',
      danger: 'low',
      levels: [{ state: 'warning', enter: 0.1, leave: 0.12 }],
    };
    const share = (price: number): number => Math.abs(price - LIQUIDATION) / price;
    expect(measured(levels, side, share)).toEqual([['warning', 0.1]]);
  },
);
