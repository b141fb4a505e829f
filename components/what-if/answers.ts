/** Both ways to a target: the smallest deposit, and the smallest close of each position, cheapest first. Pure. */
import {
  smallestCloses,
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

export function answersOf(goal: Goal): Answers {
  const deposit = smallestDeposit(goal);
  const closes =
    deposit.kind === 'reached-already' ? { found: [], otherwise: deposit } : smallestCloses(goal);
  return { deposit, closes };
}
