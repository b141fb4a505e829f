import { expect, it } from 'vitest';
import { conservationOf } from './conservation.ts';
import { engine } from './engine.ts';
import { lastStepOf } from './last-step.ts';
import { openRandomRun, randomStep } from './random-book.ts';
import { type ShownState } from './state.ts';

const RUNS = 4;
const STEPS = 60;

function plain(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}n`;
  if (value instanceof Map) return [...value];
  return value;
}

/** Everything that can be read of a run, accounts by name and by number. */
function textOf(state: ShownState): string {
  const { accounts, ...facts } = state;
  const ids = [...accounts.keys()];
  return JSON.stringify(
    {
      ...facts,
      ids,
      size: accounts.size,
      all: [...accounts.values()],
      byName: ids.map((id) => [accounts.numberOf(id), accounts.read(id)]),
      sums: accounts.sums(),
      conservation: conservationOf(state),
      market: engine.marketOf(state),
    },
    plain,
  );
}

it('[ST10] a step is seen when it is through, and nothing of it before', () => {
  let looks = 0;
  let changes = 0;
  for (let seed = 1; seed <= RUNS; seed += 1) {
    const drawn = openRandomRun(seed);
    const { state } = drawn;
    const lastStep = lastStepOf(state);
    const { shown } = lastStep;
    for (let step = 0; step <= STEPS; step += 1) {
      const before = textOf(shown);
      const input = randomStep(drawn, step);
      lastStep.hold();
      for (const group of engine.takeStep(state, input)) {
        looks += 1;
        // Packs away what is in hand: it may be changed and packed away again.
        engine.digestOf(state);
        if (textOf(shown) !== before)
          throw new Error(`seed ${seed}: step ${step} is seen after ${group.length} of its rows`);
      }
      expect(textOf(shown)).toBe(before);
      lastStep.release();
      const after = textOf(shown);
      expect(after).toBe(textOf(state));
      if (after !== before) changes += 1;
    }
  }
  expect(looks).toBeGreaterThan(RUNS * 10);
  expect(changes).toBe(RUNS * (STEPS + 1));
});
