/** Who owns which rows of a column: runs of rows are handed out, given back, and handed out again to the next that need as many. */

/** Of one set of columns. */
export interface Rows {
  /** Rows handed out or free: the first that never was. */
  end: number;
  /** Firsts of runs given back, by their length. */
  readonly free: Map<number, number[]>;
}

/** None handed out. */
export function createRows(): Rows {
  return { end: 0, free: new Map() };
}

/** The first of so many rows side by side. */
function take(rows: Rows, count: number): number {
  if (count === 0) return 0;
  const kept = rows.free.get(count)?.pop();
  if (kept !== undefined) return kept;
  const first = rows.end;
  rows.end += count;
  return first;
}

/** So many from the first on are free again. */
export function giveBack(rows: Rows, first: number, count: number): void {
  if (count === 0) return;
  const runs = rows.free.get(count);
  if (runs === undefined) rows.free.set(count, [first]);
  else runs.push(first);
}

/** Where `count` rows lie from now on: in place where there are no more than before. */
export function resize(
  rows: Rows,
  at: { readonly first: number; readonly count: number },
  count: number,
): number {
  if (count === at.count) return at.first;
  if (count < at.count) {
    giveBack(rows, at.first + count, at.count - count);
    return at.first;
  }
  giveBack(rows, at.first, at.count);
  return take(rows, count);
}
