import { act, renderHook } from '@testing-library/react';
import { expect, it } from 'vitest';
import { poolId } from '#lib/units/ids.ts';
import { alertEntries } from './alert-rows.ts';
import { rowExample, transitionExample } from './example-rows.ts';
import { splitInbox, useInbox, type InboxFilter } from './use-inbox.ts';

const everything: InboxFilter = { key: '', passes: () => true };
const other = { poolId: poolId('B1/cross:USDT') };
const all = alertEntries([
  rowExample(1, transitionExample('healthy', 'watch')),
  rowExample(2, transitionExample('watch', 'healthy')),
  rowExample(3, transitionExample('healthy', 'critical', other)),
]);
const numbers = (held?: ReadonlySet<string>, filter = everything) => {
  const { open, earlier } = splitInbox(all, filter, held);
  return [open, earlier].map((entries) => entries.map(({ seq }) => seq));
};

it('parts what is open from what is past', () => {
  expect(numbers()).toEqual([[3], [2, 1]]);
});

it('keeps the card of a pool that got well while somebody is there', () => {
  expect(numbers(new Set(['A0007/cross:USDT']))).toEqual([[3, 2], [1]]);
});

it('keeps it also when it no longer passes the filter', () => {
  const critical: InboxFilter = {
    key: 'critical',
    passes: ({ state }) => state === 'critical',
  };
  expect(numbers(undefined, critical)).toEqual([[3], []]);
  expect(numbers(new Set(['A0007/cross:USDT']), critical)).toEqual([[3, 2], []]);
});

it('moves no card while somebody is there, also when bursts of others come', () => {
  const at = (seq: number, account: string, to: 'watch' | 'critical', time: number) =>
    rowExample(
      seq,
      transitionExample('healthy', to, { poolId: poolId(`${account}/cross:USDT`) }),
      account,
      time,
    );
  const first = ['C1', 'C2', 'C3'].map((account, nth) => at(nth + 1, account, 'watch', 100 * nth));
  const burst = Array.from({ length: 9 }, (_, nth) =>
    at(nth + 4, `D${nth}`, nth === 0 ? 'critical' : 'watch', 400 + nth),
  );
  const { result, rerender } = renderHook(({ rows }) => useInbox(rows, everything), {
    initialProps: { rows: first },
  });
  const shown = () => result.current.open.map(({ key }) => key);
  const before = shown();
  expect(before).toHaveLength(3);
  act(() => result.current.hold('pointer'));
  rerender({ rows: [...first, ...burst] });
  expect(shown()).toEqual(before);
  expect(result.current.newer).toBe(9);
  act(() => result.current.release('pointer'));
  expect(result.current.newer).toBe(0);
  expect(shown()[0]).toBe('D0/cross:USDT');
});
