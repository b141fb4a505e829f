/**
 * Alert levels as data, and how far from liquidation each of them lies for each coin, as a log move of the price. What a level
 * means (z, share of the mark, margin ratio, probability of the next hour) is the engine's business: see lib/engine/levels.ts.
 */
import { hourDistanceOf } from '../market/first-passage.ts';
import { type AssetId } from '../units/ids.ts';
import { CODES_MAX, type MarketColumns } from './market-columns.ts';

/** Levels of watch, warning and critical. */
export type ThreeLevels = readonly [watch: number, warning: number, critical: number];
/** A state is left farther from liquidation than it is entered. */
export interface EnterLeave {
  readonly enter: ThreeLevels;
  readonly leave: ThreeLevels;
}
/** Levels of the distance to liquidation. */
export interface DistanceLevels extends EnterLeave {
  /** Daily volatilities, or a share of the mark. */
  readonly measure: 'z' | 'share';
}

/** One set of levels that pools may be judged by. */
export interface LevelDefinition {
  readonly byCoin: ReadonlyMap<AssetId, DistanceLevels>;
  readonly distance: DistanceLevels;
  readonly ratio: EnterLeave;
  /** Positions of a pool from which on its ratio counts. */
  readonly ratioFromPositions: number;
  /** Probability of the next hour at which Critical is entered and left. */
  readonly likely: { readonly enter: number; readonly leave: number };
}

/** Columns of `reach`: enter watch, warning, critical, then leave watch, warning, critical. */
export const LIMITS = 6;
/** The first limit of leaving. */
export const LEAVE = 3;
/** Instead of a limit's place: none. */
export const NO_LIMIT = -1;

/** A set of levels, worked out for each coin. */
export interface LevelColumns {
  readonly definition: LevelDefinition;
  /** The smallest margin ratio of all its levels. */
  readonly leastRatio: number;
  /** By coin and limit: log move to liquidation at which the limit lies, falling and rising. */
  readonly down: Float64Array;
  readonly up: Float64Array;
  /** The farther of both, and of where the joint move may have it by this coin. */
  readonly farthest: Float64Array;
  /** What a price is multiplied by there. */
  readonly fall: Float64Array;
  readonly rise: Float64Array;
}

/** Worked out for no coin yet: see `refreshLevels`. */
export function levelColumns(definition: LevelDefinition): LevelColumns {
  const size = CODES_MAX * LIMITS;
  const column = (): Float64Array => new Float64Array(size);
  const { enter, leave } = definition.ratio;
  const leastRatio = Math.min(...enter, ...leave);
  return {
    definition,
    leastRatio,
    down: column(),
    up: column(),
    farthest: column(),
    fall: column(),
    rise: column(),
  };
}

/** Limits of a coin by its own levels where it has some. */
function levelsOfCoin({ byCoin, distance }: LevelDefinition, coin: AssetId): DistanceLevels {
  return byCoin.get(coin) ?? distance;
}

/** z or share of limit 0 to 5. */
export function limitOf({ enter, leave }: EnterLeave, limit: number): number {
  return (limit < LEAVE ? enter[limit] : leave[limit - LEAVE]) ?? Number.NaN;
}

/**
 * No probability of a level is reached beyond this many hour deviations: 2 N(-k) <= level for k, widened for the drift of a price.
 * Where a distance limit of critical lies farther anyway, no root has to be found.
 */
const HOUR_DEVIATIONS_MAX = 1.7;
const HOURS_OF_DAY = 24;
/** No hour distance changes by more than this times the hour's volatility. */
export const HOUR_SLOPE = HOUR_DEVIATIONS_MAX / Math.sqrt(HOURS_OF_DAY);

/**
 * Works the limits of one coin out anew, after its volatility changed.
 * @returns the largest change of any of them, Infinity on first sight.
 */
export function refreshLevels(columns: LevelColumns, market: MarketColumns, coin: number): number {
  const name = market.coins[coin];
  if (name === undefined) return 0;
  const levels = levelsOfCoin(columns.definition, name);
  const daily = market.daily[coin] ?? Number.NaN;
  let change = 0;
  for (let limit = 0; limit < LIMITS; limit += 1) {
    const value = limitOf(levels, limit);
    const isZ = levels.measure === 'z';
    const down = isZ ? value * daily : -Math.log1p(-value);
    const up = isZ ? value * daily : Math.log1p(value);
    const likely = likelyLevel(columns.definition, limit);
    const at = coin * LIMITS + limit;
    const wild = market.wildest[coin] ?? Number.NaN;
    change = Math.max(
      change,
      moved(columns.down, at, farther(down, likely, { wild, barrier: 'below' })),
      moved(columns.up, at, farther(up, likely, { wild, barrier: 'above' })),
    );
    const joint = jointDistance(columns.definition, limit, daily);
    columns.farthest[at] = Math.max(columns.down[at] ?? 0, columns.up[at] ?? 0, joint);
    columns.fall[at] = Math.exp(-(columns.down[at] ?? 0));
    columns.rise[at] = Math.exp(columns.up[at] ?? 0);
  }
  return change;
}

/** Where a joint move of coins no wilder than this has the limit at most, leaving the next hour out. */
function jointDistance({ distance }: LevelDefinition, limit: number, daily: number): number {
  const value = limitOf(distance, limit);
  return distance.measure === 'z' ? value * daily : -Math.log1p(-value);
}

function moved(column: Float64Array, at: number, value: number): number {
  const before = column[at] ?? 0;
  column[at] = value;
  return Number.isNaN(before) || Number.isNaN(value) ? Infinity : Math.abs(value - before);
}

/**
 * Probability at which a limit lies too: whoever is Critical by it is inside every milder limit as well, wherever people put those.
 */
export function likelyLevel({ likely }: LevelDefinition, limit: number): number | undefined {
  if (limit === NO_LIMIT) return undefined;
  return limit < LEAVE ? likely.enter : likely.leave;
}

/** The distance of a limit or, where that is farther, of the probability. */
function farther(
  distance: number,
  likely: number | undefined,
  p: { readonly wild: number; readonly barrier: 'below' | 'above' },
): number {
  const nothingFarther = likely === undefined || isBeyondHour(p.wild, distance);
  return nothingFarther ? distance : Math.max(distance, hourDistanceOf(likely, p.barrier, p.wild));
}

/** Whether a distance is so far that no level of the probability lies beyond it. */
export function isBeyondHour(wildest: number, distance: number): boolean {
  return HOUR_SLOPE * wildest < distance;
}
