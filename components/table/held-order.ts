'use client';
/** Order of rows that never moves under the pointer (ux.md 7): held while somebody is there, else renewed every 2 s. */
import { useEffect, useMemo, useRef, useState } from 'react';

export const REORDER_EVERY_MS = 2_000;

/** What is shown now: the held order, newcomers in the places of those that left, the rest at the end. */
export function keepOrder(shown: readonly string[], present: readonly string[]): readonly string[] {
  const isPresent = new Set(present);
  if (shown.length === present.length && shown.every((key) => isPresent.has(key))) return shown;
  const wasShown = new Set(shown);
  const newcomers = present.filter((key) => !wasShown.has(key)).values();
  const kept = shown.flatMap((key) => {
    const here = isPresent.has(key) ? key : newcomers.next().value;
    return here === undefined ? [] : [here];
  });
  return [...kept, ...newcomers];
}

/** The held order with each newcomer behind the row that it should follow: nothing that is there changes its turn. */
export function letIn(shown: readonly string[], wanted: readonly string[]): readonly string[] {
  const isWanted = new Set(wanted);
  const wasShown = new Set(shown);
  const first: string[] = [];
  const behind = new Map<string, string[]>();
  let place = first;
  for (const key of wanted) {
    if (wasShown.has(key)) behind.set(key, (place = []));
    else place.push(key);
  }
  const kept = shown.filter((key) => isWanted.has(key));
  return [...first, ...kept.flatMap((key) => [key, ...(behind.get(key) ?? [])])];
}

/** How many rows stand elsewhere than they should. */
export function displaced(shown: readonly string[], wanted: readonly string[]): number {
  return wanted.filter((key, index) => shown[index] !== key).length;
}

export interface HeldOrder {
  readonly keys: readonly string[];
  /** Where each of them stands among the present ones. */
  readonly places: readonly number[];
  /** Rows that stand elsewhere than they should; 0 unless held. */
  readonly displaced: number;
  /** Takes over the wanted order at once. */
  readonly renew: () => void;
}

interface OrderRequest {
  /** Keys of the rows that exist now, in any order. */
  readonly present: readonly string[];
  /** The order they should have. Asked for at most every 2 s: sorting may cost more than showing. */
  readonly wanted: () => readonly string[];
  readonly held: boolean;
  /** Changes when the reader asks for another order, which is then taken at once. */
  readonly reason: string;
  /** While nothing is held a newcomer takes its place at once: at the end of a long list nobody would see it. */
  readonly letsIn?: boolean;
}

interface Order {
  readonly reason: string;
  readonly keys: readonly string[];
  readonly displaced: number;
}

export function useHeldOrder({
  present,
  wanted,
  held,
  reason,
  letsIn = false,
}: OrderRequest): HeldOrder {
  const [order, setOrder] = useState<Order>(() => ({ reason, keys: wanted(), displaced: 0 }));
  const known = useSameList(present);
  const latest = useRef({ present, wanted, reason });
  useEffect(() => {
    latest.current = { present, wanted, reason };
  });
  if (order.reason !== reason) setOrder({ reason, keys: wanted(), displaced: 0 });
  else if (letsIn && !held && hasNewcomers(order.keys, present))
    setOrder({ ...order, keys: letIn(order.keys, wanted()) });
  useEffect(() => {
    const timer = setInterval(
      () =>
        setOrder((before) =>
          held ? counted(before, latest.current) : renewed(before, latest.current),
        ),
      REORDER_EVERY_MS,
    );
    return () => clearInterval(timer);
  }, [held]);
  const keys = useMemo(() => keepOrder(order.keys, known), [order.keys, known]);
  const places = useMemo(() => placesOf(keys, known), [keys, known]);
  return {
    keys,
    places,
    displaced: held ? order.displaced : 0,
    renew: () => setOrder((before) => renewed(before, latest.current)),
  };
}

/** The list that was there before, for as long as the same stands in it: thousands of keys are not looked up for every paint. */
function useSameList(list: readonly string[]): readonly string[] {
  const [kept, setKept] = useState(list);
  if (kept.length === list.length && kept.every((key, index) => key === list[index])) return kept;
  setKept(list);
  return list;
}

function placesOf(keys: readonly string[], present: readonly string[]): readonly number[] {
  const places = new Map(present.map((key, index) => [key, index]));
  return keys.flatMap((key) => places.get(key) ?? []);
}

/** The items that stand in these places. Thousands at every paint: a plain loop. */
export function inPlaces<Item>(items: readonly Item[], places: readonly number[]): readonly Item[] {
  const found: Item[] = [];
  for (const place of places) {
    const item = items[place];
    if (item !== undefined) found.push(item);
  }
  return found;
}

function hasNewcomers(shown: readonly string[], present: readonly string[]): boolean {
  const wasShown = new Set(shown);
  return present.some((key) => !wasShown.has(key));
}

type Latest = Pick<OrderRequest, 'present' | 'wanted' | 'reason'>;

/** The same object where nothing changes, so that nothing is painted again. */
function renewed(before: Order, { wanted, reason }: Latest): Order {
  const keys = wanted();
  const same = before.keys.length === keys.length && displaced(before.keys, keys) === 0;
  return same && before.displaced === 0 ? before : { reason, keys, displaced: 0 };
}

function counted(before: Order, { present, wanted }: Latest): Order {
  const count = displaced(keepOrder(before.keys, present), wanted());
  return count === before.displaced ? before : { ...before, displaced: count };
}
