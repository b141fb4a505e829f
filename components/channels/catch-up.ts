/** What a reader missed while nothing was heard (ux.md 4.12): one summary of what changed and of what is not well now. Pure. */
import { shownStateOf } from '#components/health/pool-view.ts';
import { SHOWN_STATES, type ShownState } from '#lib/display/words.ts';
import { type AccountText, type DeskTotals } from '#lib/wire/protocol.ts';

/** The page as it was when it heard the server last. */
export interface LastSeen {
  readonly runId: string;
  readonly wallTime: number;
  readonly runTime: number;
  readonly account: AccountText;
  readonly totals: DeskTotals;
}

export interface PoolMissed {
  readonly poolId: string;
  readonly before: ShownState | undefined;
  readonly now: ShownState;
  /** Run time since when it is in this state. */
  readonly since: number;
}

export interface Absence {
  readonly accountId: string;
  /** How long the page heard nothing, on the wall clock, and how far the run went meanwhile. */
  readonly wallMs: number;
  readonly runMs: number;
  /** Pools of the followed account that changed, or are not well now. */
  readonly pools: readonly PoolMissed[];
  /** Accounts of the whole book that are not well now, worst first. */
  readonly book: readonly { readonly state: ShownState; readonly accounts: number }[];
  /** Liquidations of the whole book meanwhile. */
  readonly liquidations: number;
}

/** Undefined where there is nothing to compare: another run, or another account. */
export function absenceBetween(before: LastSeen, now: LastSeen): Absence | undefined {
  if (before.runId !== now.runId || before.account.accountId !== now.account.accountId)
    return undefined;
  return {
    accountId: now.account.accountId,
    wallMs: Math.max(0, now.wallTime - before.wallTime),
    runMs: Math.max(0, now.runTime - before.runTime),
    pools: missedPools(before, now),
    book: notWell(now.totals),
    liquidations: Math.max(0, now.totals.liquidations - before.totals.liquidations),
  };
}

function missedPools(before: LastSeen, now: LastSeen): readonly PoolMissed[] {
  const states = new Map(before.account.pools.map((pool) => [pool.poolId, shownStateOf(pool)]));
  return now.account.pools
    .map((pool) => ({
      poolId: pool.poolId,
      before: states.get(pool.poolId),
      now: shownStateOf(pool),
      since: pool.unknownSince ?? pool.since,
    }))
    .filter(
      (pool) => pool.now !== 'healthy' || (pool.before !== undefined && pool.before !== pool.now),
    );
}

function notWell({ byState }: DeskTotals): Absence['book'] {
  return SHOWN_STATES.filter((state) => state !== 'healthy' && state !== 'liquidated')
    .map((state) => ({ state, accounts: byState[state] }))
    .filter(({ accounts }) => accounts > 0);
}
