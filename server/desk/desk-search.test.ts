import { beforeAll, expect, it } from 'vitest';
import { assert } from '#lib/contract.ts';
import { engine } from '#lib/engine/engine.ts';
import { NO_DESK_FILTER, type DeskQuery } from '#lib/wire/protocol.ts';
import { createExampleSource } from '../example-run.ts';
import { ledgerAccounts, type DeskAccounts } from './desk-accounts.ts';
import { createDeskBook, type DeskBook } from './desk-book.ts';
import { findAccounts, type FoundAccounts } from './desk-search.ts';
import { select } from './desk-selection.ts';
import { roomOf } from './search-columns.ts';

const ACCOUNTS = 300;
const STEPS = 40;
const QUERY: DeskQuery = {
  sort: 'state',
  descending: true,
  ...NO_DESK_FILTER,
  text: 'a',
  offset: 0,
  limit: 40,
};
let book: DeskBook;
let accounts: DeskAccounts;

function resultOf<Value>(task: Generator<void, Value, void>): Value {
  for (;;) {
    const next = task.next();
    if (next.done === true) return next.value;
  }
}

function found(changes: Partial<DeskQuery>): FoundAccounts {
  return resultOf(findAccounts(book.columns, { ...QUERY, ...changes }));
}

/** By a look at every account. */
function matching(text: string): readonly string[] {
  return [...accounts.all()].filter((id) =>
    `${id} ${accounts.cardOf(id)?.label}`.toLowerCase().includes(text.toLowerCase()),
  );
}

beforeAll(() => {
  const source = createExampleSource('search', ACCOUNTS);
  const state = engine.openRun({ ...source.identity, runId: 'search' });
  for (let step = 1; step <= STEPS; step += 1) {
    const next = source.next(state);
    assert(next !== undefined, 'the tape goes on');
    for (const group of engine.takeStep(state, { step, ...next })) void group;
  }
  accounts = ledgerAccounts(engine, state);
  book = createDeskBook({ state, accounts, now: () => 0 });
  resultOf(book.pass());
});

it('finds everybody whose id or label holds the text, and nobody else', () => {
  for (const text of [
    'a',
    'A0',
    '17',
    '0299',
    'BOLD',
    'dge',
    'a0123 ',
    '7 st',
    'nobody',
    'a0300',
  ]) {
    const { total, found: first } = found({ text, limit: ACCOUNTS });
    expect(first.map(({ accountId }) => String(accountId)).toSorted()).toEqual(
      matching(text.trim()).toSorted(),
    );
    expect(total).toBe(first.length);
  }
  expect(found({ text: 'a0042' })).toEqual({
    total: 1,
    found: [{ accountId: 'A0042', label: accounts.cardOf(idNamed('A0042'))?.label }],
  });
});

function idNamed(name: string) {
  const id = [...accounts.all()].find((one) => one === name);
  assert(id !== undefined, name);
  return id;
}

it('puts them in the order in which the loop answers, through the same filters', () => {
  const queries: readonly Partial<DeskQuery>[] = [
    {},
    { text: 'bold', sort: 'account', descending: false },
    { text: '1', sort: 'account' },
    { text: 'steady', sort: 'distance', descending: false },
    { text: '2', sort: 'since' },
    { text: '2', sort: 'since', descending: false },
    { text: 'a0', sort: 'notional', states: ['healthy', 'watch'] },
    { text: 'a', sort: 'ifDown', descending: false, coin: 'BTC' },
    { text: '3', sort: 'z', descending: false, shock: '-0.2' },
    { text: 'a', sort: 'coin', band: 3 },
  ];
  for (const changes of queries) {
    const { total, slots } = resultOf(select(book, { ...QUERY, ...changes }));
    const told = found(changes);
    expect(told.total).toBe(total);
    expect(told.found.map(({ accountId }) => accountId)).toEqual(
      slots.map((slot) => book.idOf(slot)),
    );
  }
  expect(found({ text: 'a0', states: ['healthy', 'watch'] }).total).toBeGreaterThan(40);
});

it('reads columns that go on being written; only longer ones have to be told anew', () => {
  const { columns } = book;
  const room = roomOf(columns);
  columns.values.notional[5] = 1e12;
  expect(found({ sort: 'notional' }).found[0]?.accountId).toBe(book.idOf(5));
  expect(roomOf(book.columns)).toBe(room);
});
