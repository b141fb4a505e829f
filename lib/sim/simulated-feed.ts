/** Five made-up venues that quote around a fair price, with faults on a schedule. Noise as in liquidation.md 1.7. */
import { assert } from '../contract.ts';
import { type Instrument } from '../market/instrument.ts';
import { MINUTE_MS, SECOND_MS, type TimestampMs } from '../units/time.ts';
import { type Feed } from './feed.ts';
import { type Book, type SourceQuote } from './mark.ts';
import { cell, type Memory } from './memory.ts';
import { createNoise, type Noise } from './ornstein.ts';
import { createStream, type RandomStream } from './random.ts';

/** Names that nobody takes for a real exchange, with their weight in the index. */
const VENUES: readonly { readonly name: string; readonly weight: number }[] = [
  { name: 'sim-a', weight: 3 },
  { name: 'sim-b', weight: 2 },
  { name: 'sim-c', weight: 2 },
  { name: 'sim-d', weight: 1 },
  { name: 'sim-e', weight: 1 },
];
const QUOTE_NOISE = { standardDeviation: 0.0002, halfLifeMs: 30 * SECOND_MS };
const BASIS_HALF_LIFE_MS = 10 * MINUTE_MS;
/** Distance of the last trade from the middle of the book, standard deviation. */
const LAST_NOISE = 0.00005;

/** Fair prices over time, in the order of the instruments. */
export interface FairPrices {
  readonly prices: Float64Array;
  /** Instruments whose price is made from another coin's. */
  readonly modelled: readonly boolean[];
  advance(time: TimestampMs): void;
}

/** What goes wrong with a venue's quotes while the window lasts. */
export type VenueFault =
  /** Keeps sending the price it had, as if new. */
  | { readonly kind: 'freeze' }
  /** Sends nothing: its last quote grows old. */
  | { readonly kind: 'drop-out' }
  /** Sends its price times a factor; 0 gives prices that are none. */
  | { readonly kind: 'spike'; readonly factor: number };

export interface FaultWindow {
  readonly fault: VenueFault;
  /** Places in the list of venues, or all of them. */
  readonly venues: readonly number[] | 'all';
  /** Base coins, or all of them. */
  readonly bases: readonly string[] | 'all';
  /** Repeats on the UTC clock with this period; undefined: once, counted from the start of a recorded day. */
  readonly everyMs: number | undefined;
  readonly fromMs: number;
  readonly toMs: number;
}

export interface SimulatedFeedSettings {
  readonly seed: string;
  readonly instruments: readonly Instrument[];
  readonly startTime: TimestampMs;
  readonly stepMs: number;
  readonly fair: FairPrices;
  /** Basis of the perpetual, a share of the index. */
  readonly basisMean: number;
  readonly basisStandardDeviation: number;
  readonly faults: readonly FaultWindow[];
}

interface Contract {
  readonly instrument: Instrument;
  readonly quoteNoise: Noise;
  readonly basis: Noise;
  readonly lastNoise: RandomStream;
  readonly halfTick: number;
}

interface FeedState {
  readonly settings: SimulatedFeedSettings;
  readonly contracts: readonly Contract[];
  readonly quotePrice: Float64Array;
  readonly quoteTime: Float64Array;
  readonly lastShare: Float64Array;
  /** Time of the step that is being played. */
  readonly clock: Float64Array;
}

function contractOf(
  settings: SimulatedFeedSettings,
  instrument: Instrument,
  memory: Memory,
): Contract {
  const { seed, stepMs } = settings;
  const asset = instrument.base;
  const quotes = { seed, asset, purpose: 'quotes', count: VENUES.length, mean: 0, ...QUOTE_NOISE };
  const basis = {
    seed,
    asset,
    purpose: 'basis',
    count: 1,
    mean: settings.basisMean,
    standardDeviation: settings.basisStandardDeviation,
    halfLifeMs: BASIS_HALF_LIFE_MS,
  };
  return {
    instrument,
    quoteNoise: createNoise(quotes, stepMs, memory),
    basis: createNoise(basis, stepMs, memory),
    lastNoise: createStream(memory, { seed, asset, purpose: 'last' }),
    halfTick: instrument.tickSize.toNumber() / 2,
  };
}

