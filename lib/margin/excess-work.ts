/**
 * Excess of a pool along one price, taken apart as the search for a liquidation price adds it up (SPEC RC): what is in the balance,
 * what is asked for, how it counts, on the stretch or piece where the search ended.
 */
import { type RiskTier } from '../market/instrument.ts';
import { type Decimal, maxOf, ONE, ZERO } from '../units/decimal.ts';
import { type PriceSearch } from './liquidation-price.ts';
import { type Curve } from './outward.ts';
import { valueAt, type Form } from './form.ts';
import {
  askedForm,
  assetExcess,
  conversionOf,
  equityForm,
  excessOn,
  notionalForm,
  valueForm,
  type Path,
} from './path.ts';
import { probeBetween, stretchTo } from './walk.ts';
import { type Leg, type PoolAsset } from './pool.ts';
import { legName } from './receipt-step.ts';
import { termsOf, tierUnder } from './requirement.ts';
import { money } from '../units/money.ts';
import {
  askedParts,
  assetCurve,
  curveOf,
  pnlCurve,
  heldNotional,
  movesAsked,
  searchOnLine,
  tierAt,
  unitsOf,
  weightedWallet,
  type Line,
  type LineSearch,
} from './venue-line.ts';

/** One number a kind of part: fixed, times the variable, and the third one (over it on a path, times its square on a line). */
export type Coefficients = readonly [fixed: Decimal, times: Decimal, third: Decimal];

export interface ExcessTerm {
  readonly name: string;
  readonly at: Coefficients;
}

export interface AssetWork {
  readonly asset: PoolAsset;
  readonly balance: readonly ExcessTerm[];
  readonly asked: readonly ExcessTerm[];
  /** Undefined where the pool is counted in this asset. */
  readonly counted: Counting | undefined;
  /** balance - asked, in the pool's unit. */
  readonly excess: Coefficients;
}

/** How an asset counts in USD. */
export interface Counting {
  readonly weight: Decimal;
  /** Taken off the wallet, where haircuts are of wallets. */
  readonly cut: Decimal;
  readonly credit: Decimal;
  readonly debit: Decimal;
  /** Its own price moves too: what is fixed in the coin moves in USD. */
  readonly moves: boolean;
}

export interface TierWork {
  readonly leg: Leg;
  readonly tier: RiskTier;
  readonly key: Decimal;
}

export interface ExcessWork {
  readonly kind: PriceSearch['kind'];
  readonly tiers: readonly TierWork[];
  readonly assets: readonly AssetWork[];
  /** Kept back for orders. */
  readonly reserved: Decimal;
  readonly excess: Coefficients;
  /** Where the excess changes sign; undefined where it never does. */
  readonly root: Decimal | undefined;
  /** The sign changes where a tier begins, not at a root. */
  readonly jumps: boolean;
}

export function excessWorkOf(search: PriceSearch): ExcessWork | undefined {
  if (search.kind === 'path') return workOnPath(search.path, search.walk);
  const found = searchOnLine(search.line, search.direction);
  return found && workOnLine(search.line, found);
}

function workOnPath(path: Path, walk: Parameters<typeof stretchTo>[1]): ExcessWork {
  const { start, end, root } = stretchTo(path, walk);
  const probe = probeBetween(start, end);
  const legs = path.withMaintenance ? path.assets.flatMap((asset) => asset.legs) : [];
  return {
    kind: 'path',
    tiers: legs.map((leg) => ({
      leg,
      tier: askedForm(path, leg, probe).tier,
      key: valueAt(notionalForm(leg, path.motionOfLeg(leg)), atOrInside(root, probe)),
    })),
    assets: path.assets.map((asset) => assetOnPath(path, asset, probe)),
    reserved: ZERO,
    excess: ofForm(excessOn(path, probe)),
    root,
    jumps: false,
  };
}

function atOrInside(root: Decimal | undefined, probe: Decimal): Decimal {
  return root?.gt(0) === true ? root : probe;
}

function ofForm({ a, b, c }: Form): Coefficients {
  return [b, c, a];
}

function assetOnPath(path: Path, asset: PoolAsset, probe: Decimal): AssetWork {
  return {
    asset,
    balance: [
      { name: 'wallet', at: [asset.wallet, ZERO, ZERO] },
      ...asset.legs.flatMap((leg) => [
        { name: `value of ${legName(leg)}`, at: ofForm(valueForm(leg, path.motionOfLeg(leg))) },
        atEntry(leg),
      ]),
    ],
    asked: path.withMaintenance
      ? asset.legs.map((leg) => ({
          name: `maintenance of ${legName(leg)}`,
          at: ofForm(askedForm(path, leg, probe).form),
        }))
      : [],
    counted: countingOnPath(path, asset, probe),
    excess: ofForm(assetExcess(path, asset, probe)),
  };
}

