/** A venue's book for the bench: its market, its population, its tape, and lib/margin for what only that can decide. */
import { advance, mark, openBook, type Book } from '#lib/book/book.ts';
import { settleNamed, type Judged } from '#lib/book/settle.ts';
import { factsOf, marketFacts } from '#lib/book/exact.ts';
import { coinCodeOf } from '#lib/book/market-columns.ts';
import { listInstrument, priceAsset } from '#lib/book/market-terms.ts';
import { checkRoom } from '#lib/book/pool-columns.ts';
import { assert } from '#lib/contract.ts';
import { severityOf } from '#lib/engine/alert-row.ts';
import { levelsNumber } from '#lib/engine/book-sync.ts';
import { type Volatilities } from '#lib/engine/distance-reading.ts';
import { DEFAULT_LEVELS } from '#lib/engine/levels.ts';
import { readExactly } from '#lib/engine/pool-reading.ts';
import { type Market } from '#lib/margin/account.ts';
import {
  bookMarket,
  bookTape,
  type BookMarket,
  type BookTape,
  type MarketMood,
} from '#lib/sim/book-market.ts';
import { populate, type Population } from '#lib/sim/book-population.ts';
import { accountId, assetId, poolId } from '#lib/units/ids.ts';
import { price, rate } from '#lib/units/money.ts';
import { timestampMs } from '#lib/units/time.ts';

export const SEED = '1';
const CONTRACTS = 300;
const POOLS_EACH = 2;
const POSITIONS_EACH = 5;
/** Pools that other terms call at each update. */
const PACE_POOLS = 10_000;
const NOW = timestampMs(1_700_000_000_000);
const COIN_WEIGHT = rate('0.9');

export interface VenueBook {
  readonly book: Book;
  readonly market: BookMarket;
  readonly tape: BookTape;
  readonly population: Population;
  /** Of all its columns. */
  readonly bytes: number;
  changes: number;
}

/** The book with every pool in the state that it begins in. */
export function openVenueBook(mood: MarketMood, accounts: number): VenueBook {
  const room = checkRoom({
    accounts,
    poolsEach: POOLS_EACH,
    positionsEach: POSITIONS_EACH,
    bytes: process.availableMemory(),
  });
  assert(room.ok, room.ok ? '' : room.error);
  const market = bookMarket(SEED, CONTRACTS);
  const book = openBook({
    pools: Math.ceil(accounts * POOLS_EACH),
    positions: Math.ceil(accounts * POSITIONS_EACH),
    pace: PACE_POOLS,
  });
  for (const instrument of market.instruments)
    assert(listInstrument(book, instrument).ok, 'it fits');
  const venue = { book, market, tape: bookTape(SEED, market, mood), changes: 0 };
  setMarks(venue, Float64Array.from(market.firstTicks));
  const population = populate({
    seed: SEED,
    accounts,
    book,
    market,
    mood,
    levels: levelsNumber(book, DEFAULT_LEVELS),
    dollar: coinCodeOf(book.market, assetId('USDT')),
    onPool: () => undefined,
  });
  const opened: VenueBook = { ...venue, population, bytes: bytesOf(book) };
  decide(opened);
  opened.changes = 0;
  return opened;
}

/** Of every typed array that a book has, each buffer once. */
function bytesOf(book: Book): number {
  const parts = [book, book.market, book.pools, book.due, book.clock, book.terms, ...book.levels];
  const buffers = new Set(
    parts.flatMap((part) =>
      Object.values(part).flatMap((value: unknown) =>
        ArrayBuffer.isView(value) ? [value.buffer] : [],
      ),
    ),
  );
  return [...buffers].reduce((sum, { byteLength }) => sum + byteLength, 0);
}

function setMarks({ book, market }: Pick<VenueBook, 'book' | 'market'>, ticks: Float64Array): void {
  for (let code = 0; code < ticks.length; code += 1) mark(book, code, ticks[code] ?? Number.NaN);
  if (book.market.assetPrices.size === 0) count(book, 'USDT', '1');
  market.instruments.forEach(({ kind, base }, code) => {
    if (kind === 'linear') count(book, base, (book.market.price[code] ?? 0).toFixed(8));
  });
}

function count(book: Book, asset: string, usd: string): void {
  const index = price(usd);
  const collateralWeight = asset === 'USDT' ? rate(1) : COIN_WEIGHT;
  priceAsset(book, assetId(asset), { index, bid: index, ask: index, collateralWeight });
}

/** One update of the market: every change of state found and decided. */
export function update(venue: VenueBook, ticks: Float64Array): void {
  setMarks(venue, ticks);
  decide(venue);
}

export function decide(venue: VenueBook): void {
  const { book } = venue;
  let market: Market | undefined;
  advance(book);
  settleNamed(book, {
    exactly: (slot) => readByMargin(book, slot, (market ??= marketFacts(book.market, NOW))),
    onChange: () => {
      venue.changes += 1;
    },
  });
}

/** What lib/margin and the levels say of one pool: the decimal baseline too. */
export function readByMargin(book: Book, slot: number, market: Market): Judged | undefined {
  const volatility = volatilitiesOf(book);
  const facts = factsOf(book, slot, poolId(`${slot}`));
  const { health, reading } = readExactly(
    { market, volatility, rules: new Map(), now: NOW },
    { facts, account: accountId('A') },
    false,
  );
  if (reading === 'unknown') return undefined;
  const breached = health.status === 'liquidatable' || health.status === 'bankrupt';
  if (breached) return { enter: 4, stay: 4 };
  return { enter: severityOf(reading.worstEnter), stay: severityOf(reading.worstStay) };
}

function volatilitiesOf({ market }: Book): Volatilities {
  const byCoin = (column: Float64Array): ReadonlyMap<string, number> =>
    new Map(market.coins.map((coin, code) => [coin, column[code] ?? Number.NaN]));
  return { daily: byCoin(market.daily), wildest: byCoin(market.wildest) };
}
