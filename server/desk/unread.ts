/** Accounts that steps concerned and nobody has read anew yet: few are read when somebody looks, many some at a time. */
import { type JournalRow } from '#lib/engine/row.ts';
import { type AccountId } from '#lib/units/ids.ts';

export interface Unread {
  note(rows: readonly JournalRow[]): void;
  /** Reads them all, unless they are too many. */
  settle(): void;
  /** Reads some of too many, until a moment of `now`. */
  catchUp(until: number): void;
  /** Undefined unless they are too many. */
  readonly catchingUp: { readonly done: number; readonly of: number } | undefined;
}

const AT_ONCE = 300;

/** @param now monotonic milliseconds. */
export function createUnread(read: (id: AccountId) => void, now: () => number): Unread {
  const unread = new Set<AccountId>();
  /** The most that there were since there were none. */
  let most = 0;

  function readOne(id: AccountId): void {
    read(id);
    unread.delete(id);
  }

  return {
    note: (rows) => {
      for (const { accountId } of rows) if (accountId !== null) unread.add(accountId);
    },
    settle: () => {
      if (unread.size > AT_ONCE) return;
      for (const id of unread) readOne(id);
      most = 0;
    },
    catchUp: (until) => {
      if (unread.size <= AT_ONCE) return;
      most = Math.max(most, unread.size);
      for (const id of unread) {
        readOne(id);
        if (now() >= until) break;
      }
    },
    get catchingUp() {
      if (unread.size <= AT_ONCE) return undefined;
      const of = Math.max(most, unread.size);
      return { done: of - unread.size, of };
    },
  };
}
