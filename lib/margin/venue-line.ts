/**
 * Excess of a pool under a venue's own terms, as one instrument's price moves and everything else is held (SPEC VE7). In x, the
 * price (linear) or its reciprocal (inverse), equity is a straight line; maintenance is one too between two tiers, or a constant,
 * or a parabola where rates grow with the coins.
 */
import { type Decimal, maxOf, ONE, ZERO } from '../units/decimal.ts';
import { money, NO_MONEY, price, type Money, type Price } from '../units/money.ts';
import { conversionOf } from './path.ts';
import {
  addCurves,
  constant,
  curveAlong,
  firstCrossing,
  piecesOn,
  probeOn,
  scaledCurve,
  type Along,
  type Crossing,
  type Curve,
  type Outward,
  type Piece,
} from './outward.ts';
import { sidesOf, type Leg, type PoolAsset } from './pool.ts';
import {
  contractNotional,
  contractValue,
  maintenanceRateAt,
  requirementOfValue,
  termsOf,
  tierInForce,
} from './requirement.ts';
import { type RiskTier } from '../market/instrument.ts';
import { tierReaching } from './tiers.ts';
import { type VenueRules } from './venues/rules.ts';

export interface Line {
  readonly rules: VenueRules;
  readonly assets: readonly PoolAsset[];
  /** Legs of what moves, of one instrument where t is its x: all linear or all inverse. */
  readonly moving: readonly Leg[];
  /** Where several move; absent: t is x. */
  readonly along?: (leg: Leg) => Along;
  /** Kept back from equity: what orders reserve. */
  readonly reserved: Money;
  /** What the line is of: equity less maintenance, or equity less what the bankruptcy price has to leave. */
  readonly until: 'liquidation' | 'bankruptcy';
}

const ITSELF: Along = { offset: ZERO, slope: ONE };

/** The price on one side of the mark at which the excess changes sign; undefined when there is none. */
export function priceOnLine(line: Line, direction: 'down' | 'up'): Price | undefined {
  return searchOnLine(line, direction)?.price;
}

export interface LineSearch {
  /** What moves. */
  readonly leg: Leg;
  /** The piece that the search ended on, an x inside it, and where it crosses. */
  readonly piece: Piece;
  readonly probe: Decimal;
  readonly crossing: Crossing | undefined;
  readonly price: Price | undefined;
}

export function searchOnLine(line: Line, direction: 'down' | 'up'): LineSearch | undefined {
  const leg = line.moving[0];
  if (leg === undefined) return undefined;
  const walk = walkOf(line, leg, direction);
  const pieces = piecesOf(line, walk);
  const crossing = firstCrossing(pieces, walk.toward);
  const piece = crossing?.piece ?? pieces.at(-1);
  if (piece === undefined) return undefined;
  const probe = probeOn(piece, walk.toward);
  return { leg, piece, probe, crossing, price: crossing && priceAt(line, leg, crossing.x) };
}

function walkOf(line: Line, leg: Leg, direction: 'down' | 'up'): Outward {
  const toward = isInverse(leg) === (direction === 'up') ? 'down' : 'up';
  const start = isInverse(leg) ? ONE.div(leg.mark.price) : leg.mark.price;
  return { start, toward, last: toward === 'up' || printsAll(line) ? undefined : ZERO };
}

function printsAll({ rules }: Line): boolean {
  return rules.terms?.printsNegativePrices === true;
}

function priceAt(line: Line, leg: Leg, x: Decimal): Price | undefined {
  if (isInverse(leg)) return x.gt(0) ? price(ONE.div(x)) : undefined;
  return x.gt(0) || printsAll(line) ? price(x) : undefined;
}

/** The first t outward at which the excess changes sign. */
export function crossingOn(line: Line, walk: Outward): Decimal | undefined {
  return firstCrossing(piecesOf(line, walk), walk.toward)?.x;
}

/** The excess and its change at t, on the piece that the walk begins with. */
export function curveAtStart(line: Line, walk: Outward): Curve | undefined {
  return piecesOf(line, walk)[0]?.curve;
}

function piecesOf(line: Line, walk: Outward): readonly Piece[] {
  return piecesOn(walk, boundariesOf(line), (probe) => curveOf(line, probe));
}

