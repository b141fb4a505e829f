/** Accounts that somebody looks at, with what they were last told: facts go out only when they changed. */
import { type JournalRow } from '#lib/engine/row.ts';
import { type ShownState } from '#lib/engine/state.ts';
import { type AccountText, type PoolText } from '#lib/wire/protocol.ts';
import { accountTextOf, plainTextOf } from './account-figures.ts';

export interface WatchList {
  /** Facts now; undefined when there is no such account. From here on its changes are reported. */
  watch(state: ShownState, accountId: string): AccountText | undefined;
  unwatch(accountId: string): void;
  clear(): void;
  readonly accountIds: readonly string[];
  /** Facts of watched accounts that these rows may have changed, and did. */
  changedBy(state: ShownState, rows: readonly JournalRow[]): readonly AccountText[];
  /** The same for accounts named, whatever happened. */
  changedAmong(state: ShownState, accountIds: readonly string[]): readonly AccountText[];
}

/** Rows without an account that touch the facts of many. */
const TOUCHES_ALL: ReadonlySet<JournalRow['body']['kind']> = new Set([
  'funding-settled',
  'instrument-changed',
]);

interface Told {
  readonly text: AccountText;
  readonly words: string;
}

export function createWatchList(): WatchList {
  const told = new Map<string, Told>();

  function changedAmong(state: ShownState, accountIds: Iterable<string>): readonly AccountText[] {
    return newsAmong(accountIds, (id) => accountTextOf(state, id));
  }

  /** Why pools are in their states is worked out when their turn comes: of many at once it would hold up the loop. */
  function changedOfAll(state: ShownState): readonly AccountText[] {
    return newsAmong(told.keys(), (id, before) => {
      const text = plainTextOf(state, id);
      return text && { ...text, pools: withKnownReasons(text.pools, before.pools) };
    });
  }

  function newsAmong(
    accountIds: Iterable<string>,
    textOf: (id: string, before: AccountText) => AccountText | undefined,
  ): readonly AccountText[] {
    const news: AccountText[] = [];
    for (const id of accountIds) {
      const before = told.get(id);
      const text = before && textOf(id, before.text);
      if (text === undefined) continue;
      const words = JSON.stringify(text);
      if (words === before?.words) continue;
      told.set(id, { text, words });
      news.push(text);
    }
    return news;
  }

  return {
    watch: (state, accountId) => {
      const text = accountTextOf(state, accountId);
      // Somebody who looks already was told older facts: their next report must not be skipped.
      if (text !== undefined && !told.has(accountId))
        told.set(accountId, { text, words: JSON.stringify(text) });
      return text;
    },
    unwatch: (accountId) => void told.delete(accountId),
    clear: () => told.clear(),
    get accountIds() {
      return [...told.keys()];
    },
    changedBy: (state, rows) => {
      if (told.size === 0 || rows.length === 0) return [];
      if (rows.some(({ body }) => TOUCHES_ALL.has(body.kind))) return changedOfAll(state);
      const ids = rows.flatMap(({ accountId }) =>
        accountId !== null && told.has(accountId) ? [accountId] : [],
      );
      return ids.length === 0 ? [] : changedAmong(state, new Set(ids));
    },
    changedAmong,
  };
}

/** Reasons as they were told, of pools that are still in the same state. */
function withKnownReasons(
  pools: readonly PoolText[],
  before: readonly PoolText[],
): readonly PoolText[] {
  return pools.map((pool) => {
    const known = before.find(({ poolId }) => poolId === pool.poolId);
    return known?.alertState === pool.alertState ? { ...pool, reason: known.reason } : pool;
  });
}
