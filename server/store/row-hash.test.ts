import { expect, it } from 'vitest';
import { engine } from '#lib/engine/engine.ts';
import { openRandomRun, randomStep } from '#lib/engine/random-book.ts';
import { digestOfText } from './store.ts';

const SEED = 7;
const STEPS = 20;

it('chains rows as the engine does by itself', () => {
  const [ours, own] = [openRandomRun(SEED), openRandomRun(SEED)];
  for (let step = 0; step < STEPS; step += 1) {
    for (const group of engine.takeStep(ours.state, randomStep(ours, step, true), digestOfText))
      void group;
    for (const group of engine.takeStep(own.state, randomStep(own, step, true))) void group;
  }
  expect(ours.state.head.seq).toBeGreaterThan(STEPS);
  expect(ours.state.head).toEqual(own.state.head);
});