/** t at which a moving leg reaches the cap of a tier. */
function boundariesOf(line: Line): readonly Decimal[] {
  return line.moving.flatMap((leg) => {
    const terms = termsOf(line.rules, leg);
    const steps = terms.searchedAt === 'price' && terms.tierKey === 'notional';
    if (!steps || line.until === 'bankruptcy') return [];
    const { offset, slope } = line.along?.(leg) ?? ITSELF;
    return leg.instrument.tiers.map(({ notionalCap }) =>
      notionalCap.div(unitsOf(leg)).minus(offset).div(slope),
    );
  });
}

function isInverse(leg: Leg): boolean {
  return leg.instrument.kind === 'inverse';
}

/** Notional per x: base coins (linear), face value (inverse). */
export function unitsOf({ instrument, position }: Leg): Decimal {
  return position.signedSize.abs().times(instrument.contractSize);
}

export function curveOf(line: Line, probe: Decimal): Curve {
  const parts = line.assets.map((asset) => assetCurve(line, asset, probe));
  const reserved = { c0: line.reserved.negated(), c1: ZERO, c2: ZERO };
  return addCurves(line.until === 'liquidation' ? [...parts, reserved] : parts);
}

export function assetCurve(line: Line, asset: PoolAsset, probe: Decimal): Curve {
  const credit = addCurves([
    constant(weightedWallet(asset)),
    ...asset.legs.map((leg) => pnlCurve(line, leg)),
  ]);
  const asked = addCurves(askedParts(line, asset, probe).map(({ curve }) => curve));
  const rates = asset.price === undefined ? AT_PAR : conversionOf(line.rules, asset);
  return addCurves([scaledCurve(credit, rates.credit), scaledCurve(asked, rates.debit.negated())]);
}

/** [VE7] All legs together, or, where a venue nets an underlying, the larger side of each. */
export function askedParts(line: Line, asset: PoolAsset, probe: Decimal): readonly AskedPart[] {
  const partsOf = (legs: readonly Leg[]): readonly AskedPart[] =>
    legs.map((leg) => {
      const terms = askedTerms(line, asset, leg, probe);
      return { leg, terms, curve: addCurves(terms.map(({ curve }) => curve)) };
    });
  const nets = line.rules.terms?.netsUnderlying === true && line.until === 'liquidation';
  return nets
    ? sidesOf(asset.legs).flatMap(({ long, short }) => largerSide(partsOf(long), partsOf(short)))
    : partsOf(asset.legs);
}

export interface AskedPart {
  readonly leg: Leg;
  readonly terms: readonly AskedTerm[];
  readonly curve: Curve;
}

export interface AskedTerm {
  readonly of: 'maintenance' | 'closing fee' | 'maintenance and closing fee';
  readonly curve: Curve;
}

function largerSide(
  longs: readonly AskedPart[],
  shorts: readonly AskedPart[],
): readonly AskedPart[] {
  const held = (parts: readonly AskedPart[]): Decimal =>
    addCurves(parts.map(({ curve }) => curve)).c0;
  return held(longs).gt(held(shorts)) ? longs : shorts;
}

const AT_PAR = { credit: ONE, debit: ONE };

/** Haircuts are of wallet balances above zero. */
export function weightedWallet({ wallet, price: assetPrice }: PoolAsset): Money {
  const weight = wallet.gt(0) ? (assetPrice?.collateralWeight ?? ONE) : ONE;
  return money(wallet.times(weight));
}

export function pnlCurve(line: Line, leg: Leg): Curve {
  const opened = leg.position.openValue.negated();
  if (!line.moving.includes(leg)) {
    return constant(money(contractValue(line.rules, leg, leg.mark.price).plus(opened)));
  }
  const long = !leg.position.signedSize.isNegative();
  const units = unitsOf(leg);
  const slope = long === isInverse(leg) ? units.negated() : units;
  return inT(line, leg, { c0: opened, c1: slope, c2: ZERO });
}

/** What the pool has to keep for a leg. */
function askedTerms(line: Line, asset: PoolAsset, leg: Leg, probe: Decimal): readonly AskedTerm[] {
  const terms = termsOf(line.rules, leg);
  if (line.until === 'bankruptcy') {
    return terms.bankruptcyHoldsFee ? [{ of: 'closing fee', curve: feeToTheEnd(line, leg) }] : [];
  }
  if (!movesAsked(line, leg)) {
    const held = constant(heldRequirement(line, asset, leg));
    return [{ of: 'maintenance and closing fee', curve: held }];
  }
  const moving = inT(line, leg, maintenanceCurve(line, leg, xAt(line, leg, probe)));
  const own: AskedTerm = { of: 'maintenance', curve: moving };
  if (terms.closingFee === 'none') return [own];
  const fee =
    terms.closingFee === 'of-value' ? movingFee(line, leg) : constant(closingFee(line, leg));
  return [own, { of: 'closing fee', curve: fee }];
}

