/** Comma-separated text as people and spreadsheets write it: quoted fields, commas, semicolons or tabs between them. */

export interface CsvRow {
  /** From 1, as editors count. */
  readonly line: number;
  readonly cells: readonly string[];
}

const DELIMITERS = [';', '\t', ','] as const;
/** A quote that is never closed stays in its cell, which then is no number and no name. */
const TOKENS = /"([^"]*(?:""[^"]*)*)"|\r\n|[^]/g;
/** What spreadsheets write before the header to name the delimiter. */
const NAMED_DELIMITER = /^sep=(.)\r?\n/i;

export function csvRowsOf(text: string): readonly CsvRow[] {
  const [head = '', named] = NAMED_DELIMITER.exec(text) ?? [];
  const plain = text.slice(head.length);
  const delimiter = named ?? delimiterOf(plain);
  const rows: CsvRow[] = [];
  let cells: string[] = [];
  let cell = '';
  let line = head === '' ? 1 : 2;
  let from = line;
  const endRow = (): void => {
    cells.push(cell.trim());
    if (cells.some((one) => one !== '')) rows.push({ line: from, cells });
    cells = [];
    cell = '';
  };
  for (const [token, quoted] of plain.matchAll(TOKENS)) {
    if (quoted !== undefined) {
      cell += quoted.replaceAll('""', '"');
      line += quoted.split('\n').length - 1;
    } else if (token === delimiter) {
      cells.push(cell.trim());
      cell = '';
    } else if (/^[\r\n]/.test(token)) {
      endRow();
      line += 1;
      from = line;
    } else cell += token;
  }
  endRow();
  return rows;
}

/** The one that stands most often in the first line, outside its quotes; a comma where none does. */
function delimiterOf(text: string): string {
  const first =
    text
      .replaceAll(/"[^"]*"/g, '')
      .trimStart()
      .split(/\r?\n/, 1)[0] ?? '';
  const counted = DELIMITERS.map((one) => ({ one, count: first.split(one).length }));
  return counted.toSorted((a, b) => b.count - a.count)[0]?.one ?? ',';
}

/** How the numbers of a text are written, told by those that can only be read in one way. */
export type DecimalMark = 'point' | 'comma' | 'unclear';

export function decimalMarkOf(cells: readonly string[]): DecimalMark {
  const hasComma = cells.some((cell) => ONLY_COMMA.test(bare(cell)));
  const hasPoint = cells.some((cell) => ONLY_POINT.test(bare(cell)));
  if (hasComma === hasPoint) return 'unclear';
  return hasComma ? 'comma' : 'point';
}
/** A comma that can only be the decimal mark: not before exactly three digits, or after points in thousands. */
const ONLY_COMMA = /^[+-]?(?:\d{1,3}(?:\.\d{3})+,\d+|0,\d+|\d+,(?:\d{1,2}|\d{4,}))$/;
const ONLY_POINT = /^[+-]?(?:\d{1,3}(?:,\d{3})+\.\d+|0?\.\d+|\d+\.(?:\d{1,2}|\d{4,}))$/;
const SPACES = /[\s'’\u00A0\u202F]/g;

function bare(cell: string): string {
  return cell.replaceAll(SPACES, '');
}

const PLAIN = /^[+-]?\d+$/;
const POINT = /^[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)?(?:\.\d*)?$/;
const COMMA = /^[+-]?(?:\d+|\d{1,3}(?:\.\d{3})+)?(?:,\d*)?$/;

/** The number as a plain decimal text; undefined where it is none, or where a mark may mean both. */
export function plainNumberOf(cell: string, mark: DecimalMark): string | undefined {
  const text = bare(cell);
  if (PLAIN.test(text)) return unsigned(text);
  if (!/\d/.test(text)) return undefined;
  const asPoint = mark !== 'comma' && POINT.test(text);
  const asComma = mark !== 'point' && COMMA.test(text);
  if (asPoint === asComma) return undefined;
  const plain = asPoint ? text.replaceAll(',', '') : text.replaceAll('.', '').replace(',', '.');
  return unsigned(plain);
}

function unsigned(text: string): string {
  return text.replace(/^\+/, '');
}
