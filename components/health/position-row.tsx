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
  /** Scrolled to; others are drawn ahead and mark no change. */
  readonly isInSight: boolean;
}

export const PositionRow = memo(
  PositionRowNow,
  (a, b) =>
    a.columns === b.columns &&
    a.heightPx === b.heightPx &&
    a.rowIndex === b.rowIndex &&
    a.isSelected === b.isSelected &&
    a.isStop === b.isStop &&
    a.isInSight === b.isInSight &&
    samePosition(a.view, b.view),
);

function PositionRowNow({
  view,
  columns,
  heightPx,
  rowIndex,
  isSelected,
  isStop,
  isInSight,
}: PositionRowProps) {
  const row = useRef<HTMLTableRowElement>(null);
  useChangeMarks(row, isInSight ? watchedFigures(view, columns) : UNWATCHED);
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
      <LeadingCells view={view} />
      {columns.map(({ id, Cell: Content }) => (
        <Cell className="numeric pr-3 pl-1" column={id} key={id}>
          <Content view={view} />
        </Cell>
      ))}
    </tr>
  );
}

/** What no price moves, save a state. */
const LeadingCells = memo(
  function LeadingCells({ view }: { readonly view: PositionView }) {
    return (
      <>
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
      </>
    );
  },
  ({ view: a }, { view: b }) =>
    a.pool.state === b.pool.state &&
    a.decides === b.decides &&
    modeWord(a) === modeWord(b) &&
    a.position.instrumentId === b.position.instrumentId &&
    a.position.marginKind === b.position.marginKind &&
    a.position.signedSize.eq(b.position.signedSize) &&
    a.position.leverage.eq(b.position.leverage),
);

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

const UNWATCHED: ReadonlyMap<string, Decimal> = new Map();

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