export function movesAsked(line: Line, leg: Leg): boolean {
  return line.moving.includes(leg) && termsOf(line.rules, leg).searchedAt === 'price';
}

/** [VE5] Of a bankruptcy price: the fee of the value there, or the fee that is fixed from the entry on. */
function feeToTheEnd(line: Line, leg: Leg): Curve {
  const { closingFee: kind } = termsOf(line.rules, leg);
  const moves = kind === 'of-last-value' && line.moving.includes(leg);
  return moves ? movingFee(line, leg) : constant(closingFee(line, leg));
}

/** Of the value that the leg has then. */
function movingFee(line: Line, leg: Leg): Curve {
  const perX = unitsOf(leg).times(leg.instrument.takerFeeRate);
  return inT(line, leg, { c0: ZERO, c1: perX, c2: ZERO });
}

function xAt(line: Line, leg: Leg, t: Decimal): Decimal {
  const { offset, slope } = line.along?.(leg) ?? ITSELF;
  return offset.plus(slope.times(t));
}

/** A curve of the leg's own x, by t. */
function inT(line: Line, leg: Leg, curve: Curve): Curve {
  return line.along === undefined ? curve : curveAlong(curve, line.along(leg));
}

function closingFee({ rules }: Line, leg: Leg): Money {
  const at = leg.mark.price;
  const asked = requirementOfValue(leg, rules, at, contractNotional(rules, leg, at));
  return asked.known ? asked.value.fee : NO_MONEY;
}

/** Maintenance and fee that stay where they are while the price moves. */
function heldRequirement(line: Line, asset: PoolAsset, leg: Leg): Money {
  const terms = termsOf(line.rules, leg);
  const asked = requirementOfValue(leg, line.rules, leg.mark.price, heldNotional(line, leg));
  if (!asked.known) return NO_MONEY;
  const { maintenance, fee } = asked.value;
  return money(
    maintenance.plus(terms.closingFee === 'of-last-value' ? lastFee(line, asset, leg) : fee),
  );
}

export function heldNotional(line: Line, leg: Leg): Money {
  const terms = termsOf(line.rules, leg);
  return terms.searchedAt === 'entry'
    ? money(leg.position.openValue.abs())
    : contractNotional(line.rules, leg, leg.mark.price);
}

/** [VE5] Fee of the value at the price where nothing but the fee is left. */
function lastFee(line: Line, asset: PoolAsset, leg: Leg): Money {
  const { along: _together, ...own } = line;
  const alone: Line = { ...own, assets: [asset], moving: [leg], until: 'bankruptcy' };
  const at = priceOnLine(alone, 'down') ?? priceOnLine(alone, 'up');
  if (at === undefined) return NO_MONEY;
  return money(contractNotional(line.rules, leg, at).times(leg.instrument.takerFeeRate));
}

function maintenanceCurve(line: Line, leg: Leg, probe: Decimal): Curve {
  const units = unitsOf(leg);
  const growth = leg.instrument.marginGrowth;
  if (termsOf(line.rules, leg).tierKey === 'coins' && growth !== undefined) {
    const inverse = isInverse(leg);
    const rate = inverse ? growth.maintenanceBase : maintenanceRateAt(growth, units);
    const perSquare = inverse ? units.times(units).times(growth.perCoin) : ZERO;
    return { c0: ZERO, c1: units.times(rate), c2: perSquare };
  }
  const tier = tierAt(line, leg, probe);
  return {
    c0: tier.maintenanceDeduction.negated(),
    c1: units.times(tier.maintenanceMarginRate),
    c2: ZERO,
  };
}

export function tierAt(line: Line, leg: Leg, probe: Decimal): RiskTier {
  const terms = termsOf(line.rules, leg);
  const size = leg.position.signedSize.abs();
  const key = terms.tierKey === 'contracts' ? size : maxOf(probe, ZERO).times(unitsOf(leg));
  return tierInForce(terms, leg, tierReaching(leg.instrument, key));
}
