/**
 * When each pool is due, by slot, on either hand of the clock, with the earliest of each block of slots: who is due is found by
 * reading the blocks, in order of memory, and inside those that have one.
 */
import { shows, type MotionClock } from './motion-clock.ts';

const BLOCK = 32;
const BLOCK_SHIFT = 5;

/** Instead of a coin: a pool that more than one coin moves. */
const NO_LANE = 65_535;

export interface DueIndex {
  /**
   * By pool, two each: what the hand of falls shows when it is due, and that of rises. Infinity on both: nobody is there. -Infinity on
   * the first: now.
   */
  key: Float64Array;
  /**
   * By pool that one coin moves: that coin, and what its own hands show when the pool is due, two each. The keys above are never later:
   * where they are earlier they are put off, and nobody is visited.
   */
  lane: Uint16Array;
  own: Float64Array;
  /** By block, two each: no key in it is below this. */
  earliest: Float64Array;
}

export function openDueIndex(pools: number): DueIndex {
  const blocks = Math.ceil(pools / BLOCK);
  return {
    key: new Float64Array(2 * blocks * BLOCK).fill(Infinity),
    lane: new Uint16Array(blocks * BLOCK).fill(NO_LANE),
    own: new Float64Array(2 * blocks * BLOCK),
    earliest: new Float64Array(2 * blocks).fill(Infinity),
  };
}

/** Room for a pool of that slot. */
export function reserve(index: DueIndex, slot: number): void {
  const { key, earliest } = index;
  if (2 * slot < key.length) return;
  const grown = openDueIndex(Math.ceil((slot + 1) * 1.5));
  grown.key.set(key);
  grown.lane.set(index.lane);
  grown.own.set(index.own);
  grown.earliest.set(earliest);
  Object.assign(index, grown);
}

/** Due when either hand shows so much. */
export function setDue(index: DueIndex, slot: number, fall: number, rise: number): void {
  index.lane[slot] = NO_LANE;
  setKeys(index, slot, fall, rise);
}

/** Due whatever the clock shows. */
export function callNow(index: DueIndex, slot: number): void {
  setDue(index, slot, -Infinity, Infinity);
}

/** Due when either hand of a coin shows so much. */
export function setDueByCoin(
  index: DueIndex,
  slot: number,
  at: { readonly coin: number; readonly fall: number; readonly rise: number },
  clock: MotionClock,
): void {
  index.lane[slot] = at.coin;
  index.own[2 * slot] = at.fall;
  index.own[2 * slot + 1] = at.rise;
  putOff(index, slot, clock);
}

/** The clock's hands get there no sooner than they would if the coin were the one that moves farthest. */
function putOff(
  index: DueIndex,
  slot: number,
  { fall, rise, coinFall, coinRise }: MotionClock,
): void {
  const coin = index.lane[slot] ?? 0;
  const falls = (index.own[2 * slot] ?? 0) - (coinFall[coin] ?? 0);
  const rises = (index.own[2 * slot + 1] ?? 0) - (coinRise[coin] ?? 0);
  setKeys(index, slot, fall.base + falls, rise.base + rises);
}

/** Whether the coin's own hands got there. */
function isDueByCoin({ lane, own }: DueIndex, slot: number, clock: MotionClock): boolean {
  const coin = lane[slot] ?? 0;
  return (
    (own[2 * slot] ?? 0) <= coinShows(clock.coinFall, clock.fallen, coin) ||
    (own[2 * slot + 1] ?? 0) <= coinShows(clock.coinRise, clock.risen, coin)
  );
}

/** Whether `visitDue` would visit it. */
export function isDueNow(index: DueIndex, slot: number, clock: MotionClock): boolean {
  const { key, lane } = index;
  const isPassed =
    (key[2 * slot] ?? 0) <= shows(clock.fall) || (key[2 * slot + 1] ?? 0) <= shows(clock.rise);
  return isPassed && (lane[slot] === NO_LANE || isDueByCoin(index, slot, clock));
}

function coinShows(base: Float64Array, away: Float64Array, coin: number): number {
  return (base[coin] ?? 0) + (away[coin] ?? 0);
}

function setKeys(index: DueIndex, slot: number, fall: number, rise: number): void {
  const { key, earliest } = index;
  key[2 * slot] = fall;
  key[2 * slot + 1] = rise;
  const block = 2 * (slot >> BLOCK_SHIFT);
  if (fall < (earliest[block] ?? 0)) earliest[block] = fall;
  if (rise < (earliest[block + 1] ?? 0)) earliest[block + 1] = rise;
}

/** Whether `callNow` made it due. */
export function isCalled({ key }: DueIndex, slot: number): boolean {
  return key[2 * slot] === -Infinity;
}

/** Visits every pool that is due, by slot. It may be given another time, or none, while it is visited; it must be given one. */
export function visitDue(index: DueIndex, clock: MotionClock, visit: (slot: number) => void): void {
  const now = { fall: shows(clock.fall), rise: shows(clock.rise) };
  for (let block = 0; block < index.earliest.length; block += 2) {
    if ((index.earliest[block] ?? 0) <= now.fall || (index.earliest[block + 1] ?? 0) <= now.rise)
      visitBlock(index, { block, ...now }, clock, visit);
  }
}

function visitBlock(
  index: DueIndex,
  { block, fall, rise }: { readonly block: number; readonly fall: number; readonly rise: number },
  clock: MotionClock,
  visit: (slot: number) => void,
): void {
  const first = (block >> 1) << BLOCK_SHIFT;
  // A visit may make a pool due that was passed already: `setDue` notes it here, and it is kept.
  index.earliest[block] = Infinity;
  index.earliest[block + 1] = Infinity;
  let soonestFall = Infinity;
  let soonestRise = Infinity;
  for (let slot = first; slot < first + BLOCK; slot += 1) {
    let falls = index.key[2 * slot] ?? 0;
    let rises = index.key[2 * slot + 1] ?? 0;
    if (falls <= fall || rises <= rise) {
      if (index.lane[slot] === NO_LANE || isDueByCoin(index, slot, clock)) visit(slot);
      else putOff(index, slot, clock);
      falls = index.key[2 * slot] ?? 0;
      rises = index.key[2 * slot + 1] ?? 0;
    }
    if (falls < soonestFall) soonestFall = falls;
    if (rises < soonestRise) soonestRise = rises;
  }
  if (soonestFall < (index.earliest[block] ?? 0)) index.earliest[block] = soonestFall;
  if (soonestRise < (index.earliest[block + 1] ?? 0)) index.earliest[block + 1] = soonestRise;
}
