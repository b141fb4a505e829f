/** One number for each slot, as many slots as are asked for. What was never set holds the column's empty value. */
type Numbers = Float64Array | Float32Array | Int32Array | Uint8Array;

export interface Column {
  get(slot: number): number;
  set(slot: number, value: number): void;
}

const FIRST_LENGTH = 256;

export function createColumn<Kind extends Numbers>(
  make: (length: number) => Kind,
  empty: number,
): Column {
  let numbers = make(FIRST_LENGTH).fill(empty);
  return {
    get: (slot) => numbers[slot] ?? empty,
    set: (slot, value) => {
      if (slot >= numbers.length) {
        const longer = make(Math.max(slot + 1, numbers.length * 2)).fill(empty);
        longer.set(numbers);
        numbers = longer as typeof numbers;
      }
      numbers[slot] = value;
    },
  };
}

export function createFloats(): Column {
  return createColumn((length) => new Float64Array(length), Number.NaN);
}

export function createIntegers(empty: number): Column {
  return createColumn((length) => new Int32Array(length), empty);
}
