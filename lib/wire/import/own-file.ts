/** Our own account file, taken apart into rows, so that one bad row does not hide the others. */
import { shown } from '../field.ts';
import { type Found, LISTS, type ListName, type Row } from './found.ts';
import { isRecord, joined, listOf, type ReadRows } from './venue-field.ts';

export const OWN_SOURCE = 'account file';

export function isOwnFile(content: unknown): boolean {
  return isRecord(content) && 'venue' in content && ('asOf' in content || 'balances' in content);
}

export function ownFileOf(content: unknown, place: string): Found {
  const { venueFigures, ...file } = isRecord(content) ? content : {};
  const figures = isRecord(venueFigures) ? venueFigures : {};
  const { pools, positions, ...others } = figures;
  const lists: Row = { ...file, poolFigures: pools, positionFigures: positions };
  const read = LISTS.map((list) => rowsOf(list, lists[list], place));
  const beside = {
    ...others,
    ...(Array.isArray(pools) ? {} : { pools }),
    ...(Array.isArray(positions) ? {} : { positions }),
  };
  return {
    source: OWN_SOURCE,
    venue: String(file['venue']),
    head: {
      ...Object.fromEntries(Object.entries(file).filter(([key]) => !isList(key, file[key]))),
      venueFigures: venueFigures === undefined || isRecord(venueFigures) ? beside : venueFigures,
    },
    ...joined(read),
    notes: [],
  };
}

function isList(key: string, value: unknown): boolean {
  return LISTS.some((list) => list === key) && Array.isArray(value);
}

const NAMES: Partial<Record<ListName, string>> = {
  poolFigures: 'venueFigures.pools',
  positionFigures: 'venueFigures.positions',
};

function rowsOf(list: ListName, rows: unknown, place: string): ReadRows {
  const parts = listOf(rows).map((row, index): ReadRows => {
    const at = `${place}${NAMES[list] ?? list}[${index}]`;
    if (isRecord(row)) return { rows: [{ list, place: at, row }], rejected: [] };
    const reason = `is ${shown(row)}; expected an object`;
    return { rows: [], rejected: [{ place: at, reason, about: { list } }] };
  });
  return joined(parts);
}
