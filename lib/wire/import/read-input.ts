/**
 * Whatever a person has of an account: our own file, a venue's answers as its API gives them, one or several, or a CSV. Rows that
 * cannot be taken are named, and the rest goes on; what a rule set is missing for is still shown.
 */
import { fail, ok, type Result } from '../../contract.ts';
import { type TimestampMs } from '../../units/time.ts';
import { ACCOUNT_FILE_BYTES_MAX } from '../account-file.ts';
import { assembled, type Imported } from './assemble.ts';
import { binanceCoinmReaders } from './binance-coinm.ts';
import { binanceUsdmReaders } from './binance-usdm.ts';
import { bitgetReaders } from './bitget.ts';
import { bitmexReaders } from './bitmex.ts';
import { bybitReaders } from './bybit.ts';
import { csvFileOf, looksLikeCsv } from './csv-account.ts';
import { deribitReaders } from './deribit.ts';
import { type AnswerReader, type Found } from './found.ts';
import { gateReaders } from './gate.ts';
import { jsonDocumentsOf, type JsonDocument } from './json-documents.ts';
import { krakenReaders } from './kraken.ts';
import { okxReaders } from './okx.ts';
import { isOwnFile, ownFileOf } from './own-file.ts';
import { tierReaders } from './tier-readers.ts';

const READERS: readonly AnswerReader[] = [
  ...binanceUsdmReaders,
  ...binanceCoinmReaders,
  ...bybitReaders,
  ...okxReaders,
  ...deribitReaders,
  ...gateReaders,
  ...bitgetReaders,
  ...bitmexReaders,
  ...krakenReaders,
  ...tierReaders,
];

/** Every kind of answer that can be read, for whoever lists them. */
export const ANSWER_SOURCES: readonly string[] = READERS.map(({ source }) => source);

export interface InputText {
  readonly name: string;
  readonly text: string;
}

export const INPUT_BYTES_MAX = ACCOUNT_FILE_BYTES_MAX;

/** @param readAt stands in for a time that no text gives */
export function readInput(
  texts: readonly InputText[],
  readAt: TimestampMs,
): Result<Imported, readonly string[]> {
  const found = texts.map((input) => foundIn(input, texts.length > 1));
  const problems = found.flatMap((one) => (one.ok ? [] : one.error));
  if (problems.length > 0) return fail(problems);
  const parts = found.flatMap((one) => (one.ok ? one.value : []));
  if (parts.length === 0) return fail(['nothing was given; expected a file or a text']);
  return assembled(parts, readAt);
}

/** Our own file, or JSON that means to be one: everything that is no JSON and no answer of a venue. */
export function isAccountFile(text: string): boolean {
  const documents = jsonDocumentsOf(text, 'the text');
  if (!documents.ok) return /^\s*\{[^]*"venue"/.test(text.slice(0, OPENING_LENGTH));
  const [only] = documents.value;
  return documents.value.length === 1 && only !== undefined && isOwnFile(only.value);
}
const OPENING_LENGTH = 2_000;

function foundIn(
  { name, text }: InputText,
  isOneOfSeveral: boolean,
): Result<readonly Found[], readonly string[]> {
  const place = isOneOfSeveral ? `${name}: ` : '';
  if (text.length > INPUT_BYTES_MAX) {
    return fail([`${name} has ${text.length} characters; expected at most ${INPUT_BYTES_MAX}`]);
  }
  if (text.trim() === '') return fail([`${name} is empty; expected JSON or CSV`]);
  if (!/^\s*[{[]/.test(text)) {
    if (!looksLikeCsv(text)) return fail([`${name} is ${KIND_UNKNOWN}`]);
    const read = csvFileOf(text, place);
    return read.ok ? ok([read.value]) : read;
  }
  const documents = jsonDocumentsOf(text, name);
  if (!documents.ok) return documents;
  const several = documents.value.length > 1;
  const read = documents.value.map((document, index) =>
    partOf(document, several ? `${place}answer ${index + 1}: ` : place, name),
  );
  const unknown = read.flatMap((one) => (one.ok ? [] : [one.error]));
  return unknown.length > 0
    ? fail(unknown)
    : ok(read.flatMap((one) => (one.ok ? [one.value] : [])));
}

const KIND_UNKNOWN =
  'neither JSON nor a CSV with known columns; expected an account file, answers of a venue, or a CSV with symbol and size, or asset and balance';

function partOf({ value, exact }: JsonDocument, place: string, name: string): Result<Found> {
  if (isOwnFile(value)) return ok(ownFileOf(value, place));
  const reader = READERS.find((one) => one.recognises(exact));
  if (reader === undefined) return fail(`${place === '' ? `${name} ` : place}${refusalOf(exact)}`);
  const { source, venue } = reader;
  return ok({ ...reader.read(exact, place), source, venue });
}

/** An answer without a row tells nothing; a venue's error tells why. */
function refusalOf(answer: unknown): string {
  const text = JSON.stringify(answer);
  const words = /"(?:retMsg|msg|message|error)":"([^"]{3,120})"/.exec(text)?.[1];
  if (words !== undefined && words !== 'success' && words !== 'OK') {
    return `is an answer that says "${words}"; expected one with balances or positions`;
  }
  if (text === '[]' || text.length < 3) return 'is an empty list; expected rows';
  return 'is JSON that is neither an account file nor an answer that is known here';
}
