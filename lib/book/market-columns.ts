/**
 * The market as columns of floats: contracts with their tiers, coins with their volatility and what they count for as collateral.
 * A code is a place in a column. Contracts are added and change their terms; none is taken away while a position may name it.
 */
import { assert, fail, ok, type Result } from '../contract.ts';
import { type AssetPrice } from '../margin/account.ts';
import { type Instrument, type RiskTier } from '../market/instrument.ts';
import { type AssetId, type InstrumentId } from '../units/ids.ts';

/** Fields of one tier in `tiers`: cap, rate, deduction. */
export const TIER_FIELDS = 3;
const TIERS_MAX = 24;
/** Numbers of one contract in `tiers`. */
export const TIER_STRIDE = TIER_FIELDS * TIERS_MAX;
/** More contracts, and more coins, than any venue lists. */
export const CODES_MAX = 2_048;

/**
 * How far around the marks bounds are taken. The farther, the longer they hold, and the rougher they are.
 */
export interface Span {
  /** No radius is longer, in scales of the coin. */
  readonly radiusMax: number;
  /** What is left over beside the radius for the way that a joint limit shifts by itself, as a factor of prices. */
  readonly spareFactor: number;
  /** By coin: relative change of a price per unit of radius, at most, and the largest factor of a price inside a radius. */
  readonly gain: Float64Array;
  readonly top: Float64Array;
  /** By coin: `gain` as a multiple of the scale. */
  readonly stretch: Float64Array;
}

/** No radius of a lone position is longer, in scales (BO14). */
export const LONE_RADIUS_MAX = 4;
/** Nor is a maintenance rate on its way. */
export const LONE_RATE_MAX = 0.2;

/** Scale of an asset that no contract is on: a dollar that leaves its par is an event. */
const PAR_SCALE = 0.01;

/** What is the same for every pool, changed in place. */
export interface MarketColumns {
  readonly instruments: Instrument[];
  readonly codes: Map<InstrumentId, number>;
  /** Bases, settle assets and collateral, by code. */
  readonly coins: AssetId[];
  readonly coinCodes: Map<AssetId, number>;
  /** By contract: mark in quote a unit of base, and in ticks (exact); NaN while there is none. */
  readonly price: Float64Array;
  readonly ticks: Float64Array;
  readonly tickSize: Float64Array;
  /** By contract: size of one lot. Size x mark (linear) or -size / mark (inverse) is the value in the settle asset. */
  readonly perLot: Float64Array;
  readonly linear: Uint8Array;
  readonly base: Uint16Array;
  readonly settle: Uint16Array;
  /** By contract: rows of cap, rate, deduction; the last cap is Infinity here, its own is in `lastCap`, the largest rate in `lastRate`. */
  readonly tiers: Float64Array;
  readonly lastCap: Float64Array;
  readonly lastRate: Float64Array;
  /** By contract: 1 where its maintenance bends at tiers and never jumps, and stays below its value. */
  readonly bends: Uint8Array;
  /** What assets count for in USD, exact; and by coin: USD a unit, NaN where it has no price; share of positive equity that counts. */
  readonly assetPrices: Map<AssetId, AssetPrice>;
  readonly usd: Float64Array;
  readonly weight: Float64Array;
  /** By coin: standard deviation of a day's log return, and the last hour's where that is wilder. */
  readonly daily: Float64Array;
  readonly wildest: Float64Array;
  /** By coin: the log move that counts as one of its clock. Any number above zero is right, the daily volatility is quick. */
  readonly scale: Float64Array;
  /** For most pools; for those near a limit or an edge; for what is true at the marks alone, with the doubt of floats. */
  readonly far: Span;
  readonly near: Span;
  readonly here: Span;
}

/** No contracts, no coins, no prices. */
export function openMarket(): MarketColumns {
  const nothing = (): Float64Array => new Float64Array(CODES_MAX).fill(Number.NaN);
  return {
    instruments: [],
    codes: new Map(),
    coins: [],
    coinCodes: new Map(),
    price: nothing(),
    ticks: nothing(),
    tickSize: nothing(),
    perLot: nothing(),
    linear: new Uint8Array(CODES_MAX),
    base: new Uint16Array(CODES_MAX),
    settle: new Uint16Array(CODES_MAX),
    tiers: new Float64Array(CODES_MAX * TIER_STRIDE),
    lastCap: nothing(),
    lastRate: nothing(),
    bends: new Uint8Array(CODES_MAX),
    assetPrices: new Map(),
    usd: nothing(),
    weight: new Float64Array(CODES_MAX).fill(1),
    daily: nothing(),
    wildest: nothing(),
    scale: nothing(),
    far: openSpan(3, 1.05, 1.05),
    near: openSpan(0.1, 1.005, 1.005),
    here: openSpan(0, 1.05, 1 + FLOAT_DOUBT),
  };
}

/** How wrong a notional may be, as a share of it, with room to spare. */
const FLOAT_DOUBT = 1e-8;

/** @param top what a price is at most, without its radius. */
function openSpan(radiusMax: number, spareFactor: number, top: number): Span {
  return {
    radiusMax,
    spareFactor,
    gain: new Float64Array(CODES_MAX),
    top: new Float64Array(CODES_MAX).fill(top),
    stretch: new Float64Array(CODES_MAX).fill(1),
  };
}

