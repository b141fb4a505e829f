/** Bursts of events as one card each (ux.md 4.6): what a jump in one price does to many accounts at once. Pure. */
import { directionOf } from '#lib/display/alert-words.ts';
import { severityRank, type ShownState } from '#lib/display/words.ts';
import { minus, price, ratioOf, type Rate } from '#lib/units/money.ts';
import { byUrgency, type AlertEntry } from './alert-rows.ts';

/** Events of one burst lie within this run time of its first. */
const BURST_WITHIN_MS = 2_000;
/** More events than this within that time are a burst. */
const SEPARATE_MAX = 5;

export interface Burst {
  readonly kind: 'burst';
  readonly key: string;
  /** Time of its first event. */
  readonly time: number;
  /** Most urgent first, none of them Critical or worse. */
  readonly entries: readonly AlertEntry[];
  /** Accounts by the state they came to, worst first. */
  readonly counts: readonly { readonly state: ShownState; readonly accounts: number }[];
  readonly move: CoinMove | undefined;
}

/** How far the price that most of the events name had moved since the last event before them that names it. */
export interface CoinMove {
  readonly instrument: string;
  readonly share: Rate;
  readonly since: number;
}

export type InboxItem =
  | { readonly kind: 'one'; readonly key: string; readonly entry: AlertEntry }
  | Burst;

export interface Events {
  readonly all: readonly AlertEntry[];
  /** Name of its burst, by the number of each event that is grouped. */
  readonly burstOf: ReadonlyMap<number, number>;
}

/** @param all every event that is held, newest first. */
export function burstsOf(all: readonly AlertEntry[]): ReadonlyMap<number, number> {
  const oldestFirst = all.toReversed();
  const burstOf = new Map<number, number>();
  let start = 0;
  while (start < oldestFirst.length) {
    const together = eventsFrom(oldestFirst, start);
    const isBurst = together.length > SEPARATE_MAX;
    const first = together[0];
    if (isBurst && first !== undefined)
      for (const { seq, state } of together) if (mayHide(state)) burstOf.set(seq, first.seq);
    start += isBurst ? together.length : 1;
  }
  return burstOf;
}

/** The events that lie within the time of a burst of the one at `start`. */
function eventsFrom(oldestFirst: readonly AlertEntry[], start: number): readonly AlertEntry[] {
  const latest = (oldestFirst[start]?.time ?? 0) + BURST_WITHIN_MS;
  let end = start + 1;
  while ((oldestFirst[end]?.time ?? Infinity) <= latest) end += 1;
  return oldestFirst.slice(start, end);
}

/** What is Critical or worse always stands by itself. */
function mayHide(state: ShownState): boolean {
  return state !== 'critical' && state !== 'liquidating' && state !== 'liquidated';
}

/**
 * A list with its bursts drawn together: each stands where its first member stood.
 * @param shown the list in its own order.
 * @param all every event that is held, newest first, and which of them are drawn together.
 * @param keyOf names a card that stands by itself.
 */
export function withBursts(
  shown: readonly AlertEntry[],
  { all, burstOf }: Events,
  keyOf: (entry: AlertEntry) => string,
): readonly InboxItem[] {
  const members = new Map<number, AlertEntry[]>();
  for (const entry of shown) {
    const burst = burstOf.get(entry.seq);
    if (burst === undefined) continue;
    members.set(burst, [...(members.get(burst) ?? []), entry]);
  }
  return shown.flatMap((entry): readonly InboxItem[] => {
    const key = burstOf.get(entry.seq);
    const together = key === undefined ? [] : (members.get(key) ?? []);
    if (key === undefined || together.length < 2)
      return [{ kind: 'one', key: keyOf(entry), entry }];
    return together[0] === entry ? [burst(key, together, all)] : [];
  });
}

function burst(key: number, together: readonly AlertEntry[], all: readonly AlertEntry[]): Burst {
  const time = Math.min(...together.map((entry) => entry.time));
  return {
    kind: 'burst',
    key: `burst ${key}`,
    time,
    entries: together.toSorted(byUrgency),
    counts: countsOf(together),
    move: moveOf(together, time, all),
  };
}

function countsOf(entries: readonly AlertEntry[]): Burst['counts'] {
  const accounts = new Map<ShownState, Set<string>>();
  for (const { state, accountId } of entries)
    accounts.set(state, (accounts.get(state) ?? new Set()).add(accountId));
  return [...accounts]
    .map(([state, ids]) => ({ state, accounts: ids.size }))
    .toSorted((left, right) => severityRank(left.state) - severityRank(right.state));
}

function moveOf(
  together: readonly AlertEntry[],
  from: number,
  all: readonly AlertEntry[],
): CoinMove | undefined {
  const moved = together.filter(({ body }) => directionOf(body) !== 'doubt');
  // Most of them only lost or regained a price: no move is the cause.
  if (moved.length * 2 <= together.length) return undefined;
  const instrument = commonest(moved.flatMap(({ body }) => body.instrument ?? []));
  const markOf = ({ body }: AlertEntry): string | undefined =>
    body.instrument === instrument && directionOf(body) !== 'doubt'
      ? (body.mark ?? undefined)
      : undefined;
  const mark = together.map(markOf).find((one) => one !== undefined);
  const before = all.find((entry) => entry.time < from && markOf(entry) !== undefined);
  const markBefore = before === undefined ? undefined : markOf(before);
  if (instrument === undefined || mark === undefined) return undefined;
  if (before === undefined || markBefore === undefined) return undefined;
  const reference = price(markBefore);
  const share = ratioOf(minus(price(mark), reference), reference);
  return { instrument, share, since: before.time };
}

function commonest(names: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].toSorted((left, right) => right[1] - left[1])[0]?.[0];
}
