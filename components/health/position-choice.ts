/** How a reader looks at the positions: order, grouping and filter stand in the address, order, grouping and columns are kept by view. Pure. */
import { type Query } from '#components/table/address-choice.ts';
import { SHOWN_STATES, type ShownState } from '#lib/display/words.ts';
import { OPTIONAL_COLUMNS, SORT_KEYS, WORST_FIRST, type PositionSort } from './position-columns.ts';

export const SIDES = ['long', 'short'] as const;
export const MODES = ['cross', 'isolated'] as const;
const GROUPINGS = ['none', 'symbol'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** Nothing chosen of a kind lets everything of that kind pass. */
export interface PositionFilter {
  readonly states: readonly ShownState[];
  readonly sides: readonly (typeof SIDES)[number][];
  readonly modes: readonly (typeof MODES)[number][];
  readonly text: string;
}
export const NO_FILTER: PositionFilter = { states: [], sides: [], modes: [], text: '' };

export interface PositionChoice {
  readonly sort: PositionSort;
  readonly grouping: Grouping;
  readonly filter: PositionFilter;
  /** Optional columns that are shown, by id. */
  readonly extra: readonly string[];
}
export const DEFAULT_CHOICE: PositionChoice = {
  sort: WORST_FIRST,
  grouping: 'none',
  filter: NO_FILTER,
  extra: [],
};

/** What is kept in the browser for a view; the filter is not: what it hides must be asked for each time. */
export type KeptChoice = Pick<PositionChoice, 'sort' | 'grouping' | 'extra'>;

/** What the address says; where it says nothing, what was kept. Words that are no choice of today are passed over. */
export function choiceFrom(query: Query, kept: KeptChoice): PositionChoice {
  return {
    sort: sortFrom(query.get('sort')) ?? kept.sort,
    grouping: oneOf(GROUPINGS, query.get('group')) ?? kept.grouping,
    extra: kept.extra,
    filter: {
      states: listOf(SHOWN_STATES, query.get('state')),
      sides: listOf(SIDES, query.get('side')),
      modes: listOf(MODES, query.get('mode')),
      text: query.get('find') ?? '',
    },
  };
}

/** The words of the address for a choice; an empty one is left out of it. */
export function addressWords({
  sort,
  grouping,
  filter,
}: PositionChoice): Readonly<Record<string, string>> {
  const isDefault = sort.key === WORST_FIRST.key && sort.descending === WORST_FIRST.descending;
  return {
    sort: isDefault ? '' : sortText(sort),
    group: grouping === 'none' ? '' : grouping,
    state: filter.states.join(','),
    side: filter.sides.join(','),
    mode: filter.modes.join(','),
    find: filter.text,
  };
}

/** `pnl`, or `-pnl` for the largest first. */
export function sortText({ key, descending }: PositionSort): string {
  return `${descending ? '-' : ''}${key}`;
}

function sortFrom(text: string | null): PositionSort | undefined {
  const key = oneOf(SORT_KEYS, text?.replace(/^-/, '') ?? null);
  return key === undefined ? undefined : { key, descending: text?.startsWith('-') === true };
}

/** Reads what the browser kept as a stranger's words. */
export function keptFrom(stored: unknown): KeptChoice {
  const { sort, grouping, extra }: Readonly<Record<string, unknown>> = { ...Object(stored) };
  return {
    sort: sortFrom(wordOf(sort)) ?? DEFAULT_CHOICE.sort,
    grouping: oneOf(GROUPINGS, wordOf(grouping)) ?? DEFAULT_CHOICE.grouping,
    extra: OPTIONAL_COLUMNS.map(({ id }) => id).filter(
      (id) => Array.isArray(extra) && extra.includes(id),
    ),
  };
}

export function storedForm({ sort, grouping, extra }: KeptChoice): unknown {
  return { sort: sortText(sort), grouping, extra };
}

function wordOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function oneOf<Word extends string>(words: readonly Word[], text: string | null): Word | undefined {
  return words.find((word) => word === text);
}

function listOf<Word extends string>(words: readonly Word[], text: string | null): readonly Word[] {
  const asked = text?.split(',') ?? [];
  return words.filter((word) => asked.includes(word));
}
