/**
 * What a run consists of besides people's commands: a tape of prices and a population that trades on it, merged into one
 * stream of steps that can be saved and continued. Deterministic: same arguments and same engine state, same steps.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fail, ok, type Result } from '#lib/contract.ts';
import { type RunIdentity } from '#lib/engine/engine.ts';
import { type EngineEvent, type MarkFact } from '#lib/engine/event.ts';
import { type EngineState } from '#lib/engine/state.ts';
import { CATALOGUE, SETTLE_ASSET } from '#lib/market/catalogue.ts';
import { createFeedDrills } from '#lib/sim/feed-drills.ts';
import { createPopulation, type Holding, type Population } from '#lib/sim/population.ts';
import { readReplayCsv } from '#lib/sim/replay-rows.ts';
import { createReplayTape } from '#lib/sim/replay.ts';
import { createScenarioTape, scenarioById } from '#lib/sim/scenario.ts';
import { type Tape } from '#lib/sim/tape.ts';
import { type AccountId, type InstrumentId } from '#lib/units/ids.ts';
import { MONEY_SCALE, moneyUnits } from '#lib/units/scaled.ts';
import { type TimestampMs } from '#lib/units/time.ts';
import type { RunInput } from './config.ts';
import { createDrillLog, type DrillLog } from './drill-log.ts';

export interface SourceStep {
  readonly time: TimestampMs;
  readonly events: readonly EngineEvent[];
}

export interface RunSource {
  readonly identity: Omit<RunIdentity, 'runId'>;
  readonly mode: 'demo' | 'replay';
  /** What was skipped in the input, a sentence each. */
  readonly notes: readonly string[];
  readonly tape: {
    readonly name: string;
    readonly startTime: TimestampMs;
    /** Run time between two steps. */
    readonly stepMs: number;
    /** undefined: it never ends. */
    readonly endTime: TimestampMs | undefined;
  };
  /**
   * The next step, the opening first; undefined once the tape has ended.
   * @param state the engine's, after the step before: traders act on what they hold.
   */
  next(state: EngineState): SourceStep | undefined;
  /** What drills did; whoever takes steps tells it of each. */
  readonly drillLog: DrillLog;
  /** A person's command took effect at run time `now`: some of them change what comes next. */
  take(command: EngineEvent, now: TimestampMs): void;
  /** Where it stands, as text. */
  save(): string;
  /** Continues where `save` was called, on a source made with the same arguments. */
  load(text: string): void;
}

/** What the insurance fund starts with: stated on screen, on the books against the treasury. */
const FUND_SEED_USDT = 250_000n;

/** The id under which a replayed file stands among the scenarios. */
export const REPLAY_SCENARIO = 'replay';

export interface SourceSettings {
  readonly input: RunInput;
  readonly seed: string;
  readonly accounts: number;
}

export function scenarioInput(scenario: string): RunInput {
  return { kind: 'scenario', scenario };
}

/** A source at its beginning, or why there is none. */
export function createRunSource(settings: SourceSettings): Result<RunSource> {
  const { input, seed, accounts } = settings;
  const opened =
    input.kind === 'replay' ? replayTape(input.path, seed) : demoTape(input.scenario, seed);
  if (!opened.ok) return opened;
  const { tape, scenario, notes } = opened.value;
  const { instruments } = tape;
  const population = createPopulation({ seed, accounts, instruments });
  const mode = input.kind === 'replay' ? 'replay' : 'demo';
  return ok(mergeSource({ tape, population, mode, seed, scenario, notes }));
}

interface OpenedTape {
  readonly tape: Tape;
  readonly scenario: string;
  readonly notes: readonly string[];
}

function demoTape(id: string, seed: string): Result<OpenedTape> {
  const scenario = scenarioById(id);
  if (!scenario.ok) return scenario;
  const tape = createScenarioTape({ scenario: scenario.value, seed, instruments: CATALOGUE });
  return ok({ tape, scenario: id, notes: [] });
}

/** More bad rows than these are counted, not told one by one. */
const ROWS_TOLD_MAX = 20;

