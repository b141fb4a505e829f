/**
 * Where a pool's excess runs out on a path (SPEC LQ). For linear contracts floats look for the stretch on which it does, and every sign
 * that they tell is farther from zero than they can be wrong; the root is worked out exactly, on that stretch alone. Where a
 * float is in doubt, and for inverse contracts, the exact walk of path.ts decides.
 */
import { Decimal, floatOf } from '../units/decimal.ts';
import { floatTiersOf, tierAt, type FloatTier } from './float-tiers.ts';
import { rootOf, type Motion } from './form.ts';
import { conversionOf, excessOn, standingOf, type Path } from './path.ts';
import { stretchTo, type Walk } from './walk.ts';
import { type Leg, type PoolAsset } from './pool.ts';

/** The y at which the excess changes sign first, or undefined when it never does on this walk. */
export function exhaustionOf(path: Path, walk: Walk): Decimal | undefined {
  const found = foundByFloats(path, walk);
  if (found === 'doubt') return stretchTo(path, walk).root;
  return found === 'none' ? undefined : rootOf(excessOn(path, new Decimal(found)));
}

/** Share of what was added up by which floats may be wrong here, and of a y: far more than they ever are. */
export const DOUBT = 1e-9;

/** A y on the stretch that holds the root. */
function foundByFloats(path: Path, walk: Walk): number | 'none' | 'doubt' {
  const assets = floatAssetsOf(path);
  if (assets === undefined) return 'doubt';
  const past = walk.looking === 'breach' ? -1 : 1;
  const from = floatOf(walk.from);
  const far = walk.direction === 'down' ? 0 : walk.until && floatOf(walk.until);
  const edges = [from, ...stopsOn(assets, walk, { from, far })];
  const lastStart = edges.at(-1) ?? from;
  const last = signAtEnd(assets, lastStart, far);
  if (last === 0 || signAtEnd(assets, edges[1] ?? far ?? probeOf(from, far), from) !== -past)
    return 'doubt';
  if (walk.looking === 'breach' && last !== past) return 'none';
  for (let index = 1; index < edges.length; index += 1) {
    const start = edges[index - 1] ?? from;
    const end = edges[index] ?? from;
    const sign = signAtEnd(assets, start, end);
    if (sign === 0) return 'doubt';
    if (sign === past) return probeOf(start, end);
  }
  return last === past ? probeOf(lastStart, far) : 'none';
}

function probeOf(start: number, end: number | undefined): number {
  return end === undefined ? 2 * start + 1 : (start + end) / 2;
}

/** Sign of the excess at the end of a stretch; 0 where it, or the stretch itself, is not clear. */
function signAtEnd(assets: readonly FloatAsset[], start: number, end: number | undefined): number {
  if (end !== undefined && Math.abs(end - start) <= DOUBT * (1 + Math.abs(end))) return 0;
  const form = { b: 0, c: 0, grossB: 0, grossC: 0 };
  for (const asset of assets) addAsset(form, asset, probeOf(start, end));
  const { b, c, grossB, grossC } = form;
  const value = end === undefined ? c : b + c * end;
  const gross = end === undefined ? grossC : grossB + grossC * end;
  return Math.abs(value) > DOUBT * gross ? Math.sign(value) : 0;
}

/** b + c x y, and the sizes of what was added up to either. */
interface FloatForm {
  b: number;
  c: number;
  grossB: number;
  grossC: number;
}

interface FloatLeg {
  /** At the mark. */
  readonly notional: number;
  readonly sign: number;
  readonly openValue: number;
  readonly offset: number;
  readonly slope: number;
  readonly tiers: readonly FloatTier[];
}

/** One asset of a pool; where it is counted in itself its prices and its weight are 1. */
interface FloatAsset {
  readonly wallet: number;
  readonly legs: readonly FloatLeg[];
  readonly credit: number;
  readonly debit: number;
  /** Of equity above zero. */
  readonly weight: number;
  /** Of the wallet, whatever the equity. */
  readonly cut: number;
  readonly offset: number;
  readonly slope: number;
}

/** Adds an asset's equity less maintenance, in the pool's unit, as it is on the tiers at `probe`. */
function addAsset(sum: FloatForm, asset: FloatAsset, probe: number): void {
  const equity = equityOf(asset);
  const isCredit = equity.b + equity.c * probe > 0;
  const { credit, debit, cut, offset, slope } = asset;
  const counted = credit * (isCredit ? asset.weight : 1);
  let b = equity.b * counted - cut;
  let c = equity.c * counted;
  let grossB = equity.grossB * credit + cut;
  let grossC = equity.grossC * credit;
  for (const leg of asset.legs) {
    const { rate, deduction } = tierAt(leg.tiers, leg.notional * (leg.offset + leg.slope * probe));
    const required = leg.notional * rate * debit;
    b += deduction * debit - required * leg.offset;
    c -= required * leg.slope;
    grossB += deduction * debit + required * leg.offset;
    grossC += Math.abs(required * leg.slope);
  }
  // Only an asset without contracts that move has a price that does.
  sum.b += b * offset;
  sum.c += c * offset + b * slope;
  sum.grossB += grossB * offset;
  sum.grossC += grossC * offset + Math.abs(grossB * slope);
}

