/** Rows that keys walk over. A table or list marks each with `data-nav-row` and, if it is focusable itself, a `tabIndex`. */
import { type KeyAction } from './key-map.ts';

const ROW = '[data-nav-row]';
const FOCUSABLE = 'a[href], button:not(:disabled), [tabindex]';

function rows(): readonly HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(ROW)].filter(isShown);
}

function isShown(element: HTMLElement): boolean {
  return element.getClientRects().length > 0;
}

function rowInFocus(): HTMLElement | undefined {
  return document.activeElement?.closest<HTMLElement>(ROW) ?? undefined;
}

/** The position that the row in focus stands for, as `positionKeyOf` names it. */
export function positionInFocus(): string | undefined {
  return rowInFocus()?.dataset.position;
}

/** Moves the focus by one row; from outside to the first or the last. False where there is no row. */
export function moveRow(by: 1 | -1): boolean {
  const all = rows();
  const current = rowInFocus();
  const index = current === undefined ? -1 : all.indexOf(current);
  const target = index < 0 ? (by === 1 ? 0 : all.length - 1) : index + by;
  const row = all[Math.min(Math.max(target, 0), all.length - 1)];
  if (row === undefined) return false;
  focusRow(row);
  return true;
}

function focusRow(row: HTMLElement): void {
  const target = row.matches('[tabindex]') ? row : row.querySelector<HTMLElement>(FOCUSABLE);
  target?.focus();
  row.scrollIntoView({ block: 'nearest' });
}

/** Presses what stands in the row for this action. False where it holds nothing of the kind. */
export function pressInRow(action: KeyAction): boolean {
  const row = rowInFocus();
  const selector = action === 'open' ? FOCUSABLE : `[data-key-action="${action}"]:not(:disabled)`;
  const target = row?.querySelector<HTMLElement>(selector);
  target?.click();
  return target !== undefined && target !== null;
}

/** Puts the cursor into the page's filter. False where there is none. */
export function focusFilter(): boolean {
  const field = [...document.querySelectorAll<HTMLInputElement>('[data-filter]')].find(isShown);
  field?.focus();
  field?.select();
  return field !== undefined;
}
