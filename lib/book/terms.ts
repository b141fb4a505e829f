/**
 * What changes for many pools at once and is no price: other tiers, other haircuts, other volatilities, a funding stamp. All of them are
 * looked at at once, or some at each visit, so that nothing waits for the last (SPEC BO13). Prices are never kept waiting.
 */
import { callNow, type DueIndex } from './due-index.ts';
import { goOn, type MotionClock } from './motion-clock.ts';
import { type PoolColumns } from './pool-columns.ts';

export interface Terms {
  /** Pools that are called at each visit; Infinity: all. */
  readonly pace: number;
  /** By pool: 1 while it waits to be called. */
  waits: Uint8Array;
  waiting: number;
  /** Where the next visit goes on. */
  next: number;
  /** How far the clock has to go on yet. */
  owed: number;
}

/** The part of a book that is called. */
interface Watched {
  readonly terms: Terms;
  readonly clock: MotionClock;
  readonly due: DueIndex;
  readonly pools: PoolColumns;
}

export function openTerms(pools: number, pace: number): Terms {
  return { pace, waits: new Uint8Array(pools), waiting: 0, next: 0, owed: 0 };
}

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

/** A limit that lies elsewhere, cash that is paid: as good as a move of all prices by so much. */
export function goOnBy(book: Watched, by: number): void {
  if (by === Infinity) callAll(book);
  else if (book.terms.pace === Infinity || book.pools.open === 0) goOn(book.clock, by);
  else book.terms.owed += by;
}

/** A unit of the clock makes a pool due some two times. */
const CALLS_A_UNIT = 2;

/** Lets the clock go on by what a visit can bear of what is owed. */
export function payNext({ terms, clock, pools }: Watched): void {
  if (terms.owed === 0) return;
  const part = Math.min(terms.owed, terms.pace / (CALLS_A_UNIT * Math.max(1, pools.open)));
  terms.owed -= part;
  goOn(clock, part);
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
