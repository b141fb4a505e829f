'use client';
/** The positions as a grid: one tab stop, arrows inside, Enter or a press opens, Ctrl C copies; many rows exist only in sight. */
import { useId, useRef, useState, type KeyboardEvent, type SyntheticEvent } from 'react';
import { useSetting } from '#components/settings/use-settings.ts';
import { ChangeMarks } from '#components/table/change-marks.tsx';
import { CopyArea } from '#components/table/copy-area.tsx';
import { moveFocus } from '#components/table/grid-keys.ts';
import { useSettled } from '#components/live/use-settled.ts';
import { rowsToDraw, useRowsInSight, type RowRange } from '#components/table/window-rows.ts';
import { type Grouping } from './position-choice.ts';
import { LEADING_WIDTHS_REM, type PositionColumn, type PositionSort } from './position-columns.ts';
import { PositionHeadings } from './position-headings.tsx';
import { itemsBySymbol, plainItems } from './position-items.ts';
import { PositionRow } from './position-row.tsx';
import { NetLine, TotalsRow } from './position-sum-line.tsx';
import { type PositionView } from './pool-view.ts';

const ROW_PX = { comfortable: 48, compact: 40 } as const;
/** Sums of many rows and rows that are out of sight follow at their own pace: nobody reads them quicker. */
const UNSEEN_EVERY_MS = 1_000;

interface PositionGridProps {
  /** In the order of the rows. */
  readonly views: readonly PositionView[];
  readonly grouping: Grouping;
  readonly columns: readonly PositionColumn[];
  readonly sort: PositionSort;
  readonly onSort: (sort: PositionSort) => void;
  readonly selected: string | undefined;
  readonly onOpen: (view: PositionView) => void;
}

export function PositionGrid({
  views,
  grouping,
  columns,
  sort,
  onSort,
  selected,
  onOpen,
}: PositionGridProps) {
  const caption = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const heightPx = ROW_PX[useSetting(({ density }) => density)];
  const grouped = grouping === 'symbol' ? itemsBySymbol(views) : undefined;
  const count = grouped?.length ?? views.length;
  const windowed = useRowsInSight(scroller, count, heightPx);
  const sight = windowed ?? { first: 0, end: count };
  const { first, end } = rowsToDraw(sight, count);
  const settled = useSettled(views, UNSEEN_EVERY_MS);
  const items =
    grouped?.slice(first, end) ?? plainItems(viewsToDraw(views, settled, sight, { first, end }));
  const [stop, setStop] = useState<string>();
  const stopKey = items.some(({ key }) => key === stop)
    ? stop
    : items.find(({ kind }) => kind === 'position')?.key;

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
        windowed === undefined
          ? 'overflow-x-auto rounded-b-panel'
          : 'max-h-[70dvh] overflow-auto rounded-b-panel'
      }
      ref={scroller}
      textOf={(key, column) => exactText(views, columns, key, column)}
    >
      <ChangeMarks>
        <table
          aria-labelledby={caption}
          aria-rowcount={count + 1}
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
            {items.map((item, index) =>
              item.kind === 'group' ? (
                <NetLine columns={columns} group={item.group} heightPx={heightPx} key={item.key} />
              ) : (
                <PositionRow
                  columns={columns}
                  heightPx={heightPx}
                  isInSight={first + index >= sight.first && first + index < sight.end}
                  isSelected={item.key === selected}
                  isStop={item.key === stopKey}
                  key={item.key}
                  rowIndex={first + index + 2}
                  view={item.view}
                />
              ),
            )}
            <Gap heightPx={(count - end) * heightPx} />
          </tbody>
          <TotalsRow
            columns={columns}
            views={windowed === undefined || settled.length !== views.length ? views : settled}
          />
        </table>
      </ChangeMarks>
    </CopyArea>
  );
}

/** Those in sight as they are now, those on either side as they were when last looked at, if they stood there. */
function viewsToDraw(
  views: readonly PositionView[],
  settled: readonly PositionView[],
  sight: RowRange,
  drawn: RowRange,
): readonly PositionView[] {
  const unseen = (first: number, end: number): readonly PositionView[] =>
    views.slice(first, end).map((view, index) => {
      const before = settled[first + index];
      return before?.key === view.key ? before : view;
    });
  return [
    ...unseen(drawn.first, sight.first),
    ...views.slice(sight.first, sight.end),
    ...unseen(sight.end, drawn.end),
  ];
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
