/** On which side a position of a case is: a word, or the sign of its size. */
import { type CaseReader } from './case-reader.ts';

const LONG_WORDS = ['long', 'buy'];
const SHORT_WORDS = ['short', 'sell'];

/** A size or value below zero is a short one. */
const SIGNED_KEYS = ['size', 'notional', 'notionalValue', 'positionValue'];

export function sideOf(reader: CaseReader): 'long' | 'short' {
  const signed = SIGNED_KEYS.find((key) => reader.label(key)?.startsWith('-')) ?? 'size';
  const word = reader.text('side')?.toLowerCase() ?? reader.text(signed) ?? '';
  return SHORT_WORDS.includes(word) || word.startsWith('-') ? 'short' : 'long';
}

export function tellsSide(reader: CaseReader): boolean {
  return (
    reader.has('side') || SIGNED_KEYS.some((key) => reader.label(key)?.startsWith('-') === true)
  );
}

function isSigned(reader: CaseReader): boolean {
  return reader.label('size')?.startsWith('-') === true;
}

/** Why side and size cannot be understood; undefined where they can, or there are none. */
export function sideProblem(reader: CaseReader): string | undefined {
  const has = (key: string): boolean => reader.entries.some(([name]) => name === key);
  if (has('size') && !reader.has('size')) return 'input "size" is no number';
  if (!reader.has('side')) return undefined;
  const word = reader.label('side')?.toLowerCase() ?? '';
  if (![...LONG_WORDS, ...SHORT_WORDS].includes(word)) return 'input "side" is no side';
  return isSigned(reader) ? 'a size below zero stands beside a side' : undefined;
}
