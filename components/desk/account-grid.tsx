'use client';
/** All accounts, however many: rows stand where the server's order puts them, and only those in sight exist. */
import { useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useRef, type ReactNode } from 'react';
import { useLive } from '#components/live/live-provider.tsx';
import { Button } from '#components/primitives/button.tsx';
import { classNames } from '#components/primitives/class-names.ts';
import { Notice } from '#components/primitives/panel.tsx';
import { type DeskRow, type DeskSortKey } from '#lib/wire/protocol.ts';
import { DESK_COLUMN_META, DESK_COLUMNS, DESK_FEATURES } from './account-columns.tsx';
import { type DeskView } from './desk-query.ts';
import { useDeskWindow } from './use-desk-window.ts';

const ROW_HEIGHT = 32;
const OVERSCAN = 8;
const TRACKS = Object.values(DESK_COLUMN_META)
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
  const desk = useLive((state) => state.desk);
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
    <div
      aria-label="Accounts"
      aria-rowcount={total + 1}
      className="relative h-[max(24rem,calc(100dvh-23rem))] overflow-auto"
      ref={scroller}
      role="table"
    >
      <Headings onSort={onSort} view={view} />
      <div className="relative min-w-[72rem]" role="rowgroup" style={{ height: virtualizer.getTotalSize() }}>
        {items.map((item) => {
          const row = modelRows[item.index - (desk?.offset ?? 0)];
          return (
            <GridRow index={item.index} key={item.index} row={row?.original} top={item.start}>
              {row?.getAllCells().map((cell) => (
                <div
                  className={classNames('min-w-0 self-center truncate px-1.5', DESK_COLUMN_META[cell.column.id]?.numeric === true && 'numeric')}
                  key={cell.id}
                  role="cell"
                >
                  <table.FlexRender cell={cell} />
                </div>
              ))}
            </GridRow>
          );
        })}
      </div>
    </div>
  );
}

interface GridRowProps {
  readonly index: number;
  readonly top: number;
  readonly row: DeskRow | undefined;
  readonly children: ReactNode;
}

function GridRow({ index, top, row, children }: GridRowProps) {
  const router = useRouter();
  const place = { height: ROW_HEIGHT, transform: `translateY(${top}px)`, gridTemplateColumns: TRACKS };
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

function Headings({ view, onSort }: Pick<AccountGridProps, 'view' | 'onSort'>) {
  return (
    <div
      className="sticky top-0 z-10 grid h-8 min-w-[72rem] items-center border-b border-line bg-raised px-1.5 text-small font-medium text-ink-3"
      role="row"
      style={{ gridTemplateColumns: TRACKS }}
    >
      {DESK_COLUMNS.map((column) => {
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
      className={classNames('truncate px-1.5', numeric && 'text-right')}
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
