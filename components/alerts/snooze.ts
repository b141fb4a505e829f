/** Quiet for a while about one pool, in this browser only (ux.md 4.8). Ends by itself, and at once when it gets worse. */
import { persist } from 'zustand/middleware';
import { createStore } from 'zustand/vanilla';
import { severityRank, type ShownState } from '#lib/display/words.ts';
import { MINUTE_MS } from '#lib/units/time.ts';

export interface Snooze {
  /** Wall time: it is the reader's own time that is asked for. */
  readonly until: number;
  readonly state: ShownState;
}
type Snoozes = Readonly<Record<string, Snooze>>;

export const SNOOZE_MINUTES = [5, 15, 60] as const;

/** By pool. */
export const snoozeStore = createStore<{ readonly byPool: Snoozes }>()(
  persist(() => ({ byPool: {} }), { name: 'plimsoll-snoozes', merge: merged }),
);

function merged(
  stored: unknown,
  current: { readonly byPool: Snoozes },
): { readonly byPool: Snoozes } {
  const kept: { readonly byPool?: unknown } = { ...Object(stored) };
  const found = Object.entries({ ...Object(kept.byPool) });
  return found.length === 0 ? current : { byPool: Object.fromEntries(found.filter(isSnooze)) };
}

function isSnooze(entry: readonly [string, unknown]): entry is [string, Snooze] {
  const value: { readonly until?: unknown; readonly state?: unknown } = { ...Object(entry[1]) };
  return typeof value.until === 'number' && typeof value.state === 'string';
}

/** Only what is not yet Critical can be put off. */
export function maySnooze(state: ShownState): boolean {
  return state === 'watch' || state === 'warning';
}

/** Wall milliseconds that a pool is still quiet; zero when it is not. A worse state ends it. */
export function quietMs(snooze: Snooze | undefined, state: ShownState, wallNow: number): number {
  if (snooze === undefined || severityRank(state) < severityRank(snooze.state)) return 0;
  if (!maySnooze(state) && state !== 'healthy') return 0;
  return Math.max(0, snooze.until - wallNow);
}

export function snooze(poolId: string, state: ShownState, minutes: number, wallNow: number): void {
  const running = Object.entries(snoozeStore.getState().byPool).filter(
    ([, { until }]) => until > wallNow,
  );
  const until = wallNow + minutes * MINUTE_MS;
  snoozeStore.setState({
    byPool: { ...Object.fromEntries(running), [poolId]: { until, state } },
  });
}

export function endSnooze(poolId: string): void {
  const { [poolId]: _ended, ...others } = snoozeStore.getState().byPool;
  snoozeStore.setState({ byPool: others });
}
