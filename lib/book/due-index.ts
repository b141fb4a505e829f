/**
 * When each pool is due, by slot, with the earliest of each block of slots: who is due is found by reading the blocks, in order of
 * memory, and inside those that have one.
 */
const BLOCK = 32;
const BLOCK_SHIFT = 5;

export interface DueIndex {
  /** By pool: what the clock shows when it is due. Infinity: nobody is there. -Infinity: now. */
  key: Float64Array;
  /** By block: no key in it is below this. */
  earliest: Float64Array;
}

export function openDueIndex(pools: number): DueIndex {
  const blocks = Math.ceil(pools / BLOCK);
  return {
    key: new Float64Array(blocks * BLOCK).fill(Infinity),
    earliest: new Float64Array(blocks).fill(Infinity),
  };
}

/** Room for a pool of that slot. */
export function reserve(index: DueIndex, slot: number): void {
  const { key, earliest } = index;
  if (slot < key.length) return;
  const blocks = Math.ceil(((slot + 1) * 1.5) / BLOCK);
  index.key = new Float64Array(blocks * BLOCK).fill(Infinity);
  index.key.set(key);
  index.earliest = new Float64Array(blocks).fill(Infinity);
  index.earliest.set(earliest);
}

export function setDue(index: DueIndex, slot: number, at: number): void {
  index.key[slot] = at;
  const block = slot >> BLOCK_SHIFT;
  if (at < (index.earliest[block] ?? 0)) index.earliest[block] = at;
}

/** Visits every pool that is due, by slot. It may be given another time, or none, while it is visited; it must be given one. */
export function visitDue(index: DueIndex, now: number, visit: (slot: number) => void): void {
  for (let block = 0; block < index.earliest.length; block += 1) {
    if ((index.earliest[block] ?? 0) <= now) visitBlock(index, block, now, visit);
  }
}

function visitBlock(
  index: DueIndex,
  block: number,
  now: number,
  visit: (slot: number) => void,
): void {
  const first = block << BLOCK_SHIFT;
  // A visit may make a pool due that was passed already: `setDue` notes it here, and it is kept.
  index.earliest[block] = Infinity;
  let soonest = Infinity;
  for (let slot = first; slot < first + BLOCK; slot += 1) {
    if ((index.key[slot] ?? 0) <= now) visit(slot);
    soonest = Math.min(soonest, index.key[slot] ?? 0);
  }
  index.earliest[block] = Math.min(index.earliest[block] ?? 0, soonest);
}
