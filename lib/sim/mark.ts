/**
 * How a mark is composed from what venues quote. Source: liquidation.md 1.3. Floats are allowed here (rulings D4): the engine sees
 * whole ticks only.
 */

/** Older quotes are dropped. */
export const SOURCE_AGE_MS_MAX = 10_000;
/** A source further than this from the median is an outlier. */
const OUTLIER_SHARE = 0.03;
/** What is left may pull the index no further than this from the median. */
const CLAMP_SHARE = 0.005;
/** With more outliers than this the sources disagree, and the median alone is trusted. */
const OUTLIERS_MAX = 1;
const BASIS_TIME_CONSTANT_MS = 150_000;
/** Largest distance of a mark from its index: BTC and ETH, then all others. */
const NARROW_BAND = 0.02;
const WIDE_BAND = 0.05;
const NARROW_BAND_COINS: ReadonlySet<string> = new Set(['BTC', 'ETH']);
/** Interest part of funding for one interval, and how far it may lie from the premium (Binance's general rule). */
const INTEREST_RATE = 0.0001;
const INTEREST_DAMPER = 0.0005;

export interface SourceQuote {
  readonly name: string;
  readonly price: number;
  /** Above zero. */
  readonly weight: number;
  readonly ageMs: number;
}

export interface ComposedIndex {
  readonly price: number;
  /** Sources that live and were believed. */
  readonly sources: number;
  /** Sources that live and were refused as outliers, by name, in the order given. */
  readonly rejected: readonly string[];
}

/** Speaks, and says a price. */
export function isLive(quote: SourceQuote): boolean {
  return quote.ageMs <= SOURCE_AGE_MS_MAX && quote.price > 0 && Number.isFinite(quote.price);
}

/** The lowest price at which half of the weight lies at or below: with under half of it nobody can move it past the others. */
function weightedMedian(quotes: readonly SourceQuote[]): number {
  const sorted = quotes.toSorted((a, b) => a.price - b.price);
  const total = sorted.reduce((sum, quote) => sum + quote.weight, 0);
  let below = 0;
  for (const quote of sorted) {
    below += quote.weight;
    if (2 * below >= total) return quote.price;
  }
  return Number.NaN;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

/** Sums in the order of price, so that the order of the sources cannot change the last bit of the answer. */
function clampedMean(quotes: readonly SourceQuote[], median: number): number {
  const low = median * (1 - CLAMP_SHARE);
  const high = median * (1 + CLAMP_SHARE);
  let weight = 0;
  let sum = 0;
  for (const quote of quotes.toSorted((a, b) => a.price - b.price || a.weight - b.weight)) {
    weight += quote.weight;
    sum += quote.weight * clamp(quote.price, low, high);
  }
  return sum / weight;
}

/** The index of several sources, or undefined when none lives. */
export function composeIndex(quotes: readonly SourceQuote[]): ComposedIndex | undefined {
  const live = quotes.filter(isLive);
  if (live.length === 0) return undefined;
  const median = weightedMedian(live);
  const believed = live.filter((quote) => Math.abs(quote.price / median - 1) <= OUTLIER_SHARE);
  const rejected = live.filter((quote) => !believed.includes(quote)).map(({ name }) => name);
  const price = rejected.length > OUTLIERS_MAX ? median : clampedMean(believed, median);
  return { price, sources: believed.length, rejected };
}

/** Running average of (mid - index) over irregular samples. `weightMs` is 0 before the first one. */
export interface BasisAverage {
  readonly weightedSum: number;
  readonly weightMs: number;
}

export function updateBasis(average: BasisAverage, basis: number, elapsedMs: number): BasisAverage {
  const keep = Math.exp(-elapsedMs / BASIS_TIME_CONSTANT_MS);
  return {
    weightedSum: average.weightedSum * keep + basis * elapsedMs,
    weightMs: average.weightMs * keep + elapsedMs,
  };
}

/** Zero before the first sample: no basis was ever seen. */
export function basisOf(average: BasisAverage): number {
  return average.weightMs > 0 ? average.weightedSum / average.weightMs : 0;
}

/** Premium plus interest, the latter held near the premium, within the contract's cap and floor. For one funding interval. */
export function fundingRateOf(p: { premium: number; cap: number; floor: number }): number {
  const interest = clamp(INTEREST_RATE - p.premium, -INTEREST_DAMPER, INTEREST_DAMPER);
  return clamp(p.premium + interest, p.floor, p.cap);
}

/** The contract's own order book, as far as a mark needs it. */
export interface Book {
  readonly bid: number;
  readonly ask: number;
  readonly last: number;
}

function median3(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

export function bandOf(base: string): number {
  return NARROW_BAND_COINS.has(base) ? NARROW_BAND : WIDE_BAND;
}

/**
 * Median of P1 (index and funding due), P2 (index and usual basis) and P3 (own book), held within the band around the index: a book
 * that has broken away cannot take the mark along.
 */
export function composeMark(p: {
  readonly index: number;
  readonly basis: number;
  readonly book: Book;
  readonly fundingRate: number;
  /** Share of the funding interval still to run, 0 to 1. */
  readonly fundingShareLeft: number;
  readonly band: number;
}): number {
  const byFunding = p.index * (1 + p.fundingRate * p.fundingShareLeft);
  const byBasis = p.index + p.basis;
  const byBook = median3(p.book.bid, p.book.ask, p.book.last);
  const mark = median3(byFunding, byBasis, byBook);
  return clamp(mark, p.index * (1 - p.band), p.index * (1 + p.band));
}
