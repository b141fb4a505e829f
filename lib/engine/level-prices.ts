/** Alert levels of a distance as prices: the inverse of z where one coin moves alone. Floats: they draw, and decide nothing. */
import { distanceLevels, type AlertLevel } from './levels.ts';

export interface LevelPrice {
  readonly state: AlertLevel['state'];
  readonly price: number;
}

/** Where the mark is exactly a level's number of daily moves away from a liquidation price, on the near side of it. */
export function levelPricesOf(p: {
  readonly liquidationPrice: number;
  /** Of the mark. */
  readonly side: 'below' | 'above';
  /** A fraction. */
  readonly dailyVolatility: number;
}): readonly LevelPrice[] {
  const sign = p.side === 'below' ? 1 : -1;
  return distanceLevels().map(({ state, enter }) => ({
    state,
    price: p.liquidationPrice * Math.exp(sign * enter * p.dailyVolatility),
  }));
}
