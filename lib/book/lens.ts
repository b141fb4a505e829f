/**
 * One pool under the lens: its rows gathered from the columns, and what its excess is at any prices (SPEC BO1 to BO3). The loops are
 * longer than the house likes and write into columns of their own: they run millions of times a second, and nothing may be
 * allocated in them.
 */
import { assert } from '../contract.ts';
import { CODES_MAX, TIER_FIELDS, TIER_STRIDE, type MarketColumns } from './market-columns.ts';
import { MULTI, type PoolColumns } from './pool-columns.ts';

/** [BO1] Share of the gross amounts, and money a row, that a float sum may be wrong by at most. */
export const DOUBT_SHARE = 1e-9;
export const DOUBT_MONEY = 1e-6;
const MONEY_UNIT = 1e-8;
const WORD = 4_294_967_296;

/** What `evaluate` found, in this order. */
const FIGURES = 5;

export interface Lens {
  readonly market: MarketColumns;
  multi: boolean;
  legs: number;
  assets: number;
  /** Different bases among the legs. */
  coins: number;
  /** By leg, sorted by contract. */
  code: Int32Array;
  size: Float64Array;
  open: Float64Array;
  /** By leg: its asset's place in the lens, its base's coin code, whether the leg before is on the same contract. */
  assetOf: Int32Array;
  coinOf: Int32Array;
  paired: Uint8Array;
  /**
   * By leg at the marks: value, its tier's rate, the largest rate inside any radius, maintenance, and by how much equity and
   * maintenance change per unit of a log move at most.
   */
  value: Float64Array;
  rate: Float64Array;
  rateTop: Float64Array;
  cost: Float64Array;
  moves: Float64Array;
  /** By asset. */
  readonly asset: Int32Array;
  readonly wallet: Float64Array;
  readonly own: Float64Array;
  readonly required: Float64Array;
  readonly touched: Float64Array;
  readonly slope: Float64Array;
  readonly rowsOf: Float64Array;
  /** See joint.ts. */
  readonly flips: Float64Array;
  /** By place: coin code of a base, and which moves of it alone can hurt. */
  coin: Int32Array;
  hurtsDown: Uint8Array;
  hurtsUp: Uint8Array;
  /** By place, see joint.ts: what the coin is worth to the excess, by how much that may change inside a radius. */
  exposure: Float64Array;
  exposureSlope: Float64Array;
  exposureJump: Float64Array;
  exposureReach: Float64Array;
  /** By coin code: factor of all its prices in a thought experiment, 1 at the marks. */
  readonly factor: Float64Array;
  /** By coin code: place among the coins of the lens, -1 outside. */
  readonly placeOf: Int32Array;
  readonly figures: Float64Array;
  /** The figures at the marks. */
  readonly marks: Float64Array;
}

const ASSETS_MAX = 256;
const LEGS_AT_FIRST = 16;

export function openLens(market: MarketColumns): Lens {
  const asset = (): Float64Array => new Float64Array(ASSETS_MAX);
  return {
    market,
    multi: false,
    legs: 0,
    assets: 0,
    coins: 0,
    ...rowsFor(LEGS_AT_FIRST),
    asset: new Int32Array(ASSETS_MAX),
    wallet: asset(),
    own: asset(),
    required: asset(),
    touched: asset(),
    slope: asset(),
    rowsOf: asset(),
    flips: asset(),
    factor: new Float64Array(CODES_MAX).fill(1),
    placeOf: new Int32Array(CODES_MAX).fill(-1),
    figures: new Float64Array(FIGURES),
    marks: new Float64Array(FIGURES),
  };
}

function rowsFor(legs: number) {
  return {
    code: new Int32Array(legs),
    size: new Float64Array(legs),
    open: new Float64Array(legs),
    assetOf: new Int32Array(legs),
    coinOf: new Int32Array(legs),
    paired: new Uint8Array(legs),
    value: new Float64Array(legs),
    rate: new Float64Array(legs),
    rateTop: new Float64Array(legs),
    cost: new Float64Array(legs),
    moves: new Float64Array(legs),
    coin: new Int32Array(legs),
    hurtsDown: new Uint8Array(legs),
    hurtsUp: new Uint8Array(legs),
    exposure: new Float64Array(legs),
    exposureSlope: new Float64Array(legs),
    exposureJump: new Float64Array(legs),
    exposureReach: new Float64Array(legs),
  };
}

