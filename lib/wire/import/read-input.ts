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
import { csvFileOf } from './csv-account.ts';
import { looksLikeCsv } from './csv-columns.ts';
import { deribitReaders } from './deribit.ts';
import { type AnswerReader, type Found } from './found.ts';
import { gateReaders } from './gate.ts';
import { jsonDocumentsOf, type JsonDocument } from './json-documents.ts';
import { krakenReaders } from './kraken.ts';
import { okxReaders } from './okx.ts';
import { isOwnFile, ownFileOf } from './own-file.ts';
import { tierReaders } from './tier-readers.ts';
import { isRecord } from './venue-field.ts';

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
  const answers = found.flatMap((one) => (one.ok ? one.value : []));
  const parts = answers.flatMap((answer) => ('rows' in answer ? [answer] : []));
  const empty = answers.flatMap((answer) => ('rows' in answer ? [] : [answer.empty]));
  if (parts.length > 0) return assembled(withNotes(parts, empty), readAt);
  return fail(empty.length > 0 ? empty : ['nothing was given; expected a file or a text']);
}

function withNotes(parts: readonly Found[], notes: readonly string[]): readonly Found[] {
  return parts.map((part, index) =>
    index === 0 ? { ...part, notes: [...part.notes, ...notes] } : part,
  );
}

/** An answer without a row: it says that there is nothing, where others say that there is something. */
interface EmptyAnswer {
  readonly empty: string;
}

function foundIn(
  { name, text: whole }: InputText,
  isOneOfSeveral: boolean,
): Result<readonly (Found | EmptyAnswer)[], readonly string[]> {
  const place = isOneOfSeveral ? `${name}: ` : '';
  const text = whole.replace(/^\uFEFF/, '');
  if (text.length > INPUT_BYTES_MAX) {
    return fail([`${name} has ${text.length} characters; expected at most ${INPUT_BYTES_MAX}`]);
  }
  if (text.trim() === '') return fail([`${name} is empty; expected JSON or CSV`]);
  if (UTF_16.test(text)) return fail([`${name} is not written in UTF-8; expected a text that is`]);
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

/** How a text of two bytes a letter looks when it is read as one of one byte. */
const UTF_16 = /^\uFFFD{2}|^[^\0]\0[^\0]\0|^\0[^\0]\0[^\0]/;

const KIND_UNKNOWN =
  'neither JSON nor a CSV with known columns; expected an account file, answers of a venue, or a CSV with symbol and size, or asset and balance';

function partOf(
  { value, exact }: JsonDocument,
  place: string,
  name: string,
): Result<Found | EmptyAnswer> {
  if (isOwnFile(value)) return ok(ownFileOf(value, place));
  const reader = READERS.find((one) => one.recognises(exact));
  if (reader !== undefined) {
    const { source, venue } = reader;
    return ok({ ...reader.read(exact, place), source, venue });
  }
  const whose = place === '' ? `${name} ` : place;
  return isEmpty(exact) ? ok({ empty: `${whose}${EMPTY}` }) : fail(`${whose}${refusalOf(exact)}`);
}

const EMPTY = 'is an empty list; expected rows';

/** An empty list, bare or in the envelope of a venue that reports success. */
function isEmpty(answer: unknown): boolean {
  if (Array.isArray(answer)) return answer.length === 0;
  if (!isRecord(answer)) return false;
  const { result, data, retCode, code } = answer;
  const list = isRecord(result) ? result['list'] : (data ?? result);
  const isSuccess = [retCode, code].every(
    (one) => one === undefined || (typeof one === 'string' && /^0+$/.test(one)),
  );
  return isSuccess && Array.isArray(list) && list.length === 0;
}

/** A venue's error tells why. */
function refusalOf(answer: unknown): string {
  const text = JSON.stringify(answer);
  const words = /"(?:retMsg|msg|message|error)":"([^"]{3,120})"/.exec(text)?.[1];
  if (words !== undefined && words !== 'success' && words !== 'OK') {
    return `is an answer that says "${words}"; expected one with balances or positions`;
  }
  return 'is JSON that is neither an account file nor an answer that is known here';
}
