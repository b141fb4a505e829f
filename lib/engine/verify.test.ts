import { expect, it } from 'vitest';
import { engine } from './engine.ts';
import { LINEAR } from './example-book.ts';
import { longOfOne, markOf, take, traderId } from './example-run.ts';
import { openRandomRun, randomStep } from './random-book.ts';
import { type EngineState } from './state.ts';
import { verifyRun, type Verified } from './verify.ts';

function verified(state: EngineState): Verified {
  const round = verifyRun(state);
  for (;;) {
    const next = round.next();
    if (next.done === true) return next.value;
  }
}

it('[SC4] finds nothing in a run of books of every kind, at whichever step it looks', () => {
  const drawn = openRandomRun(7);
  let pools = 0;
  for (let step = 0; step < 80; step += 1) {
    const input = randomStep(drawn, step, true);
    for (const group of engine.takeStep(drawn.state, input)) void group;
    const found = verified(drawn.state);
    expect(found).toMatchObject({ differing: 0, differences: [] });
    pools += found.pools;
  }
  expect(pools).toBeGreaterThan(500);
});

it('[SC4] names a pool whose row is not what its figures say', () => {
  const state = longOfOne({ deposit: 5_000 });
  take(state, 2, [markOf(LINEAR, 59_990, { second: 2 })]);
  expect(verified(state)).toMatchObject({ accounts: 1, pools: 1, differing: 0 });
  const row = state.accounts.get(traderId(1))?.rows.values().next().value;
  if (row !== undefined) row.alert = { ...row.alert, state: 'critical' };
  const { differing, differences } = verified(state);
  expect(differing).toBe(1);
  expect(differences[0]).toContain('A0001/cross:USDT has');
});