/** Gathers a pool's rows. */
export function focus(lens: Lens, pools: PoolColumns, slot: number): void {
  const { market, placeOf } = lens;
  const { base, settle, perLot } = market;
  for (let place = 0; place < lens.coins; place += 1) placeOf[lens.coin[place] ?? 0] = -1;
  const legs = pools.positionCount[slot] ?? 0;
  if (legs > lens.code.length) Object.assign(lens, rowsFor(legs * 2));
  lens.coins = 0;
  lens.legs = legs;
  lens.multi = pools.kind[slot] === MULTI;
  focusWallets(lens, pools, slot);
  const first = pools.firstPosition[slot] ?? 0;
  const { instrument, lots, openWords } = pools;
  for (let leg = 0; leg < legs; leg += 1) {
    const row = first + leg;
    const code = instrument[row] ?? 0;
    const size = (lots[row] ?? 0) * (perLot[code] ?? 0);
    lens.code[leg] = code;
    lens.size[leg] = size;
    lens.open[leg] =
      ((openWords[2 * row + 1] ?? 0) * WORD + ((openWords[2 * row] ?? 0) >>> 0)) * MONEY_UNIT;
    lens.assetOf[leg] = lens.multi ? assetPlaceOf(lens, settle[code] ?? 0) : 0;
    lens.paired[leg] = leg > 0 && lens.code[leg - 1] === code ? 1 : 0;
    const coin = base[code] ?? 0;
    lens.coinOf[leg] = coin;
    let place = placeOf[coin] ?? -1;
    if (place < 0) {
      place = lens.coins;
      placeOf[coin] = place;
      lens.coin[place] = coin;
      const counts = lens.multi ? 1 : 0;
      lens.hurtsDown[place] = counts;
      lens.hurtsUp[place] = counts;
      lens.coins += 1;
    }
    if (size > 0) lens.hurtsDown[place] = 1;
    else lens.hurtsUp[place] = 1;
  }
}

function focusWallets(lens: Lens, pools: PoolColumns, slot: number): void {
  const count = pools.walletCount[slot] ?? 0;
  const first = pools.firstWallet[slot] ?? 0;
  const { amountWords, coin } = pools;
  lens.assets = count;
  for (let place = 0; place < count; place += 1) {
    const row = first + place;
    lens.asset[place] = coin[row] ?? 0;
    lens.wallet[place] =
      ((amountWords[2 * row + 1] ?? 0) * WORD + ((amountWords[2 * row] ?? 0) >>> 0)) * MONEY_UNIT;
  }
}

/** Place of an asset among the pool's, which it joins without a wallet. */
function assetPlaceOf(lens: Lens, coin: number): number {
  for (let place = 0; place < lens.assets; place += 1) if (lens.asset[place] === coin) return place;
  assert(lens.assets < ASSETS_MAX, 'no pool has so many assets');
  lens.asset[lens.assets] = coin;
  lens.wallet[lens.assets] = 0;
  lens.assets += 1;
  return lens.assets - 1;
}

/** Excess, maintenance and equity in the pool's unit; how wrong the excess may be; by how much a unit of radius may change it. */
export const EQUITY = 0;
export const MAINTENANCE = 1;
export const DOUBT = 2;
/** Change of equity and maintenance together per unit of radius, at most. */
export const SLOPE = 3;
/** The same per unit of a log move that all prices make. */
export const REACH = 4;

/**
 * Works the pool's figures out with every coin's prices multiplied by its factor. NaN wherever a price is missing, and so neither
 * surely safe nor surely breached.
 * @param atMarks every factor is 1: what was found of each leg is kept.
 */
export function evaluate(lens: Lens, atMarks: boolean): void {
  const { market, legs, assets, code, size, open, assetOf, coinOf, factor } = lens;
  const { own, required, touched, slope, rowsOf, value, rate, rateTop, paired } = lens;
  const { price, linear, tiers, gain, top } = market;
  for (let place = 0; place < assets; place += 1) {
    const wallet = lens.wallet[place] ?? 0;
    own[place] = wallet;
    touched[place] = Math.abs(wallet);
    required[place] = 0;
    slope[place] = 0;
    rowsOf[place] = 1;
  }
  let before = 0;
  let reach = 0;
  for (let leg = 0; leg < legs; leg += 1) {
    const place = assetOf[leg] ?? 0;
    const contract = code[leg] ?? 0;
    const coin = coinOf[leg] ?? 0;
    const at = (price[contract] ?? 0) * (factor[coin] ?? 1);
    const units = size[leg] ?? 0;
    const worth = linear[contract] === 1 ? units * at : -units / at;
    const notional = Math.abs(worth);
    let tier = contract * TIER_STRIDE;
    while (notional > (tiers[tier] ?? 0)) tier += TIER_FIELDS;
    const tierRate = tiers[tier + 1] ?? 0;
    const cost = notional * tierRate - (tiers[tier + 2] ?? 0);
    const most = notional * (top[coin] ?? 1);
    while (most > (tiers[tier] ?? 0)) tier += TIER_FIELDS;
    const topRate = tiers[tier + 1] ?? 0;
    // Legs on one contract move together: what counts is their net value.
    const net = paired[leg] === 1 ? Math.abs(before + worth) - Math.abs(before) : notional;
    before = paired[leg] === 1 ? before + worth : worth;
    const moves = net + topRate * notional;
    const entry = open[leg] ?? 0;
    own[place] = (own[place] ?? 0) + (worth - entry);
    required[place] = (required[place] ?? 0) + cost;
    touched[place] = (touched[place] ?? 0) + notional + Math.abs(entry);
    slope[place] = (slope[place] ?? 0) + moves * (gain[coin] ?? 0);
    rowsOf[place] = (rowsOf[place] ?? 0) + 1;
    reach += moves;
    if (!atMarks) continue;
    value[leg] = worth;
    rate[leg] = tierRate;
    rateTop[leg] = topRate;
    lens.cost[leg] = cost;
    lens.moves[leg] = moves;
  }
  total(lens, reach);
  if (atMarks) lens.marks.set(lens.figures);
}

