'use client';
/** The positions as a grid: one tab stop, arrows inside, Enter or a press opens, Ctrl C copies; many rows exist only in sight. */
import { useId, useRef, useState, type KeyboardEvent, type SyntheticEvent } from 'react';
import { useSetting } from '#components/settings/use-settings.ts';
import { CopyArea } from '#components/table/copy-area.tsx';
import { moveFocus } from '#components/table/grid-keys.ts';
import { useRowWindow, WINDOWED_ABOVE } from '#components/table/window-rows.ts';
import { LEADING_WIDTHS_REM, type PositionColumn, type PositionSort } from './position-columns.ts';
import { PositionHeadings } from './position-headings.tsx';
import { type TableItem } from './position-items.ts';
import { PositionRow } from './position-row.tsx';
import { NetLine, TotalsRow } from './position-sum-line.tsx';
import { type PositionView } from './pool-view.ts';

const ROW_PX = { comfortable: 48, compact: 40 } as const;

interface PositionGridProps {
  readonly items: readonly TableItem[];
  /** The positions among the items. */
  readonly views: readonly PositionView[];
  readonly columns: readonly PositionColumn[];
  readonly sort: PositionSort;
  readonly onSort: (sort: PositionSort) => void;
  readonly selected: string | undefined;
  readonly onOpen: (view: PositionView) => void;
}

export function PositionGrid({
  items,
  views,
  columns,
  sort,
  onSort,
  selected,
  onOpen,
}: PositionGridProps) {
  const caption = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const heightPx = ROW_PX[useSetting(({ density }) => density)];
  const { first, end } = useRowWindow(scroller, items.length, heightPx);
  const [stop, setStop] = useState<string>();
  const inSight = items.slice(first, end);
  const stopKey = inSight.some(({ key }) => key === stop)
    ? stop
    : inSight.find(({ kind }) => kind === 'position')?.key;

  function open(event: SyntheticEvent): void {
    const view = views.find(({ key }) => key === keyOf(event.target));
    if (view !== undefined) onOpen(view);
  }
  function press(event: KeyboardEvent<HTMLElement>): void {
    if (moveFocus(event)) return;
    if (event.key !== 'Enter' || keyOf(event.target) === undefined) return;
    event.preventDefault();
    open(event);
  }
  return (
    <CopyArea
      className={
        items.length > WINDOWED_ABOVE
          ? 'max-h-[70dvh] overflow-auto rounded-b-panel'
          : 'overflow-x-auto rounded-b-panel'
      }
      ref={scroller}
      textOf={(key, column) => exactText(views, columns, key, column)}
    >
      <table
        aria-labelledby={caption}
        aria-rowcount={items.length + 1}
        className="w-full table-fixed border-collapse"
        onClick={open}
        onFocus={({ target }) => setStop(keyOf(target) ?? stop)}
        onKeyDown={press}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- a table that arrows move in is a grid
        role="grid"
        style={{ minWidth: `${minimumRem(columns)}rem` }}
      >
        <caption className="sr-only" id={caption}>
          Positions with liquidation price and distance
        </caption>
        <PositionHeadings columns={columns} onSort={onSort} sort={sort} />
        <tbody>
          <Gap heightPx={first * heightPx} />
          {inSight.map((item, index) =>
            item.kind === 'group' ? (
              <NetLine columns={columns} group={item.group} heightPx={heightPx} key={item.key} />
            ) : (
              <PositionRow
                columns={columns}
                heightPx={heightPx}
                isSelected={item.key === selected}
                isStop={item.key === stopKey}
                key={item.key}
                rowIndex={first + index + 2}
                view={item.view}
              />
            ),
          )}
          <Gap heightPx={(items.length - end) * heightPx} />
        </tbody>
        <TotalsRow columns={columns} views={views} />
      </table>
    </CopyArea>
  );
}

/** In the place of rows that are out of sight. */
function Gap({ heightPx }: { readonly heightPx: number }) {
  return heightPx > 0 ? <tr aria-hidden style={{ height: heightPx }} /> : null;
}

function keyOf(target: EventTarget): string | undefined {
  return target instanceof Element
    ? target.closest<HTMLElement>('[data-key]')?.dataset.key
    : undefined;
}

function minimumRem(columns: readonly PositionColumn[]): number {
  const leading = LEADING_WIDTHS_REM.state + LEADING_WIDTHS_REM.position;
  return columns.reduce((sum, { widthRem }) => sum + widthRem, leading);
}

/** What knows the full figures is fetched with the first copy. */
async function exactText(
  views: readonly PositionView[],
  columns: readonly PositionColumn[],
  key: string,
  column: string | undefined,
): Promise<string | undefined> {
  const view = views.find((one) => one.key === key);
  const { copyText } = await import('./position-fields.ts');
  return view === undefined ? undefined : copyText(view, shownIds(columns), column);
}

/** Ids of all columns on screen. */
export function shownIds(columns: readonly PositionColumn[]): readonly string[] {
  return ['state', 'position', ...columns.map(({ id }) => id)];
}
