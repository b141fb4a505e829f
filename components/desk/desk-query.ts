/** What the desk asks the server for: order, filter and the window of rows in sight. */
import { type ShownState } from '#lib/display/words.ts';
import {
  NO_DESK_FILTER,
  type DeskQuery,
  type DeskShock,
  type DeskSortKey,
} from '#lib/wire/protocol.ts';

export interface DeskView {
  readonly sort: DeskSortKey;
  readonly descending: boolean;
  readonly states: readonly ShownState[];
  readonly text: string;
  readonly coin: string | null;
  readonly band: number | null;
  readonly shock: DeskShock | null;
}
export const WORST_ACCOUNTS_FIRST: DeskView = {
  sort: 'state',
  descending: true,
  ...NO_DESK_FILTER,
};

export function isFiltered({ states, text, coin, band, shock }: DeskView): boolean {
  return states.length > 0 || text !== '' || coin !== null || band !== null || shock !== null;
}

/** Rows asked for at once, and how they are aligned, so that a small scroll asks for nothing. */
export const WINDOW_ROWS = 80;
export const WINDOW_STEP = 20;

/** The window that holds the rows in sight with as much again on either side. */
export function windowOf(firstVisible: number): {
  readonly offset: number;
  readonly limit: number;
} {
  const start = Math.max(0, firstVisible - WINDOW_STEP);
  return { offset: start - (start % WINDOW_STEP), limit: WINDOW_ROWS };
}

export function queryOf(view: DeskView, firstVisible: number): DeskQuery {
  return { ...view, ...windowOf(firstVisible) };
}

export function toggled(states: readonly ShownState[], state: ShownState): readonly ShownState[] {
  return states.includes(state) ? states.filter((one) => one !== state) : [...states, state];
}

/** The first press puts danger first; the next one turns the order round. */
export function resorted(view: DeskView, sort: DeskSortKey): DeskView {
  if (view.sort === sort) return { ...view, descending: !view.descending };
  return { ...view, sort, descending: !RISES_TO_SAFETY.has(sort) };
}
const RISES_TO_SAFETY: ReadonlySet<DeskSortKey> = new Set([
  'distance',
  'z',
  'excess',
  'ifDown',
  'account',
  'coin',
  'marginBalance',
]);
