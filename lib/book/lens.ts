/**
 * One pool under the lens: its rows gathered from the columns. The loops here and in excess.ts are
 * longer than the house likes and write into columns of their own: they run millions of times a second, and nothing may be
 * allocated in them.
 */
import { assert } from '../contract.ts';
import { CODES_MAX, type MarketColumns, type Span } from './market-columns.ts';
import { MULTI, type PoolColumns } from './pool-columns.ts';

const MONEY_UNIT = 1e-8;
const WORD = 4_294_967_296;

/** As many as `evaluate` finds. */
const FIGURES = 6;
/** As many as `weigh` finds of a leg. */
export const LEG_FIGURES = 8;

/** Where the excess of a lone position ends: see lone.ts. */
export interface LoneEnd {
  /** Log move to liquidation, the way that hurts: surely no less, surely no more. Below zero: it is past that. */
  near: number;
  far: number;
  /** Scales by which its value may grow below the last tier's cap. Not above zero: there are no figures. */
  growth: number;
  isLong: boolean;
  /** At the mark, and how wrong both may be. */
  equity: number;
  maintenance: number;
  doubt: number;
}

/** The pool at hand and what was worked out of it, until the next `focus`. */
export interface Lens {
  readonly market: MarketColumns;
  /** How far bounds are taken. */
  span: Span;
  /** Whether the margin ratio counts, and the least share of equity that requirements are held against. */
  countsRatio: boolean;
  /** What a rise by a radius gains a price at most, as a multiple of what a fall takes. */
  stretch: number;
  leastShare: number;
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
  /** By leg: the next one on its coin, -1 after the last. */
  nextOnCoin: Int32Array;
  /** By leg at the marks: what `weigh` finds of it, `LEG_FIGURES` each. */
  atMarks: Float64Array;
  /** Of the leg that was weighed last. */
  readonly leg: Float64Array;
  /** By asset. */
  readonly asset: Int32Array;
  readonly wallet: Float64Array;
  readonly own: Float64Array;
  readonly required: Float64Array;
  readonly touched: Float64Array;
  readonly rowsOf: Float64Array;
  /** By asset: what a fall of all bases by a unit of radius takes at most, and a rise. */
  readonly falls: Float64Array;
  readonly rises: Float64Array;
  /** By asset: by how much a log move of all bases changes what is held and required together, at most. */
  readonly reaches: Float64Array;
  /** By asset: `own`, `required`, `touched`, `falls`, `rises`, `reaches` at the marks. */
  readonly assetMarks: Float64Array;
  /** See joint.ts. */
  readonly flips: Float64Array;
  /** By place: coin code of a base, its first and last leg, and which moves of it alone can hurt. */
  coin: Int32Array;
  firstLeg: Int32Array;
  lastLeg: Int32Array;
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
  readonly lone: LoneEnd;
}

const ASSETS_MAX = 256;
/** As many as `assetMarks` keeps of an asset. */
export const ASSET_FIGURES = 6;
const LEGS_AT_FIRST = 16;

/** On no pool yet. */
export function openLens(market: MarketColumns): Lens {
  const asset = (): Float64Array => new Float64Array(ASSETS_MAX);
  return {
    market,
    span: market.far,
    countsRatio: false,
    stretch: 1,
    leastShare: 1,
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
    rowsOf: asset(),
    falls: asset(),
    rises: asset(),
    reaches: asset(),
    assetMarks: new Float64Array(ASSETS_MAX * ASSET_FIGURES),
    flips: asset(),
    leg: new Float64Array(LEG_FIGURES),
    factor: new Float64Array(CODES_MAX).fill(1),
    placeOf: new Int32Array(CODES_MAX).fill(-1),
    figures: new Float64Array(FIGURES),
    marks: new Float64Array(FIGURES),
    lone: { near: 0, far: 0, growth: 0, isLong: true, equity: 0, maintenance: 0, doubt: 0 },
  };
}

function rowsFor(legs: number) {
  return {
    code: new Int32Array(legs),
    size: new Float64Array(legs),
    open: new Float64Array(legs),
    assetOf: new Int32Array(legs),
    coinOf: new Int32Array(legs),
    // The leg after the last is never paired.
    paired: new Uint8Array(legs + 1),
    nextOnCoin: new Int32Array(legs),
    atMarks: new Float64Array(legs * LEG_FIGURES),
    coin: new Int32Array(legs),
    firstLeg: new Int32Array(legs),
    lastLeg: new Int32Array(legs),
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
      lens.firstLeg[place] = leg;
      const counts = lens.multi ? 1 : 0;
      lens.hurtsDown[place] = counts;
      lens.hurtsUp[place] = counts;
      lens.coins += 1;
    } else lens.nextOnCoin[lens.lastLeg[place] ?? 0] = leg;
    lens.lastLeg[place] = leg;
    lens.nextOnCoin[leg] = -1;
    if (size > 0) lens.hurtsDown[place] = 1;
    else lens.hurtsUp[place] = 1;
  }
  lens.paired[legs] = 0;
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
