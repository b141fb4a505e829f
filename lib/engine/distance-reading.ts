/** How near a pool is to liquidation, in daily volatilities and as a probability (rulings B1). Floats: they place levels only. */
import { fallsIn, logOfShare, sigmaOf } from '../margin/daily-moves.ts';
import { type PoolDistance, type PoolHealth } from '../margin/figures.ts';
import { driftlessPrice, hitProbability } from '../market/first-passage.ts';
import { nearestFloat } from '../units/decimal.ts';
import { dailyVolatilityOf, wildestVolatilityOf } from '../market/volatility.ts';
import { type Way } from './levels.ts';
import { type ShownState } from './state.ts';

/** Standard deviation of a day's log return, by base coin. */
export interface Volatilities {
  readonly daily: ReadonlyMap<string, number>;
  /** The last hour's where that is wilder. */
  readonly wildest: ReadonlyMap<string, number>;
}

const HOUR_IN_DAYS = 1 / 24;

export function volatilityNow(state: ShownState): Volatilities {
  const daily = new Map<string, number>();
  const wildest = new Map<string, number>();
  for (const { base, dailyVolatility } of state.instruments.values()) {
    const measured = state.volatility.get(base);
    daily.set(base, dailyVolatilityOf(measured, dailyVolatility));
    wildest.set(base, wildestVolatilityOf(measured, dailyVolatility));
  }
  return { daily, wildest };
}

/** A way to liquidation with what it supposes. */
export interface DistanceWay extends Way {
  /** undefined when the pool is liquidatable as it stands. */
  readonly distance: PoolDistance | undefined;
}

export interface DistanceReading {
  /** Every way to liquidation, nearest first by z; none when nothing can liquidate the pool. */
  readonly ways: readonly DistanceWay[];
  /** The largest probability over all ways of being there within an hour. */
  readonly probability: number | undefined;
}

export function distanceReadingOf(health: PoolHealth, volatility: Volatilities): DistanceReading {
  if (health.status === 'liquidatable' || health.status === 'bankrupt') {
    return { ways: [{ base: undefined, z: 0, share: 0, distance: undefined }], probability: 1 };
  }
  const ways: DistanceWay[] = [];
  let probability = 0;
  for (const distance of health.distances()) {
    const share = nearestFloat(distance.share);
    const log = logOfShare(distance, share);
    const z = log / sigmaOf(distance, volatility.daily);
    if (!(z < Infinity)) continue;
    const base = distance.by.kind === 'one' ? distance.by.base : undefined;
    ways.push({ base, z, share, distance });
    probability = Math.max(probability, probabilityOf(distance, log, volatility));
  }
  return {
    ways: ways.toSorted((left, right) => left.z - right.z),
    probability: ways.length === 0 ? undefined : probability,
  };
}

function probabilityOf(distance: PoolDistance, log: number, volatility: Volatilities): number {
  const dailyVolatility = sigmaOf(distance, volatility.wildest);
  const driftPerDay = driftlessPrice(fallsIn(distance) ? 'below' : 'above', dailyVolatility);
  return hitProbability({ distance: log, dailyVolatility, driftPerDay }, HOUR_IN_DAYS);
}
