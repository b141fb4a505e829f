/** A funding stamp over a whole book, a part at a time, so that nothing has to wait for its end. */
import { fundingUnits } from '../market/funding.ts';
import { gridOf } from '../market/grid.ts';
import { lots, NO_UNITS, RATE_SCALE, ticks, type RateUnits } from '../units/scaled.ts';
import { type Book } from './book.ts';
import { callAll, goOnBy } from './terms.ts';
import { calmestScale, instrumentOf } from './market-columns.ts';

/** A stamp's rates by contract code; none where there is no funding. */
export type StampRates = ReadonlyMap<number, RateUnits>;

/** Each payment is rounded by half a unit; after so many stamps without a look these could be seen beside a row's doubt. */
const STAMPS_UNSEEN = 32;

/**
 * [BO12] Lets the clock go on for a stamp that is about to be booked: what a pool pays is at most what a move of all prices by the
 * largest rate costs it at a limit, where its contracts may be worth less than at the marks. Called once, before `bookStamp`.
 */
export function beginStamp(book: Book, rates: StampRates): void {
  let largest = 0;
  for (const rate of rates.values())
    largest = Math.max(largest, Math.abs(Number(rate)) / Number(RATE_SCALE));
  const farthest = book.levels.reduce((most, { down }) => down.reduce(larger, most), 0);
  goOnBy(book, (largest * Math.exp(farthest)) / calmestScale(book.market));
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
  for (let slot = from; slot < end; slot += 1) bookPool(book, rates, slot);
  return end;
}

function bookPool({ pools, market }: Book, rates: StampRates, slot: number): void {
  const first = pools.firstPosition[slot] ?? 0;
  const last = first + (pools.positionCount[slot] ?? 0);
  for (let row = first; row < last; row += 1) {
    const code = pools.instrument[row] ?? 0;
    const rate = rates.get(code);
    if (rate === undefined || rate === 0n) continue;
    const grid = gridOf(instrumentOf(market, code));
    const markTicks = ticks(BigInt(market.ticks[code] ?? 0));
    const received = fundingUnits(grid, lots(BigInt(pools.lots[row] ?? 0)), { rate, markTicks });
    const wallet = walletRow(pools, slot, market.settle[code] ?? 0);
    if (wallet === undefined) continue;
    pools.amountUnits[wallet] = (pools.amountUnits[wallet] ?? NO_UNITS) + received;
  }
}

/** Where a pool keeps an asset; undefined where it has none of it: whoever books it there puts the pool's facts anew. */
function walletRow(pools: Book['pools'], slot: number, coin: number): number | undefined {
  const first = pools.firstWallet[slot] ?? 0;
  const last = first + (pools.walletCount[slot] ?? 0);
  for (let row = first; row < last; row += 1) if (pools.coin[row] === coin) return row;
  return undefined;
}
