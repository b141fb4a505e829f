/**
 * Margin balance minus maintenance along a path of prices, as a form (SPEC LQ).
 *
 * On a path every moving price is mark x (offset + slope x y). Between two tier boundaries the excess of a pool is then
 * a/y + b + c*y with a or c zero. Where it runs out: walk.ts.
 */
import { assert } from '../contract.ts';
import { type Decimal, floatOf, ONE, ZERO } from '../units/decimal.ts';
import { type RiskTier } from '../market/instrument.ts';
import {
  addForms,
  lessForm,
  moved,
  negated,
  NOTHING,
  PROPORTIONAL,
  rootOf,
  scaled,
  STILL,
  valueAt,
  type Form,
  type Motion,
} from './form.ts';
import { tierReaching } from './tiers.ts';
import { type Leg, type PoolAsset } from './pool.ts';
import { type VenueRules } from './venues/rules.ts';

export interface Path {
  readonly rules: VenueRules;
  readonly assets: readonly PoolAsset[];
  readonly motionOfLeg: (leg: Leg) => Motion;
  /** How an asset's own price moves on the path; matters in multi-asset pools only. */
  readonly motionOfAsset: (asset: PoolAsset) => Motion;
  /** false: the path of equity alone, for bankruptcy prices. */
  readonly withMaintenance: boolean;
}

/** Change of the excess per unit of y, on the tiers that hold at y: what a share of the price is worth to the pool. */
export function excessSlopeAt(path: Path, y: Decimal): Decimal {
  const { a, c } = excessOn(path, y);
  if (a.isZero()) return c;
  return c.minus(a.div(y.times(y)));
}

/**
 * Whether the excess is a quotient between boundaries when several coins move at once. It is not where a contract settles in a
 * coin on its own way: an inverse one in a coin whose price holds, a linear one in a coin that moves too.
 */
export function hasClosedForm(path: Path): boolean {
  return path.assets.every((asset) => {
    const moving = asset.legs.filter((leg) => !path.motionOfLeg(leg).slope.isZero());
    const settlesInMovingCoin =
      asset.price !== undefined && !path.motionOfAsset(asset).slope.isZero();
    return moving.every(
      ({ instrument }) => (instrument.kind === 'inverse') === settlesInMovingCoin,
    );
  });
}

/** Where an asset's equity changes sign, on which its haircut depends. */
export function equityBoundary(path: Path, asset: PoolAsset): readonly Decimal[] {
  if (asset.price === undefined || path.rules.haircutOn === 'balances') return [];
  if (!movesWithItsContracts(path, asset)) {
    const root = rootOf(equityForm(path, asset));
    return root === undefined ? [] : [root];
  }
  const motion = path.motionOfAsset(asset);
  const factor = rootOf(equityForm(pathOfFactor(path), asset));
  return factor === undefined ? [] : [factor.minus(motion.offset).div(motion.slope)];
}

export function excessOn(path: Path, probe: Decimal): Form {
  return path.assets.map((asset) => assetExcess(path, asset, probe)).reduce(addForms, NOTHING);
}

export function assetExcess(path: Path, asset: PoolAsset, probe: Decimal): Form {
  return movesWithItsContracts(path, asset)
    ? excessOfMovingCoin(path, asset, probe)
    : excessAtSteadyPrice(path, asset, probe);
}

/** A coin whose own USD price moves as the inverse contracts settled in it do. */
function movesWithItsContracts(path: Path, asset: PoolAsset): boolean {
  if (asset.price === undefined || path.motionOfAsset(asset).slope.isZero()) return false;
  return asset.legs.some((leg) => leg.instrument.kind === 'inverse');
}

/** In the coin the excess is a/f + b with f the price factor, so in USD it is (a + b x f) x price: linear in f, and so in y. */
function excessOfMovingCoin(path: Path, asset: PoolAsset, probe: Decimal): Form {
  const { offset, slope } = path.motionOfAsset(asset);
  const inFactor = excessAtSteadyPrice(pathOfFactor(path), asset, offset.plus(slope.times(probe)));
  return { a: ZERO, b: inFactor.a.plus(inFactor.b.times(offset)), c: inFactor.b.times(slope) };
}

/** The same pool seen along one coin's price factor itself, with that coin's USD price held. */
function pathOfFactor(path: Path): Path {
  return { ...path, motionOfLeg: () => PROPORTIONAL, motionOfAsset: () => STILL };
}

function excessAtSteadyPrice(path: Path, asset: PoolAsset, probe: Decimal): Form {
  const equity = equityForm(path, asset);
  const maintenance = path.withMaintenance ? maintenanceForm(path, asset, probe) : NOTHING;
  if (asset.price === undefined) return lessForm(equity, maintenance);
  const motion = path.motionOfAsset(asset);
  const { credit, debit } = conversionOf(path.rules, asset);
  const weighted = weightedEquity(path, asset, equity, probe);
  const inUsd = lessForm(scaled(weighted, credit), scaled(maintenance, debit));
  return moved(inUsd, motion);
}

