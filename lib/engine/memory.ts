/** The state as canonical text and back: checkpoints and digests read the same words. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { Decimal } from '../units/decimal.ts';
import { type EngineState } from './state.ts';

/** JSON has neither big integers nor maps nor our decimals: each is written with a tag that no other value can have. */
type Encoded =
  | string
  | number
  | boolean
  | null
  | readonly Encoded[]
  | { readonly [key: string]: Encoded };

function encode(value: unknown): Encoded | undefined {
  if (typeof value === 'bigint') return `${INTEGER}${value}`;
  if (value instanceof Decimal) return `${DECIMAL}${value.toFixed()}`;
  if (typeof value === 'string') return `${TEXT}${value}`;
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => encode(item) ?? null);
  if (value instanceof Map) return { [MAP]: [...value].map((pair) => encode(pair) ?? null) };
  if (typeof value === 'object') return encodeFields(value);
  return undefined;
}

function encodeFields(value: object): Encoded {
  const fields = Object.entries(value)
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([key, item]): [string, Encoded][] => {
      const encoded = encode(item);
      return encoded === undefined ? [] : [[key, encoded]];
    });
  return Object.fromEntries(fields);
}

const INTEGER = 'n:';
const DECIMAL = 'd:';
const TEXT = 't:';
const TAG_LENGTH = 2;
const MAP = 'm:';

function decode(value: unknown): unknown {
  if (typeof value === 'string') return decodeText(value);
  if (Array.isArray(value)) return value.map(decode);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const only = entries.length === 1 ? entries[0] : undefined;
  if (only?.[0] === MAP && Array.isArray(only[1])) return mapOf(only[1]);
  return Object.fromEntries(entries.map(([key, item]) => [key, decode(item)]));
}

function mapOf(pairs: readonly unknown[]): Map<unknown, unknown> {
  const map = new Map<unknown, unknown>();
  for (const pair of pairs) if (Array.isArray(pair)) map.set(decode(pair[0]), decode(pair[1]));
  return map;
}

function decodeText(text: string): unknown {
  const body = text.slice(TAG_LENGTH);
  if (text.startsWith(INTEGER)) return BigInt(body);
  return text.startsWith(DECIMAL) ? new Decimal(body) : body;
}

/** Canonical text of every fact of the state: any fact changed by one unit changes it. */
export function saveState(state: EngineState): string {
  return JSON.stringify(encode(state));
}

/** Reads what `saveState` wrote. The text is our own: the store has checked its digest before. */
export function loadState(text: string): EngineState {
  return decode(JSON.parse(text)) as EngineState;
}

export function sha256Hex(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/** Rulings G5: ledger, positions, orders, alert rows, plans and journal head in one word. */
export function digestOf(state: EngineState): string {
  return sha256Hex(saveState(state));
}
