/**
 * The joint move of a pool under a venue's own terms (SPEC VE11): every coin goes against the pool by the same share of its mark.
 * Linear legs are straight lines of that share; inverse ones, which all go one way, of what is left of the reciprocal.
 */
import { type AssetId } from '../units/ids.ts';
import { NO_MONEY } from '../units/money.ts';
import { type Decimal, ONE, ZERO } from '../units/decimal.ts';
import { type PoolOnMarks } from './liquidation-price.ts';
import { type Along, type Outward } from './outward.ts';
import { type Leg } from './pool.ts';
import { crossingOn, curveAtStart, type Line } from './venue-line.ts';

export interface CoinSlope {
  readonly base: AssetId;
  /** Change of the pool's excess when the coin's prices rise by a share of them. */
  readonly slope: Decimal;
}

/** Whether the joint move is a line: all legs linear, or all inverse on one coin. */
export function hasJointLine({ legs }: PoolOnMarks): boolean {
  const bases = new Set(legs.map(({ instrument }) => instrument.base));
  const linear = legs.every(({ instrument }) => instrument.kind === 'linear');
  return (
    linear || (bases.size === 1 && legs.every(({ instrument }) => instrument.kind === 'inverse'))
  );
}

/** [VE11] What each coin is worth to the pool at the mark. */
export function coinSlopes(pool: PoolOnMarks): readonly CoinSlope[] {
  const bases = [...new Set(pool.legs.map(({ instrument }) => instrument.base))];
  return bases.map((base) => {
    const moving = pool.legs.filter(({ instrument }) => instrument.base === base);
    const inverse = isInverse(pool);
    const start = inverse ? ONE : ZERO;
    const walk: Outward = { start, toward: 'up', last: undefined };
    const line = lineMoving(pool, moving, inverse ? reciprocal : sharesBy(() => 1));
    const curve = curveAtStart(line, walk);
    const slope = curve === undefined ? ZERO : curve.c1.plus(curve.c2.times(start).times(2));
    return { base, slope: inverse ? slope.negated() : slope };
  });
}

/** [VE11] The share at which the pool is liquidatable; undefined where no share is. */
export function jointShareOf(
  pool: PoolOnMarks,
  directionOf: (base: AssetId) => 'down' | 'up' | undefined,
): Decimal | undefined {
  const directions = pool.legs.map(({ instrument }) => directionOf(instrument.base));
  if (!isInverse(pool)) {
    const signOf = (base: AssetId): number => (directionOf(base) === 'down' ? -1 : 1);
    const last = directions.includes('down') ? ONE : undefined;
    const line = lineMoving(pool, pool.legs, sharesBy(signOf));
    return crossingOn(line, { start: ZERO, toward: 'up', last });
  }
  const toward = directions[0] === 'down' ? 'up' : 'down';
  const last = toward === 'up' ? undefined : ZERO;
  const y = crossingOn(lineMoving(pool, pool.legs, reciprocal), { start: ONE, toward, last });
  return y?.gt(0) === true ? ONE.div(y).minus(1).abs() : undefined;
}

function isInverse({ legs }: PoolOnMarks): boolean {
  return legs[0]?.instrument.kind === 'inverse';
}

function lineMoving(pool: PoolOnMarks, moving: readonly Leg[], along: (leg: Leg) => Along): Line {
  const keeps = moving.some(
    ({ position }) => pool.rules.terms?.[position.marginMode.kind].searchKeepsOrders === true,
  );
  return {
    rules: pool.rules,
    assets: pool.assets,
    moving,
    along,
    reserved: keeps ? (pool.reserved ?? NO_MONEY) : NO_MONEY,
    until: 'liquidation',
  };
}

/** x = mark x (1 + sign x t) */
function sharesBy(signOf: (base: AssetId) => number): (leg: Leg) => Along {
  return ({ instrument, mark }) => ({
    offset: mark.price,
    slope: mark.price.times(signOf(instrument.base)),
  });
}

/** x = t / mark, of which 1 is today */
function reciprocal({ mark }: Leg): Along {
  return { offset: ZERO, slope: ONE.div(mark.price) };
}
