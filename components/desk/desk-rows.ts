'use client';
/** The window of the book that is shown: rows keep their places while somebody is there, and their figures while it is frozen. */
import { useState } from 'react';
import { useLive } from '#components/live/live-provider.tsx';
import { useStillList } from '#components/table/held-list.ts';
import { severityRank } from '#lib/display/words.ts';
import { type DeskFrame, type DeskRow } from '#lib/wire/protocol.ts';
import { WINDOW_ROWS } from './desk-query.ts';

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
  /** Rows that came since the order is held, and rows that stand elsewhere than the server's order puts them. */
  readonly newer: number;
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
    const isThere = live !== undefined && live.found === undefined;
    setFrozen(frozen === undefined && isThere ? { frame: live, seq } : undefined);
  }
  return {
    isFrozen: frozen !== undefined,
    waiting: frozen === undefined ? 0 : Math.max(0, seq - frozen.seq),
    toggle,
    frame: frozen === undefined || live === undefined ? live : frozenFrame(frozen.frame, live),
  };
}

export function useDeskRows(frame: DeskFrame | undefined, held: boolean): DeskRows {
  const reason = `${frame?.queryId} ${frame?.offset} ${isPart(frame)} ${frame?.found !== undefined}`;
  const items = frame?.rows ?? NO_ROWS;
  const list = useStillList({ items, keyOf: idOf, held, reason, gone: asLeft });
  return { ...list, frame: frame === undefined ? undefined : { ...frame, rows: list.items } };
}

const NO_ROWS: readonly DeskRow[] = [];

function idOf({ accountId }: DeskRow): string {
  return accountId;
}

/** The first answer holds the rows in sight alone. */
function isPart({ rows, total, offset }: Partial<DeskFrame> = {}): boolean {
  return (rows?.length ?? 0) < Math.min(WINDOW_ROWS, (total ?? 0) - (offset ?? 0));
}

/** It left the window: its figures are of then. */
function asLeft(row: DeskRow): DeskRow {
  return { ...row, doubtful: true };
}
