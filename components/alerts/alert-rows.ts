/** The alerts topic as cards: transitions newest first, each with the acknowledgement that answers it. Pure. */
import { type TransitionBody } from '#lib/display/alert-words.ts';
import { type ShownState } from '#lib/display/words.ts';
import { type RowBody } from '#lib/engine/row.ts';
import { type RowWire } from '#lib/wire/protocol.ts';

type AcknowledgedBody = Extract<RowBody, { readonly kind: 'acknowledged' }>;

export interface AlertEntry {
  readonly seq: number;
  readonly time: number;
  readonly accountId: string;
  readonly body: TransitionBody;
  /** State that the card stands for. */
  readonly state: ShownState;
  /** The pool has moved on since: this card is history. */
  readonly isLatest: boolean;
  readonly acknowledged:
    | (Pick<AcknowledgedBody, 'by' | 'note'> & { readonly time: number })
    | undefined;
}

/** @param rows oldest first, as they travel. */
export function alertEntries(rows: readonly RowWire[]): readonly AlertEntry[] {
  const entries: AlertEntry[] = [];
  const seen = new Set<string>();
  const answers = new Map<string, AlertEntry['acknowledged']>();
  for (const row of rows.toReversed()) {
    const { body, accountId } = row;
    if (accountId === null) continue;
    if (body.kind === 'acknowledged' && !answers.has(body.poolId)) {
      answers.set(body.poolId, { by: body.by, note: body.note, time: row.time });
    }
    if (body.kind !== 'transition') continue;
    entries.push({
      seq: row.seq,
      time: row.time,
      accountId,
      body,
      state: body.by === 'unknown' && body.value !== 'known' ? 'unknown' : body.to,
      isLatest: !seen.has(body.poolId),
      acknowledged: answers.get(body.poolId),
    });
    seen.add(body.poolId);
    answers.delete(body.poolId);
  }
  return entries;
}
