/** Recorded bars as prices at any moment: which series of a file belongs to which coin, in which role, and where it stood. */
import { type Instrument } from '../market/instrument.ts';
import { MINUTE_MS } from '../units/time.ts';
import { type Bar } from './replay-rows.ts';

export interface Series {
  readonly symbol: string;
  /** Venue in the symbol, or the symbol itself. */
  readonly source: string;
  /** spot: part of the index. book: the contract's own market. */
  readonly role: 'spot' | 'book';
  /** Base coin, XBT read as BTC. */
  readonly base: string;
  readonly bars: readonly Bar[];
  readonly barMs: number;
}

/** Price of a series at a moment, and how long ago it held. */
export interface SeriesPrice {
  readonly price: number;
  readonly ageMs: number;
}

const PAIR = /^([A-Z0-9]+?)(USDT|USDC|FDUSD|BUSD|USD)((?:_PERP|_MARK)*)$/;
const OTHER_NAMES: Readonly<Record<string, string>> = { XBT: 'BTC' };

function barMsOf(bars: readonly Bar[]): number {
  let shortest = Number.POSITIVE_INFINITY;
  for (const [index, bar] of bars.entries()) {
    const before = bars[index - 1];
    if (before !== undefined) shortest = Math.min(shortest, bar.time - before.time);
  }
  return Number.isFinite(shortest) ? shortest : MINUTE_MS;
}

/** Flat at the close before it: what a venue shows while it stands still. */
function isUnchanged(bar: Bar, before: Bar | undefined): boolean {
  return before !== undefined && bar.low === bar.high && bar.close === before.close;
}

/** Series of one symbol, or undefined where the symbol is no pair against the dollar. */
export function seriesOf(
  symbol: string,
  bars: readonly Bar[],
  dropUnchanged: boolean,
): Series | undefined {
  const [pair = '', venue] = symbol.split('.');
  const match = PAIR.exec(pair);
  const base = match?.[1];
  if (base === undefined) return undefined;
  const kept = dropUnchanged
    ? bars.filter((bar, index) => !isUnchanged(bar, bars[index - 1]))
    : bars;
  return {
    symbol,
    source: (venue ?? symbol).toLowerCase(),
    role: match?.[3] === '' ? 'spot' : 'book',
    base: OTHER_NAMES[base] ?? base,
    bars: kept,
    barMs: barMsOf(bars),
  };
}

export function seriesOfInstrument(
  all: readonly Series[],
  instrument: Instrument,
): readonly Series[] {
  return all.filter(({ base }) => base === instrument.base);
}

/** The last bar that began by then. */
function barAt(bars: readonly Bar[], time: number): Bar | undefined {
  let [low, high] = [0, bars.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const bar = bars[middle];
    if (bar !== undefined && bar.time <= time) low = middle + 1;
    else high = middle;
  }
  return bars[low - 1];
}

/** A bar walks open, nearer extreme, other extreme, close, a third of its time each. */
function walkOf(bar: Bar): readonly number[] {
  const highIsNearer = bar.high - bar.open <= bar.open - bar.low;
  return highIsNearer
    ? [bar.open, bar.high, bar.low, bar.close]
    : [bar.open, bar.low, bar.high, bar.close];
}

/**
 * Between the four prices of a bar the price moves evenly. Holding each would move every account in the same second, a whole bar's
 * fall at a time; evenly, one liquidation price after the other is reached, and no price appears that the bar does not span.
 */
function priceInBar(bar: Bar, share: number): number {
  const walk = walkOf(bar);
  const legs = walk.length - 1;
  const leg = Math.min(legs - 1, Math.floor(share * legs));
  const [from = bar.close, to = bar.close] = [walk[leg], walk[leg + 1]];
  return from + (to - from) * (share * legs - leg);
}

/** Where the series stood; after its last bar or in a gap it keeps the last close and grows old. Undefined before it begins. */
export function priceAt(series: Series, time: number): SeriesPrice | undefined {
  const bar = barAt(series.bars, time);
  if (bar === undefined) return undefined;
  const elapsedMs = time - bar.time;
  if (elapsedMs > series.barMs) return { price: bar.close, ageMs: elapsedMs - series.barMs };
  return { price: priceInBar(bar, elapsedMs / series.barMs), ageMs: 0 };
}

export function endOf(series: Series): number {
  return (series.bars.at(-1)?.time ?? 0) + series.barMs;
}
