/**
 * When each pool is due, by slot, on the hands that move it: those of its coin, or of the clock. The earliest of each block of slots is
 * kept in the clock's: who is due is found by reading the blocks, in order of memory, and inside those that may have one.
 */
import { CODES_MAX } from './market-columns.ts';
import { shows, type MotionClock } from './motion-clock.ts';

const BLOCK = 32;
const BLOCK_SHIFT = 5;

/** Instead of a coin: a pool that more than one coin moves. */
const EVERY_COIN = CODES_MAX;
const LANES = CODES_MAX + 1;

/** Sums of hands are rounded: blocks are read so much earlier, in scales. */
const ROUNDING = 1e-9;

/** When each pool is due, grown in place. */
export interface DueIndex {
  /**
   * By pool, two each: what the hand of falls shows when it is due, and that of rises. Infinity on both: nobody is there. -Infinity on
   * the first: now.
   */
  key: Float64Array;
  /** By pool: the coin whose hands these are, or `EVERY_COIN` for the clock's. */
  lane: Uint16Array;
  /** By block, two each: nobody in it is due before the clock's hands show this. */
  earliest: Float64Array;
  /** By lane, while pools are visited: what its hands show, and what they showed when prices were anchored. */
  readonly hands: Hands;
}

interface Hands {
  readonly fall: Float64Array;
  readonly rise: Float64Array;
  readonly fallBase: Float64Array;
  readonly riseBase: Float64Array;
}

/** Room for so many pools, none of them there. */
export function openDueIndex(pools: number): DueIndex {
  const blocks = Math.ceil(pools / BLOCK);
  const byLane = (): Float64Array => new Float64Array(LANES);
  return {
    key: new Float64Array(2 * blocks * BLOCK).fill(Infinity),
    lane: new Uint16Array(blocks * BLOCK).fill(EVERY_COIN),
    earliest: new Float64Array(2 * blocks).fill(Infinity),
    hands: { fall: byLane(), rise: byLane(), fallBase: byLane(), riseBase: byLane() },
  };
}

/** Room for a pool of that slot. */
export function reserve(index: DueIndex, slot: number): void {
  const { key, earliest } = index;
  if (2 * slot < key.length) return;
  const grown = openDueIndex(Math.ceil((slot + 1) * 1.5));
  grown.key.set(key);
  grown.lane.set(index.lane);
  grown.earliest.set(earliest);
  index.key = grown.key;
  index.lane = grown.lane;
  index.earliest = grown.earliest;
}

/** Due when either hand of the clock shows so much. */
export function setDue(index: DueIndex, slot: number, fall: number, rise: number): void {
  setKeys(index, slot, fall, rise);
  index.lane[slot] = EVERY_COIN;
  noteEarliest(index, slot, fall, rise);
}

/** Due whatever the clock shows. */
export function callNow(index: DueIndex, slot: number): void {
  setDue(index, slot, -Infinity, Infinity);
}

/** [BO7] Due when either hand of a coin shows so much: the clock's get there no later. */
export function setDueByCoin(
  index: DueIndex,
  slot: number,
  at: { readonly coin: number; readonly fall: number; readonly rise: number },
  { fall, rise, coinFall, coinRise }: MotionClock,
): void {
  const { coin } = at;
  setKeys(index, slot, at.fall, at.rise);
  index.lane[slot] = coin;
  const falls = fall.base + (at.fall - (coinFall[coin] ?? 0));
  const rises = rise.base + (at.rise - (coinRise[coin] ?? 0));
  noteEarliest(index, slot, falls - ROUNDING, rises - ROUNDING);
}

function setKeys({ key }: DueIndex, slot: number, fall: number, rise: number): void {
  key[2 * slot] = fall;
  key[2 * slot + 1] = rise;
}

function noteEarliest({ earliest }: DueIndex, slot: number, fall: number, rise: number): void {
  const block = 2 * (slot >> BLOCK_SHIFT);
  if (fall < (earliest[block] ?? 0)) earliest[block] = fall;
  if (rise < (earliest[block + 1] ?? 0)) earliest[block + 1] = rise;
}

/** Whether `visitDue` would visit it. */
export function isDueNow({ key, lane }: DueIndex, slot: number, clock: MotionClock): boolean {
  const coin = lane[slot] ?? 0;
  const isCoin = coin !== EVERY_COIN;
  const { coinFall, coinRise, fallen, risen } = clock;
  const fall = isCoin ? (coinFall[coin] ?? 0) + (fallen[coin] ?? 0) : shows(clock.fall);
  const rise = isCoin ? (coinRise[coin] ?? 0) + (risen[coin] ?? 0) : shows(clock.rise);
  return (key[2 * slot] ?? 0) <= fall || (key[2 * slot + 1] ?? 0) <= rise;
}

