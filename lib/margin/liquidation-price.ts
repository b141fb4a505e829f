/** Liquidation and bankruptcy prices, and how far a pool is from liquidation (SPEC LQ, BK). Closed forms on a path, see path.ts. */
import { maxOf, minOf, roundTo, roundToStep, Decimal, ONE, ZERO } from '../units/decimal.ts';
import {
  NO_MONEY,
  price,
  ratioOf,
  rate,
  type Money,
  type Price,
  type Rate,
} from '../units/money.ts';
import { type AssetId } from '../units/ids.ts';
import {
  absent,
  known,
  mapFigure,
  type Absence,
  type Figure,
  type LiquidationPrices,
  type PoolDistance,
  type PoolStatus,
} from './figures.ts';
import {
  excessSlopeAt,
  exhaustionOf,
  hasClosedForm,
  PROPORTIONAL,
  STILL,
  type Motion,
  type Path,
  type Walk,
} from './path.ts';
import { type Leg, type PoolAsset } from './pool.ts';
import { priceOnLine, type Line } from './venue-line.ts';
import { type VenueRules } from './venues/rules.ts';

export interface PoolOnMarks {
  readonly rules: VenueRules;
  readonly assets: readonly PoolAsset[];
  readonly legs: readonly Leg[];
  readonly status: PoolStatus;
  /** What orders reserve, in the pool's unit; counts where the venue's terms keep it back. */
  readonly reserved?: Money;
}

/** [LQ1..LQ6] Both prices of one leg's instrument at which its pool is liquidatable, everything else held. */
export function liquidationPricesOf(pool: PoolOnMarks, leg: Leg): LiquidationPrices {
  const mark = leg.mark.price;
  if (isBreached(pool.status)) return breachedPrices(pool, leg);
  const exactBelow = exactPrice(pool, leg, 'down', 'breach');
  const exactAbove = exactPrice(pool, leg, 'up', 'breach');
  const below = mapFigure(exactBelow, (exact) => printedPrice(pool.rules, leg, exact));
  const above = mapFigure(exactAbove, (exact) => printedPrice(pool.rules, leg, exact));
  const nearest = nearerOf(below, above, mark);
  const roomShare = mapFigure(nearest, (at) => rate(at.minus(mark).abs().div(mark)));
  const roomPrice = mapFigure(nearest, (at) => price(at.minus(mark).abs()));
  const restoredAt = absent({ kind: 'not-recorded' });
  return {
    below,
    above,
    nearest,
    distanceShare: roomShare,
    distancePrice: roomPrice,
    exactBelow,
    exactAbove,
    restoredAt,
  };
}

function isBreached(status: PoolStatus): boolean {
  return status === 'liquidatable' || status === 'bankrupt';
}

/** A pool past its line has no price to wait for; what it has is the price at which it would be safe again. */
function breachedPrices(pool: PoolOnMarks, leg: Leg): LiquidationPrices {
  const { rules } = pool;
  const mark = leg.mark.price;
  const why = absent({ kind: 'already-liquidatable' });
  const up = exactPrice(pool, leg, 'up', 'recovery');
  const down = exactPrice(pool, leg, 'down', 'recovery');
  const recovery = nearerOf(down, up, mark);
  const restoredAt = recovery.known ? known(safePrice(rules, leg, recovery.value)) : why;
  const distancePrice = mapFigure(restoredAt, (at) => price(at.minus(mark).abs().negated()));
  return {
    below: why,
    above: why,
    nearest: why,
    distancePrice,
    distanceShare: mapFigure(distancePrice, (room) => ratioOf(room, mark)),
    exactBelow: why,
    exactAbove: why,
    restoredAt,
  };
}

/** By the path of the house and Binance, or [VE7] on the line of a venue with terms of its own, where one sign change is all there is. */
function exactPrice(
  pool: PoolOnMarks,
  leg: Leg,
  direction: Walk['direction'],
  looking: Walk['looking'],
): Figure<Price> {
  if (pool.rules.terms === undefined) {
    const path = pathMoving(pool, movesWith(pool.rules, leg));
    return priceAt(path, { from: ONE, direction, looking }, leg.mark.price);
  }
  const found = priceOnLine(lineOf(pool, leg, 'liquidation'), direction);
  return found === undefined ? absent({ kind: 'margin-covers-loss' }) : known(found);
}

function lineOf(pool: PoolOnMarks, leg: Leg, until: Line['until']): Line {
  const keepsOrders = pool.rules.terms?.[leg.position.marginMode.kind].searchKeepsOrders === true;
  return {
    rules: pool.rules,
    assets: pool.assets,
    moving: pool.legs.filter(
      (other) =>
        other.instrument.kind === leg.instrument.kind && movesWith(pool.rules, leg).leg(other),
    ),
    reserved: keepsOrders ? (pool.reserved ?? NO_MONEY) : NO_MONEY,
    until,
  };
}

function priceAt(path: Path, walk: Walk, mark: Price): Figure<Price> {
  const root = exhaustionOf(path, walk);
  if (root === undefined || !root.gt(0)) return absent({ kind: 'margin-covers-loss' });
  return known(price(root.times(mark)));
}

