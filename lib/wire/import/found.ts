/** What a reader understood of one text: rows of an account file, each with the place where it stood, and what it could not take. */
import { type TimestampMs } from '../../units/time.ts';

/** The lists of an account file; the last two are those of `venueFigures`. */
export const LISTS = [
  'balances',
  'debts',
  'positions',
  'orders',
  'marks',
  'indexPrices',
  'lastPrices',
  'assetPrices',
  'collateralWeights',
  'funding',
  'instruments',
  'poolFigures',
  'positionFigures',
] as const;
export type ListName = (typeof LISTS)[number];

/** Keys of the account file; a key whose value is undefined is not there. */
export type Row = Readonly<Record<string, unknown>>;

export interface NewRow {
  readonly list: ListName;
  readonly row: Row;
  /** What stands in for keys that no text gives, each with the sentence that says so. */
  readonly otherwise?: readonly Otherwise[];
}

export interface Otherwise {
  readonly row: Row;
  readonly because: string;
}

export interface FoundRow extends NewRow {
  readonly place: string;
}

export interface Rejected {
  /** Where it stood: the text's name and the path in it. */
  readonly place: string;
  /** What it was, and what was expected. */
  readonly reason: string;
}

/** What a rejected row was about, as far as it can be told; a list that it would not have stood in for sure is undefined. */
export interface Doubt {
  readonly list?: ListName | undefined;
  readonly symbol?: string | undefined;
  readonly asset?: string | undefined;
}

export interface DoubtfulRejected extends Rejected {
  readonly about?: Doubt;
}

export interface Found {
  /** What kind of text it is: "Bybit, positions". */
  readonly source: string;
  readonly venue: string;
  /** The newest time that the text gives. */
  readonly asOf?: TimestampMs | undefined;
  readonly assetMode?: string | undefined;
  /** Keys of an account file beside its lists, as they stand in one. */
  readonly head?: Row;
  readonly rows: readonly FoundRow[];
  readonly rejected: readonly DoubtfulRejected[];
  readonly notes: readonly string[];
}

/** One kind of answer of one venue. */
export interface AnswerReader {
  readonly source: string;
  readonly venue: string;
  readonly recognises: (answer: unknown) => boolean;
  readonly read: (answer: unknown, place: string) => Omit<Found, 'source' | 'venue'>;
}
