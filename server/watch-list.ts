/** Accounts that somebody looks at, with what they were last told: facts go out only when they changed. */
import { type JournalRow } from '#lib/engine/row.ts';
import { type EngineState } from '#lib/engine/state.ts';
import { type AccountText } from '#lib/wire/protocol.ts';
import { accountTextOf } from './account-figures.ts';

export interface WatchList {
  /** Facts now; undefined when there is no such account. From here on its changes are reported. */
  watch(state: EngineState, accountId: string): AccountText | undefined;
  unwatch(accountId: string): void;
  clear(): void;
  readonly accountIds: readonly string[];
  /** Facts of watched accounts that these rows may have changed, and did. */
  changedBy(state: EngineState, rows: readonly JournalRow[]): readonly AccountText[];
  /** The same for accounts named, whatever happened. */
  changedAmong(state: EngineState, accountIds: readonly string[]): readonly AccountText[];
}

/** Rows without an account that touch the facts of many. */
const TOUCHES_ALL: ReadonlySet<JournalRow['body']['kind']> = new Set([
  'funding-settled',
  'instrument-changed',
]);

export function createWatchList(): WatchList {
  const told = new Map<string, string>();

  function changedAmong(state: EngineState, accountIds: Iterable<string>): readonly AccountText[] {
    const changed: AccountText[] = [];
    for (const id of accountIds) {
      const text = told.has(id) ? accountTextOf(state, id) : undefined;
      if (text === undefined) continue;
      const words = JSON.stringify(text);
      if (words === told.get(id)) continue;
      told.set(id, words);
      changed.push(text);
    }
    return changed;
  }

  return {
    watch: (state, accountId) => {
      const text = accountTextOf(state, accountId);
      // Somebody who looks already was told older facts: their next report must not be skipped.
      if (text !== undefined && !told.has(accountId)) told.set(accountId, JSON.stringify(text));
      return text;
    },
    unwatch: (accountId) => void told.delete(accountId),
    clear: () => told.clear(),
    get accountIds() {
      return [...told.keys()];
    },
    changedBy: (state, rows) => {
      if (told.size === 0 || rows.length === 0) return [];
      if (rows.some(({ body }) => TOUCHES_ALL.has(body.kind)))
        return changedAmong(state, told.keys());
      const ids = rows.flatMap(({ accountId }) => (accountId === null ? [] : [accountId]));
      return changedAmong(state, new Set(ids));
    },
    changedAmong,
  };
}
