/** Alert levels of a distance as prices: the inverse of the measure where one coin moves alone. Floats: they draw, and decide nothing. */
import { type Alarm, type MeasureLevels } from './levels.ts';

export interface LevelPrice {
  readonly state: Alarm;
  readonly price: number;
}

/** Where the mark is exactly a level away from a liquidation price, on the near side of it: in daily moves, or as a share of the mark. */
export function levelPricesOf(p: {
  readonly levels: MeasureLevels;
  readonly liquidationPrice: number;
  /** Of the mark. */
  readonly side: 'below' | 'above';
  /** A fraction. */
  readonly dailyVolatility: number;
}): readonly LevelPrice[] {
  const { measure, levels } = p.levels;
  const sign = p.side === 'below' ? 1 : -1;
  const factorOf = (level: number): number =>
    measure === 'percent' ? 1 / (1 - sign * level) : Math.exp(sign * level * p.dailyVolatility);
  return levels.map(({ state, enter }) => ({
    state,
    price: p.liquidationPrice * factorOf(enter),
  }));
}
