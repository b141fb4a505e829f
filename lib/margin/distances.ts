/** How far a pool is from liquidation, each way (SPEC LQ7). */
import { ONE, ZERO, type Decimal } from '../units/decimal.ts';
import { rate, type Rate } from '../units/money.ts';
import { type AssetId } from '../units/ids.ts';
import { exhaustionOf } from './exhaustion.ts';
import { type PoolDistance } from './figures.ts';
import {
  isBreached,
  lineOf,
  movesWith,
  pathMoving,
  type Moving,
  type PoolOnMarks,
} from './liquidation-price.ts';
import { STILL, type Motion } from './form.ts';
import { lazily } from './lazily.ts';
import { excessSlopeAt, hasClosedForm, type Path } from './path.ts';
import { type Walk } from './walk.ts';
import { type Leg } from './pool.ts';
import {
  endOf,
  slopeOf,
  straightPoolOf,
  type SenseOf,
  type StraightPool,
} from './straight-ways.ts';
import { coinSlopes, hasJointLine, jointShareOf, type CoinSlope } from './venue-joint.ts';
import { priceOnLine } from './venue-line.ts';

/** [LQ7] Every way to liquidation, nearest first: each coin alone, down and up, and all of them against the pool together. */
export function distancesOf(pool: PoolOnMarks): readonly PoolDistance[] {
  if (pool.legs.length === 0 || isBreached(pool.status)) return [];
  const movers = distinctMovers(pool);
  const straight = straightPoolOf(pool);
  const alone = movers.flatMap((leg) => aloneDistances(searchOf(pool, straight, leg), leg));
  const joint = movers.length > 1 ? jointDistance(pool, straight) : [];
  return [...alone, ...joint].toSorted((left, right) => left.share.comparedTo(right.share));
}

function distinctMovers(pool: PoolOnMarks): readonly Leg[] {
  const seen = new Map<string, Leg>();
  for (const leg of pool.legs) {
    const key = pool.rules.conditionalOn === 'instrument' ? leg.instrument.id : leg.instrument.base;
    if (!seen.has(key)) seen.set(key, leg);
  }
  return [...seen.values()];
}

type Search = (direction: Walk['direction']) => Decimal | undefined;

function aloneDistances(factorIn: Search, leg: Leg): readonly PoolDistance[] {
  const { id, base } = leg.instrument;
  return (['down', 'up'] as const).flatMap((direction) => {
    const root = factorIn(direction);
    if (root === undefined || !root.gt(0)) return [];
    return [
      { share: rate(root.minus(1).abs()), by: { kind: 'one', instrumentId: id, base, direction } },
    ];
  });
}

/** Where the pool's margin runs out if the leg's price moves that way, as a multiple of its mark. */
function searchOf(pool: PoolOnMarks, straight: StraightPool | undefined, leg: Leg): Search {
  if (pool.rules.terms !== undefined) {
    const line = lineOf(pool, leg, 'liquidation');
    return (direction) => priceOnLine(line, direction)?.div(leg.mark.price);
  }
  const moving = movesWith(pool.rules, leg);
  const path = lazily(() => pathMoving(pool, moving));
  const slope = lazily(() => (straight === undefined ? ZERO : slopeOf(straight, moving.leg)));
  return (direction) => {
    const sense = direction === 'down' ? -1 : 1;
    const end = straight && endOf(straight, (other) => (moving.leg(other) ? sense : 0));
    if (end === 'nowhere') return undefined;
    if (straight !== undefined && end === 'here')
      return straight.excess.minus(slope()).negated().div(slope());
    return exhaustionOf(path(), { from: ONE, direction, looking: 'breach' });
  };
}

/**
 * Rulings A6: the same percentage for every coin, each in the direction that hurts the pool. Not given for the odd pool whose
 * contracts settle in a coin that moves on its own way, or are linear and inverse under a venue's own terms.
 */
function jointDistance(
  pool: PoolOnMarks,
  straight: StraightPool | undefined,
): readonly PoolDistance[] {
  if (pool.rules.terms !== undefined) return jointByTerms(pool);
  const exposures = exposuresOf(pool, straight);
  const directionOf = new Map(exposures.map(({ base, direction }) => [base, direction]));
  const root =
    straight === undefined
      ? jointRoot(pool, directionOf)
      : straightJointRoot(pool, straight, directionOf);
  return root === undefined ? [] : [{ share: rate(root), by: { kind: 'joint', exposures } }];
}

