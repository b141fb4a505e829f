'use client';
/** Headings of the account grid: a press orders the whole book, on the server. Reached by arrows from the first row. */
import { ArrowDown, ArrowUp } from 'lucide-react';
import { classNames } from '#components/primitives/class-names.ts';
import { useFormat } from '#components/primitives/figure-text.tsx';
import { type DeskSortKey } from '#lib/wire/protocol.ts';
import { DESK_COLUMN_META, DESK_COLUMNS } from './account-columns.tsx';
import { type DeskView } from './desk-query.ts';

interface HeadingsProps {
  readonly view: DeskView;
  readonly onSort: (sort: DeskSortKey) => void;
  readonly columns: readonly string[];
  readonly tracks: string;
  /** On a phone a heading is one word. */
  readonly isShort: boolean;
}

export function AccountHeadings({ view, onSort, columns, tracks, isShort }: HeadingsProps) {
  const { convention } = useFormat();
  return (
    <thead className="sticky top-0 z-10 block">
      <tr
        aria-rowindex={1}
        data-head-row
        className="grid h-8 items-center border-b border-line bg-raised px-1 text-small font-medium text-ink-3 lg:px-1.5"
        style={{ gridTemplateColumns: tracks }}
      >
        {DESK_COLUMNS.filter((column) => columns.includes(column.id ?? '')).map((column) => (
          <Heading
            id={column.id ?? ''}
            key={column.id}
            onSort={onSort}
            shown={column.id === 'ratio' && isShort ? capital(convention.short) : undefined}
            text={
              column.id === 'ratio'
                ? convention.heading
                : typeof column.header === 'string'
                  ? column.header
                  : ''
            }
            view={view}
          />
        ))}
      </tr>
    </thead>
  );
}

function capital(word: string): string {
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
}

interface HeadingProps {
  readonly id: string;
  readonly text: string;
  /** Where there is no room for all of it. */
  readonly shown: string | undefined;
  readonly view: DeskView;
  readonly onSort: (sort: DeskSortKey) => void;
}

function Heading({ id, text, shown, view, onSort }: HeadingProps) {
  const sort = DESK_COLUMN_META[id]?.sort;
  const active = sort !== undefined && view.sort === sort;
  const { convention } = useFormat();
  // The server orders by the margin ratio: where the shown figure falls toward danger, the shown order is the other one.
  const isTurned = sort === 'marginRatio' && !convention.risesToDanger;
  const falls = view.descending !== isTurned;
  const Arrow = falls ? ArrowDown : ArrowUp;
  return (
    <th
      aria-sort={active ? (falls ? 'descending' : 'ascending') : undefined}
      className={classNames(
        'truncate px-1 text-left font-medium lg:px-1.5',
        placeOf(id) === 'numeric' ? 'text-right' : placeOf(id),
      )}
      data-cell
      scope="col"
      tabIndex={sort === undefined ? -1 : undefined}
    >
      {sort === undefined ? (
        text
      ) : (
        <button
          aria-label={shown === undefined ? undefined : text}
          className="inline-flex h-6 items-center gap-0.5 whitespace-nowrap hover:text-ink focus-visible:-outline-offset-1"
          data-sort
          onClick={() => onSort(sort)}
          tabIndex={-1}
          type="button"
        >
          {active ? <Arrow aria-hidden size={12} /> : null}
          {shown ?? text}
        </button>
      )}
    </th>
  );
}

/** Where a column's text stands. */
export function placeOf(columnId: string): string {
  if (DESK_COLUMN_META[columnId]?.numeric === true) return 'numeric';
  return columnId === 'biggest' ? 'pl-5' : '';
}
