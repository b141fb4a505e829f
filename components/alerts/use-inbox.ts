'use client';
/** What the inbox shows: what is open first, and nothing that moves or leaves while somebody is there (ux.md 7). */
import { useMemo, useState } from 'react';
import { useStillList } from '#components/table/held-list.ts';
import { type RowWire } from '#lib/wire/protocol.ts';
import { alertEntries, byUrgency, isOpen, type AlertEntry } from './alert-rows.ts';
import { burstsOf, withBursts, type InboxItem } from './bursts.ts';

export interface InboxFilter {
  readonly key: string;
  readonly passes: (entry: AlertEntry) => boolean;
}

export interface Inbox {
  /** Everything that is held, newest first. */
  readonly all: readonly AlertEntry[];
  readonly open: readonly InboxItem[];
  /** Newest first. */
  readonly earlier: readonly InboxItem[];
  /** Somebody is there. */
  readonly isHeld: boolean;
  /** Events that came since then, and cards that stand elsewhere than they should. */
  readonly newer: number;
  readonly displaced: number;
  readonly renew: () => void;
  readonly hold: (by: Hand) => void;
  readonly release: (by: Hand) => void;
}

/** What keeps the list still. */
type Hand = 'pointer' | 'focus';
interface Hold {
  readonly by: ReadonlySet<Hand>;
  /** Pools that were open when it began: their cards stay where they are. */
  readonly pools: ReadonlySet<string>;
  /** The newest event that there was then. */
  readonly newestSeq: number;
}

/** @param rows undefined until they came. */
export function useInbox(rows: readonly RowWire[] | undefined, filter: InboxFilter): Inbox {
  const [held, setHeld] = useState<Hold>();
  const events = useMemo(() => {
    const all = alertEntries(rows ?? []);
    return { all, burstOf: burstsOf(all) };
  }, [rows]);
  const { all } = events;
  const { open, earlier } = splitInbox(all, filter, held?.pools);
  const asOne = useMemo(() => cardAsNow(all), [all]);
  const isHeld = held !== undefined;
  const shown = { keyOf, held: isHeld, reason: filter.key };
  const openList = useStillList({
    ...shown,
    items: withBursts(open, events, poolOf),
    gone: asOne,
  });
  const earlierList = useStillList({
    ...shown,
    items: withBursts(earlier, events, ({ seq }) => `${seq}`),
  });
  const now = { pools: new Set(open.map(poolOf)), newestSeq: all[0]?.seq ?? 0 };
  return {
    all,
    open: openList.items,
    earlier: earlierList.items,
    isHeld,
    newer: held === undefined ? 0 : newerThan(all, held.newestSeq, filter),
    displaced: openList.displaced + earlierList.displaced,
    renew: () => {
      setHeld((hold) => (hold === undefined ? undefined : { ...hold, ...now, pools: new Set() }));
      openList.renew();
      earlierList.renew();
    },
    hold: (by) => setHeld((hold) => ({ ...now, ...hold, by: new Set([...(hold?.by ?? []), by]) })),
    release: (by) => setHeld((hold) => released(hold, by)),
  };
}

function newerThan(all: readonly AlertEntry[], seq: number, filter: InboxFilter): number {
  return all.filter((entry) => entry.seq > seq && filter.passes(entry)).length;
}

/** A card whose pool has joined a burst since: it stays by itself, with the pool's newest event. */
function cardAsNow(all: readonly AlertEntry[]): (item: InboxItem) => InboxItem {
  const latest = new Map(all.filter(({ isLatest }) => isLatest).map((one) => [poolOf(one), one]));
  return (item) =>
    item.kind === 'one' ? { ...item, entry: latest.get(poolOf(item.entry)) ?? item.entry } : item;
}

function released(hold: Hold | undefined, by: Hand): Hold | undefined {
  const left = [...(hold?.by ?? [])].filter(
    (hand) => hand !== by && !(hand === 'focus' && isLost()),
  );
  return hold === undefined || left.length === 0 ? undefined : { ...hold, by: new Set(left) };
}

/** Something that had the focus has left the page without a word. */
function isLost(): boolean {
  return document.activeElement === document.body;
}

function poolOf({ body }: AlertEntry): string {
  return body.poolId;
}

/** @param heldOpen pools that stay among the open ones although they are well again. */
export function splitInbox(
  all: readonly AlertEntry[],
  filter: InboxFilter,
  heldOpen: ReadonlySet<string> | undefined,
): { readonly open: readonly AlertEntry[]; readonly earlier: readonly AlertEntry[] } {
  const stays = (entry: AlertEntry): boolean =>
    entry.isLatest && heldOpen?.has(poolOf(entry)) === true;
  const isUp = (entry: AlertEntry): boolean => isOpen(entry) || stays(entry);
  const shown = all.filter((entry) => filter.passes(entry) || stays(entry));
  return {
    open: shown.filter(isUp).toSorted(byUrgency),
    earlier: shown.filter((entry) => !isUp(entry)),
  };
}

function keyOf({ key }: InboxItem): string {
  return key;
}
