/**
 * A recorded day as a tape (rulings G9): one instrument for each coin, spot series make the index, PERP and MARK series are the
 * contract's own book, and the mark stays within the band around the index, whatever that book did. Nothing is added to what the file
 * says, but for coins that follow BTC when asked for, and those say that they are modelled.
 */
import { assert, fail, ok, type Result } from '../contract.ts';
import { type Instrument } from '../market/instrument.ts';
import { MINUTE_MS, SECOND_MS, timestampMs } from '../units/time.ts';
import { LEADING_COIN, traitsOf } from './coins.ts';
import { type Feed, type Observation } from './feed.ts';
import { type Book, SOURCE_AGE_MS_MAX, type SourceQuote } from './mark.ts';
import { createMarketTape } from './market-tape.ts';
import { cell, createMemory, type Memory } from './memory.ts';
import { createNoise, type Noise } from './ornstein.ts';
import { type Bar } from './replay-rows.ts';
import { endOf, priceAt, type Series, seriesOf, seriesOfInstrument } from './replay-series.ts';
import { type Tape } from './tape.ts';

export interface ReplaySettings {
  /** For people: the file's name. */
  readonly name: string;
  readonly rows: readonly Bar[];
  /** Only for modelled coins: the file's own need no chance. */
  readonly seed: string;
  /** Those of the file's coins that are here are played; symbols of others are in `unused`. */
  readonly instruments: readonly Instrument[];
  /** Coins that the file lacks follow BTC by their beta. Off unless asked for. */
  readonly modelMissing?: boolean;
  /** A bar that stands at the close before it counts as silence: what the venue's outage was. Off unless asked for. */
  readonly dropUnchangedBars?: boolean;
}

export interface ReplayTape extends Tape {
  /** Symbols of the file that no instrument stands for. */
  readonly unused: readonly string[];
}

const STEP_MS = SECOND_MS;
/** A bar has three legs of a step each at least. */
const BAR_MS_MIN = 3 * STEP_MS;
const OWN_NOISE = {
  purpose: 'own',
  count: 1,
  mean: 0,
  standardDeviation: 0.002,
  halfLifeMs: 10 * MINUTE_MS,
};
const DEAD_AGE_MS = Number.MAX_SAFE_INTEGER;

type Track =
  | {
      readonly kind: 'recorded';
      readonly index: readonly Series[];
      readonly book: Series | undefined;
    }
  | {
      readonly kind: 'modelled';
      readonly beta: number;
      readonly opening: number;
      readonly noise: Noise;
    };

function bySymbol(rows: readonly Bar[]): ReadonlyMap<string, readonly Bar[]> {
  const groups = new Map<string, Bar[]>();
  for (const bar of rows) {
    const group = groups.get(bar.symbol);
    if (group === undefined) groups.set(bar.symbol, [bar]);
    else group.push(bar);
  }
  return groups;
}

/** The own book stands in for an index that the file lacks. */
function recordedTrack(series: readonly Series[]): Track {
  const spot = series.filter(({ role }) => role === 'spot');
  const book = series.find(({ role }) => role === 'book');
  return { kind: 'recorded', book, index: spot.length > 0 || book === undefined ? spot : [book] };
}

interface Leader {
  readonly series: readonly Series[];
  readonly opening: number;
}

function leaderOf(all: readonly Series[], startTime: number): Leader | undefined {
  const coins = all.filter(({ base }) => base === LEADING_COIN);
  const spot = coins.filter(({ role }) => role === 'spot');
  const series = spot.length > 0 ? spot : coins;
  const first = series[0];
  const opening =
    first === undefined ? undefined : (priceAt(first, startTime)?.price ?? first.bars[0]?.open);
  return opening === undefined ? undefined : { series, opening };
}

function modelledTrack(p: {
  settings: ReplaySettings;
  instrument: Instrument;
  leader: Leader;
  memory: Memory;
}): Track {
  const { base } = p.instrument;
  const traits = traitsOf(base);
  const usual = traits.openingPrice / traitsOf(leaderInstrument(p.settings).base).openingPrice;
  const noise = createNoise(
    { seed: p.settings.seed, asset: base, ...OWN_NOISE },
    STEP_MS,
    p.memory,
  );
  return { kind: 'modelled', beta: traits.beta, opening: usual * p.leader.opening, noise };
}

function leaderInstrument(settings: ReplaySettings): Instrument {
  const leader = settings.instruments.find(({ base }) => base === LEADING_COIN);
  assert(
    leader !== undefined,
    `modelled coins follow ${LEADING_COIN}: it must be among the instruments`,
  );
  return leader;
}

function quoteOf(series: Series, time: number): SourceQuote[] {
  const seen = priceAt(series, time);
  return seen === undefined ? [] : [{ name: series.source, weight: 1, ...seen }];
}

