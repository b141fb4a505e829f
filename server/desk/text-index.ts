/**
 * Finds slots by a part of their words: a pass over the bytes of all, which takes a million accounts from 1 ms, where few match, to
 * 30. The bytes lie in shared memory, so that another thread may search them too.
 */
import { createBytes, createIntegers, type Column } from './column.ts';

/** Texts of slots, one behind the other. Whoever reads them on another thread finds all that are counted. */
export interface TextColumns {
  /** UTF-8, each text with a line break behind it. */
  readonly bytes: Uint8Array;
  /** Where the text of each slot ends, behind its line break. */
  readonly ends: Int32Array;
  /** One number: texts that are complete. */
  readonly count: Int32Array;
}

export interface Texts {
  /** Slots come in order, from 0. */
  add(text: string): void;
  readonly columns: TextColumns;
}

export interface TextHits {
  readonly slots: readonly number[];
  has(slot: number): boolean;
}

export interface TextIndex {
  /** Slots come in order, from 0. */
  add(words: string): void;
  /** Slots whose words hold the text, ascending; pauses now and then. What was found is kept: only what was added since is searched again. */
  find(text: string): Generator<void, TextHits, void>;
  /** For `findIn`. */
  readonly columns: TextColumns;
}

/** A search as far as it is. */
export interface Search {
  /** Ascending. */
  readonly slots: number[];
  /** Where it goes on. */
  next: number;
}

const FIRST_BYTES = 4_096;
const SLOTS_PER_SLICE = 50_000;
/** Bytes that are looked at by hand. */
const NEAR_BYTES = 16;
const KEPT_SEARCHES = 8;
const END = '\n';

export function createTexts(): Texts {
  const count = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const ends = createIntegers(0);
  let bytes = new Uint8Array(new SharedArrayBuffer(FIRST_BYTES));
  let used = 0;
  let size = 0;

  function makeRoom(length: number): void {
    if (used + length <= bytes.length) return;
    const longer = new Uint8Array(new SharedArrayBuffer(Math.max(used + length, bytes.length * 2)));
    longer.set(bytes);
    bytes = longer;
  }

  return {
    add: (text) => {
      const line = Buffer.from(text + END);
      makeRoom(line.length);
      bytes.set(line, used);
      used += line.length;
      ends.set(size, used);
      size += 1;
      // Last: who reads the count finds what it counts.
      Atomics.store(count, 0, size);
    },
    get columns() {
      return { bytes, ends: ends.numbers, count };
    },
  };
}

export function textOf({ bytes, ends }: TextColumns, slot: number): string {
  const begin = ends[slot - 1] ?? 0;
  const length = (ends[slot] ?? begin) - begin - END.length;
  return Buffer.from(bytes.buffer, begin, Math.max(0, length)).toString();
}

/** As it is compared: without case, on one line. */
function folded(words: string): string {
  return words.toLowerCase().replaceAll(END, ' ');
}

export function createTextIndex(): TextIndex {
  const texts = createTexts();
  const searches = new Map<string, Search & { readonly members: Column }>();

  function searchFor(text: string): Search & { readonly members: Column } {
    const found = searches.get(text) ?? { ...noSearch(), members: createBytes() };
    searches.delete(text);
    searches.set(text, found);
    const [oldest] = searches.keys();
    if (searches.size > KEPT_SEARCHES && oldest !== undefined) searches.delete(oldest);
    return found;
  }

  return {
    add: (words) => texts.add(folded(words)),
    *find(text) {
      const search = searchFor(folded(text));
      let known = search.slots.length;
      for (const _ of findIn(() => texts.columns, text, search)) {
        for (; known < search.slots.length; known += 1)
          search.members.set(search.slots[known] ?? 0, 1);
        yield;
      }
      return { slots: search.slots, has: (slot) => search.members.get(slot) === 1 };
    },
    get columns() {
      return texts.columns;
    },
  };
}

export function noSearch(): Search {
  return { slots: [], next: 0 };
}

/** Several may go on with the same search at once: each goes on where the last one stood. */
export function* findIn(
  columns: () => TextColumns,
  text: string,
  search: Search,
): Generator<void, void, void> {
  const sought = new Uint8Array(Buffer.from(folded(text)));
  while (searchOn(columns(), sought, search)) yield;
}

/** One slice; false when there was nothing left to search. */
function searchOn(texts: TextColumns, sought: Uint8Array, search: Search): boolean {
  const { bytes, ends, count } = texts;
  const to = Math.min(search.next + SLOTS_PER_SLICE, Atomics.load(count, 0), ends.length);
  if (search.next >= to) return false;
  const end = Math.min(ends[to - 1] ?? 0, bytes.length);
  const stretch = Buffer.from(bytes.buffer, 0, end);
  let slot = search.next;
  let at = ends[slot - 1] ?? 0;
  while (at < end) {
    at = nextIn(stretch, sought, at);
    if (at < 0) break;
    while ((ends[slot] ?? end) <= at) slot += 1;
    search.slots.push(slot);
    // The words of a slot that was found are left: each is found once.
    at = ends[slot] ?? end;
  }
  search.next = to;
  return true;
}

/** As `indexOf`, which is quick far ahead, and slow to be called for each of many. */
function nextIn(bytes: Buffer, sought: Uint8Array, from: number): number {
  const [first] = sought;
  const near = Math.min(from + NEAR_BYTES, bytes.length);
  for (let at = from; at < near; at += 1)
    if (bytes[at] === first && standsAt(bytes, at, sought)) return at;
  return bytes.indexOf(sought, near);
}

function standsAt(bytes: Uint8Array, at: number, sought: Uint8Array): boolean {
  for (let index = 1; index < sought.length; index += 1)
    if (bytes[at + index] !== sought[index]) return false;
  return true;
}
