'use client';
/** All positions of an account: a table where there is room, cards on a phone. Liquidation price and distance are in both. */
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useId, useState } from 'react';
import { Button } from '#components/primitives/button.tsx';
import { useFormat } from '#components/primitives/figure-text.tsx';
import { Notice, Panel } from '#components/primitives/panel.tsx';
import { StateTag } from '#components/primitives/state-tag.tsx';
import { WorstAccountLink } from '#components/shell/worst-account-link.tsx';
import { openPosition } from '#components/position/open-position.ts';
import { useMedia } from '#components/primitives/use-media.ts';
import { poolName } from '#lib/display/words.ts';
import { useHeldOrder } from './held-order.ts';
import { trustOfPool, type AccountView, type PositionView } from './pool-view.ts';
import { PositionCards } from './position-cards.tsx';
import { Under } from './position-cells.tsx';
import {
  POSITION_COLUMNS,
  sortPositions,
  WORST_FIRST,
  type PositionSort,
  type PositionSortKey,
} from './position-columns.ts';
import { PositionName } from './position-name.tsx';
import { TotalsRow } from './position-totals.tsx';

interface PositionTableProps {
  readonly view: AccountView;
  readonly selected?: string | undefined;
  readonly onSelect?: (key: string) => void;
}

export function PositionTable({ view, selected, onSelect }: PositionTableProps) {
  const [sort, setSort] = useState<PositionSort>(WORST_FIRST);
  const [held, setHeld] = useState(false);
  const wide = useMedia('(min-width: 64rem)');
  const sorted = sortPositions(view.positions, sort);
  const order = useHeldOrder(
    sorted.map(({ key }) => key),
    held,
    `${sort.key} ${sort.descending}`,
  );
  const byKey = new Map(sorted.map((one) => [one.key, one]));
  const rows = order.keys.flatMap((key) => byKey.get(key) ?? []);

  return (
    <Panel
      aside={<OrderNote displaced={held ? order.displaced : 0} renew={order.renew} />}
      label="Positions"
      title={
        <>
          Positions <span className="font-normal text-ink-3">{view.positions.length}</span>
        </>
      }
    >
      <div
        onBlur={() => setHeld(false)}
        onFocus={() => setHeld(true)}
        onPointerEnter={() => setHeld(true)}
        onPointerLeave={() => setHeld(false)}
      >
        {rows.length === 0 ? (
          <Notice action={<WorstAccountLink />} head="No open position">
            This account holds only its wallet. Nothing can be liquidated.
          </Notice>
        ) : wide ? (
          <WideTable
            onSelect={onSelect}
            onSort={setSort}
            rows={rows}
            selected={selected}
            sort={sort}
          />
        ) : (
          <PositionCards views={rows} />
        )}
      </div>
    </Panel>
  );
}

/** The reader is told that the order is held, and may take the new one. */
function OrderNote({
  displaced,
  renew,
}: {
  readonly displaced: number;
  readonly renew: () => void;
}) {
  if (displaced === 0) return <span>worst state first, then nearest</span>;
  return (
    <Button onClick={renew} size="small">
      order changed ({displaced})
    </Button>
  );
}

interface WideTableProps {
  readonly rows: readonly PositionView[];
  readonly sort: PositionSort;
  readonly onSort: (sort: PositionSort) => void;
  readonly selected: string | undefined;
  readonly onSelect: ((key: string) => void) | undefined;
}

