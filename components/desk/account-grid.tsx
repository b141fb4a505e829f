'use client';
/** All accounts, however many: rows stand where the server's order puts them, and only those in sight exist. */
import { useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Button } from '#components/primitives/button.tsx';
import { Notice, Pending } from '#components/primitives/panel.tsx';
import { useMedia } from '#components/primitives/use-media.ts';
import { useSetting } from '#components/settings/use-settings.ts';
import { CopyArea } from '#components/table/copy-area.tsx';
import { moveFocus } from '#components/table/grid-keys.ts';
import { useHolding } from '#components/table/holding.ts';
import { RenewButton } from '#components/table/renew-button.tsx';
import { type DeskFrame, type DeskRow, type DeskSortKey } from '#lib/wire/protocol.ts';
import { DESK_COLUMN_META, DESK_COLUMNS, DESK_FEATURES } from './account-columns.tsx';
import { AccountHeadings } from './account-headings.tsx';
import { DeskCell, FoundCells } from './desk-cell.tsx';
import { isFiltered, type DeskView } from './desk-query.ts';
import { useDeskRows } from './desk-rows.ts';
import { useDeskWindow } from './use-desk-window.ts';

const ROW_PX = { comfortable: 32, compact: 26 } as const;
const OVERSCAN = 8;
const ALL_COLUMNS = Object.keys(DESK_COLUMN_META);

interface GridLayout {
  readonly columns: readonly string[];
  readonly tracks: string;
  /** No narrower than its columns: what does not fit is scrolled to. */
  readonly minWidth?: string;
  readonly isPhone?: boolean;
}

function layoutOf(columns: readonly string[], minWidth: string): GridLayout {
  const tracks = columns.map((id) => DESK_COLUMN_META[id]?.width ?? '').join(' ');
  return { columns, tracks, minWidth };
}

const WIDE = layoutOf(ALL_COLUMNS, '89.75rem');
/** A laptop leaves out what the order can go by without it. */
const LAPTOP = layoutOf(
  ALL_COLUMNS.filter((id) => id !== 'z' && id !== 'maintenance'),
  '77.25rem',
);
/** Where the queue stands beside it, a little less. */
const BESIDE = layoutOf(
  LAPTOP.columns.filter((id) => id !== 'balance'),
  '70.25rem',
);
const SMALL = layoutOf(
  BESIDE.columns.filter((id) => id !== 'notional' && id !== 'ifDown'),
  '56.75rem',
);
const TABLET = layoutOf(
  SMALL.columns.filter((id) => id !== 'pnl' && id !== 'biggest'),
  '42.25rem',
);
/** A phone keeps what tells whether an account is in danger; the rest is one press away. */
const PHONE: GridLayout = {
  columns: ['state', 'account', 'ratio', 'distance'],
  tracks: 'minmax(5.625rem,1.75fr) minmax(3.375rem,1fr) minmax(4.75rem,5.0625rem) 4.5rem',
  isPhone: true,
};

function useLayout(): GridLayout {
  const tablet = useMedia('(min-width: 48rem)');
  const small = useMedia('(min-width: 64rem)');
  const laptop = useMedia('(min-width: 80rem)');
  const beside = useMedia('(min-width: 100rem)');
  const wide = useMedia('(min-width: 118rem)');
  if (wide) return WIDE;
  if (beside) return BESIDE;
  if (laptop) return LAPTOP;
  return small ? SMALL : tablet ? TABLET : PHONE;
}

/** Before the server has said how many there are. */
const ROWS_EXPECTED = 12;
const NO_ROWS: readonly DeskRow[] = [];

interface AccountGridProps {
  /** The window that came last, or the one that is frozen. */
  readonly fresh: DeskFrame | undefined;
  readonly view: DeskView;
  readonly onSort: (sort: DeskSortKey) => void;
  readonly onClear: () => void;
}

