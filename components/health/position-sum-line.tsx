'use client';
/** Lines of sums: the net of a symbol's legs, and the totals below the table. They follow the columns that are shown. */
import { memo, useMemo, type ReactNode } from 'react';
import { FigureText, NumberText, useFormat } from '#components/primitives/figure-text.tsx';
import { StateTag } from '#components/primitives/state-tag.tsx';
import { type Money } from '#lib/units/money.ts';
import { distanceSupposes } from '#lib/display/words.ts';
import { Under } from './position-cells.tsx';
import { type PositionColumn } from './position-columns.ts';
import { type PositionGroup } from './position-items.ts';
import { netSizeOf, totalsOf, type UnitTotals } from './position-sums.ts';
import { trustOfSum, type PoolView, type PositionView } from './pool-view.ts';

interface SumProps {
  readonly totals: UnitTotals;
}

/** What each column sums to. Prices, sizes of several symbols and shares have no sum. */
const SUMS: Readonly<Record<string, (props: SumProps) => ReactNode>> = {
  distance: WorstDistance,
  pnl: PnlSum,
  loss: LossSum,
  funding: FundingSum,
};

function WorstDistance({ totals }: SumProps) {
  const format = useFormat();
  return (
    <>
      <FigureText figure={totals.worstDistance} show={format.distance} />
      <Under>worst</Under>
    </>
  );
}

/** Of their pools together, as the headline and the Desk say it. */
function DecidingDistance({ totals }: SumProps) {
  const format = useFormat();
  const { decidingDistance: figure } = totals;
  return (
    <span title={figure.known ? distanceSupposes(figure.value.by) : undefined}>
      <FigureText figure={figure} show={({ share }) => format.distance(share)} />
      <Under>
        {figure.known && figure.value.by.kind === 'joint' ? 'worst, together' : 'worst'}
      </Under>
    </span>
  );
}

function PnlSum({ totals }: SumProps) {
  const format = useFormat();
  return (
    <>
      <ChangeText figure={totals.pnl} result totals={totals} />
      <Under>
        {totals.fees.known ? (
          <>
            fees <NumberText shown={format.requirement(totals.fees.value, totals.unit)} />
          </>
        ) : null}
      </Under>
    </>
  );
}

function LossSum({ totals }: SumProps) {
  return (
    <span title="If every pool were liquidated: positions that share a pool lose its margin balance at most">
      <ChangeText figure={totals.ifLiquidated} totals={totals} />
      <Under>all liquidated</Under>
    </span>
  );
}

function FundingSum({ totals }: SumProps) {
  return <ChangeText figure={totals.funding} totals={totals} />;
}

function ChangeText({
  figure,
  totals,
  result = false,
}: SumProps & { readonly figure: UnitTotals['pnl']; readonly result?: boolean }) {
  const format = useFormat();
  return (
    <FigureText
      figure={figure}
      result={result}
      show={(value: Money) => format.change(value, totals.unit)}
    />
  );
}

interface TotalsProps {
  readonly views: readonly PositionView[];
  readonly columns: readonly PositionColumn[];
}

/** Pinned below the rows, one line for each asset that is settled in: amounts of two assets are never added. */
export const TotalsRow = memo(function TotalsRow({ views, columns }: TotalsProps) {
  const sums = useMemo(() => totalsOf(views), [views]);
  return (
    <tfoot className="sticky bottom-0 z-10">
      {sums.map((totals) => (
        <tr
          className="border-t border-line-strong bg-raised align-top font-medium"
          data-trust={trustOfSum(poolsIn(views, totals))}
          key={totals.unit}
        >
          <th className="cell-pad pl-3 text-left font-medium text-ink-2" colSpan={2} scope="row">
            <TotalName unit={totals.unit} views={views} />
          </th>
          <SumCells
            columns={columns}
            other={{ distance: <DecidingDistance totals={totals} /> }}
            totals={totals}
          />
        </tr>
      ))}
    </tfoot>
  );
});

/** The pools may count in another unit than these positions settle in. */
function TotalName({ unit, views }: { readonly unit: string } & Pick<TotalsProps, 'views'>) {
  const other = views.find(
    ({ position, pool }) => position.settle === unit && pool.health.unit !== unit,
  );
  return (
    <span
      title={
        other === undefined
          ? undefined
          : `Amounts in ${unit}, which these positions settle in; their margin pool counts in ${other.pool.health.unit}`
      }
    >
      Total{' '}
      <span className="font-normal text-ink-3">
        {other === undefined ? '' : 'settled in '}
        {unit}
      </span>
    </span>
  );
}

function poolsIn(views: readonly PositionView[], { unit }: UnitTotals): readonly PoolView[] {
  return views.filter(({ position }) => position.settle === unit).map(({ pool }) => pool);
}

interface NetLineProps {
  readonly group: PositionGroup;
  readonly columns: readonly PositionColumn[];
  readonly heightPx: number;
}

export function NetLine({ group, columns, heightPx }: NetLineProps) {
  const [totals] = totalsOf(group.views);
  return (
    <tr
      className="border-b border-line bg-raised align-top"
      data-trust={trustOfSum(group.views.map(({ pool }) => pool))}
      style={{ height: heightPx }}
    >
      <td className="cell-pad pl-3">
        <StateTag state={group.state} />
      </td>
      <th className="cell-pad pr-2 text-left font-semibold" scope="row">
        <span className="block truncate">{group.symbol}</span>
        <Under>net of {group.views.length}</Under>
      </th>
      {totals === undefined ? null : (
        <SumCells columns={columns} other={{ size: <NetSize group={group} /> }} totals={totals} />
      )}
    </tr>
  );
}

function NetSize({ group }: Pick<NetLineProps, 'group'>) {
  const format = useFormat();
  const lot = group.views[0]?.instrument?.lotSize;
  return lot === undefined ? null : <NumberText shown={format.size(netSizeOf(group.views), lot)} />;
}

/** An empty cell still stands in its column. */
const NO_SUM = '\u00a0';

function SumCells({
  totals,
  columns,
  other = {},
}: SumProps & {
  readonly columns: readonly PositionColumn[];
  readonly other?: Readonly<Record<string, ReactNode>>;
}) {
  return columns.map(({ id }) => {
    const Sum = SUMS[id];
    return (
      <td className="numeric cell-pad pr-3 pl-1" key={id}>
        {other[id] ?? (Sum === undefined ? NO_SUM : <Sum totals={totals} />)}
      </td>
    );
  });
}
