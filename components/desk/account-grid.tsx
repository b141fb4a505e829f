'use client';
/** All accounts, however many: rows stand where the server's order puts them, and only those in sight exist. */
import { useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useRef, useState, type ReactNode } from 'react';
import { useLive } from '#components/live/live-provider.tsx';
import { Button } from '#components/primitives/button.tsx';
import { classNames } from '#components/primitives/class-names.ts';
import { Notice } from '#components/primitives/panel.tsx';
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
  const { frame: desk, misplaced, renew } = useHeldRows(
    useLive((state) => state.desk),
    held,
  );
  const rows = desk?.rows ?? NO_ROWS;
  const total = desk?.total ?? 0;
  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
  });
  const items = virtualizer.getVirtualItems();
  useDeskWindow(view, items[0]?.index ?? 0);
  const table = useTable({ features: DESK_FEATURES, columns: DESK_COLUMNS, data: rows, getRowId: (row) => row.accountId });
  const modelRows = table.getRowModel().rows;

  if (desk !== undefined && total === 0) return <NothingFound onClear={onClear} view={view} />;
  return (
    <div className="relative">
      {held && misplaced > 0 ? (
        <Button className="absolute right-3 bottom-3 z-20 shadow-(--shadow-pop)" onClick={renew} size="small">
          order changed ({misplaced})
        </Button>
      ) : null}
      <div
        aria-label="Accounts"
        aria-rowcount={total + 1}
        className="relative h-[max(24rem,calc(100dvh-23rem))] overflow-auto overscroll-contain wide:h-[max(24rem,calc(100dvh-13.25rem))]"
        onBlur={() => setHeld(false)}
        onFocus={() => setHeld(true)}
        onPointerEnter={() => setHeld(true)}
        onPointerLeave={() => setHeld(false)}
        ref={scroller}
        role="table"
      >
        <Headings columns={columns} onSort={onSort} tracks={tracks} view={view} />
        <div className="relative lg:min-w-[76rem]" role="rowgroup" style={{ height: virtualizer.getTotalSize() }}>
          {items.map((item) => {
            const row = modelRows[item.index - (desk?.offset ?? 0)];
            return (
              <GridRow index={item.index} key={item.index} row={row?.original} top={item.start} tracks={tracks}>
                {row
                  ?.getAllCells()
                  .filter((cell) => columns.includes(cell.column.id))
                  .map((cell) => (
                    <div className={classNames('min-w-0 self-center truncate px-1.5', placeOf(cell.column.id))} key={cell.id} role="cell">
                      <table.FlexRender cell={cell} />
                    </div>
                  ))}
              </GridRow>
            );
          })}
        </div>
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
  readonly row: DeskRow | undefined;
  readonly tracks: string;
  readonly children: ReactNode;
}

function GridRow({ index, top, row, tracks, children }: GridRowProps) {
  const router = useRouter();
  const place = { height: ROW_HEIGHT, transform: `translateY(${top}px)`, gridTemplateColumns: tracks };
  if (row === undefined) {
    return (
      <div aria-rowindex={index + 2} className="absolute inset-x-0 flex items-center border-b border-line px-3" role="row" style={place}>
        <span className="skeleton h-3 w-2/3" role="cell" />
      </div>
    );
  }
  const open = (): void => router.push(`/desk/account?id=${encodeURIComponent(row.accountId)}`);
  return (
    <div
      aria-rowindex={index + 2}
      className="absolute inset-x-0 grid cursor-pointer border-b border-line px-1.5 hover:bg-hover focus-visible:-outline-offset-2"
      onClick={open}
      onKeyDown={(event) => {
        if (event.key === 'Enter') open();
      }}
      role="row"
      style={place}
      tabIndex={0}
    >
      {children}
    </div>
  );
}

interface HeadingsProps extends Pick<AccountGridProps, 'view' | 'onSort'> {
  readonly columns: readonly string[];
  readonly tracks: string;
}

function Headings({ view, onSort, columns, tracks }: HeadingsProps) {
  return (
    <div
      className="sticky top-0 z-10 grid h-8 items-center lg:min-w-[76rem] border-b border-line bg-raised px-1.5 text-small font-medium text-ink-3"
      role="row"
      style={{ gridTemplateColumns: tracks }}
    >
      {DESK_COLUMNS.filter((column) => columns.includes(column.id ?? '')).map((column) => {
        const id = column.id ?? '';
        const meta = DESK_COLUMN_META[id];
        return (
          <Heading
            key={id}
            numeric={meta?.numeric === true}
            onSort={onSort}
            sort={meta?.sort}
            text={typeof column.header === 'string' ? column.header : id}
            view={view}
          />
        );
      })}
    </div>
  );
}

interface HeadingProps {
  readonly text: string;
  readonly sort: DeskSortKey | undefined;
  readonly numeric: boolean;
  readonly view: DeskView;
  readonly onSort: (sort: DeskSortKey) => void;
}

function Heading({ text, sort, numeric, view, onSort }: HeadingProps) {
  const active = sort !== undefined && view.sort === sort;
  const Arrow = view.descending ? ArrowDown : ArrowUp;
  return (
    <div
      aria-sort={active ? (view.descending ? 'descending' : 'ascending') : undefined}
      className={classNames('truncate px-1.5', numeric && 'text-right', text === 'Biggest' && 'pl-5')}
      role="columnheader"
    >
      {sort === undefined ? (
        text
      ) : (
        <button className="inline-flex h-6 items-center gap-0.5 whitespace-nowrap hover:text-ink" onClick={() => onSort(sort)} type="button">
          {active ? <Arrow aria-hidden size={12} /> : null}
          {text}
        </button>
      )}
    </div>
  );
}

function NothingFound({ view, onClear }: { readonly view: DeskView; readonly onClear: () => void }) {
  const filtered = view.states.length > 0 || view.text !== '';
  if (!filtered) return <Notice head="No account in this run yet">Accounts arrive as run time passes.</Notice>;
  return (
    <Notice action={<Button onClick={onClear}>Clear the filter</Button>} head="No account matches">
      {view.text === '' ? 'No account is in the chosen states now.' : `Nothing with “${view.text}” in its id or label is in the chosen states.`}
    </Notice>
  );
}
