/** Turns what a feed shows into facts: index, mark and last price in whole ticks, funding stamps, faults of sources. */
import { assert } from '../contract.ts';
import { type EngineEvent, type FaultKind, type MarkFact } from '../engine/event.ts';
import { type FundingTerms, type Instrument } from '../market/instrument.ts';
import { rateUnits, type Ticks, ticks } from '../units/scaled.ts';
import { type TimestampMs, timestampMs } from '../units/time.ts';
import { type Feed, type Observation } from './feed.ts';
import {
  bandOf,
  basisOf,
  type Book,
  type ComposedIndex,
  composeIndex,
  composeMark,
  fundingRateOf,
  isLive,
  SOURCE_AGE_MS_MAX,
  type SourceQuote,
  updateBasis,
} from './mark.ts';
import { cell, type Memory } from './memory.ts';
import { type Tape, type TapeStep } from './tape.ts';

/** More sources of one instrument than a feed may have. */
const SOURCES_MAX = 8;
const RATE_UNITS_PER_ONE = 1e12;

export interface MarketTapeSettings {
  readonly name: string;
  readonly startTime: TimestampMs;
  readonly stepMs: number;
  readonly endTime: TimestampMs | undefined;
  readonly instruments: readonly Instrument[];
  readonly feed: Feed;
  /** The memory in which the feed keeps its cells too: one text saves both. */
  readonly memory: Memory;
}

/** One instrument with what its marks need at hand as floats. */
interface Desk {
  readonly index: number;
  readonly instrument: Instrument;
  readonly tick: number;
  readonly band: number;
  readonly funding:
    | { readonly intervalMs: number; readonly cap: number; readonly floor: number }
    | undefined;
}

interface TapeState {
  readonly settings: MarketTapeSettings;
  readonly desks: readonly Desk[];
  readonly step: Float64Array;
  readonly basisSum: Float64Array;
  readonly basisWeightMs: Float64Array;
  /** Rate of the next stamp as it stands. */
  readonly fundingRate: Float64Array;
  readonly nextFundingTime: Float64Array;
  /** 1 for a source known to be dead: its fault is told once. */
  readonly dead: Float64Array;
}

function fundingFloats(terms: FundingTerms): { intervalMs: number; cap: number; floor: number } {
  return { intervalMs: terms.intervalMs, cap: terms.cap.toNumber(), floor: terms.floor.toNumber() };
}

function deskOf(instrument: Instrument, index: number): Desk {
  return {
    index,
    instrument,
    tick: instrument.tickSize.toNumber(),
    band: bandOf(instrument.base),
    funding: instrument.funding === undefined ? undefined : fundingFloats(instrument.funding),
  };
}

function createState(settings: MarketTapeSettings): TapeState {
  const { instruments, memory, startTime } = settings;
  const count = instruments.length;
  const desks = instruments.map(deskOf);
  const nextFundingTime = memory.numbers('next funding time', count);
  for (const { funding, index } of desks) {
    nextFundingTime[index] =
      funding === undefined ? Number.NaN : stampAfter(startTime, funding.intervalMs);
  }
  return {
    settings,
    desks,
    step: memory.numbers('step', 1),
    basisSum: memory.numbers('basis sum', count),
    basisWeightMs: memory.numbers('basis weight', count),
    fundingRate: memory.numbers('funding rate', count),
    nextFundingTime,
    dead: memory.numbers('dead sources', count * SOURCES_MAX),
  };
}

/** Funding stamps lie on whole intervals of the UTC day. */
function stampAfter(time: number, intervalMs: number): number {
  return (Math.floor(time / intervalMs) + 1) * intervalMs;
}

/** Nearest tick, at least one: a coin may be cheaper than its grid was made for, but it is never free. */
function toTicks(price: number, tick: number): Ticks {
  return ticks(BigInt(Math.max(1, Math.round(price / tick))));
}

function faultOf(quote: SourceQuote): FaultKind {
  if (quote.ageMs > SOURCE_AGE_MS_MAX) return 'disconnected';
  return Number.isNaN(quote.price) ? 'price-not-a-number' : 'price-not-positive';
}

/** Tells each source's fault when it begins. */
function sourceFaults(
  state: TapeState,
  desk: Desk,
  quotes: readonly SourceQuote[],
  events: EngineEvent[],
): void {
  assert(quotes.length <= SOURCES_MAX, `at most ${SOURCES_MAX} sources of ${desk.instrument.id}`);
  for (const [place, quote] of quotes.entries()) {
    const at = desk.index * SOURCES_MAX + place;
    const isDead = !isLive(quote);
    if (isDead && cell(state.dead, at) === 0) {
      const sample = `${quote.name} ${quote.price}`;
      events.push({
        kind: 'feed-fault',
        instrumentId: desk.instrument.id,
        fault: faultOf(quote),
        sample,
      });
    }
    state.dead[at] = isDead ? 1 : 0;
  }
}

