/**
 * Everything that a simulated process must remember lives in named cells of numbers, so that one text saves it all and nothing can
 * be forgotten: a process that keeps its state elsewhere does not survive `load`, and the save-and-continue tests catch it.
 */
import { assert } from '../contract.ts';

export interface Memory {
  /** Cells of a name, all zero at first. Each name once; the owner writes into them in place. */
  numbers(name: string, length: number): Float64Array;
  save(): string;
  load(text: string): void;
}

/** JSON has no NaN: null stands for "none yet". */
function encoded(cells: Float64Array): (number | null)[] {
  return Array.from(cells, (value) => (Number.isNaN(value) ? null : value));
}

function restore(name: string, cells: Float64Array, saved: unknown): void {
  assert(Array.isArray(saved), `a list of numbers saved for ${name}`);
  assert(saved.length === cells.length, `${cells.length} numbers saved for ${name}`);
  for (const [index, value] of saved.entries()) {
    assert(value === null || typeof value === 'number', `a number or null saved for ${name}`);
    cells[index] = value ?? Number.NaN;
  }
}

export function createMemory(): Memory {
  const cellsByName = new Map<string, Float64Array>();
  return {
    numbers(name, length) {
      assert(!cellsByName.has(name), `one owner for the cells ${name}`);
      const cells = new Float64Array(length);
      cellsByName.set(name, cells);
      return cells;
    },
    save() {
      return JSON.stringify(
        Object.fromEntries([...cellsByName].map(([name, cells]) => [name, encoded(cells)])),
      );
    },
    load(text) {
      const saved: unknown = JSON.parse(text);
      assert(typeof saved === 'object' && saved !== null, 'saved cells are an object');
      const byName = new Map<string, unknown>(Object.entries(saved));
      assert(
        byName.size === cellsByName.size,
        'text saved by a process made with the same arguments',
      );
      for (const [name, cells] of cellsByName) restore(name, cells, byName.get(name));
    },
  };
}

/** Reads a cell that exists: typed arrays answer `undefined` outside their length, which is a mistake of ours. */
export function cell(cells: ArrayLike<number>, index: number): number {
  const value = cells[index];
  assert(value !== undefined, `a cell at ${index}`);
  return value;
}
