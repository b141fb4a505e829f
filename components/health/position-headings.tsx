'use client';
/** The headings: a press sorts, a second one turns the order round. Reached by arrows from the first row. */
import { ArrowDown, ArrowUp } from 'lucide-react';
import { classNames } from '#components/primitives/class-names.ts';
import { useFormat } from '#components/primitives/figure-text.tsx';
import {
  LEADING_WIDTHS_REM,
  type PositionColumn,
  type PositionSort,
  type PositionSortKey,
} from './position-columns.ts';

interface HeadingsProps {
  readonly columns: readonly PositionColumn[];
  readonly sort: PositionSort;
  readonly onSort: (sort: PositionSort) => void;
}

export function PositionHeadings({ columns, sort, onSort }: HeadingsProps) {
  const shared = { sort, onSort };
  const { convention } = useFormat();
  return (
    <thead className="sticky top-0 z-10">
      <tr
        aria-rowindex={1}
        className="h-10 border-b border-line bg-raised text-left align-top text-small leading-4 text-ink-3"
        data-head-row
      >
        <Heading
          {...shared}
          heading="State"
          lead="pl-3"
          sortKey="state"
          widthRem={LEADING_WIDTHS_REM.state}
        />
        <Heading
          {...shared}
          heading="Position"
          lead=""
          sortKey="symbol"
          widthRem={LEADING_WIDTHS_REM.position}
        />
        {columns.map((column) => (
          <Heading
            {...shared}
            heading={column.id === 'ratio' ? convention.heading : column.heading}
            key={column.id}
            sortKey={column.sort}
            under={column.under}
            widthRem={column.widthRem}
          />
        ))}
      </tr>
    </thead>
  );
}

interface HeadingProps extends Pick<HeadingsProps, 'sort' | 'onSort'> {
  readonly heading: string;
  readonly under?: string | undefined;
  readonly sortKey: PositionSortKey | undefined;
  /** Of the two leading columns, which stand left; undefined where figures stand right. */
  readonly lead?: string;
  readonly widthRem: number;
}

function Heading({ heading, under, sortKey, sort, onSort, lead, widthRem }: HeadingProps) {
  const isActive = sortKey !== undefined && sort.key === sortKey;
  const direction = sort.descending ? 'descending' : 'ascending';
  const text = (
    <>
      {heading}
      {under === undefined ? null : <span className="block font-normal">{under}</span>}
    </>
  );
  return (
    <th
      aria-sort={sortKey === undefined ? undefined : isActive ? direction : 'none'}
      className={classNames('truncate py-1 font-medium', lead ?? 'pr-3 pl-1 text-right')}
      data-cell
      scope="col"
      style={{ width: `${widthRem}rem` }}
      tabIndex={sortKey === undefined ? -1 : undefined}
    >
      {sortKey === undefined ? (
        text
      ) : (
        <button
          className={classNames(
            'min-h-6 max-w-full whitespace-nowrap hover:text-ink focus-visible:-outline-offset-1',
            lead === undefined ? 'text-right' : 'text-left',
            // As high as the target must be, with its word on the line of the other headings.
            under === undefined && 'pb-2',
          )}
          data-sort
          onClick={() => onSort({ key: sortKey, descending: isActive && !sort.descending })}
          tabIndex={-1}
          type="button"
        >
          {isActive && sortKey !== 'state' ? <SortArrow descending={sort.descending} /> : null}
          {text}
        </button>
      )}
    </th>
  );
}

function SortArrow({ descending }: { readonly descending: boolean }) {
  const Arrow = descending ? ArrowDown : ArrowUp;
  return <Arrow aria-hidden className="mr-0.5 inline" size={12} />;
}