/** Wallet plus value less value at entry, in the asset. */
function equityOf({ wallet, legs }: FloatAsset): FloatForm {
  const form = { b: wallet, c: 0, grossB: Math.abs(wallet), grossC: 0 };
  for (const { notional, sign, openValue, offset, slope } of legs) {
    form.b += notional * sign * offset - openValue;
    form.c += notional * sign * slope;
    form.grossB += notional * offset + Math.abs(openValue);
    form.grossC += notional * Math.abs(slope);
  }
  return form;
}

/** Every y ahead at which the form changes, in the order of the walk; those too near to its ends make a stretch that is in doubt. */
function stopsOn(
  assets: readonly FloatAsset[],
  { direction }: Walk,
  { from, far }: { readonly from: number; readonly far: number | undefined },
): readonly number[] {
  const low = direction === 'down' ? 0 : from;
  const high = direction === 'down' ? from : (far ?? Infinity);
  const stops: number[] = [];
  const add = (stop: number): void => {
    if (stop > low - DOUBT && stop < high + DOUBT) stops.push(stop);
  };
  for (const asset of assets) {
    for (const { notional, offset, slope, tiers } of asset.legs) {
      if (slope !== 0) for (const { cap } of tiers) add((cap / notional - offset) / slope);
    }
    const { b, c } = equityOf(asset);
    if (asset.weight !== 1 && c !== 0) add(-b / c);
  }
  return stops.sort((left, right) => (direction === 'down' ? right - left : left - right));
}

/** Walked twice, down and up. */
const floatAssets = new WeakMap<Path, readonly FloatAsset[]>();

/** undefined where the excess is not made of straight lines in y. */
function floatAssetsOf(path: Path): readonly FloatAsset[] | undefined {
  const kept = floatAssets.get(path);
  if (kept !== undefined) return kept;
  const assets: FloatAsset[] = [];
  for (const asset of path.assets) {
    const motion = path.motionOfAsset(asset);
    const moves = asset.price !== undefined && !motion.slope.isZero();
    for (const leg of asset.legs) if (leg.instrument.kind !== 'linear') return undefined;
    const legs = asset.legs.map((leg) =>
      floatLegOf(leg, path.motionOfLeg(leg), path.withMaintenance),
    );
    if (moves && legs.some(({ slope }) => slope !== 0)) return undefined;
    assets.push(floatAssetOf(path, asset, { legs, motion }));
  }
  floatAssets.set(path, assets);
  return assets;
}

function floatAssetOf(
  path: Path,
  { wallet, price }: PoolAsset,
  { legs, motion }: { readonly legs: readonly FloatLeg[]; readonly motion: Motion },
): FloatAsset {
  if (price === undefined) {
    return {
      wallet: floatOf(wallet),
      legs,
      credit: 1,
      debit: 1,
      weight: 1,
      cut: 0,
      offset: 1,
      slope: 0,
    };
  }
  const { credit, debit } = conversionOf(path.rules, { price });
  const weight = floatOf(price.collateralWeight);
  const owned = floatOf(wallet);
  const ofEquity = path.rules.haircutOn === 'equity';
  return {
    wallet: owned,
    legs,
    credit: floatOf(credit),
    debit: floatOf(debit),
    weight: ofEquity ? weight : 1,
    cut: ofEquity || owned <= 0 ? 0 : owned * (1 - weight) * floatOf(credit),
    offset: floatOf(motion.offset),
    slope: floatOf(motion.slope),
  };
}

const NO_TIERS: readonly FloatTier[] = [{ cap: Infinity, rate: 0, deduction: 0 }];

function floatLegOf(leg: Leg, motion: Motion, withMaintenance: boolean): FloatLeg {
  const { position, instrument } = leg;
  const { floats } = standingOf(leg);
  return {
    notional: floats.notional,
    sign: position.signedSize.isNegative() ? -1 : 1,
    openValue: floats.openValue,
    tiers: withMaintenance ? floatTiersOf(instrument) : NO_TIERS,
    offset: floatOf(motion.offset),
    slope: floatOf(motion.slope),
  };
}
