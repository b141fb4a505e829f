import { expect, it } from 'vitest';
import { poolId } from '#lib/units/ids.ts';
import { alertEntries } from './alert-rows.ts';
import { rowExample, transitionExample } from './example-rows.ts';
import { splitInbox, type InboxFilter } from './use-inbox.ts';

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