function replayTape(path: string, seed: string): Result<OpenedTape> {
  const name = basename(path);
  const text = textOf(path);
  if (!text.ok) return text;
  const read = readReplayCsv({ text: text.value, name });
  if (!read.ok) return read;
  const { bars, problems } = read.value;
  const tape = createReplayTape({ name, rows: bars, seed, instruments: CATALOGUE });
  if (!tape.ok) return tape;
  const told = problems
    .slice(0, ROWS_TOLD_MAX)
    .map(
      ({ line, value, expected }) => `${name}, line ${line}: got "${value}", expected ${expected}`,
    );
  const { unused } = tape.value;
  const notes = [
    ...told,
    ...(problems.length > told.length
      ? [`${name}: ${problems.length} rows were skipped in all`]
      : []),
    ...(unused.length > 0 ? [`${name}: not played, no such contract: ${unused.join(', ')}`] : []),
  ];
  return ok({ tape: tape.value, scenario: REPLAY_SCENARIO, notes });
}

function textOf(path: string): Result<string> {
  try {
    return ok(readFileSync(path, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return fail(`REPLAY file "${path}" cannot be read: ${reason}`);
  }
}

interface Saved {
  readonly isOpened: boolean;
  readonly tape: string;
  readonly drills: string;
  readonly population: string;
  /** Absent in what an earlier version saved. */
  readonly drillLog?: string;
}

/** One stream of steps from a tape and the traders on it. */
export function mergeSource(p: {
  readonly tape: Tape;
  readonly population: Population;
  readonly mode: RunSource['mode'];
  readonly seed: string;
  readonly scenario: string;
  readonly notes: readonly string[];
}): RunSource {
  const { tape, population, mode, seed, scenario, notes } = p;
  const { name, startTime, stepMs, endTime, instruments } = tape;
  const drills = createFeedDrills();
  const drillLog = createDrillLog();
  let isOpened = false;

  function opening(): SourceStep {
    isOpened = true;
    const { accounts } = population;
    const traders = population.opening(marksOf(tape.openingEvents));
    const opened = { kind: 'population-opened', accounts, events: traders } as const;
    return { time: startTime, events: [...tape.openingEvents, opened] };
  }

  return {
    identity: {
      seed,
      scenario,
      startTime,
      instruments,
      fundSeeds: [{ asset: SETTLE_ASSET, amount: moneyUnits(FUND_SEED_USDT * MONEY_SCALE) }],
    },
    mode,
    notes,
    tape: { name, startTime, stepMs, endTime },
    drillLog,
    next: (state) => {
      if (!isOpened) return opening();
      const step = tape.next();
      if (step === undefined) return undefined;
      const { time } = step;
      const events = drills.moveMarket(step.events, time);
      const marks = marksAfter(state, events);
      const traded = population.flow(step, marks, (id) => holdingsOf(state, id));
      const heard = drills.disturbFeed(events, time);
      return { time, events: traded.length === 0 ? heard : [...heard, ...traded] };
    },
    take: (event, now) => {
      if (event.kind === 'operator-command' && event.command.kind === 'feed-drill')
        drills.begin(event.command, now);
    },
    save: () => {
      const saved: Saved = {
        isOpened,
        tape: tape.save(),
        drills: drills.save(),
        population: population.save(),
        drillLog: drillLog.save(),
      };
      return JSON.stringify(saved);
    },
    load: (text) => {
      // Written by `save` above and kept beside the digest of its checkpoint.
      const saved = JSON.parse(text) as Saved;
      isOpened = saved.isOpened;
      tape.load(saved.tape);
      drills.load(saved.drills);
      population.load(saved.population);
      if (saved.drillLog !== undefined) drillLog.load(saved.drillLog);
    },
  };
}

function marksOf(events: readonly EngineEvent[]): Map<InstrumentId, MarkFact> {
  const marks = new Map<InstrumentId, MarkFact>();
  for (const event of events) {
    if (event.kind === 'mark-updated') marks.set(event.mark.instrumentId, event.mark);
  }
  return marks;
}

/** The marks that hold once these events are taken. */
function marksAfter(
  state: EngineState,
  events: readonly EngineEvent[],
): ReadonlyMap<InstrumentId, MarkFact> {
  const marks = marksOf(events);
  for (const [id, { fact }] of state.marks) if (!marks.has(id)) marks.set(id, fact);
  return marks;
}

function holdingsOf(state: EngineState, id: AccountId): readonly Holding[] | undefined {
  const account = state.accounts.read(id);
  return account === undefined ? undefined : [...account.positions.values()];
}
