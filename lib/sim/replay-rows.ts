/**
 * Reads recorded bars: our market-data format (time,symbol,open,high,low,close; seconds), and the public kline files of the venue
 * (open_time,open,high,low,close,volume,close_time,...; with or without a header; s, ms or µs). A bad row is told and skipped.
 */
import { fail, ok, type Result } from '../contract.ts';
import { SECOND_MS } from '../units/time.ts';

export interface Bar {
  /** As the file names it, upper case: BTCUSDT.BINANCE, XBTUSD_PERP.BITMEX. */
  readonly symbol: string;
  /** Start of the bar, UTC ms. */
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

export interface RowProblem {
  /** From 1, as an editor counts. */
  readonly line: number;
  /** What stands there, cut. */
  readonly value: string;
  readonly expected: string;
}

export interface RowsRead {
  /** Grouped by symbol in order of appearance, ascending in time, no time twice. */
  readonly bars: readonly Bar[];
  readonly problems: readonly RowProblem[];
}

type RowResult = Result<Bar, Omit<RowProblem, 'line'>>;

const SAMPLE_LENGTH_MAX = 60;
/** 2010 to 2100: a time outside was read in the wrong unit. */
const TIME_MS_MIN = 1_262_304_000_000;
const TIME_MS_MAX = 4_102_444_800_000;
const MICROSECONDS_FROM = 1e14;
const MILLISECONDS_FROM = 1e11;
const MARKET_DATA_FIELDS = 6;
const KLINE_FIELDS_MIN = 5;

function problem(
  value: string,
  expected: string,
): { readonly ok: false; readonly error: Omit<RowProblem, 'line'> } {
  return fail({ value: value.slice(0, SAMPLE_LENGTH_MAX), expected });
}

const PLAIN_NUMBER = /^\d+(\.\d+)?(e-?\d+)?$/i;

function numberOf(text: string | undefined): number {
  return text !== undefined && PLAIN_NUMBER.test(text) ? Number(text) : Number.NaN;
}

/** A stamp in s, ms or µs, told by its size. NaN where it is none. */
function timeMsOf(text: string | undefined): number {
  const stamp = numberOf(text);
  const time =
    stamp >= MICROSECONDS_FROM
      ? Math.floor(stamp / 1_000)
      : stamp >= MILLISECONDS_FROM
        ? stamp
        : stamp * SECOND_MS;
  return time >= TIME_MS_MIN && time <= TIME_MS_MAX ? time : Number.NaN;
}

function barOf(symbol: string, timeText: string | undefined, prices: readonly string[]): RowResult {
  const time = timeMsOf(timeText);
  if (Number.isNaN(time))
    return problem(timeText ?? '', 'a Unix time in s, ms or µs between 2010 and 2100');
  const [open, high, low, close] = prices.map(numberOf);
  if (open === undefined || high === undefined || low === undefined || close === undefined) {
    return problem(prices.join(','), 'open, high, low and close');
  }
  const bad = prices.find((text) => !(numberOf(text) > 0) || !Number.isFinite(numberOf(text)));
  if (bad !== undefined) return problem(bad, 'a price above zero');
  if (low > Math.min(open, close) || high < Math.max(open, close)) {
    return problem(prices.join(','), 'low <= open, close <= high');
  }
  return ok({ symbol, time, open, high, low, close });
}

function marketDataRow(line: string): RowResult {
  const fields = line.split(',').map((field) => field.trim());
  if (fields.length !== MARKET_DATA_FIELDS) return problem(line, 'time,symbol,open,high,low,close');
  const symbol = fields[1] ?? '';
  if (!/^[A-Z0-9_.-]{2,40}$/i.test(symbol))
    return problem(symbol, 'a symbol such as BTCUSDT.BINANCE');
  return barOf(symbol.toUpperCase(), fields[0], fields.slice(2));
}

function klineRow(line: string, symbol: string): RowResult {
  const fields = line.split(',').map((field) => field.trim());
  if (fields.length < KLINE_FIELDS_MIN) return problem(line, 'open_time,open,high,low,close,...');
  return barOf(symbol, fields[0], fields.slice(1, KLINE_FIELDS_MIN));
}

/** BTCUSDT of `BTCUSDT-1m-2025-10-10.csv`; undefined where the name does not begin with a symbol. */
function symbolOfFileName(name: string): string | undefined {
  const file = name.split(/[\\/]/).at(-1) ?? '';
  return /^([A-Z0-9]{4,20}(_PERP)?)([-_.]|$)/.exec(file)?.[1];
}

const MARKET_DATA_HEADER = /^time,symbol,/i;
const ANY_HEADER = /^[a-z_ ]+,/i;

interface ReadBar {
  readonly line: number;
  readonly bar: Bar;
}

/**
 * Rows whose times do not fit into their series. Of each series the longest run of rising times is kept, so that one stamp far
 * ahead costs its own row and not all that follow; of equal times the first row is kept.
 */
function misplaced(read: readonly ReadBar[]): ReadonlyMap<number, Omit<RowProblem, 'line'>> {
  const problems = new Map<number, Omit<RowProblem, 'line'>>();
  for (const series of seriesOf(read).values()) {
    const kept = new Set(longestRise(series));
    let before: number | undefined;
    for (const [index, { line, bar }] of series.entries()) {
      if (kept.has(index)) before = bar.time;
      else problems.set(line, { value: String(bar.time), expected: placeOf(bar, before) });
    }
  }
  return problems;
}

function seriesOf(read: readonly ReadBar[]): ReadonlyMap<string, readonly ReadBar[]> {
  const series = new Map<string, ReadBar[]>();
  for (const each of read) {
    const own = series.get(each.bar.symbol);
    if (own === undefined) series.set(each.bar.symbol, [each]);
    else own.push(each);
  }
  return series;
}

function placeOf(bar: Bar, before: number | undefined): string {
  if (bar.time === before) return `one row of ${bar.symbol} for each time`;
  return before !== undefined && bar.time < before
    ? `a time after ${before} of ${bar.symbol}`
    : `a time before the rows of ${bar.symbol} that follow`;
}

/**
 * Indices of a longest strictly rising run of times; of several the one that keeps the earlier rows of the file. O(n log n):
 * `starts[k]` is the latest time at which a run of k + 1 rows can still begin, read from the end.
 */
function longestRise(series: readonly ReadBar[]): readonly number[] {
  const starts: number[] = [];
  const lengths = series.map(() => 0);
  for (const [back, { bar }] of series.toReversed().entries()) {
    const longer = countAbove(starts, bar.time);
    lengths[series.length - 1 - back] = longer + 1;
    starts[longer] = Math.max(starts[longer] ?? bar.time, bar.time);
  }
  const run: number[] = [];
  let before = Number.NEGATIVE_INFINITY;
  for (const [index, { bar }] of series.entries()) {
    if (bar.time <= before || lengths[index] !== starts.length - run.length) continue;
    run.push(index);
    before = bar.time;
  }
  return run;
}

/** How many of falling numbers lie above a value. */
function countAbove(falling: readonly number[], value: number): number {
  let low = 0;
  let high = falling.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((falling[middle] ?? Number.NEGATIVE_INFINITY) > value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Rows of one text; the symbol is needed for the kline format, which does not name it. */
function readRows(text: string, row: (line: string) => RowResult): RowsRead {
  const read: ReadBar[] = [];
  const problems: RowProblem[] = [];
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .entries()) {
    const words = raw.trim();
    if (words === '' || (index === 0 && ANY_HEADER.test(words))) continue;
    const result = row(words);
    const line = index + 1;
    if (result.ok) read.push({ line, bar: result.value });
    else problems.push({ line, ...result.error });
  }
  const wrong = misplaced(read);
  const bars = read.filter(({ line }) => !wrong.has(line)).map(({ bar }) => bar);
  const all = [...problems, ...[...wrong].map(([line, why]) => ({ line, ...why }))];
  return { bars, problems: all.toSorted((left, right) => left.line - right.line) };
}

/**
 * Reads a whole file. Fails only when nothing in it can be replayed; single bad rows are in `problems`.
 * @param name file name, for messages and, in the kline format, for the symbol.
 */
export function readReplayCsv(p: {
  readonly text: string;
  readonly name: string;
  readonly symbol?: string;
}): Result<RowsRead> {
  if (p.text.trim() === '') return fail(`${p.name}: the file is empty`);
  const isMarketData =
    MARKET_DATA_HEADER.test(p.text.replace(/^\uFEFF/, '')) || secondFieldNames(p.text);
  const symbol = p.symbol?.toUpperCase() ?? symbolOfFileName(p.name);
  if (!isMarketData && symbol === undefined) {
    return fail(
      `${p.name}: expected a first line of time,symbol,open,high,low,close, or kline rows in a file named after their symbol, such as BTCUSDT-1m-2025-10-10.csv`,
    );
  }
  const read = readRows(
    p.text,
    isMarketData ? marketDataRow : (line) => klineRow(line, symbol ?? ''),
  );
  if (read.bars.length > 0) return ok(read);
  const first = read.problems[0];
  const why =
    first === undefined
      ? 'it has no rows'
      : `line ${first.line} has "${first.value}", expected ${first.expected}`;
  return fail(`${p.name}: nothing to replay: ${why}`);
}

/** A file without header whose second column is no number names its symbols. */
function secondFieldNames(text: string): boolean {
  const second = text
    .slice(0, SAMPLE_LENGTH_MAX * 2)
    .split('\n')[0]
    ?.split(',')[1];
  return second !== undefined && /[A-Z]/i.test(second) && !ANY_HEADER.test(text);
}
