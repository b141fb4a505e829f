/**
 * Whole runs on the demo's own prices and traders, small ones on many seeds: nothing is made or lost in any step, a run that assesses
 * every pool at every step ends the same, and one that is saved and loaded anywhere goes on as if nothing had happened.
 */
import { describe, expect, it } from 'vitest';
import { conservationOf } from '../engine/conservation.ts';
import { engine, type RunIdentity } from '../engine/engine.ts';
import { type MarkFact } from '../engine/event.ts';
import { type JournalRow } from '../engine/row.ts';
import { type EngineState } from '../engine/state.ts';
import { forgetAllFacts } from '../engine/notes.ts';
import { CATALOGUE, SETTLE_ASSET } from '../market/catalogue.ts';
import { type InstrumentId } from '../units/ids.ts';
import { moneyUnits } from '../units/scaled.ts';
import { createPopulation, type Population } from './population.ts';
import { createScenarioTape, scenarioById } from './scenario.ts';
import { type Tape } from './tape.ts';

const DEEP = process.env.PLIMSOLL_DEEP === '1';
const SEEDS = DEEP ? 20 : 1;
const STEPS = DEEP ? 900 : 150;
const SCENARIOS = ['busy', 'flash-crash', 'silent-feed', 'trend', '2025-10-10'];
/** A tenth of a dollar: the first hole empties it and the next ones are bad debt. */
const TINY_FUND = moneyUnits(10_000_000n);

interface Run {
  readonly tape: Tape;
  readonly population: Population;
  state: EngineState;
  readonly rows: JournalRow[];
}

function identityOf(seed: string, scenario: string, tape: Tape): RunIdentity {
  return {
    runId: 'fuzz',
    seed,
    scenario,
    startTime: tape.startTime,
    instruments: CATALOGUE,
    fundSeeds: [{ asset: SETTLE_ASSET, amount: TINY_FUND }],
  };
}

function sourcesOf(seed: string, id: string): Pick<Run, 'tape' | 'population'> {
  const scenario = scenarioById(id);
  if (!scenario.ok) throw new Error(scenario.error);
  const accounts = 20 + (Number(seed) % 5) * 10;
  return {
    tape: createScenarioTape({ scenario: scenario.value, seed, instruments: CATALOGUE }),
    population: createPopulation({ seed, accounts, instruments: CATALOGUE }),
  };
}

function openRun(seed: string, id: string): Run {
  const sources = sourcesOf(seed, id);
  const state = engine.openRun(identityOf(seed, id, sources.tape));
  const run: Run = { ...sources, state, rows: [] };
  take(run, 0, run.tape.startTime, run.tape.openingEvents);
  take(run, 0, run.tape.startTime, [...run.population.opening(marksOf(state))]);
  return run;
}

function marksOf(state: EngineState): ReadonlyMap<InstrumentId, MarkFact> {
  return new Map([...state.marks].map(([id, mark]) => [id, mark.fact]));
}

function take(
  run: Run,
  step: number,
  time: Tape['startTime'],
  events: Tape['openingEvents'],
): void {
  for (const group of engine.takeStep(run.state, { step, time, events })) run.rows.push(...group);
  if (!conservationOf(run.state).holds) throw new Error(`money was made or lost in step ${step}`);
}

function advance(run: Run): void {
  const next = run.tape.next();
  if (next === undefined) return;
  const flow = run.population.flow(next, marksOf(run.state), (id) => {
    const account = run.state.accounts.read(id);
    return account === undefined ? undefined : [...account.positions.values()];
  });
  take(run, next.step, next.time, [...next.events, ...flow]);
}

/** The same run as if its process had ended here and another one had taken over. */
function handedOver(run: Run, seed: string, id: string): Run {
  const sources = sourcesOf(seed, id);
  sources.tape.load(run.tape.save());
  sources.population.load(run.population.save());
  const identity = identityOf(seed, id, sources.tape);
  return {
    ...sources,
    state: engine.loadState(identity, engine.saveState(run.state)),
    rows: run.rows,
  };
}

describe.each(SCENARIOS)('%s', (id) => {
  it('[SC1, DG1, DG3, DG4] ends the same: screened, by brute force, and handed over at any step', () => {
    for (let number = 1; number <= SEEDS; number += 1) {
      const seed = String(number + SCENARIOS.indexOf(id));
      const screened = openRun(seed, id);
      const brute = openRun(seed, id);
      let restarted = openRun(seed, id);
      for (let step = 1; step <= STEPS; step += 1) {
        advance(screened);
        forgetAllFacts(brute.state, true);
        advance(brute);
        if ((step * 7 + number) % 23 === 0) restarted = handedOver(restarted, seed, id);
        advance(restarted);
        const told = `seed ${seed}, step ${step}`;
        expect(brute.state.head.hash, told).toBe(screened.state.head.hash);
        expect(restarted.state.head.hash, told).toBe(screened.state.head.hash);
      }
      const digest = engine.digestOf(screened.state);
      expect(engine.digestOf(brute.state), `seed ${seed}`).toBe(digest);
      expect(engine.digestOf(restarted.state), `seed ${seed}`).toBe(digest);
      expect(screened.rows.length).toBeGreaterThan(20);
    }
  });
});
