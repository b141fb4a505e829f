'use client';
/** Rows of the desk that do not move under the pointer: the order is kept while somebody is there (ux.md 7). */
import { useEffect, useRef, useState } from 'react';
import { type DeskFrame, type DeskRow } from '#lib/wire/protocol.ts';

export const REORDER_EVERY_MS = 2_000;

/** The window shown before, with its rows' newest figures. Another query or window is never mixed with it. */
export function keepPlaces(shown: DeskFrame | undefined, fresh: DeskFrame): DeskFrame {
  if (shown === undefined || shown.queryId !== fresh.queryId || shown.offset !== fresh.offset)
    return fresh;
  if (shown.rows.length !== fresh.rows.length) return fresh;
  const newest = new Map(fresh.rows.map((row) => [row.accountId, row]));
  return { ...fresh, rows: shown.rows.map((row): DeskRow => newest.get(row.accountId) ?? row) };
}

/** How many rows stand elsewhere than the server's order puts them. */
export function misplaced(shown: DeskFrame, fresh: DeskFrame): number {
  return fresh.rows.filter((row, index) => shown.rows[index]?.accountId !== row.accountId).length;
}

export interface HeldRows {
  readonly frame: DeskFrame | undefined;
  readonly misplaced: number;
  readonly renew: () => void;
}

export function useHeldRows(fresh: DeskFrame | undefined, held: boolean): HeldRows {
  const [order, setOrder] = useState(fresh);
  const latest = useRef(fresh);
  const frame = fresh === undefined ? undefined : keepPlaces(order, fresh);
  const isNewQuery = order?.queryId !== fresh?.queryId || order?.offset !== fresh?.offset;
  useEffect(() => {
    latest.current = fresh;
  });
  useEffect(() => setOrder(latest.current), [isNewQuery]);
  useEffect(() => {
    if (held) return undefined;
    const timer = setInterval(() => setOrder(latest.current), REORDER_EVERY_MS);
    return () => clearInterval(timer);
  }, [held]);
  return {
    frame,
    misplaced: frame === undefined || fresh === undefined ? 0 : misplaced(frame, fresh),
    renew: () => setOrder(latest.current),
  };
}
