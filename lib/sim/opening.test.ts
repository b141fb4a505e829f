import { expect, it } from 'vitest';
import { engine } from '../engine/engine.ts';
import { type EngineEvent } from '../engine/event.ts';
import { type EngineState } from '../engine/state.ts';
import { CATALOGUE } from '../market/catalogue.ts';
import { createPopulation } from './population.ts';
import { createScenarioTape, scenarioById } from './scenario.ts';

const ACCOUNTS = 2_300;

function openedBy(
  seed: string,
  asEvents: (
    population: Extract<EngineEvent, { kind: 'population-opened' }>,
  ) => readonly EngineEvent[],
): { readonly state: EngineState; readonly rows: number } {
  const scenario = scenarioById('busy');
  if (!scenario.ok) throw new Error(scenario.error);
  const tape = createScenarioTape({ scenario: scenario.value, seed, instruments: CATALOGUE });
  const population = createPopulation({ seed, accounts: ACCOUNTS, instruments: CATALOGUE });
  const marks = new Map(
    tape.openingEvents.flatMap((event) =>
      event.kind === 'mark-updated' ? [[event.mark.instrumentId, event.mark] as const] : [],
    ),
  );
  const state = engine.openRun({
    runId: 'opening',
    seed,
    scenario: 'busy',
    startTime: tape.startTime,
    instruments: CATALOGUE,
    fundSeeds: [],
  });
  const events = asEvents({
    kind: 'population-opened',
    accounts: population.accounts,
    events: population.opening(marks),
  });
  let rows = 0;
  const input = { step: 1, time: tape.startTime, events: [...tape.openingEvents, ...events] };
  for (const group of engine.takeStep(state, input)) rows += group.length;
  return { state, rows };
}

it.each(['1', 'another'])(
  '[ST8] the traders of seed %s are the same in one row as in thousands',
  (seed) => {
    const together = openedBy(seed, (event) => [event]);
    const alone = openedBy(seed, ({ events }) => [...events]);
    expect(together.rows).toBe(2);
    expect(alone.rows).toBeGreaterThan(3 * ACCOUNTS);
    expect(together.state.accounts.size).toBeGreaterThan(ACCOUNTS);
    const ids = [...alone.state.accounts.keys()];
    expect([...together.state.accounts.keys()]).toEqual(ids);
    for (const id of ids)
      expect(together.state.accounts.read(id)).toEqual(alone.state.accounts.read(id));
  },
);
