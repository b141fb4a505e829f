/**
 * Accounts with a pool that somebody has to be called about and that nobody has acknowledged, in the order of that pool's need, kept
 * while they change.
 */
import { type PoolRow } from '#lib/engine/state.ts';
import { needOf } from './desk-orders.ts';
import { waitsForAnswer } from './open-alerts.ts';
import { distanceOfPool, ratioOfPool, type QuickPool } from './quick-figures.ts';
import { bucketByWidth, createValueOrder, firstOf } from './value-order.ts';

export interface OpenCalls {
  /** The pools of an account as they stand now. */
  set(slot: number, rows: readonly PoolRow[], pools: readonly QuickPool[]): void;
  /** Slots, the worst first, at most so many. */
  worst(count: number): readonly number[];
}

/** Need goes from 0 to 1, in as many buckets as an order has. */
const NEED_WIDTH = 1 / 65_536;

export function createOpenCalls(): OpenCalls {
  const order = createValueOrder(bucketByWidth(NEED_WIDTH));
  const waiting = new Set<number>();

  function leave(slot: number): void {
    // Behind everybody who waits, where no walk comes to.
    if (waiting.delete(slot)) order.set(slot, Number.NaN);
  }

  return {
    set: (slot, rows, pools) => {
      // Nearly everybody, and all are looked at again and again: nothing is made for them.
      if (!rows.some(waitsForAnswer)) return leave(slot);
      const asked = new Set(rows.filter(waitsForAnswer).map(({ poolId }) => poolId));
      waiting.add(slot);
      const needs = pools
        .filter(({ poolId }) => asked.has(poolId))
        .map((pool) => needOf(distanceOfPool(pool), ratioOfPool(pool)));
      order.set(slot, Math.max(0, ...needs));
    },
    worst: (count) => {
      const wanted = Math.min(count, waiting.size);
      return wanted === 0 ? [] : firstOf(order.runs(true, 0), wanted);
    },
  };
}
