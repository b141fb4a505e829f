/** What a demo can play: days that never end, made up, and five crash days on record. All are data; one function makes the tape. */
import { assert, fail, ok, type Result } from '../contract.ts';
import { type Instrument } from '../market/instrument.ts';
import { parseUtcTime, SECOND_MS, timestampMs, type TimestampMs } from '../units/time.ts';
import { CRASH_DAYS, type CrashDayId } from './crash-days.ts';
import { createDayPrices, durationMsOf } from './day-prices.ts';
import { createMarketTape } from './market-tape.ts';
import { createMemory } from './memory.ts';
import { createPathPrices, NO_SCRIPT, type PriceScript } from './path-prices.ts';
import {
  CRASH_FAULTS,
  FLASH_CRASH,
  OUTAGE_2020,
  SILENCES,
  SLOW_WAVE,
  SQUEEZE,
  WICK_2025,
} from './scenario-scripts.ts';
import { createSimulatedFeed, type FaultWindow } from './simulated-feed.ts';
import { type Tape } from './tape.ts';

export interface Scenario {
  readonly id: string;
  readonly title: string;
  /** One sentence. */
  readonly summary: string;
  readonly source:
    | {
        readonly kind: 'path';
        readonly volatilityFactor: number;
        readonly jumpFactor: number;
        readonly script: PriceScript;
        readonly start: string;
      }
    | { readonly kind: 'day'; readonly day: CrashDayId };
  /** Basis of the perpetuals, a share of the index. */
  readonly basis: { readonly mean: number; readonly standardDeviation: number };
  readonly faults: readonly FaultWindow[];
}

/** One step of every demo: what a venue's mark stream gives. */
const STEP_MS = SECOND_MS;

const CALM_BASIS = { mean: 0, standardDeviation: 0.0005 };
const TENSE_BASIS = { mean: -0.001, standardDeviation: 0.002 };
const AFTERNOON = '2026-01-14T13:00:00Z';
/** Half an hour before a funding stamp. */
const BEFORE_STAMP = '2026-01-14T07:30:00Z';

function dayScenario(p: {
  day: CrashDayId;
  title: string;
  summary: string;
  faults?: readonly FaultWindow[];
}): Scenario {
  return {
    id: p.day,
    title: p.title,
    summary: p.summary,
    source: { kind: 'day', day: p.day },
    basis: TENSE_BASIS,
    faults: p.faults ?? [],
  };
}