function WideTable({ rows, sort, onSort, selected, onSelect }: WideTableProps) {
  const caption = useId();
  const { convention } = useFormat();
  return (
    <div className="overflow-x-auto">
      <table aria-labelledby={caption} className="w-full min-w-[60rem] table-fixed border-collapse">
        <caption className="sr-only" id={caption}>
          Positions with liquidation price and distance
        </caption>
        <thead>
          <tr className="h-10 border-b border-line bg-raised text-left align-top text-small leading-4 text-ink-3">
            <SortHeading
              className="w-[10%] pl-3"
              heading="State"
              id="state"
              onSort={onSort}
              sort={sort}
              sortKey="state"
            />
            <SortHeading
              className="w-[12%]"
              heading="Position"
              id="position"
              onSort={onSort}
              sort={sort}
              sortKey="symbol"
            />
            {POSITION_COLUMNS.map((column) => (
              <SortHeading
                heading={column.id === 'ratio' ? convention.heading : column.heading}
                id={column.id}
                key={column.id}
                numeric
                onSort={onSort}
                sort={sort}
                sortKey={column.sort}
                under={column.under}
                width={column.width}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((view) => (
            <Row key={view.key} onSelect={onSelect} selected={view.key === selected} view={view} />
          ))}
        </tbody>
        <TotalsRow views={rows} />
      </table>
    </div>
  );
}

interface RowProps {
  readonly view: PositionView;
  readonly selected: boolean;
  readonly onSelect: ((key: string) => void) | undefined;
}

function Row({ view, selected, onSelect }: RowProps) {
  return (
    <tr
      className="h-12 border-b border-line align-top transition-colors duration-(--quick) last:border-b-0 hover:bg-hover data-[selected=true]:bg-hover"
      data-selected={selected}
      data-trust={trustOfPool(view.pool)}
      onClick={() => {
        onSelect?.(view.key);
        openPosition(view.position);
      }}
    >
      <td className="py-1 pl-3">
        <StateTag state={view.pool.state} />
        <Under className="truncate">
          {poolName(view.pool.health.scope)
            .toLowerCase()
            .replace(/(cross|isolated) .*/, '$1')}
        </Under>
      </td>
      <th className="py-1 pr-2 text-left font-normal" scope="row">
        <button className="block w-full text-left hover:underline" type="button">
          <PositionName stacked view={view} />
        </button>
      </th>
      {POSITION_COLUMNS.map(({ id, Cell }) => (
        <td className="numeric py-1 pr-3 pl-1" key={id}>
          <Cell view={view} />
        </td>
      ))}
    </tr>
  );
}

interface SortHeadingProps {
  readonly id: string;
  readonly heading: string;
  readonly under?: string | undefined;
  readonly sortKey: PositionSortKey | undefined;
  readonly sort: PositionSort;
  readonly onSort: (sort: PositionSort) => void;
  readonly numeric?: boolean;
  readonly className?: string;
  readonly width?: string;
}

function SortHeading({
  heading,
  under,
  sortKey,
  sort,
  onSort,
  numeric = false,
  className,
  width,
}: SortHeadingProps) {
  const active = sortKey !== undefined && sort.key === sortKey;
  const sorted = active ? (sort.descending ? 'descending' : 'ascending') : 'none';
  const text = (
    <>
      {heading}
      {under === undefined ? null : <span className="block font-normal">{under}</span>}
    </>
  );
  const place = `${numeric ? 'text-right pr-3 pl-1' : ''} ${className ?? ''}`;
  const style = width === undefined ? undefined : { width };
  if (sortKey === undefined) {
    return (
      <th className={`truncate py-1 font-medium ${place}`} scope="col" style={style}>
        {text}
      </th>
    );
  }
  return (
    <th aria-sort={sorted} className={`py-1 font-medium ${place}`} scope="col" style={style}>
      <button
        className={`min-h-6 max-w-full whitespace-nowrap hover:text-ink ${numeric ? 'text-right' : 'text-left'}`}
        onClick={() => onSort({ key: sortKey, descending: active && !sort.descending })}
        type="button"
      >
        {active && sort.key !== 'state' ? <SortArrow descending={sort.descending} /> : null}
        {text}
      </button>
    </th>
  );
}

function SortArrow({ descending }: { readonly descending: boolean }) {
  const Arrow = descending ? ArrowDown : ArrowUp;
  return <Arrow aria-hidden className="mr-0.5 inline" size={12} />;
}
