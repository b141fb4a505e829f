/** Columns of a book of names alone: what tests of a search without figures look at. */
import { createDeskOrders } from './desk-orders.ts';
import { type SearchColumns } from './search-columns.ts';
import { createTexts } from './text-index.ts';

/** Accounts `A0`, `A1`, …, all of them bold. */
export function exampleColumns(count: number): SearchColumns {
  const [words, names] = [createTexts(), createTexts()];
  for (let slot = 0; slot < count; slot += 1) {
    words.add(`a${slot} bold`);
    names.add(`A${slot}\nbold`);
  }
  const nowhere = new Int32Array(0);
  return {
    words: words.columns,
    names: names.columns,
    values: createDeskOrders().columns,
    cells: nowhere,
    coins: [],
    shocks: nowhere,
  };
}
