/** An account file as a text to keep: the same words, value for value, its keys always in the same order. */
import { accountSchema } from '../account-schema.ts';
import { type Row } from './found.ts';
import { isRecord } from './venue-field.ts';

/** Keys that name a row stand first in it; the others by the alphabet. */
const NAMES = ['id', 'symbol', 'asset', 'positionSide', 'size', 'entryPrice'];
const ORDER = Object.keys(accountSchema.shape);
const SPACES = 2;

export function accountText(content: Row): string {
  const known = ORDER.filter((key) => content[key] !== undefined);
  const ordered = Object.fromEntries(known.map((key) => [key, inOrder(content[key])]));
  return `${JSON.stringify(ordered, null, SPACES)}\n`;
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (!isRecord(value)) return value;
  const keys = Object.keys(value).toSorted((a, b) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1));
  return Object.fromEntries(keys.map((key) => [key, inOrder(value[key])]));
}

function rankOf(key: string): number {
  const rank = NAMES.indexOf(key);
  return rank === -1 ? NAMES.length : rank;
}
