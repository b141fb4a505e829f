/** What changed in an account between two looks at it: one piece of news for each pool (ux.md 4.1). Pure. */
import { shownStateOf } from '#components/health/pool-view.ts';
import { severityRank, type ShownState } from '#lib/display/words.ts';
import { ESCALATE_AFTER_MS } from '#lib/engine/escalation.ts';
import { type AccountText, type PoolText } from '#lib/wire/protocol.ts';

export interface PoolNews {
  readonly accountId: string;
  readonly poolId: string;
  readonly from: ShownState;
  readonly to: ShownState;
  /** Run time of the change. */
  readonly at: number;
  /** Set where nothing changed and nobody has answered for so long: it is told again. */
  readonly unansweredMs?: number;
}

/** A pool that was not there before is no news: it took its state silently (rulings B2). */
export function newsBetween(before: AccountText, now: AccountText): readonly PoolNews[] {
  if (before.accountId !== now.accountId) return [];
  const { accountId } = now;
  const known = new Map(before.pools.map((pool) => [pool.poolId, pool]));
  return now.pools.flatMap((pool): readonly PoolNews[] => {
    const old = known.get(pool.poolId);
    if (old === undefined) return [];
    const { poolId } = pool;
    const [from, to] = [shownStateOf(old), shownStateOf(pool)];
    if (from === to)
      return escalated(old, pool).map((told) => ({ accountId, poolId, from, to, ...told }));
    return isNewLife(from) ? [] : [{ accountId, poolId, from, to, at: atOf(pool) }];
  });
}

/** ux.md 4.9: nobody has answered a Critical. */
function escalated(
  { asking: before }: PoolText,
  { asking }: PoolText,
): readonly Required<Pick<PoolNews, 'at' | 'unansweredMs'>>[] {
  if (asking === null || asking.told <= (before?.told ?? 0)) return [];
  const unansweredMs = ESCALATE_AFTER_MS[asking.told - 1] ?? 0;
  return [{ at: asking.since + unansweredMs, unansweredMs }];
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