/** Digits of a solved price that count: the last ones carry the solver's own rounding and must not move it by a whole tick. */
const SETTLED_DIGITS = 32;

/**
 * [LQ5] Rounded toward the mark, and never past it: at the printed price the pool may still be safe, one step beyond it is not.
 */
function printedPrice(rules: VenueRules, leg: Leg, exact: Price): Price {
  const mark = leg.mark.price;
  const falls = exact.lt(mark);
  const rounded = onGrid(rules, leg, exact, falls ? 'ceil' : 'floor');
  return price(falls ? minOf(rounded, mark) : maxOf(rounded, mark));
}

/** Rounded away from the mark: a breached pool is safe there. */
function safePrice(rules: VenueRules, leg: Leg, exact: Price): Price {
  const rounded = onGrid(rules, leg, exact, exact.lt(leg.mark.price) ? 'floor' : 'ceil');
  return rounded.gt(0) ? price(rounded) : exact;
}

function onGrid(rules: VenueRules, leg: Leg, exact: Price, mode: 'ceil' | 'floor'): Decimal {
  const grid = rules.liquidationPriceGrid;
  const settled = exact.toSignificantDigits(SETTLED_DIGITS);
  const { tickSize } = leg.instrument;
  switch (grid.kind) {
    case 'tick':
      return roundToStep(settled, tickSize, mode);
    case 'decimals':
      return roundTo(settled, grid.decimals, mode);
    case 'exact':
      return settled;
    case 'tick-added':
      return addsTick(leg) ? exact.plus(mode === 'ceil' ? tickSize : tickSize.negated()) : exact;
    case 'contract-value':
      return roundToStep(priceOfWholeValue(rules, leg, exact, mode), tickSize, mode);
  }
}

function addsTick({ instrument, position }: Leg): boolean {
  return instrument.kind === 'inverse' && position.marginMode.kind === 'isolated';
}

/** [VE8] The value of one contract is a whole number of units: the price of the next one toward the mark. */
function priceOfWholeValue(
  rules: VenueRules,
  { instrument }: Leg,
  exact: Price,
  mode: 'ceil' | 'floor',
): Decimal {
  const decimals = rules.terms?.unitDecimals?.[instrument.settle];
  if (decimals === undefined) return exact;
  const { contractSize, kind } = instrument;
  if (kind === 'linear') {
    return roundTo(contractSize.times(exact), decimals, mode).div(contractSize);
  }
  const other = mode === 'floor' ? 'ceil' : 'floor';
  const value = roundTo(contractSize.div(exact), decimals, other);
  return value.isZero() ? exact : contractSize.div(value).toSignificantDigits(SETTLED_DIGITS);
}

function nearerOf(below: Figure<Price>, above: Figure<Price>, mark: Price): Figure<Price> {
  if (!below.known) return above;
  if (!above.known) return below;
  return mark.minus(below.value).lte(above.value.minus(mark)) ? below : above;
}

/**
 * [BK1] Price of this instrument alone at which the pool's equity is gone; maintenance of others is not subtracted (rulings A4).
 * Hedge legs of one instrument share it: their net size decides on which side it lies.
 */
export function bankruptcyPriceOf(pool: PoolOnMarks, leg: Leg): Figure<Price> {
  const own = pool.legs.filter((other) => other.instrument.id === leg.instrument.id);
  const net = own.reduce((sum, { position }) => sum.plus(position.signedSize), ZERO);
  if (net.isZero()) return absent({ kind: 'price-cancels' });
  if (pool.rules.terms !== undefined) {
    return mapFigure(endOfLine(pool, leg, net), (at) => printedPrice(pool.rules, leg, at));
  }
  const path = {
    ...pathMoving(pool, { leg: (other) => own.includes(other), base: undefined }),
    withMaintenance: false,
  };
  const solvent = pool.status !== 'bankrupt';
  const exact = priceAt(
    path,
    {
      from: ONE,
      direction: net.gt(0) === solvent ? 'down' : 'up',
      looking: solvent ? 'breach' : 'recovery',
    },
    leg.mark.price,
  );
  if (!exact.known && !solvent) return absent({ kind: 'no-equity' });
  return mapFigure(exact, (at) => printedPrice(pool.rules, leg, at));
}

/** [VE7] Where a venue's own terms leave nothing of the pool, on the side where its net size loses, or came from. */
function endOfLine(pool: PoolOnMarks, leg: Leg, net: Decimal): Figure<Price> {
  const solvent = pool.status !== 'bankrupt';
  const direction = net.gt(0) === solvent ? 'down' : 'up';
  const found = priceOnLine(lineOf(pool, leg, 'bankruptcy'), direction);
  return found === undefined
    ? absent({ kind: solvent ? 'margin-covers-loss' : 'no-equity' })
    : known(found);
}

