'use client';
/**
 * A list that stands still while somebody is about to press in it: whatever comes, goes or changes its turn, every row keeps its
 * place, and what came since is told as a number until the reader takes it over or goes away.
 */
import { useState } from 'react';
import { inPlaces, useHeldOrder } from './held-order.ts';

export interface HeldList<Item> {
  /** While held, the rows that stood there when it began, each as it is now, or as it was when it left. */
  readonly items: readonly Item[];
  /** Rows that came since, and are not shown yet. */
  readonly newer: number;
  /** Rows that stand elsewhere than they would. */
  readonly displaced: number;
  /** Takes over what there is now. */
  readonly renew: () => void;
}

interface HeldListRequest<Item> {
  /** In the order that they would have. */
  readonly items: readonly Item[];
  readonly keyOf: (item: Item) => string;
  readonly held: boolean;
  /** Changes when the reader asks for another list, which is then taken at once. */
  readonly reason?: string;
  /** What stands for a row that left. */
  readonly gone?: ((item: Item) => Item) | undefined;
}

interface Kept<Item> {
  readonly items: readonly Item[];
  readonly reason: string;
}

export function useHeldList<Item>({
  items,
  keyOf,
  held,
  reason = '',
  gone = (item) => item,
}: HeldListRequest<Item>): HeldList<Item> {
  const [kept, setKept] = useState<Kept<Item>>();
  if (!held && kept !== undefined) setKept(undefined);
  if (held && kept?.reason !== reason) setKept({ items, reason });
  if (!held || kept?.reason !== reason) return { items, newer: 0, displaced: 0, renew: () => {} };
  return {
    ...heldList(kept.items, items, keyOf, gone),
    renew: () => setKept({ items, reason }),
  };
}

/** The same for rows whose order follows ticking figures: while nobody is there they are put in order now and then. */
export function useStillList<Item>(request: HeldListRequest<Item>): HeldList<Item> {
  const { items, keyOf, reason = '' } = request;
  const keys = items.map(keyOf);
  const order = useHeldOrder({
    present: keys,
    wanted: () => keys,
    held: false,
    reason,
    // A newcomer comes in at its own place: that of one that left may be the worst's.
    letsIn: true,
  });
  const list = useHeldList({ ...request, items: inPlaces(items, order.places) });
  return {
    ...list,
    renew: () => {
      order.renew();
      list.renew();
    },
  };
}

/** The rows of `kept`, as `now` has them. */
function heldList<Item>(
  kept: readonly Item[],
  now: readonly Item[],
  keyOf: (item: Item) => string,
  gone: (item: Item) => Item,
): Omit<HeldList<Item>, 'renew'> {
  const byKey = new Map(now.map((item) => [keyOf(item), item]));
  const keys = new Set(kept.map(keyOf));
  const wanted = now.filter((item) => keys.has(keyOf(item))).map(keyOf);
  const staying = [...keys].filter((key) => byKey.has(key));
  return {
    items: kept.map((item) => byKey.get(keyOf(item)) ?? gone(item)),
    newer: now.length - wanted.length,
    displaced: staying.filter((key, place) => wanted[place] !== key).length,
  };
}