/** The figures with one coin's prices multiplied, after they were worked out at the marks. */
export function evaluateOne(lens: Lens, coin: number, times: number): void {
  if (lens.multi) {
    lens.factor[coin] = times;
    evaluate(lens, false);
    lens.factor[coin] = 1;
    return;
  }
  const { market, legs, code, size, coinOf, value, cost, moves, paired, marks, figures } = lens;
  const { price, linear, tiers } = market;
  const top = market.top[coin] ?? 1;
  let equity = 0;
  let maintenance = 0;
  let gross = 0;
  let reach = 0;
  let before = 0;
  for (let leg = 0; leg < legs; leg += 1) {
    if (coinOf[leg] !== coin) continue;
    const contract = code[leg] ?? 0;
    const at = (price[contract] ?? 0) * times;
    const units = size[leg] ?? 0;
    const worth = linear[contract] === 1 ? units * at : -units / at;
    const notional = Math.abs(worth);
    let tier = contract * TIER_STRIDE;
    while (notional > (tiers[tier] ?? 0)) tier += TIER_FIELDS;
    const there = notional * (tiers[tier + 1] ?? 0) - (tiers[tier + 2] ?? 0);
    const most = notional * top;
    while (most > (tiers[tier] ?? 0)) tier += TIER_FIELDS;
    const net = paired[leg] === 1 ? Math.abs(before + worth) - Math.abs(before) : notional;
    before = paired[leg] === 1 ? before + worth : worth;
    equity += worth - (value[leg] ?? 0);
    maintenance += there - (cost[leg] ?? 0);
    gross += Math.abs(worth - (value[leg] ?? 0));
    reach += net + (tiers[tier + 1] ?? 0) * notional - (moves[leg] ?? 0);
  }
  figures[EQUITY] = (marks[EQUITY] ?? 0) + equity;
  figures[MAINTENANCE] = (marks[MAINTENANCE] ?? 0) + maintenance;
  figures[DOUBT] = (marks[DOUBT] ?? 0) + gross * DOUBT_SHARE;
  figures[SLOPE] = (marks[SLOPE] ?? 0) + reach * (market.gain[coin] ?? 0);
  figures[REACH] = (marks[REACH] ?? 0) + reach;
}

function total(lens: Lens, reach: number): void {
  const { own, required, touched, slope, rowsOf, figures } = lens;
  if (lens.multi) {
    totalInUsd(lens);
    return;
  }
  figures[EQUITY] = own[0] ?? 0;
  figures[MAINTENANCE] = required[0] ?? 0;
  figures[DOUBT] = (touched[0] ?? 0) * DOUBT_SHARE + (rowsOf[0] ?? 0) * DOUBT_MONEY;
  figures[SLOPE] = slope[0] ?? 0;
  figures[REACH] = reach;
}

function totalInUsd(lens: Lens): void {
  const { market, own, required, touched, slope, rowsOf, asset, factor, figures } = lens;
  const { usd, weight, gain, top } = market;
  figures.fill(0);
  for (let place = 0; place < lens.assets; place += 1) {
    const coin = asset[place] ?? 0;
    const held = own[place] ?? 0;
    const needed = required[place] ?? 0;
    if (held === 0 && needed === 0 && (rowsOf[place] ?? 0) === 1) continue;
    const worth = (usd[coin] ?? 0) * (factor[coin] ?? 1);
    const gross = worth * (Math.abs(held) + needed);
    figures[EQUITY] = (figures[EQUITY] ?? 0) + held * worth * (held > 0 ? (weight[coin] ?? 1) : 1);
    figures[MAINTENANCE] = (figures[MAINTENANCE] ?? 0) + needed * worth;
    figures[DOUBT] =
      (figures[DOUBT] ?? 0) +
      (touched[place] ?? 0) * worth * DOUBT_SHARE +
      (rowsOf[place] ?? 0) * DOUBT_MONEY * Math.max(1, worth);
    const legSlope = (slope[place] ?? 0) * worth * (top[coin] ?? 1);
    figures[SLOPE] = (figures[SLOPE] ?? 0) + legSlope + gross * (gain[coin] ?? 0);
    figures[REACH] =
      (figures[REACH] ?? 0) + (legSlope + gross * (gain[coin] ?? 0)) / smallestGain(lens);
  }
}

/** The calmest coin's: what a joint log move is worth at most in units of radius. */
function smallestGain({ market, coins, coin }: Lens): number {
  let smallest = Infinity;
  for (let place = 0; place < coins; place += 1)
    smallest = Math.min(smallest, market.gain[coin[place] ?? 0] ?? Number.NaN);
  return smallest;
}
