/**
 * Finds slots by a part of their words. All words stand in a few long byte strings, which a processor searches faster than an index
 * of parts could be kept: a million accounts are 20 MB. What was found is kept and only what was added since is searched again.
 */
import { createColumn, type Column } from './column.ts';

export interface TextIndex {
  /** Slots come in order, from 0. */
  add(words: string): void;
  /** Slots whose words hold the text, ascending; pauses now and then. */
  find(text: string): Generator<void, TextHits, void>;
}

export interface TextHits {
  readonly slots: readonly number[];
  has(slot: number): boolean;
}

interface Found {
  readonly slots: number[];
  readonly members: Column;
  /** Where the search goes on. */
  chunk: number;
  offset: number;
}

interface Chunk {
  readonly bytes: Buffer;
  used: number;
  readonly firstSlot: number;
  /** Where the words of each slot end. */
  readonly ends: number[];
}

const CHUNK_BYTES = 1_048_576;
const KEPT_SEARCHES = 8;
const HITS_PER_SLICE = 8_000;
const END = '\n';

/** As it is compared: without case, on one line. */
function folded(words: string): string {
  return words.toLowerCase().replaceAll(END, ' ');
}

export function createTextIndex(): TextIndex {
  const chunks: Chunk[] = [];
  const searches = new Map<string, Found>();
  let size = 0;

  function roomFor(bytes: number): Chunk {
    const last = chunks.at(-1);
    if (last !== undefined && last.used + bytes <= last.bytes.length) return last;
    const made: Chunk = {
      bytes: Buffer.alloc(Math.max(CHUNK_BYTES, bytes)),
      used: 0,
      firstSlot: size,
      ends: [],
    };
    chunks.push(made);
    return made;
  }

  function foundOf(text: string): Found {
    const found = searches.get(text) ?? { slots: [], members: createMask(), chunk: 0, offset: 0 };
    searches.delete(text);
    searches.set(text, found);
    const [oldest] = searches.keys();
    if (searches.size > KEPT_SEARCHES && oldest !== undefined) searches.delete(oldest);
    return found;
  }

  /** One slice; false when all is searched. Several may search for the same text at once: each goes on where the last one stood. */
  function searchOn(found: Found, sought: Buffer): boolean {
    const chunk = chunks[found.chunk];
    if (chunk === undefined) return false;
    if (!searchChunk(chunk, sought, found)) return true;
    if (found.chunk === chunks.length - 1) return false;
    found.chunk += 1;
    found.offset = 0;
    return true;
  }

  return {
    add: (words) => {
      const line = Buffer.from(`${folded(words)}${END}`);
      const chunk = roomFor(line.length);
      line.copy(chunk.bytes, chunk.used);
      chunk.used += line.length;
      chunk.ends.push(chunk.used);
      size += 1;
    },
    *find(text) {
      const found = foundOf(folded(text));
      const sought = Buffer.from(folded(text));
      while (searchOn(found, sought)) yield;
      return { slots: found.slots, has: (slot) => found.members.get(slot) === 1 };
    },
  };
}

function createMask(): Column {
  return createColumn((length) => new Uint8Array(length), 0);
}

/** Goes on behind the words of a slot that was found: each is found once. True at the chunk's end. */
function searchChunk(chunk: Chunk, sought: Buffer, found: Found): boolean {
  const bytes = chunk.bytes.subarray(0, chunk.used);
  for (let hits = 0; hits < HITS_PER_SLICE; hits += 1) {
    const at = bytes.indexOf(sought, found.offset);
    if (at < 0) {
      found.offset = chunk.used;
      return true;
    }
    const line = lineAt(chunk.ends, at);
    found.slots.push(chunk.firstSlot + line);
    found.members.set(chunk.firstSlot + line, 1);
    found.offset = chunk.ends[line] ?? chunk.used;
  }
  return false;
}

/** The line that holds a byte: the first that ends behind it. */
function lineAt(ends: readonly number[], at: number): number {
  let low = 0;
  let high = ends.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? 0) > at) high = middle;
    else low = middle + 1;
  }
  return low;
}
