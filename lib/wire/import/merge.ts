/** Rows of several texts about one account as one list each: what one text leaves out, another may give. */
import { type FoundRow, LISTS, type ListName, type Row } from './found.ts';

/** The keys that name a row; rows of orders have an id, or stand alone. */
const NAMED_BY: Readonly<Record<ListName, readonly string[]>> = {
  balances: ['asset'],
  debts: ['asset'],
  positions: ['symbol', 'positionSide'],
  orders: ['id'],
  marks: ['symbol'],
  indexPrices: ['symbol'],
  lastPrices: ['symbol'],
  assetPrices: ['asset'],
  collateralWeights: ['asset'],
  funding: ['symbol', 'positionSide'],
  instruments: ['symbol'],
  poolFigures: ['asset'],
  positionFigures: ['symbol', 'positionSide'],
};
/** Lists whose rows repeat in answers of hedge legs, saying the same each time. */
const REPEATING: ReadonlySet<ListName> = new Set([
  'marks',
  'indexPrices',
  'lastPrices',
  'instruments',
  'assetPrices',
]);

export interface MergedRow {
  readonly place: string;
  readonly row: Row;
}

export type Lists = Readonly<Record<ListName, readonly MergedRow[]>>;

export interface Merged {
  readonly lists: Lists;
  readonly notes: readonly string[];
}

/**
 * @param texts rows of each text; within one text a repeated row stays, for the file's own checks to name
 * @param joinsRepeats answers say the same beside each leg of a hedge: such rows are one
 */
export function merged(texts: readonly (readonly FoundRow[])[], joinsRepeats: boolean): Merged {
  const notes: string[] = [];
  const entries = LISTS.map((list): [ListName, readonly MergedRow[]] => {
    const rows = mergedList(list, texts, notes, joinsRepeats);
    return [list, rows.map(finished(notes))];
  });
  return {
    lists: Object.fromEntries(entries) as Record<ListName, readonly MergedRow[]>,
    notes: [...new Set(notes)],
  };
}

function mergedList(
  list: ListName,
  texts: readonly (readonly FoundRow[])[],
  notes: string[],
  joinsRepeats: boolean,
): readonly FoundRow[] {
  const rows: FoundRow[] = [];
  const places = new Map<string, { readonly at: number; readonly text: number }>();
  for (const [text, found] of texts.entries()) {
    for (const one of found) {
      if (one.list !== list) continue;
      const name = nameOf(one);
      const known = name === undefined ? undefined : places.get(name);
      const earlier = known === undefined ? undefined : rows[known.at];
      const repeats =
        REPEATING.has(list) || (earlier !== undefined && isSame(earlier.row, one.row));
      const joins = known !== undefined && (known.text !== text || (joinsRepeats && repeats));
      if (known !== undefined && earlier !== undefined && joins) {
        rows[known.at] = joinedRow(earlier, one, notes);
        continue;
      }
      if (name !== undefined && known === undefined) places.set(name, { at: rows.length, text });
      rows.push(one);
    }
  }
  return rows;
}

/** The same words for the same keys: a CSV repeats the wallet beside each of its positions. */
function isSame(first: Row, second: Row): boolean {
  return JSON.stringify(first) === JSON.stringify(second);
}

function nameOf({ list, row }: FoundRow): string | undefined {
  const parts = NAMED_BY[list].map(
    (key) => row[key] ?? (key === 'positionSide' ? 'both' : undefined),
  );
  return parts.includes(undefined) ? undefined : parts.map(String).join(' ');
}

/** The first text that gives a value counts; another value is told. */
function joinedRow(first: FoundRow, second: FoundRow, notes: string[]): FoundRow {
  const given = without(second.row);
  for (const [key, value] of Object.entries(given)) {
    const kept = first.row[key];
    if (kept === undefined || kept === null || JSON.stringify(kept) === JSON.stringify(value))
      continue;
    if (second.list !== 'poolFigures' && second.list !== 'positionFigures') {
      notes.push(`${second.place}: ${key} differs from ${first.place}; the first is taken`);
    }
  }
  const otherwise = first.otherwise ?? second.otherwise;
  const row = { ...given, ...without(first.row) };
  return { ...first, row, ...(otherwise === undefined ? {} : { otherwise }) };
}

/** Keys that nobody gave take what stands in for them, and that is told. */
function finished(notes: string[]): (found: FoundRow) => MergedRow {
  return ({ place, row, otherwise = [] }) => {
    const given = without(row);
    let all = given;
    for (const { row: supposed, because } of otherwise) {
      const missing = Object.entries(without(supposed)).filter(([key]) => given[key] === undefined);
      if (missing.length > 0) notes.push(because);
      all = { ...Object.fromEntries(missing), ...all };
    }
    return { place, row: all };
  };
}

function without(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));
}
