/** Which pool of an account stands for it, and which account stands first: worse before better. */
import { isSystemAccount } from '#lib/engine/ledger.ts';
import { type EngineState, type LedgerAccount, type PoolRow } from '#lib/engine/state.ts';
import { screenStateOf } from '#lib/wire/codec.ts';
import { type ScreenState } from '#lib/wire/protocol.ts';

/** Higher is worse. A liquidation that is over is news, not danger. */
export const SCREEN_RANK: Readonly<Record<ScreenState, number>> = {
  healthy: 0,
  liquidated: 1,
  watch: 2,
  warning: 3,
  unknown: 4,
  critical: 5,
  liquidating: 6,
};

export function tradersOf(state: EngineState): readonly LedgerAccount[] {
  return [...state.accounts.values()].filter(({ accountId }) => !isSystemAccount(accountId));
}

export function screenStateOfRow(row: PoolRow): ScreenState {
  return screenStateOf(row.alert, row.phase);
}

/** Run time at which the shown state began: Unknown counts from the doubt, not from the alert state that it hides. */
export function shownSinceOf(row: PoolRow): number {
  const { since, unknownSince } = row.alert;
  return screenStateOfRow(row) === 'unknown' ? (unknownSince ?? since) : since;
}

/** Which state stands for an account, and since when: of pools in the same state the one that has been in it longest. */
export interface Standing {
  readonly state: ScreenState;
  readonly since: number;
}

/** An account without a pool stands as it was opened. */
export function standingOf(rows: readonly PoolRow[], openedAt: number): Standing {
  const state = worstStateOf(rows);
  const shown = rows.filter((row) => screenStateOfRow(row) === state);
  const since = shown.length === 0 ? openedAt : Math.min(...shown.map(shownSinceOf));
  return { state, since };
}

/** The worst state among pools; an account without any is healthy. */
export function worstStateOf(rows: readonly PoolRow[]): ScreenState {
  let worst: ScreenState = 'healthy';
  for (const row of rows) {
    const state = screenStateOfRow(row);
    if (SCREEN_RANK[state] > SCREEN_RANK[worst]) worst = state;
  }
  return worst;
}
