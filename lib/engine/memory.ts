/** The state as canonical text and back: checkpoints and digests read the same words. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { Decimal } from '../units/decimal.ts';
import { openAccounts } from './account-store.ts';
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
  if (typeof value === 'string') return `${TEXT}${value}`;
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value;
  return typeof value === 'object' ? encodeObject(value) : undefined;
}

function encodeObject(value: object): Encoded {
  if (Array.isArray(value)) return value.map(encodeItem);
  if (value instanceof Map) return { [MAP]: pairsOf(value) };
  return value instanceof Decimal ? `${DECIMAL}${value.toFixed()}` : encodeFields(value);
}

function encodeItem(item: unknown): Encoded {
  return encode(item) ?? null;
}

function pairsOf(map: ReadonlyMap<unknown, unknown>): readonly Encoded[] {
  const pairs: Encoded[] = [];
  for (const [key, item] of map) pairs.push([encodeItem(key), encodeItem(item)]);
  return pairs;
}

/** In the order of their names, so that equal facts give equal text. One pass: a large book has a hundred thousand objects. */
function encodeFields(value: object): Encoded {
  const fields: Record<string, Encoded> = {};
  for (const key of Object.keys(value).sort()) {
    const encoded = encode(Reflect.get(value, key));
    if (encoded !== undefined) fields[key] = encoded;
  }
  return fields;
}

const INTEGER = 'n:';
const DECIMAL = 'd:';
const TEXT = 't:';
const TAG_LENGTH = 2;
const MAP = 'm:';

function decode(value: unknown): unknown {
  if (typeof value === 'string') return decodeText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(decode);
  // Fields have names of ours, which are longer than a tag.
  const pairs: unknown = Reflect.get(value, MAP);
  if (Array.isArray(pairs)) return mapOf(pairs);
  const fields: Record<string, unknown> = {};
  for (const key of Object.keys(value)) fields[key] = decode(Reflect.get(value, key));
  return fields;
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
  return freezeState(state)();
}

/** Holds the state as it is now. The text is made when it is asked for, whatever has become of the state by then. */
export function freezeState(state: EngineState): () => string {
  const { accounts, ...others } = state;
  const encoded = encode(others);
  const { names, pages } = accounts.save();
  return () =>
    JSON.stringify([
      encoded,
      names,
      pages.map(({ bytes, ends }) => [bytesToHex(bytes), ends] as const),
    ]);
}

/** Reads what `saveState` wrote. The text is our own: the store has checked its digest before. */
export function loadState(text: string): EngineState {
  const [others, names, pages] = JSON.parse(text) as SavedText;
  const accounts = openAccounts({
    names,
    pages: pages.map(([hex, ends]) => ({ bytes: hexToBytes(hex), ends })),
  });
  return { ...(decode(others) as Omit<EngineState, 'accounts'>), accounts };
}

type SavedText = readonly [
  others: Encoded,
  names: readonly string[],
  pages: readonly (readonly [hex: string, ends: readonly number[]])[],
];

export function sha256Hex(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/** Rulings G5: ledger, positions, orders, alert rows, plans and journal head in one word. */
export function digestOf(state: EngineState): string {
  return sha256Hex(saveState(state));
}
