/** Fields of venues' answers. Unknown keys are let through: venues add some. A number is a text here, see json-documents.ts. */
import { z } from 'zod';
import { Decimal, decimalText } from '../../units/decimal.ts';
import { timestampMs, type TimestampMs } from '../../units/time.ts';
import { readBy, textField } from '../field.ts';
import { type DoubtfulRejected, type FoundRow, type ListName, type NewRow } from './found.ts';

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,2})?$/;
const NUMBER_LENGTH_MAX = 60;

export function numberOf(text: string): Decimal | undefined {
  return text.length <= NUMBER_LENGTH_MAX && NUMBER.test(text) ? new Decimal(text) : undefined;
}

export const number = textField('a number', numberOf);
export const nonZeroNumber = textField('a number other than zero', (text) => {
  const value = numberOf(text);
  return value?.isZero() === false ? value : undefined;
});
export const word = textField('a text', (text) => (text === '' ? undefined : text));

/** Venues write "" and null, or leave the key out, for what there is not; anything else must be a number. */
export const maybeNumber = z
  .unknown()
  .optional()
  .transform((input, context): Decimal | undefined => {
    if (input === undefined || input === null || input === '') return undefined;
    const value = typeof input === 'string' ? numberOf(input) : undefined;
    if (value === undefined) context.addIssue({ code: 'custom', message: 'a number', input });
    return value;
  });

/**
 * A liquidation price as the venue prints it: null where it says that there is none, undefined where the answer has no such key.
 * @param isNone which numbers mean that there is none
 */
export function printedPrice(isNone: (price: Decimal) => boolean) {
  return z
    .unknown()
    .optional()
    .transform((input, context): Decimal | null | undefined => {
      if (input === undefined) return undefined;
      if (input === null || input === '') return null;
      const price = typeof input === 'string' ? numberOf(input) : undefined;
      if (price === undefined) context.addIssue({ code: 'custom', message: 'a price', input });
      return price === undefined || isNone(price) ? null : price;
    });
}
/** Zero, or less than any price. */
export function isNoPrice(price: Decimal): boolean {
  return price.lte(0);
}
export const maybeWord = z
  .unknown()
  .optional()
  .transform((input): string | undefined =>
    typeof input === 'string' && input !== '' ? input : undefined,
  );
export const maybeFlag = z
  .unknown()
  .optional()
  .transform((input): boolean =>
    typeof input === 'string' ? input.toLowerCase() === 'true' || input === '1' : input === true,
  );
/** Milliseconds since 1970; zero and less is no time. */
export const maybeTime = z
  .unknown()
  .optional()
  .transform((input): TimestampMs | undefined => timeOf(input));

const TIME_MS_MAX = 8.64e15;

function timeOf(input: unknown): TimestampMs | undefined {
  if (typeof input !== 'string') return undefined;
  const number = numberOf(input)?.toNumber() ?? Date.parse(input);
  return number > 0 && number < TIME_MS_MAX ? timestampMs(Math.floor(number)) : undefined;
}

export function textOf(value: Decimal | undefined): string | undefined {
  return value === undefined ? undefined : decimalText(value);
}

/** A figure whose zero means that there is none. */
export function unlessZero(value: Decimal | undefined): Decimal | undefined {
  return value?.isZero() === true ? undefined : value;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Whether a row has all these keys: how a list of one kind is told from another, whichever of its rows is damaged. */
export function hasRows(value: unknown, ...keys: readonly string[]): boolean {
  return listOf(value).some((row) => isRecord(row) && keys.every((key) => key in row));
}

export interface ReadRows {
  readonly rows: readonly FoundRow[];
  readonly rejected: readonly DoubtfulRejected[];
}

/**
 * Reads each row of a list on its own: one that does not fit is named, and the others are taken.
 * @param of where all rows go, in answers about the whole market: what the account has nothing of does not matter
 */
export function readRows<Value>(
  list: unknown,
  place: string,
  schema: z.ZodType<Value>,
  rowsOf: (value: Value) => readonly NewRow[],
  of?: ListName,
): ReadRows {
  return joined(
    listOf(list).map((raw, index) => readRow(raw, `${place}[${index}]`, schema, rowsOf, of)),
  );
}

export function readRow<Value>(
  raw: unknown,
  place: string,
  schema: z.ZodType<Value>,
  rowsOf: (value: Value) => readonly NewRow[],
  of?: ListName,
): ReadRows {
  const row = readBy(schema, raw, 'the row');
  if (row.ok) return { rows: rowsOf(row.value).map((one) => ({ ...one, place })), rejected: [] };
  const about = { list: of, symbol: firstText(raw, SYMBOLS), asset: firstText(raw, ASSETS) };
  return { rows: [], rejected: [{ place, reason: row.error.join('; '), about }] };
}

/** Venues' names for a contract and for a coin. */
const SYMBOLS = ['symbol', 'instId', 'contract', 'instrument_name'];
const ASSETS = ['asset', 'coin', 'ccy', 'currency', 'marginCoin'];

function firstText(raw: unknown, keys: readonly string[]): string | undefined {
  if (!isRecord(raw)) return undefined;
  return keys.map((key) => raw[key]).find((value) => typeof value === 'string');
}

export function joined(parts: readonly ReadRows[]): ReadRows {
  return {
    rows: parts.flatMap(({ rows }) => rows),
    rejected: parts.flatMap(({ rejected }) => rejected),
  };
}

/** Some rows' newest time under a key. */
export function newestIn(rows: unknown, key: string, field = maybeTime): TimestampMs | undefined {
  return latestOf(listOf(rows).map((row) => (isRecord(row) ? field.parse(row[key]) : undefined)));
}

/** The latest of some times. */
export function latestOf(times: readonly (TimestampMs | undefined)[]): TimestampMs | undefined {
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : timestampMs(Math.max(...known));
}
