/** Both ways to a target: the smallest deposit, and the smallest close of each position, cheapest first. Pure. */
import {
  closesByTurns,
  smallestDeposit,
  type Answer,
  type Closes,
  type DepositWay,
  type Goal,
} from '#lib/risk/solve.ts';

export interface Answers {
  readonly deposit: Answer<DepositWay>;
  readonly closes: Closes;
}

/** Pauses between two searches: a big pool takes longer than a frame. */
export function* answersByTurns(goal: Goal): Generator<void, Answers, void> {
  const deposit = smallestDeposit(goal);
  yield;
  const closes =
    deposit.kind === 'reached-already'
      ? { found: [], otherwise: deposit }
      : yield* closesByTurns(goal);
  return { deposit, closes };
}