/** Takes the sample into the running basis and answers the basis as it stands. */
function advanceBasis(state: TapeState, place: number, sample: number): number {
  const before = {
    weightedSum: cell(state.basisSum, place),
    weightMs: cell(state.basisWeightMs, place),
  };
  const after = updateBasis(before, sample, state.settings.stepMs);
  state.basisSum[place] = after.weightedSum;
  state.basisWeightMs[place] = after.weightMs;
  return basisOf(after);
}

function bookOf(seen: Observation, index: number): Book {
  return seen.book ?? { bid: index, ask: index, last: index };
}

/** Share of the interval still to run, and the rate that stands: none of both without funding. */
function advanceFunding(
  state: TapeState,
  desk: Desk,
  time: number,
  premium: number,
): { rate: number; shareLeft: number } {
  if (desk.funding === undefined) return { rate: 0, shareLeft: 0 };
  const { intervalMs, cap, floor } = desk.funding;
  const rate = fundingRateOf({ premium, cap, floor });
  state.fundingRate[desk.index] = rate;
  return { rate, shareLeft: (cell(state.nextFundingTime, desk.index) - time) / intervalMs };
}

/** Quotes hold as long as the newest of them: that is the age of the mark. */
function venueTimeOf(quotes: readonly SourceQuote[], time: TimestampMs): TimestampMs {
  let youngestMs = SOURCE_AGE_MS_MAX;
  for (const quote of quotes) if (isLive(quote)) youngestMs = Math.min(youngestMs, quote.ageMs);
  return timestampMs(time - youngestMs);
}

function markFactOf(p: {
  readonly state: TapeState;
  readonly desk: Desk;
  readonly seen: Observation;
  readonly index: ComposedIndex;
  readonly time: TimestampMs;
}): MarkFact {
  const { state, desk, seen, index, time } = p;
  const book = bookOf(seen, index.price);
  const basis = advanceBasis(state, desk.index, (book.bid + book.ask) / 2 - index.price);
  const { rate, shareLeft } = advanceFunding(state, desk, time, basis / index.price);
  const mark = composeMark({
    index: index.price,
    basis,
    book,
    fundingRate: rate,
    fundingShareLeft: shareLeft,
    band: desk.band,
  });
  const hasFunding = desk.funding !== undefined;
  return {
    instrumentId: desk.instrument.id,
    markTicks: toTicks(mark, desk.tick),
    indexTicks: toTicks(index.price, desk.tick),
    lastTicks: toTicks(book.last, desk.tick),
    venueTime: venueTimeOf(seen.quotes, time),
    receivedTime: time,
    sources: state.settings.feed.countsSources ? index.sources : undefined,
    rejected: index.rejected,
    fundingRate: hasFunding ? rateUnits(BigInt(Math.round(rate * RATE_UNITS_PER_ONE))) : undefined,
    nextFundingTime: hasFunding ? timestampMs(cell(state.nextFundingTime, desk.index)) : undefined,
    modelled: seen.modelled,
  };
}

/** Faults and mark of every instrument. One without a live source gets no mark: its last one grows old, as it should. */
function observeAll(state: TapeState, time: TimestampMs, events: EngineEvent[]): void {
  for (const desk of state.desks) {
    const seen = state.settings.feed.observe(desk.index);
    sourceFaults(state, desk, seen.quotes, events);
    const index = composeIndex(seen.quotes);
    if (index === undefined) continue;
    events.push({ kind: 'mark-updated', mark: markFactOf({ state, desk, seen, index, time }) });
  }
}

/** Stamps that this step has reached, at the rate that stood before it. */
function settleFunding(state: TapeState, time: number): EngineEvent[] {
  const events: EngineEvent[] = [];
  for (const { index, instrument, funding } of state.desks) {
    if (funding === undefined || time < cell(state.nextFundingTime, index)) continue;
    const rate = rateUnits(BigInt(Math.round(cell(state.fundingRate, index) * RATE_UNITS_PER_ONE)));
    events.push({ kind: 'funding-settled', instrumentId: instrument.id, rate });
    state.nextFundingTime[index] = stampAfter(time, funding.intervalMs);
  }
  return events;
}

function takeStep(state: TapeState): TapeStep | undefined {
  const { startTime, stepMs, endTime, feed } = state.settings;
  const step = cell(state.step, 0) + 1;
  const time = timestampMs(startTime + step * stepMs);
  if (endTime !== undefined && time > endTime) return undefined;
  state.step[0] = step;
  feed.advance(time);
  const settlements = settleFunding(state, time);
  const events: EngineEvent[] = [{ kind: 'clock-advanced', time }];
  observeAll(state, time, events);
  events.push(...settlements);
  return { step, time, events };
}

export function createMarketTape(settings: MarketTapeSettings): Tape {
  const { name, startTime, stepMs, endTime, instruments, memory } = settings;
  const state = createState(settings);
  const openingEvents: EngineEvent[] = [];
  observeAll(state, startTime, openingEvents);
  return {
    name,
    startTime,
    stepMs,
    endTime,
    instruments,
    openingEvents,
    next: () => takeStep(state),
    save: () => memory.save(),
    load: (text) => memory.load(text),
  };
}
