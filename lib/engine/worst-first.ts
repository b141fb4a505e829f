/** Whom to liquidate first (rulings E5): below zero the largest deficit, above it the lowest health; ties by id. */
import { type Breach } from './phase.ts';
import { type PoolRow } from './state.ts';

type Ranked = Pick<Breach, 'equity' | 'maintenance'> & { readonly row: Pick<PoolRow, 'poolId'> };

/** Ten thousand may be breached at once: floats order them where they are beyond doubt, decimals the rest. */
interface Ordered<Found extends Ranked> {
  readonly breach: Found;
  readonly isGone: boolean;
  /** Equity where it is below zero, else equity / maintenance. */
  readonly quick: number;
}

/** What a quotient of two rounded numbers may be wrong by, as a share, with room to spare. */
const QUICK_DOUBT = 1e-12;

export function worstFirst<Found extends Ranked>(breached: readonly Found[]): readonly Found[] {
  return breached
    .map(orderedOf)
    .sort(compare)
    .map(({ breach }) => breach);
}

function orderedOf<Found extends Ranked>(breach: Found): Ordered<Found> {
  const equity = breach.equity.toNumber();
  const isGone = breach.equity.isNegative();
  return { breach, isGone, quick: isGone ? equity : equity / breach.maintenance.toNumber() };
}

function compare(left: Ordered<Ranked>, right: Ordered<Ranked>): number {
  if (left.isGone !== right.isGone) return left.isGone ? -1 : 1;
  const gap = left.quick - right.quick;
  if (Math.abs(gap) > QUICK_DOUBT * (Math.abs(left.quick) + Math.abs(right.quick))) return gap;
  return compareExactly(left.breach, right.breach);
}

function compareExactly(left: Ranked, right: Ranked): number {
  const order = left.equity.isNegative()
    ? left.equity.comparedTo(right.equity)
    : left.equity.times(right.maintenance).comparedTo(right.equity.times(left.maintenance));
  return order === 0 ? (left.row.poolId < right.row.poolId ? -1 : 1) : order;
}