/** The default first. */
export const SCENARIOS: readonly Scenario[] = [
  {
    id: 'busy',
    title: 'Busy day',
    summary:
      'A day in a month of panic: four times the usual volatility, two jumps an hour alone or together, nothing scripted.',
    source: {
      kind: 'path',
      volatilityFactor: 4,
      jumpFactor: 16,
      script: NO_SCRIPT,
      start: AFTERNOON,
    },
    basis: CALM_BASIS,
    faults: [],
  },
  {
    id: 'calm',
    title: 'Calm day',
    summary: 'Half of the usual volatility and a jump a day: most accounts have nothing to fear.',
    source: {
      kind: 'path',
      volatilityFactor: 0.5,
      jumpFactor: 0.25,
      script: NO_SCRIPT,
      start: AFTERNOON,
    },
    basis: CALM_BASIS,
    faults: [],
  },
  {
    id: 'trend',
    title: 'Slow slide',
    summary:
      'BTC loses a fifth in eight hours and the others more, then all of it comes back in sixteen: longs first, shorts after.',
    source: {
      kind: 'path',
      volatilityFactor: 1,
      jumpFactor: 1,
      script: SLOW_WAVE,
      start: '2026-01-14T00:00:00Z',
    },
    basis: CALM_BASIS,
    faults: [],
  },
  {
    id: 'flash-crash',
    title: 'Flash crash',
    summary:
      'Every two hours BTC loses a quarter within six minutes, while one venue prints a wick and another hangs.',
    source: {
      kind: 'path',
      volatilityFactor: 1.5,
      jumpFactor: 2,
      script: FLASH_CRASH,
      start: '2026-01-14T14:10:00Z',
    },
    basis: TENSE_BASIS,
    faults: CRASH_FAULTS,
  },
  {
    id: 'funding-squeeze',
    title: 'Funding squeeze',
    summary:
      'Perpetuals trade far above spot, funding stands at its cap half an hour before the stamp, and shorts are squeezed.',
    source: {
      kind: 'path',
      volatilityFactor: 1,
      jumpFactor: 1,
      script: SQUEEZE,
      start: BEFORE_STAMP,
    },
    basis: { mean: 0.009, standardDeviation: 0.002 },
    faults: [],
  },
  {
    id: 'silent-feed',
    title: 'Silent feed',
    summary:
      'Venues fall silent, one by one and together: marks grow old, and nothing may be decided on an old mark.',
    source: {
      kind: 'path',
      volatilityFactor: 1.5,
      jumpFactor: 2,
      script: NO_SCRIPT,
      start: AFTERNOON,
    },
    basis: CALM_BASIS,
    faults: SILENCES,
  },
  dayScenario({
    day: '2020-03-12',
    title: '2020-03-12 Black Thursday',
    summary:
      'BTC and ETH lose more than half within 26 hours, and at the bottom three venues of five fall silent.',
    faults: OUTAGE_2020,
  }),
  dayScenario({
    day: '2021-05-19',
    title: '2021-05-19 China ban',
    summary: 'BTC falls 27 % and DOGE half within ten hours, most of it in one.',
  }),
  dayScenario({
    day: '2022-11-08',
    title: '2022-11-08 FTX',
    summary: 'SOL loses 62 % in two days while BTC slides 26 % step by step.',
  }),
  dayScenario({
    day: '2024-08-05',
    title: '2024-08-05 Yen carry',
    summary: 'A Monday of falling stock markets takes 18 % off BTC and a quarter off ETH.',
  }),
  dayScenario({
    day: '2025-10-10',
    title: '2025-10-10 Tariff shock',
    summary:
      'In 20 minutes BTC loses 13 % and smaller coins more than half, and one venue breaks away from all others.',
    faults: WICK_2025,
  }),
];

/** Finds a scenario by the name that a person typed. */
export function scenarioById(id: string): Result<Scenario> {
  const found = SCENARIOS.find((scenario) => scenario.id === id);
  if (found !== undefined) return ok(found);
  const known = SCENARIOS.map((scenario) => scenario.id).join(', ');
  return fail(`scenario "${id}" is unknown; expected one of ${known}`);
}

function startOf(text: string): TimestampMs {
  const time = parseUtcTime(text);
  assert(time !== undefined, `${text} is a time`);
  return time;
}

/** A new tape at its beginning. Same scenario, seed and instruments: the same tape, to the last tick. */
export function createScenarioTape(p: {
  readonly scenario: Scenario;
  readonly seed: string;
  readonly instruments: readonly Instrument[];
}): Tape {
  const { scenario, seed, instruments } = p;
  const { source } = scenario;
  const memory = createMemory();
  const startTime = startOf(source.kind === 'day' ? CRASH_DAYS[source.day].start : source.start);
  const shared = { seed, instruments, startTime, stepMs: STEP_MS };
  const fair =
    source.kind === 'day'
      ? createDayPrices({ ...shared, day: CRASH_DAYS[source.day] }, memory)
      : createPathPrices({ ...shared, ...source }, memory);
  const basis = {
    basisMean: scenario.basis.mean,
    basisStandardDeviation: scenario.basis.standardDeviation,
  };
  const feed = createSimulatedFeed({ ...shared, ...basis, fair, faults: scenario.faults }, memory);
  const endTime =
    source.kind === 'day'
      ? timestampMs(startTime + durationMsOf(CRASH_DAYS[source.day]))
      : undefined;
  return createMarketTape({
    name: scenario.title,
    startTime,
    stepMs: STEP_MS,
    endTime,
    instruments,
    feed,
    memory,
  });
}
