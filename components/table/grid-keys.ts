'use client';
/**
 * One tab stop for a whole table: arrows move from row to row, into a row's cells and up into the headings (ux.md 10). It works on
 * the document: rows carry `data-nav-row`, the headings' row `data-head-row`, and the cells of both `data-cell`.
 */
import { type KeyboardEvent } from 'react';

const WHOLE_ROW = '[data-nav-row]';
const ROW = `${WHOLE_ROW}, [data-head-row]`;
const CELL = '[data-cell]';

/** Moves focus for an arrow, Home or End; true when it did. */
export function moveFocus(event: KeyboardEvent<HTMLElement>): boolean {
  const { target } = event;
  if (!(target instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey)
    return false;
  const row = target.closest<HTMLElement>(ROW);
  if (row === null) return false;
  const cell = target.closest<HTMLElement>(CELL) ?? undefined;
  const goal = goalOf(event.key, row, cell, [
    ...event.currentTarget.querySelectorAll<HTMLElement>(ROW),
  ]);
  if (goal === undefined) return false;
  event.preventDefault();
  focusOn(goal);
  return true;
}

function goalOf(
  key: string,
  row: HTMLElement,
  cell: HTMLElement | undefined,
  rows: readonly HTMLElement[],
): HTMLElement | undefined {
  switch (key) {
    case 'ArrowDown':
      return beside(rows[rows.indexOf(row) + 1], cell, row);
    case 'ArrowUp':
      return beside(rows[rows.indexOf(row) - 1], cell, row);
    case 'ArrowRight':
      return cell === undefined ? cellsOf(row)[0] : cellsOf(row)[cellsOf(row).indexOf(cell) + 1];
    case 'ArrowLeft':
      return cell === undefined ? undefined : (leftOf(cell, row) ?? wholeRow(row));
    case 'Home':
      return cell === undefined ? rows.find(isWhole) : cellsOf(row)[0];
    case 'End':
      return cell === undefined ? rows.findLast(isWhole) : cellsOf(row).at(-1);
    default:
      return undefined;
  }
}

/** The same column of another row, or the whole row where the way began with one; headings are never a whole. */
function beside(
  next: HTMLElement | undefined,
  cell: HTMLElement | undefined,
  row: HTMLElement,
): HTMLElement | undefined {
  if (next === undefined) return undefined;
  if (cell === undefined) return wholeRow(next) ?? cellsOf(next)[0];
  const column = cellsOf(row).indexOf(cell);
  return isWhole(row)
    ? (cellsOf(next)[column] ?? wholeRow(next))
    : (wholeRow(next) ?? cellsOf(next)[column]);
}

function leftOf(cell: HTMLElement, row: HTMLElement): HTMLElement | undefined {
  return cellsOf(row)[cellsOf(row).indexOf(cell) - 1];
}

function isWhole(row: HTMLElement): boolean {
  return row.matches(WHOLE_ROW);
}

function wholeRow(row: HTMLElement): HTMLElement | undefined {
  return isWhole(row) ? row : undefined;
}

function cellsOf(row: HTMLElement): readonly HTMLElement[] {
  return [...row.querySelectorAll<HTMLElement>(CELL)];
}

/** A heading's own button takes the focus, so that Enter sorts. */
function focusOn(goal: HTMLElement): void {
  const inner = goal.matches('th') ? goal.querySelector<HTMLElement>('button[data-sort]') : null;
  (inner ?? goal).focus();
}
