'use client';
/** What the inbox shows: what is open first, and nothing that moves or leaves while somebody is there (ux.md 7). */
import { useMemo, useState } from 'react';
import { inPlaces, useHeldOrder } from '#components/table/held-order.ts';
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
  /** How many cards stand elsewhere than they should, because the reader is there. */
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
  const openOrder = useShownItems(withBursts(open, events, poolOf), held !== undefined, filter);
  const earlierOrder = useShownItems(
    withBursts(earlier, events, ({ seq }) => `${seq}`),
    held !== undefined,
    filter,
  );
  return {
    all,
    open: openOrder.items,
    earlier: earlierOrder.items,
    displaced: held === undefined ? 0 : openOrder.displaced + earlierOrder.displaced,
    renew: () => {
      setHeld((hold) => (hold === undefined ? undefined : { ...hold, pools: new Set() }));
      openOrder.renew();
      earlierOrder.renew();
    },
    hold: (by) =>
      setHeld((hold) => ({
        by: new Set([...(hold?.by ?? []), by]),
        pools: hold?.pools ?? new Set(open.map(poolOf)),
      })),
    release: (by) => setHeld((hold) => released(hold, by)),
  };
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

interface ShownItems {
  readonly items: readonly InboxItem[];
  readonly displaced: number;
  readonly renew: () => void;
}

function useShownItems(
  wanted: readonly InboxItem[],
  held: boolean,
  filter: InboxFilter,
): ShownItems {
  const keys = wanted.map(({ key }) => key);
  const order = useHeldOrder({
    present: keys,
    wanted: () => keys,
    held,
    reason: filter.key,
    letsIn: true,
  });
  return { ...order, items: inPlaces(wanted, order.places) };
}
