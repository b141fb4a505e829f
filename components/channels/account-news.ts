/** What changed in an account between two looks at it: one piece of news for each pool (ux.md 4.1). Pure. */
import { shownStateOf } from '#components/health/pool-view.ts';
import { severityRank, type ShownState } from '#lib/display/words.ts';
import { type AccountText, type PoolText } from '#lib/wire/protocol.ts';

export interface PoolNews {
  readonly accountId: string;
  readonly poolId: string;
  readonly from: ShownState;
  readonly to: ShownState;
  /** Run time of the change. */
  readonly at: number;
}

/** A pool that was not there before is no news: it took its state silently (rulings B2). */
export function newsBetween(before: AccountText, now: AccountText): readonly PoolNews[] {
  if (before.accountId !== now.accountId) return [];
  const states = new Map(before.pools.map((pool) => [pool.poolId, shownStateOf(pool)]));
  return now.pools.flatMap((pool) => {
    const from = states.get(pool.poolId);
    const to = shownStateOf(pool);
    if (from === undefined || from === to || isNewLife(from)) return [];
    return [{ accountId: now.accountId, poolId: pool.poolId, from, to, at: atOf(pool) }];
  });
}

/** A pool that was closed by the engine and trades again begins anew. */
function isNewLife(from: ShownState): boolean {
  return from === 'liquidated';
}

function atOf(pool: PoolText): number {
  return pool.unknownSince ?? pool.since;
}

export function isWorse({ from, to }: Pick<PoolNews, 'from' | 'to'>): boolean {
  return to === 'liquidated' || severityRank(to) < severityRank(from);
}

/** From Critical up nothing goes away by itself. */
export function isGrave(state: ShownState): boolean {
  return state === 'critical' || state === 'liquidating' || state === 'liquidated';
}
