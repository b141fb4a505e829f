/** Takes a sample of every pool's margin ratio and every mark now and then, for the charts. */
import { type Engine } from '#lib/engine/engine.ts';
import { type ShownState } from '#lib/engine/state.ts';
import { decimalText } from '#lib/units/decimal.ts';
import { type Task } from './background.ts';
import { type DeskBook } from './desk/desk-book.ts';
import { quickAccountOf, quickMarketOf, ratioOfPool } from './desk/quick-figures.ts';
import { type HistoryWriter } from './store/history-store.ts';
import { type RatioSample } from './store/store.ts';

/** Run time between two samples, and the wall time that must have passed too. */
const SAMPLE_RUN_MS = 10_000;
const SAMPLE_WALL_MS = 1_000;
/** Run time that is kept. */
const KEPT_RUN_MS = 12 * 3_600_000;
/** Beyond so many accounts only those with something at stake would be worth their rows; the rest is skipped. */
const ACCOUNTS_MAX = 2_000;
const ACCOUNTS_PER_SLICE = 50;
const RATIO_DIGITS = 6;
const SAMPLES_BETWEEN_CLEANUPS = 600;

export interface HistorySampler {
  /** A task to run when a sample is due; undefined otherwise. */
  due(state: ShownState, wallMs: number): (() => Task) | undefined;
}

export function createHistorySampler(
  engine: Engine,
  book: Pick<DeskBook, 'size' | 'idOf'>,
  writer: HistoryWriter,
): HistorySampler {
  let lastRunMs = Number.NEGATIVE_INFINITY;
  let lastWallMs = Number.NEGATIVE_INFINITY;
  let samples = 0;

  function* sample(state: ShownState): Task {
    const time = state.time;
    const market = engine.marketOf(state);
    const quick = quickMarketOf(market);
    const ratios: RatioSample[] = [];
    for (let slot = 0; slot < Math.min(book.size, ACCOUNTS_MAX); slot += 1) {
      const account = state.accounts.read(book.idOf(slot));
      if (account === undefined) continue;
      for (const pool of quickAccountOf(account, quick).pools) {
        // A pool without a position has no ratio worth drawing: a gap, not a fall to zero.
        const ratio = pool.notional === 0 ? null : textOf(ratioOfPool(pool));
        ratios.push({ poolId: pool.poolId, time, ratio });
      }
      if (slot % ACCOUNTS_PER_SLICE === ACCOUNTS_PER_SLICE - 1) yield;
    }
    const marks = [...market.marks].map(([instrument, { price }]) => ({
      instrument,
      time,
      mark: decimalText(price),
    }));
    writer.append(ratios, marks);
    samples += 1;
    if (samples % SAMPLES_BETWEEN_CLEANUPS === 0) writer.forgetBefore(time - KEPT_RUN_MS);
  }

  return {
    due: (state, wallMs) => {
      const isDue =
        state.time - lastRunMs >= SAMPLE_RUN_MS && wallMs - lastWallMs >= SAMPLE_WALL_MS;
      if (!isDue) return undefined;
      lastRunMs = state.time;
      lastWallMs = wallMs;
      return () => sample(state);
    },
  };
}

function textOf(ratio: number): string | null {
  return Number.isFinite(ratio) ? ratio.toFixed(RATIO_DIGITS) : null;
}
