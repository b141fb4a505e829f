'use client';
/** A view that stands still while the engine goes on; what is critical breaks through (ux.md 7). */
import { useState } from 'react';
import { useLive } from '#components/live/live-provider.tsx';
import { severityRank, type ShownState } from '#lib/display/words.ts';
import { type PositionView } from './pool-view.ts';

const ENDED: readonly ShownState[] = ['liquidating', 'liquidated'];

/**
 * The frozen positions, with the live ones of every pool that got worse and is at least Critical, or is being liquidated. What is no
 * longer there is not shown as if it were.
 */
function brokenThrough(
  frozen: readonly PositionView[],
  live: readonly PositionView[],
): readonly PositionView[] {
  const now = new Map(live.map((view) => [view.key, view]));
  const known = new Set(frozen.map(({ key }) => key));
  const newcomers = live.filter((view) => !known.has(view.key) && isCritical(view.pool.state));
  const kept = frozen.flatMap((view) => {
    const newest = now.get(view.key);
    return newest === undefined ? [] : [newer(view, newest)];
  });
  return [...kept, ...newcomers];
}

function newer(frozen: PositionView, live: PositionView): PositionView {
  if (live.pool.state === frozen.pool.state) return frozen;
  const worse = severityRank(live.pool.state) < severityRank(frozen.pool.state);
  return (worse && isCritical(live.pool.state)) || ENDED.includes(live.pool.state) ? live : frozen;
}

function isCritical(state: ShownState): boolean {
  return severityRank(state) <= severityRank('critical');
}

export interface Freeze {
  readonly views: readonly PositionView[];
  readonly isFrozen: boolean;
  /** Updates of the market since then. */
  readonly waiting: number;
  readonly toggle: () => void;
}

export function useFreeze(live: readonly PositionView[]): Freeze {
  const [frozen, setFrozen] = useState<{
    readonly views: readonly PositionView[];
    readonly seq: number;
  }>();
  const seq = useLive(({ frame }) => frame?.seq) ?? 0;
  return {
    views: frozen === undefined ? live : brokenThrough(frozen.views, live),
    isFrozen: frozen !== undefined,
    waiting: frozen === undefined ? 0 : Math.max(0, seq - frozen.seq),
    toggle: () => setFrozen(frozen === undefined ? { views: live, seq } : undefined),
  };
}
