/**
 * A venue's whole book on one core: every state change found at every update and decided exactly, carrying out of liquidations
 * not counted. Baselines in the same run: lib/margin's decimal engine, and reading the same bytes from memory.
 */
import { loadavg } from 'node:os';
import { change } from '#lib/book/book.ts';
import { marketFacts } from '#lib/book/exact.ts';
import { beginStamp, bookStamp } from '#lib/book/funding.ts';
import { listInstrument, setVolatility } from '#lib/book/market-terms.ts';
import { recordOf } from '#lib/book/pool-columns.ts';
import { sweep } from '#lib/book/sweep.ts';
import { CRASH_UPDATES, type MarketMood } from '#lib/sim/book-market.ts';
import { rate } from '#lib/units/money.ts';
import { moneyUnits, rateUnits } from '#lib/units/scaled.ts';
import { p50Of } from './growth.ts';
import { say, type Bench, type BenchOptions, type BenchResult } from './result.ts';
import { percentile, percentilesOf } from './samples.ts';
import { decide, openVenueBook, readByMargin, SEED, update, type VenueBook } from './venue-book.ts';

const SIZES = [1_000, 10_000, 100_000, 1_000_000];
/** Pools that the decimal engine is timed on; the rest is extrapolated by position. */
const SAMPLE_POOLS = 400;
const ROUNDS = 5;
const STAMP_CHUNK_POOLS = 20_000;
const BURST = 10_000;

export const book: Bench = {
  question: 'how long from 300 new marks to every state change of a whole book, decided exactly?',
  sizes: ['accounts'],
  growth: {
    chart: 'lib/book/growth.svg',
    title: 'Time of one update of 300 marks, by accounts (5 positions each), p50',
    across: 'accounts',
    sizes: [],
    lines: [
      { name: 'every position by lib/margin (extrapolated)', of: p50Of('lib/margin') },
      { name: 'an update in a crash', of: p50Of('crash update') },
      { name: 'a sweep over all of it, by floats', of: p50Of('whole sweep') },
      { name: 'an update in a calm market', of: p50Of('calm update') },
    ],
  },
  run,
};

interface Case {
  readonly name: string;
  readonly timesMs: readonly number[];
  readonly baseMs: number;
  readonly baseline: string;
}

async function run({ accounts }: BenchOptions): Promise<readonly BenchResult[]> {
  const results: BenchResult[] = [];
  for (const size of accounts === undefined ? SIZES : [accounts])
    for (const mood of ['calm', 'crash'] as const) results.push(...(await runBook(mood, size)));
  return results;
}

async function runBook(mood: MarketMood, accounts: number): Promise<readonly BenchResult[]> {
  const venue = openVenueBook(mood, accounts);
  const { pools, positions } = venue.population;
  say(
    `${mood}: ${accounts} accounts, ${pools} pools, ${positions} positions, ${(venue.bytes / positions).toFixed(0)} bytes a position in all columns`,
  );
  const updatesMs = await updates(venue);
  sayCounts(venue);
  const streamMs = stream(venue);
  const cases: Case[] = [
    {
      name: `${mood} update`,
      timesMs: updatesMs,
      baseMs: percentile(streamMs, 0.5),
      baseline: `reading the same bytes, p50 ${percentile(streamMs, 0.5).toFixed(2)} ms`,
    },
    ...(mood === 'calm' ? restOf(venue, percentile(streamMs, 0.5)) : []),
    decimalCase(venue, percentile(updatesMs, 0.5)),
  ];
  return cases.map((each) => ({
    bench: 'book',
    case: `${each.name}, ${accounts} accounts`,
    ...percentilesOf(each.timesMs),
    peakMb: process.memoryUsage().rss / 2 ** 20,
    ratio: percentile(each.timesMs, 0.5) / each.baseMs,
    baseline: each.baseline,
    seed: SEED,
    input: `300 contracts, ${positions} positions, ${CRASH_UPDATES} updates`,
  }));
}

