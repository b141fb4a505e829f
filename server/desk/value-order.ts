/**
 * Slots in order of a number each, kept while the numbers change: a change costs the same for ten slots and for a million. Numbers
 * fall into 65,536 buckets; inside a bucket they are put in order when somebody looks at it.
 */
import { createFloats, createIntegers } from './column.ts';

const BUCKETS = 65_536;
/** Slots without a number stand here, last whichever way. */
const UNKNOWN = BUCKETS;
/** Buckets are counted in groups too, so that a page far down is found quickly. */
const GROUP = 256;
/** So many in one bucket are nearly equal: they are left as they come. */
const SORTED_MAX = 8_192;
const NONE = -1;

export interface ValueOrder {
  /** @param value NaN: unknown. */
  set(slot: number, value: number): void;
  compare(left: number, right: number, descending: boolean): number;
  /** By slot, NaN where unknown: for `compareIn` on another thread. */
  readonly numbers: Float64Array;
  /** Slots bucket by bucket. The first `skip` slots, or a few less, are left out: how many is told first. */
  runs(descending: boolean, skip: number): Generator<Run, void, void>;
}

export interface Run {
  /** Slots that stand before these. */
  readonly before: number;
  readonly slots: readonly number[];
}

/** The first slots of an order. Nothing behind them is looked at. */
export function firstOf(runs: Iterable<Run>, count: number): readonly number[] {
  const found: number[] = [];
  for (const { slots } of runs) {
    found.push(...slots.slice(0, count - found.length));
    if (found.length >= count) break;
  }
  return found;
}

const float = new Float32Array(1);
const bitsOfFloat = new Uint32Array(float.buffer);
const SIGN = 0x80000000;
const HALF_WORD = 16;

/** By the upper half of a number's bits as a Float32: a bucket is one part in 128 wide, near zero as far away. */
export function bucketByBits(value: number): number {
  float[0] = value + 0;
  const bits = bitsOfFloat[0] ?? 0;
  return (bits >= SIGN ? ~bits : bits | SIGN) >>> HALF_WORD;
}

/** Buckets of one width, from zero up. */
export function bucketByWidth(width: number): (value: number) => number {
  return (value) => Math.max(0, Math.min(BUCKETS - 1, Math.floor(value / width)));
}

export function createValueOrder(bucketOf: (value: number) => number): ValueOrder {
  const heads = new Int32Array(BUCKETS + 1).fill(NONE);
  const counts = new Int32Array(BUCKETS + 1);
  const groups = new Int32Array(BUCKETS / GROUP);
  const values = createFloats();
  const buckets = createIntegers(NONE);
  const following = createIntegers(NONE);
  const preceding = createIntegers(NONE);

  function count(bucket: number, by: number): void {
    counts[bucket] = (counts[bucket] ?? 0) + by;
    const group = Math.floor(bucket / GROUP);
    if (bucket !== UNKNOWN) groups[group] = (groups[group] ?? 0) + by;
  }

  function unlink(slot: number): void {
    const bucket = buckets.get(slot);
    if (bucket === NONE) return;
    const [before, after] = [preceding.get(slot), following.get(slot)];
    if (before === NONE) heads[bucket] = after;
    else following.set(before, after);
    if (after !== NONE) preceding.set(after, before);
    count(bucket, -1);
  }

  function link(slot: number, bucket: number): void {
    const head = heads[bucket] ?? NONE;
    heads[bucket] = slot;
    preceding.set(slot, NONE);
    following.set(slot, head);
    if (head !== NONE) preceding.set(head, slot);
    buckets.set(slot, bucket);
    count(bucket, 1);
  }

  function compare(left: number, right: number, descending: boolean): number {
    return compareIn(values.numbers, left, right, descending);
  }

  function slotsIn(bucket: number, descending: boolean): readonly number[] {
    const slots: number[] = [];
    for (let slot = heads[bucket] ?? NONE; slot !== NONE; slot = following.get(slot))
      slots.push(slot);
    if (slots.length <= SORTED_MAX) slots.sort((left, right) => compare(left, right, descending));
    return slots;
  }

  function* runs(descending: boolean, skip: number): Generator<Run, void, void> {
    let before = 0;
    for (let nth = 0; nth < BUCKETS; nth += 1) {
      const bucket = descending ? BUCKETS - 1 - nth : nth;
      const inGroup = groups[Math.floor(bucket / GROUP)] ?? 0;
      if (nth % GROUP === 0 && (inGroup === 0 || before + inGroup <= skip)) {
        before += inGroup;
        nth += GROUP - 1;
        continue;
      }
      const here = counts[bucket] ?? 0;
      if (here > 0 && before + here > skip) yield { before, slots: slotsIn(bucket, descending) };
      before += here;
    }
    if ((counts[UNKNOWN] ?? 0) > 0) yield { before, slots: slotsIn(UNKNOWN, descending) };
  }

  return {
    set: (slot, value) => {
      values.set(slot, value);
      const bucket = Number.isNaN(value) ? UNKNOWN : bucketOf(value);
      if (buckets.get(slot) === bucket) return;
      unlink(slot);
      link(slot, bucket);
    },
    compare,
    get numbers() {
      return values.numbers;
    },
    runs,
  };
}

/** Two slots by value, then by slot; unknown last either way. */
export function compareIn(
  values: Float64Array,
  left: number,
  right: number,
  descending: boolean,
): number {
  const [a, b] = [values[left] ?? Number.NaN, values[right] ?? Number.NaN];
  if (Number.isNaN(a) || Number.isNaN(b)) {
    const byKnown = Number(Number.isNaN(a)) - Number(Number.isNaN(b));
    return byKnown === 0 ? left - right : byKnown;
  }
  if (a === b) return left - right;
  return a < b === descending ? 1 : -1;
}
