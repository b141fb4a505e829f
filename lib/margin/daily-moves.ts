/** A way to liquidation in standard deviations of a day (rulings B1). Floats: they place levels and targets, they decide nothing. */
import { nearestFloat } from '../units/decimal.ts';
import { type PoolDistance } from './figures.ts';

/** |ln(price there / price now)|. A joint move counts as the fall that it is for the coins that fall. */
export function logDistanceOf(distance: PoolDistance): number {
  return logOfShare(distance, nearestFloat(distance.share));
}

/** The same for whoever has the share as a float. */
export function logOfShare(distance: PoolDistance, share: number): number {
  return fallsIn(distance) ? -Math.log1p(-share) : Math.log1p(share);
}

/** Whether prices fall on that way; a joint move does where any coin falls. */
export function fallsIn({ by }: PoolDistance): boolean {
  return by.kind === 'one'
    ? by.direction === 'down'
    : by.exposures.some(({ direction }) => direction === 'down');
}

/** One coin's volatility, or the exposure-weighted mean of all: coins are taken to move together. */
export function sigmaOf({ by }: PoolDistance, sigmas: ReadonlyMap<string, number>): number {
  if (by.kind === 'one') return sigmas.get(by.base) ?? NaN;
  return by.exposures.reduce(
    (sum, { base, weight }) => sum + nearestFloat(weight) * (sigmas.get(base) ?? NaN),
    0,
  );
}
