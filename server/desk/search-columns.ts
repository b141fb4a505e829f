/** What a search on another thread reads of the desk's book. */
import { type AssetId } from '#lib/units/ids.ts';
import { type ValueColumns } from './desk-orders.ts';
import { type TextColumns } from './text-index.ts';

/** The book as another thread may search it. All of it lies in shared memory, but for the coins. */
export interface SearchColumns {
  /** Id and label as they are compared, */
  readonly words: TextColumns;
  /** and as they are written, a line each. */
  readonly names: TextColumns;
  readonly values: ValueColumns;
  /** As `createCells` numbers them. */
  readonly cells: Int32Array;
  readonly coins: readonly AssetId[];
  /** Bits of the places in `DESK_SHOCKS`. */
  readonly shocks: Int32Array;
}

/** Grows whenever one of the columns had to be made longer. */
export function roomOf({ words, names, values, cells, coins, shocks }: SearchColumns): number {
  const columns = [words.bytes, words.ends, names.bytes, names.ends, cells, coins, shocks];
  return [...columns, ...Object.values(values)].reduce((sum, { length }) => sum + length, 0);
}