function atEntry(leg: Leg): ExcessTerm {
  return {
    name: `value of ${legName(leg)} at entry`,
    at: [leg.position.openValue.negated(), ZERO, ZERO],
  };
}

/** [MA2] As `weightedEquity` counts it. */
function countingOnPath(path: Path, asset: PoolAsset, probe: Decimal): Counting | undefined {
  if (asset.price === undefined) return undefined;
  const { collateralWeight } = asset.price;
  const ofEquity = path.rules.haircutOn === 'equity';
  const isCredit = valueAt(equityForm(path, asset), probe).gt(0);
  const cut = asset.wallet.gt(0) ? asset.wallet.times(ONE.minus(collateralWeight)) : ZERO;
  return {
    ...conversionOf(path.rules, asset),
    weight: ofEquity && isCredit ? collateralWeight : ONE,
    cut: ofEquity ? ZERO : cut,
    moves: !path.motionOfAsset(asset).slope.isZero(),
  };
}

function workOnLine(line: Line, found: LineSearch): ExcessWork {
  const { probe, crossing } = found;
  const x = crossing === undefined || crossing.jumps ? probe : crossing.x;
  const legs = line.assets.flatMap((asset) => askedParts(line, asset, probe).map(({ leg }) => leg));
  return {
    kind: 'line',
    tiers: legs.flatMap((leg) => {
      const used = tierOnLine(line, leg, { probe, x });
      return used === undefined ? [] : [{ leg, ...used }];
    }),
    assets: line.assets.map((asset) => assetOnLine(line, asset, probe)),
    reserved: line.until === 'liquidation' ? line.reserved : ZERO,
    excess: ofCurve(curveOf(line, probe)),
    root: crossing?.x,
    jumps: crossing?.jumps === true,
  };
}

interface TierOnLine {
  readonly tier: RiskTier;
  /** What the tier was read by. */
  readonly key: Decimal;
}

/**
 * The tier by which a leg's maintenance is asked for at `probe`, and its notional at `x`; undefined where the rate grows with the
 * coins instead.
 */
function tierOnLine(
  line: Line,
  leg: Leg,
  { probe, x }: { readonly probe: Decimal; readonly x: Decimal },
): TierOnLine | undefined {
  const terms = termsOf(line.rules, leg);
  if (terms.tierKey === 'coins' || line.until === 'bankruptcy') return undefined;
  const moves = movesAsked(line, leg);
  const notional = moves ? maxOf(x, ZERO).times(unitsOf(leg)) : heldNotional(line, leg);
  const key = terms.tierKey === 'contracts' ? leg.position.signedSize.abs() : notional;
  if (moves) return { tier: tierAt(line, leg, probe), key };
  const held = tierUnder(terms, leg, money(notional));
  return held.known ? { tier: held.value, key } : undefined;
}

function ofCurve({ c0, c1, c2 }: Curve): Coefficients {
  return [c0, c1, c2];
}

function assetOnLine(line: Line, asset: PoolAsset, probe: Decimal): AssetWork {
  const wallet = weightedWallet(asset);
  return {
    asset,
    balance: [
      { name: wallet.eq(asset.wallet) ? 'wallet' : 'weighted wallet', at: [wallet, ZERO, ZERO] },
      ...asset.legs.flatMap((leg) => valueTerms(line, leg)),
    ],
    asked: askedParts(line, asset, probe).flatMap(({ leg, terms }) =>
      terms.map(({ of, curve }) => ({ name: `${of} of ${legName(leg)}`, at: ofCurve(curve) })),
    ),
    counted:
      asset.price === undefined
        ? undefined
        : { ...conversionOf(line.rules, asset), weight: ONE, cut: ZERO, moves: false },
    excess: ofCurve(assetCurve(line, asset, probe)),
  };
}

function valueTerms(line: Line, leg: Leg): readonly ExcessTerm[] {
  const pnl = ofCurve(pnlCurve(line, leg));
  if (!line.moving.includes(leg)) return [{ name: `PnL of ${legName(leg)}`, at: pnl }];
  return [{ name: `value of ${legName(leg)}`, at: [ZERO, pnl[1], pnl[2]] }, atEntry(leg)];
}
