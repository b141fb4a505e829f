/**
 * Pools that are not well, counted while they change: by the state that is shown, by whether somebody has answered, and by how
 * long they have stood. Every page that counts alerts tells these counts.
 */
import { type PoolRow } from '#lib/engine/state.ts';
import {
  CALL_AGES_MS,
  isOpenState,
  OPEN_STATES,
  type AlertCounts,
  type CallAges,
  type OpenState,
  type ScreenState,
} from '#lib/wire/protocol.ts';
import { screenStateOfRow, shownSinceOf } from './screen-rank.ts';

export interface OpenAlerts {
  /** The pools of an account as they stand now. */
  set(slot: number, rows: readonly PoolRow[]): void;
  /** By age at this run time. */
  counts(time: number): AlertCounts;
}

interface OpenPool {
  readonly state: OpenState;
  readonly answered: boolean;
  readonly since: number;
}

type Tally<Key> = Map<Key, number>;

function add<Key>(tally: Tally<Key>, key: Key, by: number): void {
  const count = (tally.get(key) ?? 0) + by;
  if (count === 0) tally.delete(key);
  else tally.set(key, count);
}

/** A pool that somebody has to be called about. */
function isCall(state: ScreenState): boolean {
  return state === 'critical' || state === 'liquidating';
}

/** Such a pool that nobody has acknowledged. */
export function waitsForAnswer(row: PoolRow): boolean {
  return isCall(screenStateOfRow(row)) && row.alert.acknowledged === undefined;
}

/** An unknown state ends by itself: nobody has to say that it was seen. */
function wantsAnswer({ state, answered }: OpenPool): boolean {
  return state !== 'unknown' && !answered;
}

function openPoolsOf(rows: readonly PoolRow[]): readonly OpenPool[] {
  return rows.flatMap((row): readonly OpenPool[] => {
    const state = screenStateOfRow(row);
    const answered = row.alert.acknowledged !== undefined;
    return isOpenState(state) ? [{ state, answered, since: shownSinceOf(row) }] : [];
  });
}

export function createOpenAlerts(): OpenAlerts {
  const bySlot = new Map<number, readonly OpenPool[]>();
  const open: Tally<OpenState> = new Map();
  const unanswered: Tally<OpenState> = new Map();
  /** Calls by the moment since when they stand: as many moments as there were steps that made one. */
  const callsSince = { acknowledged: new Map<number, number>(), open: new Map<number, number>() };

  function count(pool: OpenPool, by: number): void {
    add(open, pool.state, by);
    if (wantsAnswer(pool)) add(unanswered, pool.state, by);
    if (isCall(pool.state))
      add(callsSince[pool.answered ? 'acknowledged' : 'open'], pool.since, by);
  }

  return {
    set: (slot, rows) => {
      const pools = openPoolsOf(rows);
      for (const pool of bySlot.get(slot) ?? []) count(pool, -1);
      for (const pool of pools) count(pool, 1);
      if (pools.length === 0) bySlot.delete(slot);
      else bySlot.set(slot, pools);
    },
    counts: (time) => ({
      open: byState(open),
      unanswered: byState(unanswered),
      calls: {
        acknowledged: agesOf(callsSince.acknowledged, time),
        open: agesOf(callsSince.open, time),
      },
    }),
  };
}

function byState(tally: Tally<OpenState>): Record<OpenState, number> {
  const counts: Record<OpenState, number> = {
    watch: 0,
    warning: 0,
    critical: 0,
    liquidating: 0,
    unknown: 0,
  };
  for (const state of OPEN_STATES) counts[state] = tally.get(state) ?? 0;
  return counts;
}

function agesOf(since: Tally<number>, time: number): CallAges['open'] {
  const ages: number[] = [...CALL_AGES_MS.map(() => 0), 0];
  for (const [began, pools] of since) {
    const age = CALL_AGES_MS.findIndex((end) => time - began < end);
    const place = age < 0 ? CALL_AGES_MS.length : age;
    ages[place] = (ages[place] ?? 0) + pools;
  }
  return ages;
}