function bookOf(series: Series | undefined, time: number): Book | undefined {
  const seen = series === undefined ? undefined : priceAt(series, time);
  if (seen === undefined || seen.ageMs > SOURCE_AGE_MS_MAX) return undefined;
  return { bid: seen.price, ask: seen.price, last: seen.price };
}

function modelledQuotes(
  track: Extract<Track, { kind: 'modelled' }>,
  leader: Leader,
  time: number,
): SourceQuote[] {
  return leader.series.slice(0, 1).flatMap((series) => {
    const seen = priceAt(series, time) ?? { price: leader.opening, ageMs: DEAD_AGE_MS };
    const move = track.beta * Math.log(seen.price / leader.opening) + cell(track.noise.values, 0);
    return [
      {
        name: `${LEADING_COIN} by beta`,
        weight: 1,
        price: track.opening * Math.exp(move),
        ageMs: seen.ageMs,
      },
    ];
  });
}

function observe(track: Track, leader: Leader | undefined, time: number): Observation {
  if (track.kind === 'recorded') {
    const quotes = track.index.flatMap((series) => quoteOf(series, time));
    return { quotes, book: bookOf(track.book, time), modelled: false };
  }
  assert(leader !== undefined, 'a modelled coin has somebody to follow');
  return { quotes: modelledQuotes(track, leader, time), book: undefined, modelled: true };
}

function createReplayFeed(p: {
  tracks: readonly Track[];
  leader: Leader | undefined;
  startTime: number;
  memory: Memory;
}): Feed {
  const clock = p.memory.numbers('replay clock', 1);
  clock[0] = p.startTime;
  return {
    countsSources: false,
    advance(time) {
      clock[0] = time;
      for (const track of p.tracks) if (track.kind === 'modelled') track.noise.advance();
    },
    observe(index) {
      const track = p.tracks[index];
      assert(track !== undefined, 'a track for each instrument');
      return observe(track, p.leader, cell(clock, 0));
    },
  };
}

interface Plan {
  readonly series: readonly Series[];
  readonly unused: readonly string[];
  readonly instruments: readonly Instrument[];
  readonly startTime: number;
  readonly endTime: number;
  readonly leader: Leader | undefined;
}

/** Which instruments the file can move, from when to when. */
function planOf(settings: ReplaySettings): Result<Plan> {
  const series: Series[] = [];
  const unused: string[] = [];
  for (const [symbol, bars] of bySymbol(settings.rows)) {
    const one = seriesOf(symbol, bars, settings.dropUnchangedBars ?? false);
    if (one === undefined || !settings.instruments.some(({ base }) => base === one.base))
      unused.push(symbol);
    else series.push(one);
  }
  const short = series.find(({ barMs }) => barMs < BAR_MS_MIN);
  if (short !== undefined) {
    return fail(
      `${settings.name}: bars of ${short.symbol} last ${short.barMs} ms; expected ${BAR_MS_MIN} ms or more`,
    );
  }
  if (series.length === 0) {
    const known = settings.instruments.map(({ base }) => base).join(', ');
    return fail(
      `${settings.name}: no symbol of a known coin (found ${unused.join(', ')}; expected one of ${known})`,
    );
  }
  const startTime = Math.min(
    ...series.map(({ bars }) => bars[0]?.time ?? Number.POSITIVE_INFINITY),
  );
  const leader = settings.modelMissing === true ? leaderOf(series, startTime) : undefined;
  const has = (instrument: Instrument): boolean =>
    seriesOfInstrument(series, instrument).length > 0;
  const instruments = settings.instruments.filter(
    (instrument) => leader !== undefined || has(instrument),
  );
  return ok({
    series,
    unused,
    instruments,
    startTime,
    endTime: Math.max(...series.map(endOf)),
    leader,
  });
}

function trackOf(p: {
  settings: ReplaySettings;
  plan: Plan;
  instrument: Instrument;
  memory: Memory;
}): Track {
  const series = seriesOfInstrument(p.plan.series, p.instrument);
  if (series.length > 0) return recordedTrack(series);
  assert(p.plan.leader !== undefined, 'only with a leader are missing coins played');
  return modelledTrack({ ...p, leader: p.plan.leader });
}

/** A tape of the rows; refuses only what cannot be played at all. */
export function createReplayTape(settings: ReplaySettings): Result<ReplayTape> {
  const planned = planOf(settings);
  if (!planned.ok) return planned;
  const { instruments, startTime, endTime, leader, unused } = planned.value;
  const memory = createMemory();
  const tracks = instruments.map((instrument) =>
    trackOf({ settings, plan: planned.value, instrument, memory }),
  );
  const feed = createReplayFeed({ tracks, leader, startTime, memory });
  const times = {
    startTime: timestampMs(startTime),
    endTime: timestampMs(endTime),
    stepMs: STEP_MS,
  };
  const tape = createMarketTape({ name: settings.name, ...times, instruments, feed, memory });
  return ok({ ...tape, unused });
}
