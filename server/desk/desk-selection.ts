/**
 * Which accounts stand in a window of the book. Without a filter the order is walked from the window on; where few pass, those are
 * put in order; where many pass, the order is walked and who does not pass is left out.
 */
import { DESK_SHOCKS, type DeskQuery } from '#lib/wire/protocol.ts';
import { passes } from './cells.ts';
import { type DeskBook } from './desk-book.ts';
import { type TextHits } from './text-index.ts';

export interface Selection {
  /** Accounts that every filter lets through. */
  readonly total: number;
  readonly slots: readonly number[];
}

type Selecting = Generator<void, Selection, void>;

/** So many are put in order for one answer. */
const GATHERED_MAX = 20_000;
const TESTS_PER_SLICE = 10_000;
/** A comparison costs more than a test. */
const LOOKS_PER_SLICE = 4_000;
/** So many times the window are put in order as they are. */
const FEW = 4;

/** One filter that is set: who passes, and how many. */
interface Sieve {
  readonly size: number;
  has(slot: number): boolean;
  slots(): readonly number[];
}

/** @param gatheredMax where fewer pass, they are put in order; else the order is walked. */
export function* select(book: DeskBook, query: DeskQuery, gatheredMax = GATHERED_MAX): Selecting {
  const sieves = yield* sievesOf(book, query);
  const [finest, ...others] = sieves;
  if (finest === undefined)
    return { total: book.size, slots: yield* walk(book, query, () => true) };
  if (finest.size <= gatheredMax) return yield* gathered(book, query, sieves);
  const isIn = (slot: number): boolean => sieves.every((sieve) => sieve.has(slot));
  const total = others.length === 0 ? finest.size : yield* counted(finest, others);
  return { total, slots: yield* walk(book, query, isIn, true) };
}

/** The filters that are set, the finest first. */
function* sievesOf(book: DeskBook, query: DeskQuery): Generator<void, readonly Sieve[], void> {
  const text = query.text.trim();
  const hits = text === '' ? undefined : yield* book.find(text);
  return [cellSieve(book, query), shockSieve(book, query), textSieve(hits)]
    .flatMap((sieve) => sieve ?? [])
    .toSorted((left, right) => left.size - right.size);
}

/**
 * All that pass at one moment, which is between two slices, each once. Their order is walked while figures go on changing: who
 * then stood behind the walk comes at the end.
 */
export function* selectAll(
  book: DeskBook,
  query: DeskQuery,
  noteMoment: () => void,
): Generator<void, readonly number[], void> {
  const [finest, ...others] = yield* sievesOf(book, query);
  const all = finest?.slots() ?? Array.from({ length: book.size }, (_, slot) => slot);
  const left = new Set(all.filter((slot) => others.every((sieve) => sieve.has(slot))));
  noteMoment();
  const found: number[] = [];
  let tests = 0;
  for (const run of book.runs(query.sort, query.descending, 0)) {
    for (const slot of run.slots) if (left.delete(slot)) found.push(slot);
    tests += run.slots.length;
    if (tests < TESTS_PER_SLICE) continue;
    tests = 0;
    yield;
  }
  return [...found, ...left];
}

function cellSieve(book: DeskBook, query: DeskQuery): Sieve | undefined {
  if (query.states.length === 0 && query.coin === null && query.band === null) return undefined;
  const { partition } = book;
  const groups = book.cells().filter((cell) => passes(cell, query));
  const numbers = new Set(groups.map(({ number }) => number));
  return {
    size: groups.reduce((sum, { accounts }) => sum + accounts, 0),
    has: (slot) => numbers.has(partition.groupOf(slot)),
    slots: () => groups.flatMap(({ number }) => partition.members(number)),
  };
}

function shockSieve({ shocked }: DeskBook, { shock }: DeskQuery): Sieve | undefined {
  if (shock === null) return undefined;
  const bit = 1 << DESK_SHOCKS.indexOf(shock);
  const groups = shocked.groups.filter((bits) => (bits & bit) !== 0);
  return {
    size: groups.reduce((sum, group) => sum + shocked.sizeOf(group), 0),
    has: (slot) => (shocked.groupOf(slot) & bit) !== 0,
    slots: () => groups.flatMap((group) => shocked.members(group)),
  };
}

function textSieve(hits: TextHits | undefined): Sieve | undefined {
  if (hits === undefined) return undefined;
  return { size: hits.slots.length, has: (slot) => hits.has(slot), slots: () => hits.slots };
}

function* gathered(book: DeskBook, query: DeskQuery, sieves: readonly Sieve[]): Selecting {
  const { sort, descending, offset, limit } = query;
  const [finest, ...others] = sieves;
  const found = (finest?.slots() ?? []).filter((slot) => others.every((sieve) => sieve.has(slot)));
  const compare = (left: number, right: number): number =>
    book.compare(left, right, sort, descending);
  const first = yield* firstInOrder(found, offset + limit, compare);
  return { total: found.length, slots: first.slice(offset) };
}

/** The first so many in order: of thousands a window needs a few, which costs a look at each instead of an order of all. */
export function* firstInOrder(
  found: readonly number[],
  count: number,
  compare: (left: number, right: number) => number,
): Generator<void, readonly number[], void> {
  if (found.length < FEW * count) return found.toSorted(compare).slice(0, count);
  const first: number[] = [];
  for (let index = 0; index < found.length; index += 1) {
    const slot = found[index];
    if (index % LOOKS_PER_SLICE === LOOKS_PER_SLICE - 1) yield;
    if (slot === undefined) continue;
    const last = first[count - 1];
    if (last !== undefined && compare(slot, last) > 0) continue;
    first.splice(placeIn(first, slot, compare), 0, slot);
    if (first.length > count) first.pop();
  }
  return first;
}

function placeIn(
  ordered: readonly number[],
  slot: number,
  compare: (left: number, right: number) => number,
): number {
  let low = 0;
  let high = ordered.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(ordered[middle] ?? slot, slot) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function* counted(finest: Sieve, others: readonly Sieve[]): Generator<void, number, void> {
  let total = 0;
  for (const [index, slot] of finest.slots().entries()) {
    if (others.every((sieve) => sieve.has(slot))) total += 1;
    if (index % TESTS_PER_SLICE === TESTS_PER_SLICE - 1) yield;
  }
  return total;
}

function* walk(
  book: DeskBook,
  query: DeskQuery,
  isIn: (slot: number) => boolean,
  isFiltered = false,
): Generator<void, readonly number[], void> {
  const { sort, descending, offset, limit } = query;
  const found: number[] = [];
  let passed = 0;
  let tests = 0;
  for (const run of book.runs(sort, descending, isFiltered ? 0 : offset)) {
    if (!isFiltered && found.length === 0) passed = run.before;
    for (const slot of run.slots) {
      if (!isIn(slot)) continue;
      if (passed >= offset) found.push(slot);
      passed += 1;
      if (found.length === limit) return found;
    }
    tests += run.slots.length;
    if (tests >= TESTS_PER_SLICE) {
      tests = 0;
      yield;
    }
  }
  return found;
}
