import { expect, it } from 'vitest';
import { type DeskFrame, type DeskRow } from '#lib/wire/protocol.ts';
import { toggled, WINDOW_ROWS, WINDOW_STEP, windowOf } from './desk-query.ts';
import { keepPlaces, misplaced } from './held-rows.ts';

it('asks for a window that holds the rows in sight, and for none anew after a small scroll', () => {
  expect(windowOf(0)).toEqual({ offset: 0, limit: WINDOW_ROWS });
  expect(windowOf(3 * WINDOW_STEP)).toEqual(windowOf(3 * WINDOW_STEP + WINDOW_STEP - 1));
  for (let first = 0; first < 500; first += 7) {
    const { offset, limit } = windowOf(first);
    expect(offset).toBeLessThanOrEqual(first);
    expect(offset + limit).toBeGreaterThanOrEqual(first + 40);
  }
});

it('adds a state to the filter and takes it away again', () => {
  expect(toggled(toggled([], 'critical'), 'critical')).toEqual([]);
});

function frame(ids: readonly string[], changes: Partial<DeskFrame> = {}): DeskFrame {
  const rows = ids.map((accountId, index): DeskRow => ({
    accountId,
    label: '',
    state: 'healthy',
    since: index,
    worstPool: null,
    unit: null,
    marginRatio: null,
    distanceShare: null,
    distanceBy: null,
    marginBalance: null,
    maintenanceMargin: null,
    excess: null,
    notionalUsd: null,
    unrealizedPnlUsd: null,
    positions: 0,
    biggest: null,
    acknowledged: false,
  }));
  return { seq: 1, queryId: 1, runTime: 0, total: ids.length, offset: 0, rows, ...changes };
}
const ids = (shown: DeskFrame): readonly string[] => shown.rows.map(({ accountId }) => accountId);

it('keeps rows in their places with their newest figures while they are held', () => {
  const fresh = frame(['B', 'A']);
  const kept = keepPlaces(frame(['A', 'B']), fresh);
  expect(ids(kept)).toEqual(['A', 'B']);
  expect(kept.rows[0]?.since).toBe(1);
  expect(misplaced(kept, fresh)).toBe(2);
});

it('never mixes two views', () => {
  expect(ids(keepPlaces(frame(['A', 'B']), frame(['C', 'D'], { queryId: 2 })))).toEqual(['C', 'D']);
  expect(ids(keepPlaces(frame(['A', 'B']), frame(['C', 'D'], { offset: 20 })))).toEqual(['C', 'D']);
});
