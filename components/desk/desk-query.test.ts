import { expect, it } from 'vitest';
import { type DeskFrame, type DeskRow } from '#lib/wire/protocol.ts';
import { toggled, WINDOW_ROWS, WINDOW_STEP, windowOf, WORST_ACCOUNTS_FIRST } from './desk-query.ts';
import { EXAMPLE_DESK_ROW } from './example-desk-row.ts';
import { deskAddressWords, deskViewFrom } from './desk-choice.ts';
import { frozenFrame } from './desk-rows.ts';

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
    ...EXAMPLE_DESK_ROW,
    accountId,
    state: 'healthy',
    since: index,
  }));
  return { seq: 1, queryId: 1, runTime: 0, total: ids.length, offset: 0, rows, ...changes };
}

it('freezes a window, and lets what became critical through', () => {
  const frozen = frame(['A', 'B', 'C']);
  const live = frame(['C', 'B', 'A'], { seq: 9 });
  const worse: DeskFrame = {
    ...live,
    rows: live.rows.map((row) => ({ ...row, state: row.accountId === 'B' ? 'critical' : 'watch' })),
  };
  const shown = frozenFrame(frozen, worse);
  expect(shown.rows.map(({ accountId, state }) => `${accountId} ${state}`)).toEqual([
    'A healthy',
    'B critical',
    'C healthy',
  ]);
  expect(frozenFrame(frozen, frame(['D'], { offset: 20 })).rows[0]?.accountId).toBe('D');
});

it('comes back from its address, and passes over words that are no choice', () => {
  const view = {
    sort: 'distance',
    descending: false,
    states: ['watch'],
    text: 'bold',
    coin: 'BTC',
    band: 4,
    shock: '-0.1',
  } as const;
  expect(deskViewFrom(new URLSearchParams(deskAddressWords(view)), WORST_ACCOUNTS_FIRST)).toEqual(
    view,
  );
  expect(
    deskViewFrom(
      new URLSearchParams('sort=-wealth&state=rich&band=99&shock=-0.5'),
      WORST_ACCOUNTS_FIRST,
    ),
  ).toEqual(WORST_ACCOUNTS_FIRST);
  expect(Object.values(deskAddressWords(WORST_ACCOUNTS_FIRST)).join('')).toBe('');
});
