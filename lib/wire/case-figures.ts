/** Sums over an account's pools and positions, for figures that a venue prints per asset or per account. */
import {
  absent,
  allOf,
  mapFigure,
  type AccountHealth,
  type Figure,
  type PoolHealth,
  type PositionHealth,
} from '../margin/figures.ts';
import { plus, sumOf, type Money } from '../units/money.ts';

export type MoneyOfPool = (pool: PoolHealth) => Figure<Money>;
export type MoneyOfPosition = (position: PositionHealth) => Figure<Money>;

const UNLIKE: Figure<Money> = absent({ kind: 'not-recorded' });

/** One unit only: amounts of two assets are not added. */
export function sumOverPools(health: AccountHealth, figureOf: MoneyOfPool): Figure<Money> {
  const units = new Set(health.pools.map((pool) => pool.unit));
  return units.size > 1 ? UNLIKE : mapFigure(allOf(health.pools.map(figureOf)), sumOf);
}

/** Over the positions that settle in the same asset as the first, unconverted. */
export function sumInFirstAsset(health: AccountHealth, figureOf: MoneyOfPosition): Figure<Money> {
  const positions = health.pools.flatMap((pool) => pool.positions);
  const own = positions.filter((position) => position.settle === positions[0]?.settle);
  return mapFigure(allOf(own.map(figureOf)), sumOf);
}

export function sumOfBoth(one: Figure<Money>, other: Figure<Money>): Figure<Money> {
  if (!one.known) return one;
  return mapFigure(other, (amount) => plus(one.value, amount));
}
