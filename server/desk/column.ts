/**
 * One number for each slot, as many slots as are asked for. What was never set holds the column's empty value. Columns lie in
 * memory that threads share: another one may read what stands there while this one goes on writing.
 */
type Numbers = Float64Array | Int32Array | Uint8Array;

export interface Column<Kind extends Numbers = Numbers> {
  get(slot: number): number;
  set(slot: number, value: number): void;
  /** As they stand, until the column needs more room: then a longer one takes their place. */
  readonly numbers: Kind;
}

const FIRST_LENGTH = 256;

function createColumn<Kind extends Numbers>(
  make: (bytes: SharedArrayBuffer) => Kind,
  p: { readonly bytesEach: number; readonly empty: number },
): Column<Kind> {
  const filled = (length: number): Kind => {
    const made = make(new SharedArrayBuffer(length * p.bytesEach));
    if (p.empty !== 0) made.fill(p.empty);
    return made;
  };
  let numbers = filled(FIRST_LENGTH);
  return {
    get: (slot) => numbers[slot] ?? p.empty,
    set: (slot, value) => {
      if (slot >= numbers.length) {
        const longer = filled(Math.max(slot + 1, numbers.length * 2));
        longer.set(numbers);
        numbers = longer;
      }
      numbers[slot] = value;
    },
    get numbers() {
      return numbers;
    },
  };
}

export function createFloats(): Column<Float64Array> {
  return createColumn((bytes) => new Float64Array(bytes), { bytesEach: 8, empty: Number.NaN });
}

export function createIntegers(empty: number): Column<Int32Array> {
  return createColumn((bytes) => new Int32Array(bytes), { bytesEach: 4, empty });
}

export function createBytes(): Column<Uint8Array> {
  return createColumn((bytes) => new Uint8Array(bytes), { bytesEach: 1, empty: 0 });
}