async function updates(venue: VenueBook): Promise<readonly number[]> {
  const timesMs: number[] = [];
  const workedMs: number[] = [];
  for (let turn = 0; turn < CRASH_UPDATES; turn += 1) {
    const ticks = venue.tape.next();
    const before = process.threadCpuUsage().user;
    timesMs.push(timed(() => update(venue, ticks)));
    workedMs.push((process.threadCpuUsage().user - before) / 1_000);
    // Between updates a server has time: what was thrown away is collected then.
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { p50Ms, p99Ms, maxMs } = percentilesOf(workedMs);
  const [load = 0] = loadavg();
  say(
    `  of the processor: p50 ${p50Ms.toFixed(1)}, p99 ${p99Ms.toFixed(1)}, max ${maxMs.toFixed(1)} ms; load of the machine ${load.toFixed(1)}`,
  );
  return timesMs;
}

function timed(work: () => void): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

function sayCounts({ book: { counts, clock }, changes }: VenueBook): void {
  if (kept === 1) say('  one');
  say(
    `  ${changes} changes of state; ${counts.named} looks, ${counts.quiet} of them quiet; decided by floats ${counts.byFloat}, integers ${counts.byInteger}, decimals ${counts.byDecimal}; ${counts.anchoredApart} coins anchored apart; clock ${clock.fall.base.toFixed(2)} down, ${clock.rise.base.toFixed(2)} up`,
  );
}

/** What was read last: so that reading is not left out. */
let kept = 0;

/** Reads every byte of the columns once. */
function stream({ book: { pools, due } }: VenueBook): readonly number[] {
  const columns = [
    pools.lots,
    pools.openWords,
    pools.amountWords,
    pools.firstPosition,
    due.earliest,
  ];
  return Array.from({ length: ROUNDS }, () =>
    timed(() => {
      let sum = 0;
      for (const column of columns)
        for (let at = 0; at < column.length; at += 1) sum += column[at] ?? 0;
      kept = sum;
    }),
  );
}

/** What happens to a book besides prices, on the calm one. */
function restOf(venue: VenueBook, streamMs: number): readonly Case[] {
  const baseline = `reading the same bytes, p50 ${streamMs.toFixed(2)} ms`;
  const many = (name: string, work: () => void): Case => ({
    name,
    timesMs: Array.from({ length: ROUNDS }, () => timed(work)),
    baseMs: streamMs,
    baseline,
  });
  const parts = stampParts(venue);
  const whole = parts.reduce((sum, ms) => sum + ms, 0);
  return [
    many('whole sweep', () => void sweep(venue.book)),
    { name: 'funding stamp, whole', timesMs: [whole], baseMs: streamMs, baseline },
    { name: 'funding stamp, one part and an update', timesMs: parts, baseMs: streamMs, baseline },
    many(`${BURST} fills and transfers`, () => burst(venue)),
    ...inParts(venue, 'other tiers of the largest contract', otherTiers, streamMs),
    ...inParts(venue, 'every volatility 1 % up', wilder, streamMs),
  ];
}

/** Every contract settles; an update of the market after each part. */
function stampParts(venue: VenueBook): readonly number[] {
  const codes = venue.market.instruments.map((_, code) => code);
  const rates = new Map(
    codes.map((code) => [code, rateUnits(BigInt((code % 7) - 3) * 100_000_000n)]),
  );
  beginStamp(venue.book, rates);
  const timesMs: number[] = [];
  for (let from = 0; from < venue.book.pools.end; from += STAMP_CHUNK_POOLS) {
    const ticks = venue.tape.next();
    timesMs.push(
      timed(() => {
        bookStamp(venue.book, rates, from, STAMP_CHUNK_POOLS);
        update(venue, ticks);
      }),
    );
  }
  return timesMs;
}

/** Each takes a hundredth off a position and puts a cent into the wallet. */
function burst(venue: VenueBook): void {
  const { pools } = venue.book;
  const step = Math.max(1, Math.floor(pools.end / BURST));
  for (let slot = 0; slot < pools.end; slot += step) {
    const record = recordOf(pools, slot);
    const wallets = record.wallets.map(({ coin, amount }) => ({
      coin,
      amount: moneyUnits(amount + 1_000_000n),
    }));
    change(venue.book, slot, { ...record, wallets });
  }
  decide(venue);
}

/** What changes for many at once: the whole of it, and each update until it is through. */
function inParts(
  venue: VenueBook,
  name: string,
  change: (venue: VenueBook) => void,
  streamMs: number,
): readonly Case[] {
  const { terms } = venue.book;
  const timesMs = [timed(() => change(venue))];
  do {
    const ticks = venue.tape.next();
    timesMs.push(timed(() => update(venue, ticks)));
  } while (terms.waiting > 0 || terms.isOwing);
  const whole = timesMs.reduce((sum, ms) => sum + ms, 0);
  const against = {
    baseMs: streamMs,
    baseline: `reading the same bytes, p50 ${streamMs.toFixed(2)} ms`,
  };
  return [
    { name: `${name}, whole (${timesMs.length} parts)`, timesMs: [whole], ...against },
    { name: `${name}, one part and an update`, timesMs, ...against },
  ];
}

function otherTiers(venue: VenueBook): void {
  const [first] = venue.market.instruments;
  if (first === undefined) return;
  const tiers = first.tiers.map((tier) => ({
    ...tier,
    maintenanceMarginRate: rate(tier.maintenanceMarginRate.times('1.1').toFixed(12)),
  }));
  listInstrument(venue.book, { ...first, tiers });
}

function wilder(venue: VenueBook): void {
  const { daily, wildest, coins } = venue.book.market;
  for (let coin = 0; coin < coins.length; coin += 1)
    if ((daily[coin] ?? 0) > 0)
      setVolatility(venue.book, coin, {
        daily: (daily[coin] ?? 0) * 1.01,
        wildest: (wildest[coin] ?? 0) * 1.01,
      });
}

/** lib/margin itself over a sample of pools, in steps through the book, and what that makes for all positions. */
function decimalCase({ book: columns, population }: VenueBook, baseMs: number): Case {
  const market = marketFacts(columns.market, 0);
  const step = Math.max(1, Math.floor(columns.pools.end / SAMPLE_POOLS));
  let positions = 0;
  const took = timed(() => {
    for (let slot = 0; slot < columns.pools.end; slot += step) {
      positions += columns.pools.positionCount[slot] ?? 0;
      readByMargin(columns, slot, market);
    }
  });
  const all = (took / positions) * population.positions;
  return {
    name: `lib/margin, extrapolated from ${positions} positions`,
    timesMs: [all],
    baseMs,
    baseline: `the book's update, p50 ${baseMs.toFixed(2)} ms`,
  };
}
