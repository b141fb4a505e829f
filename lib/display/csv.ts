/** Rows as a file for spreadsheets (RFC 4180). Numbers come as plain text already: nothing is cut or grouped here. */

/** A text that a spreadsheet would run as a formula is quoted by an apostrophe; a number keeps its minus sign. */
const FORMULA = /^[=+\-@\t\r]/;
const NUMBER = /^-?\d+(\.\d+)?$/;

function cellOf(text: string): string {
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** @param notes what the figures mean, one line each above the headings, marked with `# ` and never quoted. */
export function csvText(notes: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [...notes.map((note) => `# ${note}`), ...rows.map(lineOf)];
  return `${lines.join('\r\n')}\r\n`;
}

function lineOf(cells: readonly string[]): string {
  return cells.map(cellOf).join(',');
}

/** What every file of ours says of its numbers. */
export const NUMBER_NOTES: readonly string[] = [
  'Numbers: decimal point, no grouping, full precision. Shares are fractions of 1: 0.05 is 5 %.',
  'Times: ISO 8601 in UTC.',
];

/** `2026-01-14T12:04:31.000Z`. */
export function isoTime(time: number): string {
  return new Date(time).toISOString();
}
