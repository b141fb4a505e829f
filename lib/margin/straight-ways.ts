/**
 * Ways to liquidation that end on the tiers on which the positions stand (SPEC LQ3, LQ7). There the excess of linear contracts that are
 * counted in their own asset is one straight line: its root is a quotient of sums that all ways share. Floats say whether a way ends
 * there, never how far it is; where they are in doubt, or a way passes a tier, the search of exhaustion.ts decides.
 */
import { type Decimal, floatOf, sumsExactly, ZERO } from '../units/decimal.ts';
import { DOUBT } from './exhaustion.ts';
import { floatTiersOf, maintenanceAt, type FloatTier } from './float-tiers.ts';
import { type PoolOnMarks } from './liquidation-price.ts';
import { standingOf } from './path.ts';
import { type Leg } from './pool.ts';
import { tierReaching } from './tiers.ts';

/** Which way a leg's price goes, by the same share of its mark for all that move; 0 where it holds still. */
export type SenseOf = (leg: Leg) => -1 | 0 | 1;

/** A pool that is a straight line on the tiers of its marks. */
export interface StraightPool {
  /** Margin balance - maintenance, both unrounded. */
  readonly excess: Decimal;
  readonly legs: readonly StraightLeg[];
  readonly floats: { readonly excess: number; readonly gross: number };
}

interface StraightLeg {
  readonly leg: Leg;
  /** What the excess changes by when the price doubles, on this tier. */
  readonly slope: Decimal;
  readonly floats: LegFloats;
}

interface LegFloats {
  readonly notional: number;
  /** With the sign of the size. */
  readonly value: number;
  readonly slope: number;
  /** Of the tier, as notionals; the first has no floor, since no price is below zero. */
  readonly floor: number;
  readonly cap: number;
  readonly tiers: readonly FloatTier[];
}

/** undefined where the excess is not such a line, or where sums would lose a digit. */
export function straightPoolOf({ assets, rules }: PoolOnMarks): StraightPool | undefined {
  const [asset] = assets;
  if (asset === undefined || assets.length > 1) return undefined;
  if (asset.price !== undefined || rules.terms !== undefined) return undefined;
  const legs: StraightLeg[] = [];
  const parts: Decimal[] = [asset.wallet];
  let excess: Decimal = asset.wallet;
  let gross = Math.abs(floatOf(asset.wallet));
  for (const leg of asset.legs) {
    const { instrument, position } = leg;
    if (instrument.kind !== 'linear') return undefined;
    const { notional, floats } = standingOf(leg);
    const tier = tierReaching(instrument, notional);
    const required = notional.times(tier.maintenanceMarginRate);
    const isShort = position.signedSize.isNegative();
    const slope = isShort ? notional.plus(required).negated() : notional.minus(required);
    excess = excess.plus(slope).minus(position.openValue).plus(tier.maintenanceDeduction);
    parts.push(notional, required, position.openValue, tier.maintenanceDeduction);
    const place = instrument.tiers.indexOf(tier);
    const tiers = floatTiersOf(instrument);
    const { rate, deduction, cap } = tiers[place] ?? NO_ROOM;
    gross += floats.notional * (1 + rate) + Math.abs(floats.openValue) + deduction;
    const value = isShort ? -floats.notional : floats.notional;
    legs.push({
      leg,
      slope,
      floats: {
        notional: floats.notional,
        value,
        slope: value - floats.notional * rate,
        floor: tiers[place - 1]?.cap ?? -Infinity,
        cap,
        tiers,
      },
    });
  }
  if (!sumsExactly(parts)) return undefined;
  return { excess, legs, floats: { excess: floatOf(excess), gross } };
}

const NO_ROOM: FloatTier = { cap: Number.NaN, rate: Number.NaN, deduction: Number.NaN };

/** What the excess changes by when these prices double. Exact. */
export function slopeOf({ legs }: StraightPool, moves: (leg: Leg) => boolean): Decimal {
  let sum: Decimal = ZERO;
  for (const { leg, slope } of legs) if (moves(leg)) sum = sum.plus(slope);
  return sum;
}

/** Room that a way has to keep from the ends of a tier: many times what floats that are clear of `DOUBT` can be wrong by. */
const EDGE = 1e-4;

/** Whether the excess runs out on the way: nowhere, on the tiers of the marks, or one has to look closer. */
export function endOf(
  { legs, floats: { excess, gross } }: StraightPool,
  senseOf: SenseOf,
): 'nowhere' | 'here' | 'doubt' {
  if (!(excess > DOUBT * gross)) return 'doubt';
  let slope = 0;
  let grossSlope = 0;
  let falls = false;
  for (const { leg, floats } of legs) {
    const sense = senseOf(leg);
    slope += sense * floats.slope;
    if (sense !== 0) grossSlope += floats.notional + Math.abs(floats.slope);
    if (sense < 0) falls = true;
  }
  const far = falls ? farExcess(legs, senseOf) + excess : farSlope(legs, senseOf);
  const farDoubt = DOUBT * (falls ? FAR_GROSS * gross : grossSlope);
  if (far > farDoubt) return 'nowhere';
  if (!(far < -farDoubt && slope < -DOUBT * grossSlope)) return 'doubt';
  const share = -excess / slope;
  const edge = EDGE * (1 + share);
  const isHere = legs.every(({ leg, floats: { notional, floor, cap } }) => {
    const sense = senseOf(leg);
    if (sense === 0) return true;
    const there = 1 + sense * share;
    return there > edge && notional * (there - edge) > floor && notional * (there + edge) < cap;
  });
  return isHere ? 'here' : 'doubt';
}

/** Where a price doubles, its notional and what it asks for do too, at most. */
const FAR_GROSS = 4;

/** Change of the excess where what falls is worth nothing, and what rises twice as much. */
function farExcess(legs: readonly StraightLeg[], senseOf: SenseOf): number {
  let sum = 0;
  for (const { leg, floats } of legs) {
    const sense = senseOf(leg);
    if (sense === 0) continue;
    const { notional, value, tiers } = floats;
    const asked = sense < 0 ? 0 : maintenanceAt(tiers, 2 * notional);
    sum += sense * value - asked + maintenanceAt(tiers, notional);
  }
  return sum;
}

/** Slope of the excess on the last tiers, where everything that moves rises. */
function farSlope(legs: readonly StraightLeg[], senseOf: SenseOf): number {
  let sum = 0;
  for (const { leg, floats } of legs) {
    if (senseOf(leg) === 0) continue;
    sum += floats.value - floats.notional * (floats.tiers.at(-1)?.rate ?? Number.NaN);
  }
  return sum;
}
