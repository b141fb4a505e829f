/**
 * Finds accounts on a thread of its own: from columns that the risk loop goes on writing, and without asking it, so that no step is
 * waited for. Tells who they are; their figures are the loop's to tell.
 */
import { DESK_SHOCKS, type DeskQuery, type FoundAccount } from '#lib/wire/protocol.ts';
import { createCells, passes } from './cells.ts';
import { compareBy } from './desk-orders.ts';
import { firstInOrder } from './desk-selection.ts';
import { type SearchColumns } from './search-columns.ts';
import { findIn, noSearch, textOf, type TextColumns } from './text-index.ts';

export interface FoundAccounts {
  readonly total: number;
  readonly found: readonly FoundAccount[];
}

const TESTS_PER_SLICE = 20_000;
const LINE_END = 10;

/** The first of those that pass every filter, in the order asked for: what stands there as it is read. */
export function* findAccounts(
  columns: SearchColumns,
  query: DeskQuery,
): Generator<void, FoundAccounts, void> {
  const search = noSearch();
  yield* findIn(() => columns.words, query.text.trim(), search);
  const slots = yield* passing(columns, query, search.slots);
  const { sort, descending, limit } = query;
  const compare =
    sort === 'account'
      ? compareNames(columns.names, descending)
      : compareBy(columns.values, sort, descending);
  const first = yield* firstInOrder(slots, limit, compare);
  return { total: slots.length, found: first.map((slot) => accountAt(columns, slot)) };
}

function* passing(
  columns: SearchColumns,
  query: DeskQuery,
  slots: readonly number[],
): Generator<void, readonly number[], void> {
  const { states, coin, band, shock } = query;
  if (states.length === 0 && coin === null && band === null && shock === null) return slots;
  const cells = createCells(columns.coins);
  const isIn = new Map<number, boolean>();
  const bit = shock === null ? 0 : 1 << DESK_SHOCKS.indexOf(shock);
  const found: number[] = [];
  for (const [index, slot] of slots.entries()) {
    if (index % TESTS_PER_SLICE === TESTS_PER_SLICE - 1) yield;
    const number = columns.cells[slot] ?? -1;
    const isHere = isIn.get(number) ?? passes(cells.cellOf(number), query);
    isIn.set(number, isHere);
    if (isHere && (bit === 0 || ((columns.shocks[slot] ?? 0) & bit) !== 0)) found.push(slot);
  }
  return found;
}

function compareNames(
  { bytes, ends }: TextColumns,
  descending: boolean,
): (left: number, right: number) => number {
  return (left, right) => {
    const [a, b] = [ends[left - 1] ?? 0, ends[right - 1] ?? 0];
    let index = 0;
    while (bytes[a + index] === bytes[b + index] && bytes[a + index] !== LINE_END) index += 1;
    const difference = (bytes[a + index] ?? 0) - (bytes[b + index] ?? 0);
    return descending ? -difference : difference;
  };
}

function accountAt({ names }: SearchColumns, slot: number): FoundAccount {
  const [accountId = '', label = ''] = textOf(names, slot).split('\n');
  return { accountId, label };
}
