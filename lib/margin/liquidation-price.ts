/** Liquidation and bankruptcy prices (SPEC LQ, BK). Closed forms on a path, see path.ts. */
import { ONE, ZERO } from '../units/decimal.ts';
import { NO_MONEY, price, ratioOf, rate, type Money, type Price } from '../units/money.ts';
import { type AssetId } from '../units/ids.ts';
import { exhaustionOf } from './exhaustion.ts';
import {
  absent,
  known,
  mapFigure,
  type Absence,
  type Figure,
  type LiquidationPrices,
  type PoolStatus,
} from './figures.ts';
import { PROPORTIONAL, STILL } from './form.ts';
import { type Path } from './path.ts';
import { type Walk } from './walk.ts';
import { type Leg, type PoolAsset } from './pool.ts';
import { printedPrice, safePrice } from './printed-price.ts';
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

export function isBreached(status: PoolStatus): boolean {
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
  return priceFound(liquidationSearch(pool, leg, direction, looking), leg.mark.price);
}

/** Where a price is looked for. */
export type PriceSearch =
  | { readonly kind: 'path'; readonly path: Path; readonly walk: Walk }
  | { readonly kind: 'line'; readonly line: Line; readonly direction: Walk['direction'] };

export function liquidationSearch(
  pool: PoolOnMarks,
  leg: Leg,
  direction: Walk['direction'],
  looking: Walk['looking'],
): PriceSearch {
  if (pool.rules.terms !== undefined) {
    return { kind: 'line', line: lineOf(pool, leg, 'liquidation'), direction };
  }
  const path = pathMoving(pool, movesWith(pool.rules, leg));
  return { kind: 'path', path, walk: { from: ONE, direction, looking } };
}

export function priceFound(search: PriceSearch, mark: Price): Figure<Price> {
  if (search.kind === 'path') return priceAt(search.path, search.walk, mark);
  const found = priceOnLine(search.line, search.direction);
  return found === undefined ? absent({ kind: 'margin-covers-loss' }) : known(found);
}

export function lineOf(pool: PoolOnMarks, leg: Leg, until: Line['until']): Line {
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

export function nearerOf(below: Figure<Price>, above: Figure<Price>, mark: Price): Figure<Price> {
  if (!below.known) return above;
  if (!above.known) return below;
  return mark.minus(below.value).lte(above.value.minus(mark)) ? below : above;
}

/**
 * [BK1] Price of this instrument alone at which the pool's equity is gone; maintenance of others is not subtracted (rulings A4).
 * Hedge legs of one instrument share it: their net size decides on which side it lies.
 */
export function bankruptcyPriceOf(pool: PoolOnMarks, leg: Leg): Figure<Price> {
  const search = bankruptcySearch(pool, leg);
  if (!search.known) return search;
  const exact = priceFound(search.value, leg.mark.price);
  if (!exact.known && pool.status === 'bankrupt') return absent({ kind: 'no-equity' });
  return mapFigure(exact, (at) => printedPrice(pool.rules, leg, at));
}

/** On the side where the net size of the instrument loses, or came from. [VE7] By a venue's own terms on its line. */
export function bankruptcySearch(pool: PoolOnMarks, leg: Leg): Figure<PriceSearch> {
  const own = pool.legs.filter((other) => other.instrument.id === leg.instrument.id);
  const net = own.reduce((sum, { position }) => sum.plus(position.signedSize), ZERO);
  if (net.isZero()) return absent({ kind: 'price-cancels' });
  const solvent = pool.status !== 'bankrupt';
  const direction = net.gt(0) === solvent ? 'down' : 'up';
  if (pool.rules.terms !== undefined) {
    return known({ kind: 'line', line: lineOf(pool, leg, 'bankruptcy'), direction });
  }
  const path = {
    ...pathMoving(pool, { leg: (other) => own.includes(other), base: undefined }),
    withMaintenance: false,
  };
  const walk = { from: ONE, direction, looking: solvent ? 'breach' : 'recovery' } as const;
  return known({ kind: 'path', path, walk });
}

/** What a conditional price lets move: the one instrument, or all of its coin, collateral in that coin included (rulings A5). */
export interface Moving {
  readonly leg: (leg: Leg) => boolean;
  readonly base: AssetId | undefined;
}
export function movesWith(rules: VenueRules, leg: Leg): Moving {
  return rules.conditionalOn === 'instrument'
    ? { leg: (other) => other.instrument.id === leg.instrument.id, base: undefined }
    : { leg: (other) => other.instrument.base === leg.instrument.base, base: leg.instrument.base };
}

export function pathMoving(pool: PoolOnMarks, moving: Moving): Path {
  return {
    rules: pool.rules,
    assets: pool.assets,
    motionOfLeg: (leg) => (moving.leg(leg) ? PROPORTIONAL : STILL),
    motionOfAsset: (asset) => (asset.asset === moving.base ? PROPORTIONAL : STILL),
    withMaintenance: true,
  };
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
