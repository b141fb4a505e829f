'use client';
/** One position, and the net line above the legs of one symbol. Painted again only when what it shows changes. */
import { memo, useRef, type ReactNode } from 'react';
import { positionKeyOf } from '#components/position/open-position.ts';
import { StateTag } from '#components/primitives/state-tag.tsx';
import { useChangeMarks } from '#components/table/change-marks.tsx';
import { poolName } from '#lib/display/words.ts';
import { type Decimal } from '#lib/units/decimal.ts';
import { trustOfPool, type PositionView } from './pool-view.ts';
import { Under } from './position-cells.tsx';
import { type PositionColumn } from './position-columns.ts';
import { PositionName } from './position-name.tsx';
import { samePosition } from './same-position.ts';

interface PositionRowProps {
  readonly view: PositionView;
  readonly columns: readonly PositionColumn[];
  readonly heightPx: number;
  /** Counted from 1, headings included. */
  readonly rowIndex: number;
  readonly isSelected: boolean;
  /** The table's one tab stop. */
  readonly isStop: boolean;
}

export const PositionRow = memo(
  PositionRowNow,
  (a, b) =>
    a.columns === b.columns &&
    a.heightPx === b.heightPx &&
    a.rowIndex === b.rowIndex &&
    a.isSelected === b.isSelected &&
    a.isStop === b.isStop &&
    samePosition(a.view, b.view),
);

function PositionRowNow({
  view,
  columns,
  heightPx,
  rowIndex,
  isSelected,
  isStop,
}: PositionRowProps) {
  const row = useRef<HTMLTableRowElement>(null);
  useChangeMarks(row, watchedFigures(view, columns));
  return (
    <tr
      aria-rowindex={rowIndex}
      aria-selected={isSelected}
      className="cursor-pointer border-b border-line align-top transition-colors duration-(--quick) last:border-b-0 hover:bg-hover focus-visible:-outline-offset-2 aria-selected:bg-hover"
      data-key={view.key}
      data-nav-row
      data-position={positionKeyOf(view.position)}
      data-trust={trustOfPool(view.pool)}
      ref={row}
      style={{ height: heightPx }}
      tabIndex={isStop ? 0 : -1}
    >
      <Cell className="pl-3" column="state">
        <StateTag state={view.pool.state} />
        <Under className="truncate">{modeWord(view)}</Under>
      </Cell>
      <th
        className="cell-pad pr-2 text-left font-normal focus-visible:-outline-offset-2"
        data-cell
        data-column="position"
        scope="row"
        tabIndex={-1}
      >
        <PositionName stacked view={view} />
      </th>
      {columns.map(({ id, Cell: Content }) => (
        <Cell className="numeric pr-3 pl-1" column={id} key={id}>
          <Content view={view} />
        </Cell>
      ))}
    </tr>
  );
}

function Cell({
  column,
  className,
  children,
}: {
  readonly column: string;
  readonly className: string;
  readonly children: ReactNode;
}) {
  return (
    <td
      className={`cell-pad relative focus-visible:-outline-offset-2 ${className}`}
      data-cell
      data-column={column}
      tabIndex={-1}
    >
      {children}
    </td>
  );
}

function watchedFigures(
  view: PositionView,
  columns: readonly PositionColumn[],
): ReadonlyMap<string, Decimal> {
  return new Map(
    columns.flatMap(({ id, watched }) => {
      const figure = watched?.(view);
      return figure?.known === true ? [[id, figure.value]] : [];
    }),
  );
}

function modeWord({ pool }: PositionView): string {
  return poolName(pool.health.scope)
    .toLowerCase()
    .replace(/(cross|isolated) .*/, '$1');
}