/** Whether `callNow` made it due. */
export function isCalled({ key }: DueIndex, slot: number): boolean {
  return key[2 * slot] === -Infinity;
}

function readHands({ fall, rise, fallBase, riseBase }: Hands, clock: MotionClock): void {
  fallBase.set(clock.coinFall);
  riseBase.set(clock.coinRise);
  for (let coin = 0; coin < CODES_MAX; coin += 1) {
    fall[coin] = (clock.coinFall[coin] ?? 0) + (clock.fallen[coin] ?? 0);
    rise[coin] = (clock.coinRise[coin] ?? 0) + (clock.risen[coin] ?? 0);
  }
  fallBase[EVERY_COIN] = clock.fall.base;
  riseBase[EVERY_COIN] = clock.rise.base;
  fall[EVERY_COIN] = shows(clock.fall);
  rise[EVERY_COIN] = shows(clock.rise);
}

/** Who is due among the slots read so far, by slot: they are visited together. */
interface Batch {
  readonly slots: Int32Array;
  count: number;
}

const BATCH = 64;

/** What is done with who is due. */
export interface Visitor {
  /** Told of some at once before they are visited one by one, so that their rows are on their way from memory all together. */
  readonly fetch: (slots: Int32Array, count: number) => void;
  readonly visit: (slot: number) => void;
}

/**
 * Visits every pool that is due, by slot. It may be given another time, or none, while it is visited. What a visit does to the time of
 * another pool may show at the next call only.
 */
export function visitDue(index: DueIndex, clock: MotionClock, visitor: Visitor): void {
  const fall = shows(clock.fall);
  const rise = shows(clock.rise);
  const batch = { slots: new Int32Array(BATCH + BLOCK), count: 0 };
  readHands(index.hands, clock);
  for (let block = 0; block < index.earliest.length; block += 2) {
    if ((index.earliest[block] ?? 0) > fall && (index.earliest[block + 1] ?? 0) > rise) continue;
    readBlock(index, block, batch);
    if (batch.count >= BATCH) visitBatch(index, batch, visitor);
  }
  visitBatch(index, batch, visitor);
}

function visitBatch(index: DueIndex, batch: Batch, { fetch, visit }: Visitor): void {
  const { slots, count } = batch;
  batch.count = 0;
  fetch(slots, count);
  for (let at = 0; at < count; at += 1) {
    const slot = slots[at] ?? 0;
    if (!hasPassed(index, slot)) continue;
    visit(slot);
    // Whoever was given no other time is still due.
    if (hasPassed(index, slot)) noteEarliest(index, slot, -Infinity, Infinity);
  }
}

function hasPassed({ key, lane, hands }: DueIndex, slot: number): boolean {
  const by = lane[slot] ?? 0;
  return (
    (key[2 * slot] ?? 0) <= (hands.fall[by] ?? 0) ||
    (key[2 * slot + 1] ?? 0) <= (hands.rise[by] ?? 0)
  );
}

/** Puts who is due in a block into the batch, and finds when the first of the others is. */
function readBlock({ key, lane, hands, earliest }: DueIndex, block: number, batch: Batch): void {
  const { fall, rise, fallBase, riseBase } = hands;
  const first = (block >> 1) << BLOCK_SHIFT;
  let soonestFall = Infinity;
  let soonestRise = Infinity;
  for (let slot = first; slot < first + BLOCK; slot += 1) {
    const by = lane[slot] ?? 0;
    const falls = key[2 * slot] ?? 0;
    const rises = key[2 * slot + 1] ?? 0;
    if (falls <= (fall[by] ?? 0) || rises <= (rise[by] ?? 0)) {
      batch.slots[batch.count] = slot;
      batch.count += 1;
      continue;
    }
    const untilFall = falls - (fallBase[by] ?? 0);
    const untilRise = rises - (riseBase[by] ?? 0);
    if (untilFall < soonestFall) soonestFall = untilFall;
    if (untilRise < soonestRise) soonestRise = untilRise;
  }
  earliest[block] = (fallBase[EVERY_COIN] ?? 0) + soonestFall - ROUNDING;
  earliest[block + 1] = (riseBase[EVERY_COIN] ?? 0) + soonestRise - ROUNDING;
}
