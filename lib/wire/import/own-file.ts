/** Our own account file, taken apart into rows, so that one bad row does not hide the others. */
import { type Found, type FoundRow, LISTS, type ListName } from './found.ts';
import { isRecord, listOf } from './venue-field.ts';

export const OWN_SOURCE = 'account file';

export function isOwnFile(content: unknown): boolean {
  return isRecord(content) && 'venue' in content && ('asOf' in content || 'balances' in content);
}

export function ownFileOf(content: unknown, place: string): Found {
  const file = isRecord(content) ? content : {};
  const figures = isRecord(file['venueFigures']) ? file['venueFigures'] : {};
  const lists: Readonly<Record<string, unknown>> = {
    ...file,
    poolFigures: figures['pools'],
    positionFigures: figures['positions'],
  };
  const isList = (key: string): boolean =>
    LISTS.some((list) => list === key) && Array.isArray(file[key]);
  const { tolerance } = figures;
  return {
    source: OWN_SOURCE,
    venue: String(file['venue']),
    head: {
      ...Object.fromEntries(
        Object.entries(file).filter(([key]) => key !== 'venueFigures' && !isList(key)),
      ),
      ...(tolerance === undefined ? {} : { tolerance }),
    },
    rows: LISTS.flatMap((list) => rowsOf(list, lists[list], place)),
    rejected: [],
    notes: [],
  };
}

const NAMES: Partial<Record<ListName, string>> = {
  poolFigures: 'venueFigures.pools',
  positionFigures: 'venueFigures.positions',
};

function rowsOf(list: ListName, rows: unknown, place: string): readonly FoundRow[] {
  return listOf(rows).map((row, index) => ({
    list,
    place: `${place}${NAMES[list] ?? list}[${index}]`,
    row: isRecord(row) ? row : { '': row },
  }));
}
