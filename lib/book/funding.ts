/** A funding stamp over a whole book, a part at a time, so that nothing has to wait for its end. */
import { assert } from '../contract.ts';
import { fundingUnits } from '../market/funding.ts';
import { gridOf } from '../market/grid.ts';
import { lots, NO_UNITS, RATE_SCALE, ticks, type RateUnits } from '../units/scaled.ts';
import { type Book } from './book.ts';
import { callAll, owe } from './terms.ts';
import { instrumentOf, LONE_RADIUS_MAX, LONE_RATE_MAX } from './market-columns.ts';

const UNITS_OF_RATE = Number(RATE_SCALE);

/** A stamp's rates by contract code; none where there is no funding. */
export type StampRates = ReadonlyMap<number, RateUnits>;

/** Each payment is rounded by half a unit; after so many stamps without a look these could be seen beside a row's doubt. */
const STAMPS_UNSEEN = 32;

/**
 * [BO12] Lets coins go on for a stamp that is about to be booked: what a pool pays for a contract is at most what a move by its rate
 * costs at a limit, where it may be worth less than at the mark. Called once, before `bookStamp`.
 */
export function beginStamp(book: Book, rates: StampRates): void {
  const { market } = book;
  const farthest = book.levels.reduce((most, columns) => columns.farthest.reduce(larger, most), 0);
  const largest = new Map<number, number>();
  for (const [code, own] of rates) {
    const coin = market.base[code] ?? 0;
    largest.set(coin, Math.max(largest.get(coin) ?? 0, Math.abs(Number(own)) / UNITS_OF_RATE));
  }
  for (const [coin, most] of largest) {
    const scale = market.scale[coin] ?? Number.NaN;
    const lonely = Math.exp(LONE_RADIUS_MAX * scale) / (1 - LONE_RATE_MAX);
    owe(book, coin, (most * Math.exp(farthest) * lonely) / scale);
  }
  book.stamps += 1;
  if (book.stamps % STAMPS_UNSEEN === 0) callAll(book);
}

function larger(left: number, right: number): number {
  return right > left ? right : left;
}

/** Books a stamp for the pools from a slot on, at most so many. @returns the next slot; `book.pools.end` when it is done. */
export function bookStamp(book: Book, rates: StampRates, from: number, count: number): number {
  const { pools } = book;
  const end = Math.min(pools.end, from + count);
  const quick = quickTerms(book, rates);
  for (let slot = from; slot < end; slot += 1) bookPool(book, rates, quick, slot);
  return end;
}

/** Payments of one pool: rows that settle in one asset lie side by side mostly, and are put into its wallet together. */
function bookPool(book: Book, rates: StampRates, quick: QuickTerms, slot: number): void {
  const { pools, market } = book;
  const first = pools.firstPosition[slot] ?? 0;
  const last = first + (pools.positionCount[slot] ?? 0);
  let coin = -1;
  let sum = 0;
  for (let row = first; row < last; row += 1) {
    const code = pools.instrument[row] ?? 0;
    if (quick.rate[code] === 0) continue;
    const settle = market.settle[code] ?? 0;
    if (settle !== coin) {
      putIntoWallet(pools, slot, coin, BigInt(sum));
      coin = settle;
      sum = 0;
    }
    const received = receivedQuickly(quick, code, pools.lots[row] ?? 0);
    if (Math.abs(sum + received) < Number.MAX_SAFE_INTEGER) sum += received;
    else putIntoWallet(pools, slot, coin, receivedExactly(book, rates, row));
  }
  putIntoWallet(pools, slot, coin, BigInt(sum));
}

function receivedExactly({ pools, market }: Book, rates: StampRates, row: number): bigint {
  const code = pools.instrument[row] ?? 0;
  const rate = rates.get(code);
  if (rate === undefined) return NO_UNITS;
  const grid = gridOf(instrumentOf(market, code));
  const markTicks = ticks(BigInt(market.ticks[code] ?? 0));
  return fundingUnits(grid, lots(BigInt(pools.lots[row] ?? 0)), { rate, markTicks });
}

/** By contract: rate in 1e-12 (0 for none), and value of a lot at the mark in money units, exact where it is linear. */
interface QuickTerms {
  readonly rate: Float64Array;
  readonly perLot: Float64Array;
  readonly isLinear: Uint8Array;
}

function quickTerms({ market }: Book, rates: StampRates): QuickTerms {
  const rate = new Float64Array(market.instruments.length);
  const perLot = new Float64Array(market.instruments.length);
  for (const [code, own] of rates) {
    const { kind, numerator, denominator } = gridOf(instrumentOf(market, code));
    const count = market.ticks[code] ?? Number.NaN;
    rate[code] = Number(own);
    perLot[code] =
      kind === 'linear'
        ? Number(numerator) * count
        : Number(numerator) / (Number(denominator) * count);
  }
  return { rate, perLot, isLinear: market.linear };
}

/** A few roundings of a float, as a share of it. */
const ROUNDED_WITHIN = 1e-15;

/** As `fundingUnits`, where floats leave no doubt about any digit; NaN where they do. */
function receivedQuickly(
  { rate, perLot, isLinear }: QuickTerms,
  code: number,
  count: number,
): number {
  const own = rate[code] ?? 0;
  const worth = Math.abs(count) * (perLot[code] ?? 0);
  if (!(worth < Number.MAX_SAFE_INTEGER && (perLot[code] ?? 0) < Number.MAX_SAFE_INTEGER))
    return Number.NaN;
  const notional = isLinear[code] === 1 ? worth : cutSurely(worth);
  const amount = roundSurely((notional * Math.abs(own)) / UNITS_OF_RATE);
  return count > 0 === own > 0 ? -amount : amount;
}

function cutSurely(value: number): number {
  const doubt = value * ROUNDED_WITHIN;
  const whole = Math.floor(value);
  return value - whole > doubt && whole + 1 - value > doubt ? whole : Number.NaN;
}

function roundSurely(value: number): number {
  const beyond = Math.abs(value - Math.floor(value) - 0.5);
  return beyond > value * ROUNDED_WITHIN ? Math.round(value) : Number.NaN;
}

function putIntoWallet(pools: Book['pools'], slot: number, coin: number, units: bigint): void {
  if (units === NO_UNITS) return;
  const wallet = walletRow(pools, slot, coin);
  if (wallet === undefined) return;
  const amount = (pools.amountUnits[wallet] ?? NO_UNITS) + units;
  assert(BigInt.asIntN(64, amount) === amount, `${amount} units of money; they have 64 bits`);
  pools.amountUnits[wallet] = amount;
}

/** Where a pool keeps an asset; undefined where it has none of it: whoever books it there puts the pool's facts anew. */
function walletRow(pools: Book['pools'], slot: number, coin: number): number | undefined {
  const first = pools.firstWallet[slot] ?? 0;
  const last = first + (pools.walletCount[slot] ?? 0);
  for (let row = first; row < last; row += 1) if (pools.coin[row] === coin) return row;
  return undefined;
}
