/**
 * Accounts with a pool that somebody has to be called about and that nobody has acknowledged, in order of need, kept while they
 * change: by the nearest such pool's distance, and past liquidation by its margin ratio.
 */
import { type PoolRow } from '#lib/engine/state.ts';
import { nearnessOf } from './desk-orders.ts';
import { waitsForAnswer } from './open-alerts.ts';
import { distanceOfPool, ratioOfPool, type QuickPool } from './quick-figures.ts';
import { bucketByWidth, createValueOrder, firstOf } from './value-order.ts';

export interface OpenCalls {
  /** The pools of an account as they stand now. */
  set(slot: number, rows: readonly PoolRow[], pools: readonly QuickPool[]): void;
  /** Slots, the worst first, at most so many. */
  worst(count: number): readonly number[];
}

/** Need goes from 0 to 2, in as many buckets as an order has. */
const NEED_WIDTH = 2 / 65_536;

/** Up to 1 before liquidation, from there to 2 when equity is gone; 0 where figures are not known. */
function needOf(pool: QuickPool): number {
  const distance = distanceOfPool(pool);
  return distance > 0 || Number.isNaN(distance)
    ? nearnessOf(distance)
    : 2 - 1 / Math.max(1, ratioOfPool(pool));
}

export function createOpenCalls(): OpenCalls {
  const order = createValueOrder(bucketByWidth(NEED_WIDTH));
  const waiting = new Set<number>();

  function leave(slot: number): void {
    // Behind everybody who waits, where no walk comes to.
    if (waiting.delete(slot)) order.set(slot, Number.NaN);
  }

  return {
    set: (slot, rows, pools) => {
      const asked = new Set(rows.filter(waitsForAnswer).map(({ poolId }) => poolId));
      if (asked.size === 0) return leave(slot);
      waiting.add(slot);
      const needs = pools.filter(({ poolId }) => asked.has(poolId)).map(needOf);
      order.set(slot, Math.max(0, ...needs));
    },
    worst: (count) => {
      const wanted = Math.min(count, waiting.size);
      return wanted === 0 ? [] : firstOf(order.runs(true, 0), wanted);
    },
  };
}
