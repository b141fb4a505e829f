/** What may stand behind the `?` of an address under /api/v1: read whole, with defaults, or refused in one sentence. */
import { type z } from 'zod';
import { fail, type Result } from '../contract.ts';
import { parseWith } from './expectation.ts';
import { deskQuery, object, whole } from './messages.ts';
import { NO_DESK_FILTER, type DeskQuery } from './protocol.ts';

/** A window of a list. */
export interface PageQuery {
  readonly offset: number;
  readonly limit: number;
}
/** Journal rows before a number, the newest of them. */
export interface RowsQuery {
  readonly before: number;
  readonly limit: number;
}

const LIMIT_MAX = 500;
const LIMIT_DEFAULT = 100;
const ACCOUNTS_DEFAULT = 50;

const limit = whole(1, LIMIT_MAX, 'how many rows');
const page: z.ZodType<PageQuery> = object({
  offset: whole(0, Number.MAX_SAFE_INTEGER, 'the first row'),
  limit,
});
const rows: z.ZodType<RowsQuery> = object({
  before: whole(1, Number.MAX_SAFE_INTEGER, 'a row number'),
  limit,
});

export function pageQueryFrom(params: URLWords): Result<PageQuery> {
  return readWith(page, { offset: 0, limit: LIMIT_DEFAULT }, params);
}

export function rowsQueryFrom(params: URLWords): Result<RowsQuery> {
  return readWith(rows, { before: Number.MAX_SAFE_INTEGER, limit: LIMIT_DEFAULT }, params);
}

export function accountsQueryFrom(params: URLWords): Result<DeskQuery> {
  const all = { sort: 'account', descending: false, ...NO_DESK_FILTER, offset: 0 };
  return readWith(deskQuery, { ...all, limit: ACCOUNTS_DEFAULT }, params);
}

/** Names and values, as `URLSearchParams` has them. */
export type URLWords = Iterable<readonly [string, string]>;

function readWith<Value>(
  schema: z.ZodType<Value>,
  defaults: object,
  params: URLWords,
): Result<Value> {
  const given = new Map<string, unknown>();
  for (const [name, words] of params) {
    if (given.has(name)) return fail(`query: "${name}" is given twice`);
    given.set(name, valueOf(name, words));
  }
  const read = parseWith(schema, 'query', { ...defaults, ...Object.fromEntries(given) });
  return read.ok ? read : fail(read.error[0] ?? 'query: malformed');
}

const NUMBERS: ReadonlySet<string> = new Set(['offset', 'limit', 'before', 'band']);

/** What cannot be read stays text: the schema then says what it expected. */
function valueOf(name: string, words: string): unknown {
  if (NUMBERS.has(name)) return /^\d+$/.test(words) ? Number(words) : words;
  if (name === 'states') return words === '' ? [] : words.split(',');
  if (name === 'descending') return words === 'true' ? true : words === 'false' ? false : words;
  return words;
}
