/**
 * When each pool is due, by slot, on either hand of the clock, with the earliest of each block of slots: who is due is found by
 * reading the blocks, in order of memory, and inside those that have one.
 */
const BLOCK = 32;
const BLOCK_SHIFT = 5;

export interface DueIndex {
  /**
   * By pool, two each: what the hand of falls shows when it is due, and that of rises. Infinity on both: nobody is there. -Infinity on
   * the first: now.
   */
  key: Float64Array;
  /** By block, two each: no key in it is below this. */
  earliest: Float64Array;
}

export function openDueIndex(pools: number): DueIndex {
  const blocks = Math.ceil(pools / BLOCK);
  return {
    key: new Float64Array(2 * blocks * BLOCK).fill(Infinity),
    earliest: new Float64Array(2 * blocks).fill(Infinity),
  };
}

/** Room for a pool of that slot. */
export function reserve(index: DueIndex, slot: number): void {
  const { key, earliest } = index;
  if (2 * slot < key.length) return;
  const grown = openDueIndex(Math.ceil((slot + 1) * 1.5));
  grown.key.set(key);
  grown.earliest.set(earliest);
  Object.assign(index, grown);
}

/** Due when either hand shows so much. */
export function setDue(index: DueIndex, slot: number, fall: number, rise: number): void {
  const { key, earliest } = index;
  key[2 * slot] = fall;
  key[2 * slot + 1] = rise;
  const block = 2 * (slot >> BLOCK_SHIFT);
  if (fall < (earliest[block] ?? 0)) earliest[block] = fall;
  if (rise < (earliest[block + 1] ?? 0)) earliest[block + 1] = rise;
}

/** Whether it is due whatever the clock shows. */
export function isCalled({ key }: DueIndex, slot: number): boolean {
  return key[2 * slot] === -Infinity;
}

/** What the hands of the clock show. */
export interface Shown {
  readonly fall: number;
  readonly rise: number;
}

/** Visits every pool that is due, by slot. It may be given another time, or none, while it is visited; it must be given one. */
export function visitDue(index: DueIndex, now: Shown, visit: (slot: number) => void): void {
  const { fall, rise } = now;
  for (let block = 0; block < index.earliest.length; block += 2) {
    if ((index.earliest[block] ?? 0) <= fall || (index.earliest[block + 1] ?? 0) <= rise)
      visitBlock(index, block, now, visit);
  }
}

function visitBlock(
  index: DueIndex,
  block: number,
  { fall, rise }: Shown,
  visit: (slot: number) => void,
): void {
  const first = (block >> 1) << BLOCK_SHIFT;
  // A visit may make a pool due that was passed already: `setDue` notes it here, and it is kept.
  index.earliest[block] = Infinity;
  index.earliest[block + 1] = Infinity;
  let soonestFall = Infinity;
  let soonestRise = Infinity;
  for (let slot = first; slot < first + BLOCK; slot += 1) {
    if ((index.key[2 * slot] ?? 0) <= fall || (index.key[2 * slot + 1] ?? 0) <= rise) visit(slot);
    soonestFall = Math.min(soonestFall, index.key[2 * slot] ?? 0);
    soonestRise = Math.min(soonestRise, index.key[2 * slot + 1] ?? 0);
  }
  index.earliest[block] = Math.min(index.earliest[block] ?? 0, soonestFall);
  index.earliest[block + 1] = Math.min(index.earliest[block + 1] ?? 0, soonestRise);
}
