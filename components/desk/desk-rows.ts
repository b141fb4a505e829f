'use client';
/** The window of the book that is shown: rows keep their places while somebody is there, and their figures while it is frozen. */
import { useState } from 'react';
import { useLive } from '#components/live/live-provider.tsx';
import { inPlaces, useHeldOrder } from '#components/table/held-order.ts';
import { severityRank } from '#lib/display/words.ts';
import { type DeskFrame, type DeskRow } from '#lib/wire/protocol.ts';

/** The frozen window with the newest rows of those that got worse and are at least Critical. Another window is never mixed with it. */
export function frozenFrame(frozen: DeskFrame, live: DeskFrame): DeskFrame {
  if (!isSameWindow(frozen, live)) return live;
  const newest = new Map(live.rows.map((row) => [row.accountId, row]));
  return { ...frozen, rows: frozen.rows.map((row) => newer(row, newest.get(row.accountId))) };
}

function newer(frozen: DeskRow, live: DeskRow | undefined): DeskRow {
  if (live === undefined) return frozen;
  const rank = severityRank(live.state);
  return rank < severityRank(frozen.state) && rank <= severityRank('critical') ? live : frozen;
}

function isSameWindow(a: DeskFrame, b: DeskFrame): boolean {
  return a.queryId === b.queryId && a.offset === b.offset;
}

export interface DeskRows {
  readonly frame: DeskFrame | undefined;
  /** Rows that stand elsewhere than the server's order puts them. */
  readonly displaced: number;
  readonly renew: () => void;
}

export interface DeskFreeze {
  readonly isFrozen: boolean;
  /** Updates of the market since then. */
  readonly waiting: number;
  readonly toggle: () => void;
  readonly frame: DeskFrame | undefined;
}

export function useDeskFreeze(): DeskFreeze {
  const live = useLive((state) => state.desk);
  const seq = useLive(({ frame }) => frame?.seq) ?? 0;
  const [frozen, setFrozen] = useState<{ readonly frame: DeskFrame; readonly seq: number }>();
  function toggle(): void {
    setFrozen(frozen === undefined && live !== undefined ? { frame: live, seq } : undefined);
  }
  return {
    isFrozen: frozen !== undefined,
    waiting: frozen === undefined ? 0 : Math.max(0, seq - frozen.seq),
    toggle,
    frame: frozen === undefined || live === undefined ? live : frozenFrame(frozen.frame, live),
  };
}

export function useDeskRows(frame: DeskFrame | undefined, held: boolean): DeskRows {
  const ids = frame?.rows.map(({ accountId }) => accountId) ?? [];
  const { places, displaced, renew } = useHeldOrder({
    present: ids,
    wanted: () => ids,
    held,
    reason: `${frame?.queryId} ${frame?.offset}`,
    // Who comes into the window comes in at its end: the place of one that left is the place of the worst.
    letsIn: true,
  });
  const rows = inPlaces(frame?.rows ?? [], places);
  return { frame: frame === undefined ? undefined : { ...frame, rows }, displaced, renew };
}
