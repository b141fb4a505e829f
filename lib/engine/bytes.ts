/** Values in bytes and back, one after the other: exact for every integer and every float, no text in between. */
import { assert } from '../contract.ts';

/** Values side by side, and a place among them. */
export interface Bytes {
  bytes: Uint8Array;
  view: DataView;
  /** Where the next value is put or taken. */
  at: number;
}

/** Empty; room grows when it is used up. */
export function bytesWithRoom(room: number): Bytes {
  return bytesOver(new Uint8Array(room));
}

/** Reads, or writes over, bytes that are there. */
export function bytesOver(bytes: Uint8Array): Bytes {
  return { bytes, view: viewOf(bytes), at: 0 };
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

const FLOAT_BYTES = 8;
const WORD_BYTES = 8;
const WORD_BITS = 64n;
const HALF_BYTES = 4;

/** Room for so many more bytes. */
function ask(to: Bytes, count: number): void {
  if (to.at + count <= to.bytes.length) return;
  const larger = new Uint8Array(2 * (to.at + count));
  larger.set(to.bytes.subarray(0, to.at));
  to.bytes = larger;
  to.view = viewOf(larger);
}

/** 0 to 255. */
export function putByte(to: Bytes, value: number): void {
  assert(Number.isInteger(value) && value >= 0 && value <= 0xff, 'a byte');
  ask(to, 1);
  to.bytes[to.at] = value;
  to.at += 1;
}

export function takeByte(from: Bytes): number {
  const value = from.bytes[from.at];
  assert(value !== undefined, 'bytes go on');
  from.at += 1;
  return value;
}

/** 0 to 65,535. */
export function putShort(to: Bytes, value: number): void {
  assert(value >= 0 && value <= 0xffff, 'two bytes');
  ask(to, 2);
  to.view.setUint16(to.at, value, true);
  to.at += 2;
}

export function takeShort(from: Bytes): number {
  const value = from.view.getUint16(from.at, true);
  from.at += 2;
  return value;
}

export function putFloat(to: Bytes, value: number): void {
  ask(to, FLOAT_BYTES);
  to.view.setFloat64(to.at, value, true);
  to.at += FLOAT_BYTES;
}

export function takeFloat(from: Bytes): number {
  const value = from.view.getFloat64(from.at, true);
  from.at += FLOAT_BYTES;
  return value;
}

/** Of any size: a byte says how many words of 64 bits follow; 0 is half a word, which most are. */
export function putInteger(to: Bytes, value: bigint): void {
  const half = Number(value);
  if (half >= -0x8000_0000 && half <= 0x7fff_ffff) {
    putByte(to, 0);
    ask(to, HALF_BYTES);
    to.view.setInt32(to.at, half, true);
    to.at += HALF_BYTES;
    return;
  }
  const start = to.at;
  putByte(to, 0);
  let rest = value;
  let words = 0;
  // The highest word carries the sign.
  for (let isDone = false; !isDone; words += 1) {
    ask(to, WORD_BYTES);
    const word = BigInt.asIntN(64, rest);
    isDone = word === rest;
    to.view.setBigInt64(to.at, word, true);
    to.at += WORD_BYTES;
    rest >>= WORD_BITS;
  }
  assert(words <= 0xff, 'an integer of at most 255 words');
  to.bytes[start] = words;
}

export function takeInteger(from: Bytes): bigint {
  const words = takeByte(from);
  if (words === 0) {
    const half = from.view.getInt32(from.at, true);
    from.at += HALF_BYTES;
    return BigInt(half);
  }
  const last = from.at + (words - 1) * WORD_BYTES;
  let value = from.view.getBigInt64(last, true);
  for (let at = last - WORD_BYTES; at >= from.at; at -= WORD_BYTES)
    value = (value << WORD_BITS) | from.view.getBigUint64(at, true);
  from.at = last + WORD_BYTES;
  return value;
}

const NARROW = 1;
const WIDE = 2;

/** Any text of up to 65,535 units; one byte a unit where that is enough. */
export function putText(to: Bytes, text: string): void {
  let width = NARROW;
  for (let index = 0; index < text.length; index += 1)
    if (text.charCodeAt(index) > 0xff) width = WIDE;
  putShort(to, text.length);
  putByte(to, width);
  for (let index = 0; index < text.length; index += 1) {
    if (width === NARROW) putByte(to, text.charCodeAt(index));
    else putShort(to, text.charCodeAt(index));
  }
}

export function takeText(from: Bytes): string {
  const length = takeShort(from);
  const width = takeByte(from);
  let text = '';
  for (let index = 0; index < length; index += 1)
    text += String.fromCharCode(width === NARROW ? takeByte(from) : takeShort(from));
  return text;
}

/** Goes on behind a text. */
export function skipText(from: Bytes): void {
  const length = takeShort(from);
  const width = takeByte(from);
  from.at += length * width;
}

/** One of a few words by its number. */
export function numberIn<Word extends string>(words: readonly Word[], word: Word): number {
  const number = words.indexOf(word);
  assert(number >= 0, 'one of the words');
  return number;
}

/** The word of a number that `numberIn` gave. */
export function wordAt<Word extends string>(words: readonly Word[], number: number): Word {
  const word = words[number];
  assert(word !== undefined, 'one of the words');
  return word;
}
