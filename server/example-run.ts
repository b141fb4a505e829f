/** A short run with everything in it, for tests: every price falls by a little in every step, until many are liquidated. */
import { assert } from '#lib/contract.ts';
import { type EngineEvent } from '#lib/engine/event.ts';
import { CATALOGUE } from '#lib/market/catalogue.ts';
import { createPopulation } from '#lib/sim/population.ts';
import { createScenarioTape, scenarioById } from '#lib/sim/scenario.ts';
import { type Tape } from '#lib/sim/tape.ts';
import { ticks, type Ticks } from '#lib/units/scaled.ts';
import { mergeSource, type RunSource } from './run-source.ts';

const SCENARIO = 'calm';
/** Share of its opening price that every contract loses in one step, in thousandths. */
const FALL_PER_STEP = 2n;
const WHOLE = 1_000n;
/** After so many steps there is no further to fall. */
const LAST_FALL = 250n;

function fallen(count: Ticks, step: number): Ticks {
  const falls = BigInt(step) < LAST_FALL ? BigInt(step) : LAST_FALL;
  return ticks((count * (WHOLE - FALL_PER_STEP * falls)) / WHOLE);
}

function fallenEvent(event: EngineEvent, step: number): EngineEvent {
  if (event.kind !== 'mark-updated') return event;
  const { mark } = event;
  return {
    kind: 'mark-updated',
    mark: {
      ...mark,
      markTicks: fallen(mark.markTicks, step),
      indexTicks: fallen(mark.indexTicks, step),
      lastTicks: fallen(mark.lastTicks, step),
    },
  };
}

function fallingTape(seed: string): Tape {
  const scenario = scenarioById(SCENARIO);
  assert(scenario.ok, 'the scenario exists');
  const tape = createScenarioTape({ scenario: scenario.value, seed, instruments: CATALOGUE });
  return {
    ...tape,
    next: () => {
      const next = tape.next();
      if (next === undefined) return undefined;
      return { ...next, events: next.events.map((event) => fallenEvent(event, next.step)) };
    },
  };
}

/** The falling market with a few traders. Same seed, same run. */
export function createExampleSource(seed: string, accounts: number): RunSource {
  const tape = fallingTape(seed);
  const population = createPopulation({ seed, accounts, instruments: tape.instruments });
  return mergeSource({ tape, population, mode: 'demo', seed, scenario: SCENARIO, notes: [] });
}
