/** One sweep over a whole book in the order of memory: sums as floats, which decide nothing. */
import { CODES_MAX, TIER_FIELDS, TIER_STRIDE } from './market-columns.ts';
import { MULTI } from './pool-columns.ts';
import { type Book } from './book.ts';

/** Coins of one pool, each as often as it comes: no more than positions and wallets have room for. */
const ROWS_MAX = 65_536 + 256;

/** What all pools come to at the marks. */
export interface SweepSums {
  /** Pools whose equity is below their maintenance. */
  below: number;
  /** In USD; pools of assets without a price are left out. */
  equity: number;
  maintenance: number;
}

const WORD = 4_294_967_296;
const MONEY_UNIT = 1e-8;

/** Sums of every pool at the marks. The loop is one piece for speed: five million rows, some nanoseconds each. */
export function sweep(book: Book): SweepSums {
  const sums = { below: 0, equity: 0, maintenance: 0 };
  const assets = openAssets();
  const { pools, market } = book;
  const { kind, firstPosition, positionCount, instrument, lots, openWords } = pools;
  const { firstWallet, coin, amountWords, end } = pools;
  const { price, perLot, linear, tiers, usd } = market;
  for (let slot = 0; slot < end; slot += 1) {
    if (kind[slot] === 0) continue;
    if (kind[slot] === MULTI) {
      sweepMulti(book, slot, assets, sums);
      continue;
    }
    const wallet = firstWallet[slot] ?? 0;
    let equity =
      ((amountWords[2 * wallet + 1] ?? 0) * WORD + ((amountWords[2 * wallet] ?? 0) >>> 0)) *
      MONEY_UNIT;
    let maintenance = 0;
    const first = firstPosition[slot] ?? 0;
    const last = first + (positionCount[slot] ?? 0);
    for (let row = first; row < last; row += 1) {
      const code = instrument[row] ?? 0;
      const size = (lots[row] ?? 0) * (perLot[code] ?? 0);
      const at = price[code] ?? 0;
      const worth = linear[code] === 1 ? size * at : -size / at;
      const open = (openWords[2 * row + 1] ?? 0) * WORD + ((openWords[2 * row] ?? 0) >>> 0);
      const notional = Math.abs(worth);
      let tier = code * TIER_STRIDE;
      while (notional > (tiers[tier] ?? 0)) tier += TIER_FIELDS;
      equity += worth - open * MONEY_UNIT;
      maintenance += notional * (tiers[tier + 1] ?? 0) - (tiers[tier + 2] ?? 0);
    }
    if (equity < maintenance) sums.below += 1;
    const worth = usd[coin[wallet] ?? 0] ?? 0;
    if (!(worth > 0)) continue;
    sums.equity += equity * worth;
    sums.maintenance += maintenance * worth;
  }
  return sums;
}

/** By coin: what the pool at hand holds and has to hold of it; zero between pools. */
interface Assets {
  readonly held: Float64Array;
  readonly needed: Float64Array;
  /** Coins that the pool has to do with. */
  readonly coins: Int32Array;
  count: number;
}

function openAssets(): Assets {
  return {
    held: new Float64Array(CODES_MAX),
    needed: new Float64Array(CODES_MAX),
    coins: new Int32Array(ROWS_MAX),
    count: 0,
  };
}

/** A pool in USD: each asset at its price, what is positive less its haircut. */
function sweepMulti({ pools, market }: Book, slot: number, assets: Assets, sums: SweepSums): void {
  const { held, needed, coins } = assets;
  const { instrument, lots, openWords, firstWallet, walletCount, coin, amountWords } = pools;
  const { price, perLot, linear, tiers, settle, usd, weight } = market;
  assets.count = 0;
  const wallets = (firstWallet[slot] ?? 0) + (walletCount[slot] ?? 0);
  for (let row = firstWallet[slot] ?? 0; row < wallets; row += 1) {
    const of = coin[row] ?? 0;
    held[of] =
      (held[of] ?? 0) +
      ((amountWords[2 * row + 1] ?? 0) * WORD + ((amountWords[2 * row] ?? 0) >>> 0)) * MONEY_UNIT;
    coins[assets.count] = of;
    assets.count += 1;
  }
  const first = pools.firstPosition[slot] ?? 0;
  const last = first + (pools.positionCount[slot] ?? 0);
  for (let row = first; row < last; row += 1) {
    const code = instrument[row] ?? 0;
    const size = (lots[row] ?? 0) * (perLot[code] ?? 0);
    const at = price[code] ?? 0;
    const worth = linear[code] === 1 ? size * at : -size / at;
    const open = (openWords[2 * row + 1] ?? 0) * WORD + ((openWords[2 * row] ?? 0) >>> 0);
    const notional = Math.abs(worth);
    let tier = code * TIER_STRIDE;
    while (notional > (tiers[tier] ?? 0)) tier += TIER_FIELDS;
    const of = settle[code] ?? 0;
    if (needed[of] === 0) {
      coins[assets.count] = of;
      assets.count += 1;
    }
    held[of] = (held[of] ?? 0) + (worth - open * MONEY_UNIT);
    needed[of] = (needed[of] ?? 0) + notional * (tiers[tier + 1] ?? 0) - (tiers[tier + 2] ?? 0);
  }
  let equity = 0;
  let maintenance = 0;
  for (let at = 0; at < assets.count; at += 1) {
    const of = coins[at] ?? 0;
    const own = held[of] ?? 0;
    const must = needed[of] ?? 0;
    held[of] = 0;
    needed[of] = 0;
    if (own === 0 && must === 0) continue;
    const worth = usd[of] ?? 0;
    equity += own * worth * (own > 0 ? (weight[of] ?? 1) : 1);
    maintenance += must * worth;
  }
  if (equity < maintenance) sums.below += 1;
  sums.equity += equity;
  sums.maintenance += maintenance;
}
