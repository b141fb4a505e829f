/** The account file that rows make: those that it refuses are left out and named. */
import { fail, ok, type Result } from '../../contract.ts';
import { parseAccountFile, type AccountFile } from '../account-file.ts';
import { LISTS, type DoubtfulRejected, type ListName, type Rejected, type Row } from './found.ts';
import { type Lists, type MergedRow } from './merge.ts';
import { isRecord } from './venue-field.ts';

export interface Taken {
  readonly file: AccountFile;
  readonly content: Row;
  readonly rejected: readonly DoubtfulRejected[];
  readonly notes: readonly string[];
}

/** Isolated positions hold more of an asset than any text says there is. */
const UNBACKED = /^balances of (\S+) is "0"; expected at least "([\d.]+)"/;

const PLACE = /^(venueFigures\.pools|venueFigures\.positions|\w+)\[(\d+)\]\.?/;
const LIST_OF_PLACE: Readonly<Record<string, ListName>> = {
  'venueFigures.pools': 'poolFigures',
  'venueFigures.positions': 'positionFigures',
};

/** Takes the file; rows that it refuses are left out and named, until it is taken or refused for something that is no row. */
export function takenOf(head: Row, all: Lists, isRuled: boolean): Result<Taken, readonly string[]> {
  let lists = all;
  const rejected: DoubtfulRejected[] = [];
  const notes: string[] = [];
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const content = contentOf(head, lists);
    const checked = isRuled ? content : { ...content, venue: 'house' };
    const file = parseAccountFile(JSON.stringify(checked));
    if (file.ok) return ok({ file: file.value, content, rejected, notes });
    const [, asset, wallet] = UNBACKED.exec(file.error[0] ?? '') ?? [];
    if (asset !== undefined) {
      const row: MergedRow = { place: 'supposed', row: { asset, wallet } };
      lists = { ...lists, balances: [...lists.balances, row] };
      notes.push(`${asset}: no balance is given; what isolated positions hold stands for it`);
      continue;
    }
    const refused = refusedRows(file.error, lists);
    if (refused === undefined) return file;
    rejected.push(...refused.map(rejectedOf));
    const hanging = hangingOn(lists, refused, rejected);
    rejected.push(...hanging.map(rejectedOf));
    lists = without(lists, [...refused, ...hanging]);
  }
  return fail([
    'the rows do not hold together, whichever of them is left out; expected one account',
  ]);
}

/** Each round takes rows out, and what hung on them comes up in the next one. */
const ROUNDS_MAX = 100;

interface RefusedRow {
  readonly list: ListName;
  readonly at: MergedRow;
  readonly reason: string;
  /** Its symbol itself is what is wrong: whatever else is said of it goes too. */
  readonly ofSymbol: boolean;
}

/** The rows that the sentences are about; undefined where one is about no row. */
function refusedRows(
  sentences: readonly string[],
  lists: Lists,
): readonly RefusedRow[] | undefined {
  const refused: RefusedRow[] = [];
  for (const sentence of sentences) {
    const [begin = '', place = '', index] = PLACE.exec(sentence) ?? [];
    const list = LIST_OF_PLACE[place] ?? LISTS.find((one) => one === place);
    const at = list === undefined ? undefined : lists[list][Number(index)];
    if (list === undefined || at === undefined) return undefined;
    const reason = sentence.slice(begin.length).trim();
    const ofSymbol = list === 'instruments' || reason.startsWith('symbol ');
    refused.push({ list, at, reason, ofSymbol });
  }
  return refused;
}

function rejectedOf({ list, at, reason }: RefusedRow): DoubtfulRejected {
  const { symbol, asset } = at.row;
  const about = { list, symbol: textOr(symbol), asset: textOr(asset) };
  return { place: at.place, reason, about };
}

function textOr(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Other rows of symbols that are refused, at places that are not named yet. */
function hangingOn(
  lists: Lists,
  refused: readonly RefusedRow[],
  named: readonly Rejected[],
): readonly RefusedRow[] {
  const symbols = new Set(
    refused.flatMap(({ at, ofSymbol }) => (ofSymbol ? [at.row['symbol']] : [])),
  );
  const places = new Set(named.map(({ place }) => place));
  return LISTS.flatMap((list) =>
    lists[list].flatMap((at): readonly RefusedRow[] => {
      const symbol = at.row['symbol'];
      if (symbol === undefined || !symbols.has(symbol) || places.has(at.place)) return [];
      const reason = `is of ${textOr(symbol) ?? ''}, which cannot be taken`;
      return [{ list, at, reason, ofSymbol: false }];
    }),
  );
}

/** Without these rows, and without what stood at the same places of answers and of their symbols. */
function without(lists: Lists, refused: readonly RefusedRow[]): Lists {
  const rows = new Set(refused.map(({ at }) => at));
  const symbols = new Set(
    refused.flatMap(({ at, ofSymbol }) => (ofSymbol ? [at.row['symbol']] : [])),
  );
  const entries = LISTS.map((list): [ListName, readonly MergedRow[]] => [
    list,
    lists[list].filter((one) => !rows.has(one) && !symbols.has(one.row['symbol'])),
  ]);
  return Object.fromEntries(entries) as Lists;
}

function contentOf({ venueFigures: beside, ...head }: Row, lists: Lists): Row {
  const rowsOf = (list: ListName): readonly Row[] => lists[list].map(({ row }) => row);
  const plain = LISTS.filter((list) => list !== 'poolFigures' && list !== 'positionFigures');
  const pools = rowsOf('poolFigures');
  const positions = rowsOf('positionFigures');
  const figures = {
    ...(isRecord(beside) ? defined(beside) : {}),
    ...(pools.length === 0 ? {} : { pools }),
    ...(positions.length === 0 ? {} : { positions }),
  };
  const hasAny = Object.keys(figures).length > 0;
  const isStrange = beside !== undefined && !isRecord(beside);
  return {
    ...head,
    ...Object.fromEntries(
      plain.flatMap((list) => (lists[list].length === 0 ? [] : [[list, rowsOf(list)]])),
    ),
    ...(isStrange ? { venueFigures: beside } : hasAny ? { venueFigures: figures } : {}),
  };
}

/** Without the keys that are not given. */
export function defined(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));
}
