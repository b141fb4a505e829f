/** The state as canonical text and back: checkpoints and digests read the same words. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { assert } from '../contract.ts';
import { Decimal } from '../units/decimal.ts';
import { openAccounts } from './account-store.ts';
import { type EngineState, type FrozenPage, type HashOfBytes } from './state.ts';

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

/** Everything that a state is: its text, which names each page of accounts by its digest, and those pages. */
export interface SavedState {
  readonly text: string;
  readonly pages: readonly Uint8Array[];
}

/** The state as it was, in parts. */
export interface FrozenState {
  readonly pages: number;
  /** The next page of accounts, the first one first. */
  take(): FrozenPage;
  /** Once every page was taken. */
  text(): string;
}

/** Any fact changed by one unit changes it. */
export function saveState(state: EngineState): SavedState {
  return { text: textOf(state, hashOfBytes), pages: state.accounts.save().pages };
}

/** Holds the state as it is now, whatever becomes of it before its parts are asked for. One at a time. */
export function freezeState(state: EngineState, hash: HashOfBytes = hashOfBytes): FrozenState {
  const others = encodeOthers(state);
  const frozen = state.accounts.freeze(hash);
  const digests: string[] = [];
  return {
    pages: frozen.pages,
    take: () => {
      const page = frozen.take();
      digests.push(page.digest);
      return page;
    },
    text: () => {
      assert(digests.length === frozen.pages, 'every page was taken');
      return wordsOf([others, frozen.names, digests]);
    },
  };
}

/** Reads what was saved. It is our own: the store has checked its digests before. */
export function loadState({ text, pages }: SavedState): EngineState {
  const [others, names] = JSON.parse(text) as StateWords;
  const accounts = openAccounts({ names, pages });
  return { ...(decode(others) as Omit<EngineState, 'accounts'>), accounts };
}

/** Digests of the pages of accounts that a text speaks of. */
export function pageDigestsIn(text: string): readonly string[] {
  const [, , digests] = JSON.parse(text) as StateWords;
  return digests;
}

type StateWords = readonly [
  others: Encoded | undefined,
  names: readonly string[],
  pageDigests: readonly string[],
];

function wordsOf(words: StateWords): string {
  return JSON.stringify(words);
}

function encodeOthers({ accounts: _accounts, ...others }: EngineState): Encoded | undefined {
  return encode(others);
}

/** Canonical text of every fact of the state, accounts by the digests of their pages. */
export function textOf(state: EngineState, hash: HashOfBytes = hashOfBytes): string {
  const { names, pages } = state.accounts.digests(hash);
  return wordsOf([encodeOthers(state), names, pages]);
}

function hashOfBytes(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}

export function sha256Hex(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/** Rulings G5: ledger, positions, orders, alert rows, plans and journal head in one word. */
export function digestOf(state: EngineState, hash?: HashOfBytes): string {
  return sha256Hex(textOf(state, hash));
}
