import { expect, it } from 'vitest';
import { poolsOf } from '../margin/pool.ts';
import { engine } from './engine.ts';
import { accountFacts, marketOf, poolFactsOf } from './facts.ts';
import { openRandomRun, randomStep } from './random-book.ts';

it('gives the facts of one pool as those of its account do', () => {
  const drawn = openRandomRun(11);
  const { state } = drawn;
  const kinds = new Set<string>();
  for (let step = 0; step < 60; step += 1)
    for (const group of engine.takeStep(state, randomStep(drawn, step, true))) void group;
  const market = marketOf(state);
  for (const account of state.accounts.values()) {
    for (const whole of poolsOf(accountFacts(state, account), market)) {
      const alone = poolFactsOf(state, account, { id: whole.id, market });
      // Nobody rests an order here: none asks which positions it would join.
      expect({ ...alone, orderPositions: [] }).toEqual({ ...whole, orderPositions: [] });
      if (whole.positions.length > 0) kinds.add(whole.scope.kind);
    }
  }
  expect([...kinds].toSorted()).toEqual(['cross', 'isolated', 'multi-asset']);
});