type DirectionOf = ReadonlyMap<AssetId, Exposure['direction']>;

function straightJointRoot(
  pool: PoolOnMarks,
  straight: StraightPool,
  directionOf: DirectionOf,
): Decimal | undefined {
  const senseOf: SenseOf = ({ instrument: { base } }) => {
    const direction = directionOf.get(base);
    if (direction === undefined) return 0;
    return direction === 'down' ? -1 : 1;
  };
  const end = endOf(straight, senseOf);
  if (end === 'nowhere') return undefined;
  if (end === 'doubt') return jointRoot(pool, directionOf);
  const rising = slopeOf(straight, (leg) => senseOf(leg) > 0);
  const falling = slopeOf(straight, (leg) => senseOf(leg) < 0);
  return straight.excess.negated().div(rising.minus(falling));
}

function jointRoot(pool: PoolOnMarks, directionOf: DirectionOf): Decimal | undefined {
  const motion = (base: AssetId): Motion => {
    const direction = directionOf.get(base);
    if (direction === undefined) return STILL;
    return direction === 'down' ? FALLING : RISING;
  };
  const path: Path = {
    rules: pool.rules,
    assets: pool.assets,
    motionOfLeg: (leg) => motion(leg.instrument.base),
    motionOfAsset: (asset) =>
      pool.rules.conditionalOn === 'underlying' ? motion(asset.asset) : STILL,
    withMaintenance: true,
  };
  if (!hasClosedForm(path)) return undefined;
  const falls = [...directionOf.values()].includes('down');
  const walk: Walk = {
    from: ZERO,
    direction: 'up',
    looking: 'breach',
    ...(falls ? { until: ONE } : {}),
  };
  return exhaustionOf(path, walk);
}

/** [VE11] */
function jointByTerms(pool: PoolOnMarks): readonly PoolDistance[] {
  if (!hasJointLine(pool)) return [];
  const exposures = weighed(coinSlopes(pool));
  const share = jointShareOf(
    pool,
    (base) => exposures.find((exposure) => exposure.base === base)?.direction,
  );
  return share?.gt(0) === true ? [{ share: rate(share), by: { kind: 'joint', exposures } }] : [];
}

/** By the share y. */
const FALLING: Motion = { offset: ONE, slope: ONE.negated() };
const RISING: Motion = { offset: ONE, slope: ONE };

interface Exposure {
  readonly base: AssetId;
  readonly direction: 'down' | 'up';
  readonly weight: Rate;
}

/**
 * What each coin is worth to the pool: the change of its excess when the coin rises, maintenance and collateral in that coin
 * included. So equal hedge legs are hurt by a rise, and a short against more of the coin as collateral by a fall.
 */
function exposuresOf(pool: PoolOnMarks, straight: StraightPool | undefined): readonly Exposure[] {
  const bases = [...new Set(pool.legs.map((leg) => leg.instrument.base))];
  if (straight !== undefined) {
    const isOf = (base: AssetId) => (leg: Leg) => leg.instrument.base === base;
    return weighed(bases.map((base) => ({ base, slope: slopeOf(straight, isOf(base)) })));
  }
  const movesAsset = pool.rules.conditionalOn === 'underlying';
  const slopes = bases.map((base) => {
    const moving: Moving = {
      leg: (leg) => leg.instrument.base === base,
      base: movesAsset ? base : undefined,
    };
    return { base, slope: excessSlopeAt(pathMoving(pool, moving), ONE) };
  });
  return weighed(slopes);
}

function weighed(slopes: readonly CoinSlope[]): readonly Exposure[] {
  const gross = slopes.reduce((sum, { slope }) => sum.plus(slope.abs()), ZERO);
  if (gross.isZero()) return [];
  return slopes.map(({ base, slope }) => ({
    base,
    direction: slope.isNegative() ? 'up' : 'down',
    weight: rate(slope.abs().div(gross)),
  }));
}
