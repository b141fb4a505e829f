/** What a pool is held against, and the states that it may be in. */
import { LEAVE, NO_LIMIT, type LevelColumns } from './level-columns.ts';

/** healthy 0, watch 1, warning 2, critical 3; liquidatable 4. */
export const CRITICAL = 3;
export const LIQUIDATABLE = 4;

/** What a pool is held against. */
export interface Standing {
  readonly levels: LevelColumns;
  readonly state: number;
  /** It is beyond the limit of leaving its state, and stays so. */
  readonly leaving: boolean;
  /** z under which its row tells of a step; 0 where it does not. */
  readonly step: number;
}

/** What it has to stay beyond: the limit of the next worse state, or that of leaving its own. */
export function outerLimit({ state, leaving }: Standing): number {
  if (leaving) return LEAVE + state - 1;
  return state < CRITICAL ? state : NO_LIMIT;
}
