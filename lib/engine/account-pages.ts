/** Pages of bytes that accounts lie in, side by side; each page has a digest, and can be held as it was while it changes. */
import { assert } from '../contract.ts';
import { type FrozenAccounts, type HashOfBytes } from './state.ts';

/** Accounts a page: packing one away moves what lies behind it on its page. */
const PAGE_ACCOUNTS = 64;
const PAGE_SHIFT = 6;
const COUNT_BYTES = 4;

interface Page {
  bytes: Uint8Array;
  /** Where each account's bytes end. */
  readonly ends: number[];
  /** Of `blobOf` as it is; undefined after a change. */
  digest: string | undefined;
}

/** Accounts by number, so many a page. */
export interface Pages {
  readonly list: Page[];
  /** While somebody takes pages as they were. */
  frozen: Freeze | undefined;
}

interface Freeze {
  /** The next page to take; those before it need not be held any more. */
  next: number;
  readonly end: number;
  /** Pages that changed before they were taken, as they were. */
  readonly held: Map<number, Page>;
}

/** Pages as `blobsOf` gave them. */
export function pagesFrom(blobs: readonly Uint8Array[]): Pages {
  return { list: blobs.map(pageOf), frozen: undefined };
}

/** How many accounts, where each ends, and their bytes. */
function blobOf({ bytes, ends }: Page): Uint8Array {
  const used = ends.at(-1) ?? 0;
  const head = COUNT_BYTES * (1 + ends.length);
  const blob = new Uint8Array(head + used);
  const view = new DataView(blob.buffer);
  view.setUint32(0, ends.length);
  for (const [place, end] of ends.entries()) view.setUint32(COUNT_BYTES * (1 + place), end);
  blob.set(bytes.subarray(0, used), head);
  return blob;
}

function pageOf(blob: Uint8Array): Page {
  const view = new DataView(blob.buffer, blob.byteOffset, blob.byteLength);
  const count = view.getUint32(0);
  const ends = Array.from({ length: count }, (_, place) =>
    view.getUint32(COUNT_BYTES * (1 + place)),
  );
  return { bytes: blob.slice(COUNT_BYTES * (1 + count)), ends, digest: undefined };
}

/** Each page as one piece of bytes, to be kept. */
export function blobsOf({ list }: Pages): readonly Uint8Array[] {
  return list.map(blobOf);
}

/** One a page, of what `blobsOf` gives; only pages that changed are hashed. */
export function digestsOf({ list }: Pages, hash: HashOfBytes): readonly string[] {
  return list.map((page) => (page.digest ??= hash(blobOf(page))));
}

/** Holds every page as it is now, until it was taken. */
export function freezePages(pages: Pages, hash: HashOfBytes): Omit<FrozenAccounts, 'names'> {
  const freeze: Freeze = { next: 0, end: pages.list.length, held: new Map() };
  pages.frozen = freeze;
  return {
    pages: freeze.end,
    take: () => {
      const page = freeze.held.get(freeze.next) ?? pages.list[freeze.next];
      assert(page !== undefined && freeze.next < freeze.end, 'a page that was not taken yet');
      freeze.held.delete(freeze.next);
      freeze.next += 1;
      const bytes = blobOf(page);
      page.digest ??= hash(bytes);
      return { bytes, digest: page.digest };
    },
  };
}

function startOf({ ends }: Page, place: number): number {
  return place === 0 ? 0 : (ends[place - 1] ?? 0);
}

/** undefined for an account that was never put there. */
export function recordOf({ list }: Pages, number: number): Uint8Array | undefined {
  const page = list[number >> PAGE_SHIFT];
  const place = number % PAGE_ACCOUNTS;
  const end = page?.ends[place];
  return page === undefined || end === undefined
    ? undefined
    : page.bytes.subarray(startOf(page, place), end);
}

/** Bytes of every account, in order. */
export function* recordsIn({ list }: Pages): Generator<Uint8Array> {
  for (const page of list)
    for (const place of page.ends.keys()) yield page.bytes.subarray(startOf(page, place));
}

export function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && startsAlike(one, other, one.length);
}

/** Whether the first bytes are the same, as many as `length`. */
export function startsAlike(one: Uint8Array, other: Uint8Array, length: number): boolean {
  for (let at = 0; at < length; at += 1) if (one[at] !== other[at]) return false;
  return true;
}

/** The page of an account, about to change. */
function pageToChange({ list, frozen }: Pages, index: number): Page {
  const page = (list[index] ??= { bytes: new Uint8Array(0), ends: [], digest: undefined });
  const isAwaited = frozen !== undefined && index >= frozen.next && index < frozen.end;
  if (isAwaited && !frozen.held.has(index))
    frozen.held.set(index, { ...page, bytes: page.bytes.slice(), ends: [...page.ends] });
  page.digest = undefined;
  return page;
}

/** What lies behind it on its page moves along. */
export function replaceRecord(pages: Pages, number: number, record: Uint8Array): void {
  const page = pageToChange(pages, number >> PAGE_SHIFT);
  const place = number % PAGE_ACCOUNTS;
  const start = startOf(page, place);
  const end = page.ends[place] ?? start;
  const used = page.ends.at(-1) ?? 0;
  const longer = record.length - (end - start);
  if (used + longer > page.bytes.length) {
    const larger = new Uint8Array(Math.ceil((used + longer) * 1.125));
    larger.set(page.bytes.subarray(0, used));
    page.bytes = larger;
  }
  if (longer !== 0) page.bytes.copyWithin(end + longer, end, used);
  page.bytes.set(record, start);
  if (place === page.ends.length) page.ends.push(start + record.length);
  else if (longer !== 0)
    for (let at = place; at < page.ends.length; at += 1)
      page.ends[at] = (page.ends[at] ?? 0) + longer;
}