/** What a conditional price lets move: the one instrument, or all of its coin, collateral in that coin included (rulings A5). */
interface Moving {
  readonly leg: (leg: Leg) => boolean;
  readonly base: AssetId | undefined;
}
function movesWith(rules: VenueRules, leg: Leg): Moving {
  return rules.conditionalOn === 'instrument'
    ? { leg: (other) => other.instrument.id === leg.instrument.id, base: undefined }
    : { leg: (other) => other.instrument.base === leg.instrument.base, base: leg.instrument.base };
}

function pathMoving(pool: PoolOnMarks, moving: Moving): Path {
  return {
    rules: pool.rules,
    assets: pool.assets,
    motionOfLeg: (leg) => (moving.leg(leg) ? PROPORTIONAL : STILL),
    motionOfAsset: (asset) => (asset.asset === moving.base ? PROPORTIONAL : STILL),
    withMaintenance: true,
  };
}

/** [LQ7] Every way to liquidation, nearest first: each coin alone, down and up, and all of them against the pool together. */
export function distancesOf(pool: PoolOnMarks): readonly PoolDistance[] {
  if (pool.legs.length === 0 || isBreached(pool.status)) return [];
  const movers = distinctMovers(pool);
  const alone = movers.flatMap((leg) => [
    ...aloneDistance(pool, leg, 'down'),
    ...aloneDistance(pool, leg, 'up'),
  ]);
  const joint = movers.length > 1 ? jointDistance(pool) : [];
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

function aloneDistance(
  pool: PoolOnMarks,
  leg: Leg,
  direction: 'down' | 'up',
): readonly PoolDistance[] {
  const root = shareOfMark(pool, leg, direction);
  if (root === undefined || !root.gt(0)) return [];
  const { id, base } = leg.instrument;
  return [
    { share: rate(root.minus(1).abs()), by: { kind: 'one', instrumentId: id, base, direction } },
  ];
}

function shareOfMark(
  pool: PoolOnMarks,
  leg: Leg,
  direction: Walk['direction'],
): Decimal | undefined {
  if (pool.rules.terms !== undefined) {
    return priceOnLine(lineOf(pool, leg, 'liquidation'), direction)?.div(leg.mark.price);
  }
  const path = pathMoving(pool, movesWith(pool.rules, leg));
  return exhaustionOf(path, { from: ONE, direction, looking: 'breach' });
}

/**
 * Rulings A6: the same percentage for every coin, each in the direction that hurts the pool. Not given for the odd pool whose
 * contracts settle in a coin that moves on its own way, nor under a venue's own terms.
 */
function jointDistance(pool: PoolOnMarks): readonly PoolDistance[] {
  if (pool.rules.terms !== undefined) return [];
  const exposures = exposuresOf(pool);
  const directionOf = new Map(exposures.map(({ base, direction }) => [base, direction]));
  const motion = (base: AssetId): Motion => {
    const direction = directionOf.get(base);
    return direction === undefined
      ? STILL
      : { offset: ONE, slope: new Decimal(direction === 'down' ? -1 : 1) };
  };
  const path: Path = {
    rules: pool.rules,
    assets: pool.assets,
    motionOfLeg: (leg) => motion(leg.instrument.base),
    motionOfAsset: (asset) =>
      pool.rules.conditionalOn === 'underlying' ? motion(asset.asset) : STILL,
    withMaintenance: true,
  };
  if (!hasClosedForm(path)) return [];
  const falls = exposures.some(({ direction }) => direction === 'down');
  const walk: Walk = {
    from: ZERO,
    direction: 'up',
    looking: 'breach',
    ...(falls ? { until: ONE } : {}),
  };
  const root = exhaustionOf(path, walk);
  return root === undefined ? [] : [{ share: rate(root), by: { kind: 'joint', exposures } }];
}

interface Exposure {
  readonly base: AssetId;
  readonly direction: 'down' | 'up';
  readonly weight: Rate;
}

/**
 * What each coin is worth to the pool: the change of its excess when the coin rises, maintenance and collateral in that coin
 * included. So equal hedge legs are hurt by a rise, and a short against more of the coin as collateral by a fall.
 */
function exposuresOf(pool: PoolOnMarks): readonly Exposure[] {
  const bases = [...new Set(pool.legs.map((leg) => leg.instrument.base))];
  const movesAsset = pool.rules.conditionalOn === 'underlying';
  const slopes = bases.map((base) => {
    const moving: Moving = {
      leg: (leg) => leg.instrument.base === base,
      base: movesAsset ? base : undefined,
    };
    return { base, slope: excessSlopeAt(pathMoving(pool, moving), ONE) };
  });
  const gross = slopes.reduce((sum, { slope }) => sum.plus(slope.abs()), ZERO);
  if (gross.isZero()) return [];
  return slopes.map(({ base, slope }) => ({
    base,
    direction: slope.isNegative() ? 'up' : 'down',
    weight: rate(slope.abs().div(gross)),
  }));
}

/** Why a figure of a pool without any price is absent. */
export function noPrices(why: Absence): LiquidationPrices {
  const none = absent(why);
  return {
    below: none,
    above: none,
    nearest: none,
    distanceShare: none,
    distancePrice: none,
    exactBelow: none,
    exactAbove: none,
    restoredAt: none,
  };
}
