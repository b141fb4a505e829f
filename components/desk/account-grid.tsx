'use client';
/** All accounts, however many: rows stand where the server's order puts them, and only those in sight exist. */
import { useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import { useLive } from '#components/live/live-provider.tsx';
import { Button } from '#components/primitives/button.tsx';
import { classNames } from '#components/primitives/class-names.ts';
import { useFormat } from '#components/primitives/figure-text.tsx';
import { Notice, Pending } from '#components/primitives/panel.tsx';
import { useMedia } from '#components/primitives/use-media.ts';
import { type DeskRow, type DeskSortKey } from '#lib/wire/protocol.ts';
import { DESK_COLUMN_META, DESK_COLUMNS, DESK_FEATURES } from './account-columns.tsx';
import { type DeskView } from './desk-query.ts';
import { useHeldRows } from './held-rows.ts';
import { useDeskWindow } from './use-desk-window.ts';

const ROW_HEIGHT = 32;
const OVERSCAN = 8;
const ALL_COLUMNS = Object.keys(DESK_COLUMN_META);
/** A narrow screen keeps what tells whether an account is in danger; the rest is one press away. */
const NARROW_COLUMNS = ['state', 'account', 'ratio', 'distance'];
const NARROW_TRACKS = '6.5rem minmax(0,1fr) 4.75rem 5rem';
const WIDE_TRACKS = Object.values(DESK_COLUMN_META)
  .map(({ width }) => width)
  .join(' ');
const NO_ROWS: readonly DeskRow[] = [];

interface AccountGridProps {
  readonly view: DeskView;
  readonly onSort: (sort: DeskSortKey) => void;
  readonly onClear: () => void;
}

export function AccountGrid({ view, onSort, onClear }: AccountGridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [held, setHeld] = useState(false);
  const wide = useMedia('(min-width: 64rem)');
  const columns = wide ? ALL_COLUMNS : NARROW_COLUMNS;
  const tracks = wide ? WIDE_TRACKS : NARROW_TRACKS;
  const {
    frame: desk,
    misplaced,
    renew,
  } = useHeldRows(
    useLive((state) => state.desk),
    held,
  );
  const rows = desk?.rows ?? NO_ROWS;
  const total = desk?.total ?? 0;
  // oxlint-disable-next-line react/incompatible-library -- nothing here is compiled or memoized over it
  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
  });
  const items = virtualizer.getVirtualItems();
  useDeskWindow(view, items[0]?.index ?? 0);
  const table = useTable({
    features: DESK_FEATURES,
    columns: DESK_COLUMNS,
    data: rows,
    getRowId: (row) => row.accountId,
  });
  const modelRows = table.getRowModel().rows;

  if (desk !== undefined && total === 0) return <NothingFound onClear={onClear} view={view} />;
  return (
    <div className="relative">
      {held && misplaced > 0 ? (
        <Button
          className="absolute right-3 bottom-3 z-20 shadow-(--shadow-pop)"
          onClick={renew}
          size="small"
        >
          order changed ({misplaced})
        </Button>
      ) : null}
      <div
        className="relative h-[max(24rem,calc(100dvh-23rem))] overflow-auto overscroll-contain wide:h-[max(24rem,calc(100dvh-13.25rem))]"
        onBlur={() => setHeld(false)}
        onFocus={() => setHeld(true)}
        onPointerEnter={() => setHeld(true)}
        onPointerLeave={() => setHeld(false)}
        ref={scroller}
      >
        <table aria-label="Accounts" aria-rowcount={total + 1} className="block lg:min-w-[76rem]">
          <Headings columns={columns} onSort={onSort} tracks={tracks} view={view} />
          <tbody className="relative block" style={{ height: virtualizer.getTotalSize() }}>
            {items.map((item) => {
              const row = modelRows[item.index - (desk?.offset ?? 0)];
              return (
                <GridRow
                  index={item.index}
                  isKnown={row !== undefined}
                  key={item.index}
                  top={item.start}
                  tracks={tracks}
                >
                  {row
                    ?.getAllCells()
                    .filter((cell) => columns.includes(cell.column.id))
                    .map((cell) => (
                      // oxlint-disable-next-line jsx-a11y/control-has-associated-label -- its column writes the text
                      <td
                        className={classNames(
                          'min-w-0 self-center truncate px-1.5',
                          placeOf(cell.column.id),
                        )}
                        key={cell.id}
                      >
                        <table.FlexRender cell={cell} />
                      </td>
                    ))}
                </GridRow>
              );
            })}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function placeOf(columnId: string): string {
  if (DESK_COLUMN_META[columnId]?.numeric === true) return 'numeric';
  return columnId === 'biggest' ? 'pl-5' : '';
}

interface GridRowProps {
  readonly index: number;
  readonly top: number;
  /** False while its window is on the way. */
  readonly isKnown: boolean;
  readonly tracks: string;
  readonly children: ReactNode;
}

/** The account's link covers the whole row. */
function GridRow({ index, top, isKnown, tracks, children }: GridRowProps) {
  const place = {
    height: ROW_HEIGHT,
    transform: `translateY(${top}px)`,
    gridTemplateColumns: isKnown ? tracks : '1fr',
  };
  return (
    <tr
      aria-rowindex={index + 2}
      className="absolute inset-x-0 grid border-b border-line px-1.5 focus-within:bg-hover hover:bg-hover"
      style={place}
    >
      {isKnown ? (
        children
      ) : (
        <td className="flex items-center px-1.5">
          <Pending width="60%" />
        </td>
      )}
    </tr>
  );
}

interface HeadingsProps extends Pick<AccountGridProps, 'view' | 'onSort'> {
  readonly columns: readonly string[];
  readonly tracks: string;
}

function Headings({ view, onSort, columns, tracks }: HeadingsProps) {
  const { convention } = useFormat();
  return (
    <thead className="sticky top-0 z-10 block">
      <tr
        className="grid h-8 items-center border-b border-line bg-raised px-1.5 text-small font-medium text-ink-3"
        style={{ gridTemplateColumns: tracks }}
      >
        {DESK_COLUMNS.filter((column) => columns.includes(column.id ?? '')).map((column) => (
          <Heading
            id={column.id ?? ''}
            key={column.id}
            onSort={onSort}
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

interface HeadingProps {
  readonly id: string;
  readonly text: string;
  readonly view: DeskView;
  readonly onSort: (sort: DeskSortKey) => void;
}

function Heading({ id, text, view, onSort }: HeadingProps) {
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
        'truncate px-1.5 text-left font-medium',
        placeOf(id) === 'numeric' ? 'text-right' : placeOf(id),
      )}
      scope="col"
    >
      {sort === undefined ? (
        text
      ) : (
        <button
          className="inline-flex h-6 items-center gap-0.5 whitespace-nowrap hover:text-ink"
          onClick={() => onSort(sort)}
          type="button"
        >
          {active ? <Arrow aria-hidden size={12} /> : null}
          {text}
        </button>
      )}
    </th>
  );
}

function NothingFound({
  view,
  onClear,
}: {
  readonly view: DeskView;
  readonly onClear: () => void;
}) {
  const filtered = view.states.length > 0 || view.text !== '';
  if (!filtered)
    return <Notice head="No account in this run yet">Accounts arrive as run time passes.</Notice>;
  return (
    <Notice action={<Button onClick={onClear}>Clear the filter</Button>} head="No account matches">
      {view.text === ''
        ? 'No account is in the chosen states now.'
        : `Nothing with “${view.text}” in its id or label is in the chosen states.`}
    </Notice>
  );
}