/** Adds a contract, or gives a known one other terms. Who holds it has to be looked at again: that is the book's business. */
export function putInstrument(market: MarketColumns, instrument: Instrument): Result<number> {
  const { id, tiers } = instrument;
  if (tiers.length === 0 || tiers.length > TIERS_MAX)
    return fail(`${id} has ${tiers.length} tiers; 1 to ${TIERS_MAX} fit`);
  const code = market.codes.get(id) ?? market.instruments.length;
  if (code >= CODES_MAX) return fail(`${id}: ${CODES_MAX} contracts fit`);
  market.codes.set(id, code);
  market.instruments[code] = instrument;
  market.tickSize[code] = instrument.tickSize.toNumber();
  market.perLot[code] = instrument.lotSize.times(instrument.contractSize).toNumber();
  market.linear[code] = instrument.kind === 'linear' ? 1 : 0;
  market.base[code] = coinCodeOf(market, instrument.base);
  market.settle[code] = coinCodeOf(market, instrument.settle);
  putTiers(market, code, instrument);
  const base = market.base[code] ?? 0;
  if (market.daily[base] !== market.daily[base]) {
    market.daily[base] = instrument.dailyVolatility;
    market.wildest[base] = instrument.dailyVolatility;
    setScale(market, base, instrument.dailyVolatility);
  }
  return ok(code);
}

function putTiers(market: MarketColumns, code: number, { tiers }: Instrument): void {
  tiers.forEach((tier, row) => {
    const at = code * TIER_STRIDE + row * TIER_FIELDS;
    const isLast = row === tiers.length - 1;
    const cap = tier.notionalCap.toNumber();
    market.tiers[at] = isLast ? Infinity : cap;
    market.tiers[at + 1] = tier.maintenanceMarginRate.toNumber();
    market.tiers[at + 2] = tier.maintenanceDeduction.toNumber();
    if (!isLast) return;
    market.lastCap[code] = cap;
    market.lastRate[code] = market.tiers[at + 1] ?? 0;
  });
  market.bends[code] = tiers.every(followsFrom) && (market.lastRate[code] ?? 1) < 1 ? 1 : 0;
}

/** No jump of maintenance is seen beside what floats may be wrong by (BO1). */
const JUMP_SHARE = 1e-10;

/** Whether maintenance at its floor is what the tier before says there. */
function followsFrom(tier: RiskTier, row: number, tiers: readonly RiskTier[]): boolean {
  const before = tiers[row - 1];
  const own = tier.maintenanceDeduction;
  if (before === undefined) return own.isZero();
  const steeper = tier.maintenanceMarginRate.minus(before.maintenanceMarginRate);
  const bent = before.maintenanceDeduction.plus(before.notionalCap.times(steeper));
  return bent.minus(own).abs().lte(bent.times(JUMP_SHARE));
}

/** The code of a coin or of another asset, given on first sight. */
export function coinCodeOf(market: MarketColumns, coin: AssetId): number {
  const known = market.coinCodes.get(coin);
  if (known !== undefined) return known;
  const code = market.coins.length;
  assert(code < CODES_MAX, 'no more coins than codes');
  market.coins.push(coin);
  market.coinCodes.set(coin, code);
  setScale(market, code, PAR_SCALE);
  return code;
}

function setScale(market: MarketColumns, coin: number, scale: number): void {
  market.scale[coin] = scale;
  for (const { radiusMax, spareFactor, gain, top, stretch } of [market.far, market.near]) {
    const reach = radiusMax * scale;
    gain[coin] = Math.expm1(reach) / radiusMax;
    top[coin] = Math.exp(reach) * spareFactor;
    stretch[coin] = (gain[coin] ?? 0) / scale;
  }
}

/** A new mark, in ticks; NaN for none. */
export function setMark(market: MarketColumns, code: number, ticks: number): void {
  market.ticks[code] = ticks;
  market.price[code] = ticks * (market.tickSize[code] ?? Number.NaN);
}

/** What an asset counts for; undefined for nothing known. */
export function setAssetPrice(
  market: MarketColumns,
  asset: AssetId,
  price: AssetPrice | undefined,
): number {
  const coin = coinCodeOf(market, asset);
  if (price === undefined) market.assetPrices.delete(asset);
  else market.assetPrices.set(asset, price);
  market.usd[coin] = price?.index.toNumber() ?? Number.NaN;
  return coin;
}

/** The contract of a code that a position names. */
export function instrumentOf({ instruments }: MarketColumns, code: number): Instrument {
  const instrument = instruments[code];
  assert(instrument !== undefined, 'a position is in a known contract');
  return instrument;
}

/** The asset of a code that a wallet names. */
export function coinOf({ coins }: MarketColumns, code: number): AssetId {
  const coin = coins[code];
  assert(coin !== undefined, 'a wallet is in a known asset');
  return coin;
}

/** The smallest scale of all coins that contracts are on. */
export function calmestScale({ scale, base, instruments }: MarketColumns): number {
  let calmest = Infinity;
  for (let code = 0; code < instruments.length; code += 1)
    calmest = Math.min(calmest, scale[base[code] ?? 0] ?? Infinity);
  return calmest;
}
