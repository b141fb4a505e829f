'use client';
/** Order of rows that never moves under the pointer (ux.md 7): held while somebody is there, else renewed every 2 s. */
import { useEffect, useRef, useState } from 'react';

export const REORDER_EVERY_MS = 2_000;

/** What is shown now: the held order without those that left, the new ones at the end. */
export function keepOrder(shown: readonly string[], wanted: readonly string[]): readonly string[] {
  const present = new Set(wanted);
  const kept = shown.filter((key) => present.has(key));
  const known = new Set(kept);
  return [...kept, ...wanted.filter((key) => !known.has(key))];
}

/** How many rows stand elsewhere than they should. */
export function displaced(shown: readonly string[], wanted: readonly string[]): number {
  return wanted.filter((key, index) => shown[index] !== key).length;
}

export interface HeldOrder {
  readonly keys: readonly string[];
  readonly displaced: number;
  /** Takes over the wanted order at once. */
  readonly renew: () => void;
}

/** @param reason changes when the user asks for another order, which then holds at once. */
export function useHeldOrder(wanted: readonly string[], held: boolean, reason: string): HeldOrder {
  const [order, setOrder] = useState(wanted);
  const latest = useRef(wanted);
  const shown = keepOrder(order, wanted);
  useEffect(() => {
    latest.current = wanted;
  });
  useEffect(() => setOrder(latest.current), [reason]);
  useEffect(() => {
    if (held) return undefined;
    const timer = setInterval(() => setOrder(latest.current), REORDER_EVERY_MS);
    return () => clearInterval(timer);
  }, [held]);
  return {
    keys: shown,
    displaced: displaced(shown, wanted),
    renew: () => setOrder(latest.current),
  };
}
