import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { NO_DESK_FILTER, type DeskQuery } from '#lib/wire/protocol.ts';
import { exampleColumns } from '../desk/example-columns.ts';
import { createDeskFinder, type DeskFinder } from './desk-finder.ts';

const ACCOUNTS = 120_000;

function queryFor(text: string, offset = 0): DeskQuery {
  return { sort: 'state', descending: true, ...NO_DESK_FILTER, text, offset, limit: 2 };
}

const columns = exampleColumns(ACCOUNTS);
let finder: DeskFinder;
let told: string[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  told = [];
  let clock = 0;
  finder = createDeskFinder({
    // A slice of a search takes all that a turn may.
    now: () => (clock += 2),
    tell: (viewer, { queryId }, { total, found }) =>
      void told.push(
        `${viewer} ${queryId}: ${total}, ${found.map((one) => one.accountId).join(' ')}`,
      ),
  });
  finder.look(columns);
});
afterEach(() => void vi.useRealTimers());

it('tells who is found without the loop, each viewer what it asked last', async () => {
  finder.find('typing', { queryId: 1, query: queryFor('a') });
  finder.find('typing', { queryId: 2, query: queryFor('11999') });
  finder.find('other', { queryId: 7, query: queryFor('BOLD') });
  await vi.runAllTimersAsync();
  expect(told.toSorted()).toEqual(['other 7: 120000, A0 A1', 'typing 2: 12, A11999 A111999']);
});

it('keeps quiet where the loop was quicker, who asked is gone, or nothing is searched for', async () => {
  finder.find('answered', { queryId: 1, query: queryFor('a1') });
  finder.find('asked again', { queryId: 1, query: queryFor('a1') });
  finder.find('gone', { queryId: 1, query: queryFor('a1') });
  finder.find('reads on', { queryId: 1, query: queryFor('a1', 80) });
  finder.find('looks', { queryId: 1, query: queryFor(' ') });
  finder.answered('answered', 1);
  finder.find('asked again', { queryId: 2, query: queryFor('a119998') });
  finder.answered('asked again', 1);
  finder.leave('gone');
  await vi.runAllTimersAsync();
  expect(told).toEqual(['asked again 2: 1, A119998']);
  finder.find('of a run that is closed', { queryId: 1, query: queryFor('a1') });
  finder.look(undefined);
  await vi.runAllTimersAsync();
  expect(told).toHaveLength(1);
});