/** Haircuts: on positive equity of the asset, or on its wallet balance, as the rule set says (rulings A7). */
function weightedEquity(path: Path, asset: PoolAsset, equity: Form, probe: Decimal): Form {
  const weight = asset.price?.collateralWeight ?? ONE;
  if (path.rules.haircutOn === 'equity') {
    return valueAt(equity, probe).gt(0) ? scaled(equity, weight) : equity;
  }
  const cut = asset.wallet.gt(0) ? asset.wallet.times(ONE.minus(weight)) : ZERO;
  return { ...equity, b: equity.b.minus(cut) };
}

/** Prices at which an asset's equity and requirements count in USD. */
export function conversionOf(
  rules: VenueRules,
  asset: Pick<PoolAsset, 'price'>,
): { readonly credit: Decimal; readonly debit: Decimal } {
  assert(asset.price !== undefined, 'a multi-asset pool has a price for each asset');
  return rules.conversion === 'index'
    ? { credit: asset.price.index, debit: asset.price.index }
    : { credit: asset.price.bid, debit: asset.price.ask };
}

/** wallet + value at y - value at entry */
export function equityForm(path: Path, asset: PoolAsset): Form {
  return asset.legs
    .map((leg) => profitForm(leg, path.motionOfLeg(leg)))
    .reduce(addForms, { a: ZERO, b: asset.wallet, c: ZERO });
}

function profitForm(leg: Leg, motion: Motion): Form {
  return motion === STILL
    ? (standingOf(leg).profit ??= profitOf(leg, STILL))
    : profitOf(leg, motion);
}

function profitOf(leg: Leg, motion: Motion): Form {
  const value = valueForm(leg, motion);
  return { ...value, b: value.b.minus(leg.position.openValue) };
}

export function valueForm(leg: Leg, motion: Motion): Form {
  const notional = notionalForm(leg, motion);
  const owes = leg.position.signedSize.isNegative() === (leg.instrument.kind === 'linear');
  return owes ? negated(notional) : notional;
}

export function notionalForm(leg: Leg, motion: Motion): Form {
  const notional = notionalAtMark(leg);
  if (leg.instrument.kind === 'linear') return moved({ a: ZERO, b: notional, c: ZERO }, motion);
  if (motion.slope.isZero()) return { a: ZERO, b: notional.div(motion.offset), c: ZERO };
  assert(motion.offset.isZero(), 'an inverse contract moves in proportion');
  return { a: notional.div(motion.slope), b: ZERO, c: ZERO };
}

/** What of a leg is the same on every path. */
interface Standing {
  /** At the mark. */
  readonly notional: Decimal;
  /** The same, and its value at entry, to fifteen digits. */
  readonly floats: { readonly notional: number; readonly openValue: number };
  /** As long as it holds still, which on most paths most legs do; worked out on the first of these. */
  profit: Form | undefined;
  asked: Asked | undefined;
}

const standings = new WeakMap<Leg, Standing>();

export function standingOf(leg: Leg): Standing {
  const known = standings.get(leg);
  if (known !== undefined) return known;
  const { position, instrument, mark } = leg;
  const size = position.signedSize.abs().times(instrument.contractSize);
  const notional = instrument.kind === 'linear' ? size.times(mark.price) : size.div(mark.price);
  const floats = { notional: floatOf(notional), openValue: floatOf(position.openValue) };
  const standing = { notional, floats, profit: undefined, asked: undefined };
  standings.set(leg, standing);
  return standing;
}

function notionalAtMark(leg: Leg): Decimal {
  return standingOf(leg).notional;
}

function maintenanceForm(path: Path, asset: PoolAsset, probe: Decimal): Form {
  return asset.legs.map((leg) => askedForm(path, leg, probe).form).reduce(addForms, NOTHING);
}

interface Asked {
  readonly tier: RiskTier;
  readonly form: Form;
}

/** Maintenance of one leg on the tier of its notional at `probe`. */
export function askedForm(path: Path, leg: Leg, probe: Decimal): Asked {
  const motion = path.motionOfLeg(leg);
  if (motion !== STILL) return askedOf(leg, motion, probe);
  return (standingOf(leg).asked ??= askedOf(leg, STILL, probe));
}

function askedOf(leg: Leg, motion: Motion, probe: Decimal): Asked {
  const notional = notionalForm(leg, motion);
  const tier = tierReaching(leg.instrument, valueAt(notional, probe));
  const requirement = scaled(notional, tier.maintenanceMarginRate);
  return { tier, form: { ...requirement, b: requirement.b.minus(tier.maintenanceDeduction) } };
}
