/** What a reader keeps of a numbered stream: it applies what follows, ignores what it has, and refuses a gap. */
import { type AccountPatch, type AccountText, type RowsPatch, type RowWire } from './protocol.ts';

export interface AccountReplica {
  readonly seq: number;
  readonly account: AccountText;
}
export interface RowsReplica {
  /** Journal number of the newest row applied, 0 before the first. */
  readonly seq: number;
  /** Oldest first. */
  readonly rows: readonly RowWire[];
}

export type Applied<Replica> =
  | { readonly kind: 'applied'; readonly replica: Replica }
  /** Nothing new in it: a repeat after a reconnect. */
  | { readonly kind: 'repeated'; readonly replica: Replica }
  /** Something is missing before it: open or follow again. */
  | { readonly kind: 'resync'; readonly since: number };

export function applyAccountPatch(
  replica: AccountReplica | undefined,
  patch: AccountPatch,
): Applied<AccountReplica> {
  const { seq, account } = patch;
  if (patch.snapshot) return { kind: 'applied', replica: { seq, account } };
  if (replica === undefined || replica.account.accountId !== account.accountId) {
    return { kind: 'resync', since: 0 };
  }
  if (seq <= replica.seq) return { kind: 'repeated', replica };
  return seq === replica.seq + 1
    ? { kind: 'applied', replica: { seq, account } }
    : { kind: 'resync', since: replica.seq };
}

/** `keep`: how many rows the reader holds at most; the oldest leave first. */
export function applyRowsPatch(
  replica: RowsReplica | undefined,
  patch: RowsPatch,
  keep: number,
): Applied<RowsReplica> {
  const newest = patch.rows.at(-1)?.seq ?? patch.previousSeq;
  if (patch.snapshot) {
    return { kind: 'applied', replica: { seq: newest, rows: patch.rows.slice(-keep) } };
  }
  if (replica === undefined || patch.previousSeq > replica.seq) {
    return { kind: 'resync', since: replica?.seq ?? 0 };
  }
  if (newest <= replica.seq) return { kind: 'repeated', replica };
  const fresh = patch.rows.filter((row) => row.seq > replica.seq);
  return {
    kind: 'applied',
    replica: { seq: newest, rows: [...replica.rows, ...fresh].slice(-keep) },
  };
}