function isOpen(window: FaultWindow, time: number, startTime: number): boolean {
  const phase = window.everyMs === undefined ? time - startTime : time % window.everyMs;
  return phase >= window.fromMs && phase < window.toMs;
}

function faultOn(
  open: readonly FaultWindow[],
  base: string,
  venue: number,
): VenueFault | undefined {
  return open.find(
    ({ bases, venues }) =>
      (bases === 'all' || bases.includes(base)) && (venues === 'all' || venues.includes(venue)),
  )?.fault;
}

/** A venue's quote after this step: new, frozen, shifted, or none. */
function quote(state: FeedState, at: number, honest: number, fault: VenueFault | undefined): void {
  if (fault?.kind === 'drop-out') return;
  state.quoteTime[at] = cell(state.clock, 0);
  if (fault?.kind === 'freeze') return;
  state.quotePrice[at] = honest * (fault?.factor ?? 1);
}

function quoteAll(state: FeedState): void {
  const { settings, contracts } = state;
  const time = cell(state.clock, 0);
  const open = settings.faults.filter((window) => isOpen(window, time, settings.startTime));
  for (const [index, { instrument, quoteNoise }] of contracts.entries()) {
    const fair = cell(settings.fair.prices, index);
    for (let venue = 0; venue < VENUES.length; venue += 1) {
      const honest = fair * (1 + cell(quoteNoise.values, venue));
      const fault = open.length === 0 ? undefined : faultOn(open, instrument.base, venue);
      quote(state, index * VENUES.length + venue, honest, fault);
    }
  }
}

function advanceNoise(state: FeedState): void {
  for (const [index, contract] of state.contracts.entries()) {
    contract.quoteNoise.advance();
    contract.basis.advance();
    state.lastShare[index] = LAST_NOISE * contract.lastNoise.normal();
  }
}

function quotesOf(state: FeedState, index: number): SourceQuote[] {
  const now = cell(state.clock, 0);
  return VENUES.map(({ name, weight }, venue) => {
    const at = index * VENUES.length + venue;
    return {
      name,
      weight,
      price: cell(state.quotePrice, at),
      ageMs: now - cell(state.quoteTime, at),
    };
  });
}

function bookOf(state: FeedState, index: number): Book {
  const contract = state.contracts[index];
  assert(contract !== undefined, 'a contract at each place');
  const middle = cell(state.settings.fair.prices, index) * (1 + cell(contract.basis.values, 0));
  return {
    bid: middle - contract.halfTick,
    ask: middle + contract.halfTick,
    last: middle * (1 + cell(state.lastShare, index)),
  };
}

export function createSimulatedFeed(settings: SimulatedFeedSettings, memory: Memory): Feed {
  const count = settings.instruments.length;
  const state: FeedState = {
    settings,
    contracts: settings.instruments.map((instrument) => contractOf(settings, instrument, memory)),
    quotePrice: memory.numbers('quote price', count * VENUES.length),
    quoteTime: memory.numbers('quote time', count * VENUES.length),
    // Drawn anew in every step before it is read: nothing to remember.
    lastShare: new Float64Array(count),
    clock: memory.numbers('feed clock', 1),
  };
  state.clock[0] = settings.startTime;
  quoteAll({ ...state, settings: { ...settings, faults: [] } });
  return {
    countsSources: true,
    advance(time) {
      state.clock[0] = time;
      settings.fair.advance(time);
      advanceNoise(state);
      quoteAll(state);
    },
    observe: (index) => ({
      quotes: quotesOf(state, index),
      book: bookOf(state, index),
      modelled: settings.fair.modelled[index] ?? false,
    }),
  };
}