export function AccountGrid({ fresh, view, onSort, onClear }: AccountGridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const { held, handlers } = useHolding();
  const [stop, setStop] = useState(0);
  const { columns, tracks, minWidth, isPhone = false } = useLayout();
  const rowPx = ROW_PX[useSetting(({ density }) => density)];
  const { frame: desk, ...order } = useDeskRows(fresh, held);
  const rows = desk?.rows ?? NO_ROWS;
  const total = desk?.total ?? ROWS_EXPECTED;
  // oxlint-disable-next-line react/incompatible-library -- nothing here is compiled or memoized over it
  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: OVERSCAN,
  });
  useEffect(() => virtualizer.measure(), [virtualizer, rowPx]);
  const items = virtualizer.getVirtualItems();
  const stopIndex = items.some(({ index }) => index === stop) ? stop : items[0]?.index;
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
    <div className="relative flex grow flex-col" {...handlers}>
      <RenewButton className="absolute right-3 bottom-3 z-20 shadow-(--shadow-pop)" list={order} />
      <CopyArea
        className="h-[max(24rem,calc(100dvh-23rem))] overflow-auto overscroll-contain wide:h-auto wide:min-h-[max(24rem,calc(100dvh-18.5rem))] wide:shrink-0 wide:grow wide:basis-0"
        ref={scroller}
        textOf={(key, column) => exactText(rows, key, column)}
      >
        <table
          aria-label="Accounts"
          aria-rowcount={total + 1}
          className="block"
          onFocus={({ target }) => setStop(indexOf(target) ?? stop)}
          onKeyDown={press}
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- a table that arrows move in is a grid
          role="grid"
          style={{ minWidth }}
        >
          <AccountHeadings
            columns={columns}
            isShort={isPhone}
            onSort={onSort}
            tracks={tracks}
            view={view}
          />
          <tbody className="relative block" style={{ height: virtualizer.getTotalSize() }}>
            {items.map((item) => {
              const place = item.index - (desk?.offset ?? 0);
              const row = modelRows[place];
              const found = desk?.found?.[place];
              return (
                <GridRow
                  accountId={row?.original.accountId ?? found?.accountId}
                  doubtful={row !== undefined && isDoubtful(row.original)}
                  heightPx={rowPx}
                  index={item.index}
                  isStop={item.index === stopIndex}
                  key={item.index}
                  top={item.start}
                  tracks={tracks}
                >
                  {found === undefined ? null : <FoundCells account={found} columns={columns} />}
                  {row
                    ?.getAllCells()
                    .filter((cell) => columns.includes(cell.column.id))
                    .map((cell) => (
                      <DeskCell column={cell.column.id} key={cell.id}>
                        <table.FlexRender cell={cell} />
                      </DeskCell>
                    ))}
                </GridRow>
              );
            })}
          </tbody>
        </table>
      </CopyArea>
    </div>
  );
}

/** Enter follows the row's link from wherever in the row the focus is. */
function press(event: KeyboardEvent<HTMLElement>): void {
  if (moveFocus(event) || event.key !== 'Enter' || !(event.target instanceof Element)) return;
  const link = event.target.closest('[data-nav-row]')?.querySelector<HTMLElement>('a[href]');
  if (link === undefined || link === null || link === event.target) return;
  event.preventDefault();
  link.click();
}

function indexOf(target: Element): number | undefined {
  const index = target.closest<HTMLElement>('[data-nav-row]')?.dataset.index;
  return index === undefined ? undefined : Number(index);
}

/** What knows the full figures is fetched with the first copy. */
async function exactText(
  rows: readonly DeskRow[],
  key: string,
  column: string | undefined,
): Promise<string | undefined> {
  const row = rows.find(({ accountId }) => accountId === key);
  const { copyDeskText } = await import('./desk-fields.ts');
  return row === undefined ? undefined : copyDeskText(row, column);
}

/** A doubt outlasts its cause for a moment: the state is Unknown until the price has been fresh for a while. */
function isDoubtful({ doubtful, unknownSince }: DeskRow): boolean {
  return doubtful || unknownSince !== null;
}

interface GridRowProps {
  readonly index: number;
  readonly top: number;
  readonly heightPx: number;
  /** Undefined while its window is on the way. */
  readonly accountId: string | undefined;
  readonly doubtful: boolean;
  /** The grid's one tab stop. */
  readonly isStop: boolean;
  readonly tracks: string;
  readonly children: ReactNode;
}

/** The account's link covers the whole row. */
function GridRow(p: GridRowProps) {
  const { index, top, heightPx, accountId, doubtful, isStop, tracks, children } = p;
  const isKnown = accountId !== undefined;
  const place = {
    height: heightPx,
    transform: `translateY(${top}px)`,
    gridTemplateColumns: isKnown ? tracks : '1fr',
  };
  return (
    <tr
      aria-rowindex={index + 2}
      className="absolute inset-x-0 grid scroll-mt-8 border-b border-line px-1 focus-within:bg-hover hover:bg-hover focus-visible:-outline-offset-2 lg:px-1.5"
      data-index={index}
      data-key={accountId}
      data-nav-row
      data-trust={doubtful ? 'lost' : undefined}
      style={place}
      tabIndex={isStop ? 0 : -1}
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

function NothingFound({
  view,
  onClear,
}: {
  readonly view: DeskView;
  readonly onClear: () => void;
}) {
  if (!isFiltered(view))
    return <Notice head="No account in this run yet">Accounts arrive as run time passes.</Notice>;
  return (
    <Notice action={<Button onClick={onClear}>Clear the filter</Button>} head="No account matches">
      {view.text === ''
        ? 'No account passes all of the filter now.'
        : `Nothing with “${view.text}” in its id or label passes the filter.`}
    </Notice>
  );
}
