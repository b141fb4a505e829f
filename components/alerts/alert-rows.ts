/** The alerts topic as cards: transitions newest first, each with the acknowledgement that stands for it. Pure. */
import { directionOf, wasPastLiquidation, type TransitionBody } from '#lib/display/alert-words.ts';
import { severityRank, type ShownState } from '#lib/display/words.ts';
import { type RowBody } from '#lib/engine/row.ts';
import { type RowWire } from '#lib/wire/protocol.ts';

type AcknowledgedBody = Extract<RowBody, { readonly kind: 'acknowledged' }>;
type AnswerBody =
  | AcknowledgedBody
  | Extract<RowBody, { readonly kind: 'acknowledgement-undone' | 'acknowledgement-lapsed' }>;
type EscalatedBody = Extract<RowBody, { readonly kind: 'escalated' }>;

export interface AlertEntry {
  readonly seq: number;
  readonly time: number;
  readonly accountId: string;
  readonly body: TransitionBody;
  /** State that the card stands for. */
  readonly state: ShownState;
  /** Run time since when the pool has been in that state. */
  readonly since: number;
  /** The same for its alert state, which lasts on while prices are missing. */
  readonly heldSince: number;
  /** False: the pool has moved on since, this card is history. */
  readonly isLatest: boolean;
  readonly acknowledged:
    | (Pick<AcknowledgedBody, 'by' | 'note'> & { readonly time: number })
    | undefined;
  /** An answer was given, and time has ended it. */
  readonly lapsed: boolean;
  /** How often it was told again because nobody answered. */
  readonly escalations: number;
}

/** @param rows oldest first, as they travel. */
export function alertEntries(rows: readonly RowWire[]): readonly AlertEntry[] {
  const entries = new Map<number, AlertEntry>();
  const latest = new Map<string, AlertEntry>();
  function put(entry: AlertEntry): void {
    entries.set(entry.seq, entry);
    if (entry.isLatest) latest.set(entry.body.poolId, entry);
  }
  for (const row of rows) {
    const { body, accountId, time } = row;
    if (accountId === null || !isOfAlerts(body)) continue;
    const before = latest.get(body.poolId);
    if (body.kind === 'transition') {
      if (before !== undefined) put({ ...before, isLatest: false });
      put(entryOf({ seq: row.seq, time, accountId, body }, before));
    } else if (before !== undefined) {
      const told = body.kind === 'escalated' ? { escalations: body.attempt } : answerIn(body, time);
      put({ ...before, ...told });
    }
  }
  return [...entries.values()].toReversed();
}

function isOfAlerts(body: RowBody): body is TransitionBody | AnswerBody | EscalatedBody {
  return (
    body.kind === 'transition' ||
    body.kind === 'acknowledged' ||
    body.kind === 'acknowledgement-undone' ||
    body.kind === 'acknowledgement-lapsed' ||
    body.kind === 'escalated'
  );
}

function answerIn(
  body: AnswerBody,
  time: number,
): Pick<AlertEntry, 'acknowledged' | 'lapsed' | 'escalations'> {
  return {
    acknowledged: body.kind === 'acknowledged' ? { by: body.by, note: body.note, time } : undefined,
    lapsed: body.kind === 'acknowledgement-lapsed',
    escalations: 0,
  };
}

function entryOf(
  row: Pick<AlertEntry, 'seq' | 'time' | 'accountId' | 'body'>,
  before: AlertEntry | undefined,
): AlertEntry {
  const { body, time } = row;
  const doubt = directionOf(body) === 'doubt';
  const isUnknown = doubt && body.value !== 'known';
  const heldSince = doubt ? (before?.heldSince ?? time) : beganAt(body, time);
  const outlives = directionOf(body) !== 'worse' && body.to !== 'healthy';
  return {
    ...row,
    state: isUnknown ? 'unknown' : body.to,
    since: isUnknown ? time : heldSince,
    heldSince,
    isLatest: true,
    acknowledged: outlives ? before?.acknowledged : undefined,
    lapsed: outlives && before?.lapsed === true,
    escalations: doubt ? (before?.escalations ?? 0) : 0,
  };
}

/** A pool that got worse by a step has been in its state since before. */
function beganAt({ from, to, lastedMs }: TransitionBody, time: number): number {
  return from === to ? time - lastedMs : time;
}

/** The pool is not well now, whoever has seen it. */
export function isOpen(entry: AlertEntry): boolean {
  return entry.isLatest && entry.state !== 'healthy' && entry.state !== 'liquidated';
}

/** Nobody has said yet that this was seen. An unknown state ends by itself. */
export function wantsAnswer(entry: AlertEntry): boolean {
  return isOpen(entry) && entry.state !== 'unknown' && entry.acknowledged === undefined;
}

/** Worst first, then nearest to liquidation, then newest (ux.md 4). */
export function byUrgency(left: AlertEntry, right: AlertEntry): number {
  return (
    severityRank(left.state) - severityRank(right.state) ||
    nearness(left) - nearness(right) ||
    right.time - left.time
  );
}

/** Nearer than any distance. */
const PAST = -1;

/** Distance at the change: it only sorts. Past it comes first, without a way to liquidation last. */
function nearness({ body }: AlertEntry): number {
  if (body.distanceShare === null && wasPastLiquidation(body)) return PAST;
  return body.distanceShare === null ? Number.MAX_VALUE : Number(body.distanceShare);
}
