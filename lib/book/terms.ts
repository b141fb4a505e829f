/**
 * What changes for many pools at once and is no price: other tiers, other haircuts, other volatilities, a funding stamp. All of them are
 * looked at at once, or some at each visit, so that nothing waits for the last (SPEC BO13). Prices are never kept waiting.
 */
import { callNow, type DueIndex } from './due-index.ts';
import { CODES_MAX } from './market-columns.ts';
import { shiftCoin, type MotionClock } from './motion-clock.ts';
import { type PoolColumns } from './pool-columns.ts';

/** Calls, and moves of coins, that are still to come. */
export interface Terms {
  /** Pools that are called at each visit; Infinity: all. */
  readonly pace: number;
  /** By pool: 1 while it waits to be called. */
  waits: Uint8Array;
  waiting: number;
  /** Where the next visit goes on. */
  next: number;
  /** By coin: what it has to go on by yet, and whether any has. */
  readonly owed: Float64Array;
  isOwing: boolean;
}

/** The part of a book that is called. */
interface Watched {
  readonly terms: Terms;
  readonly clock: MotionClock;
  readonly due: DueIndex;
  readonly pools: PoolColumns;
}

/** Nothing to come, room for so many pools. */
export function openTerms(pools: number, pace: number): Terms {
  return {
    pace,
    waits: new Uint8Array(pools),
    waiting: 0,
    next: 0,
    owed: new Float64Array(CODES_MAX),
    isOwing: false,
  };
}

/** Room for so many pools. */
export function growTerms(terms: Terms, pools: number): void {
  const { waits } = terms;
  terms.waits = new Uint8Array(pools);
  terms.waits.set(waits);
}

/** The pool is due, now or at one of the next visits. */
export function callPool({ terms, due }: Watched, slot: number): void {
  if (terms.pace === Infinity) {
    callNow(due, slot);
    return;
  }
  if (terms.waits[slot] === 1) return;
  terms.waits[slot] = 1;
  terms.waiting += 1;
}

/** Whoever looked at the pool knows the terms. */
export function forgetCall(terms: Terms, slot: number): void {
  if (terms.waits[slot] !== 1) return;
  terms.waits[slot] = 0;
  terms.waiting -= 1;
}

/** Every pool is due, now or at one of the next visits. */
export function callAll(book: Watched): void {
  for (let slot = 0; slot < book.pools.end; slot += 1)
    if ((book.pools.kind[slot] ?? 0) > 0) callPool(book, slot);
}

/** Those whose turn it is are due. */
export function callNext({ terms, due, pools }: Watched): void {
  for (let called = 0; called < terms.pace && terms.waiting > 0; terms.next += 1) {
    if (terms.next >= pools.end) terms.next = 0;
    if (terms.waits[terms.next] !== 1) continue;
    forgetCall(terms, terms.next);
    callNow(due, terms.next);
    called += 1;
  }
}

/** What is as good as a move of a coin by so much either way. */
export function owe(book: Watched, coin: number, by: number): void {
  const { terms, clock, pools } = book;
  if (by === Infinity) callAll(book);
  else if (terms.pace === Infinity || pools.open === 0) shiftCoin(clock, coin, by);
  else {
    terms.owed[coin] = (terms.owed[coin] ?? 0) + by;
    terms.isOwing = true;
  }
}

/** A unit of the clock makes a pool due some two times. */
const CALLS_A_UNIT = 2;

/** Lets coins go on by what a visit can bear of what is owed. */
export function payNext({ terms, clock, pools }: Watched): void {
  if (!terms.isOwing) return;
  const { owed } = terms;
  const part = terms.pace / (CALLS_A_UNIT * Math.max(1, pools.open));
  terms.isOwing = false;
  for (let coin = 0; coin < owed.length; coin += 1) {
    const paid = Math.min(owed[coin] ?? 0, part);
    if (paid === 0) continue;
    shiftCoin(clock, coin, paid);
    owed[coin] = (owed[coin] ?? 0) - paid;
    if ((owed[coin] ?? 0) > 0) terms.isOwing = true;
  }
}

/** Calls who holds any of the contracts that have a 1. */
export function callHolders(
  { pools }: Pick<Watched, 'pools'>,
  isMeant: Uint8Array,
  call: (slot: number) => void,
): void {
  const { firstPosition, positionCount, instrument, end } = pools;
  for (let slot = 0; slot < end; slot += 1) {
    const first = firstPosition[slot] ?? 0;
    const last = first + (positionCount[slot] ?? 0);
    for (let row = first; row < last; row += 1) {
      if (isMeant[instrument[row] ?? 0] !== 1) continue;
      call(slot);
      break;
    }
  }
}
