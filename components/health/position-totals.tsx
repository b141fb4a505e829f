'use client';
/** Sums under the table, one line for each asset that is settled in: two assets are never added. */
import { FigureText, useFormat } from '#components/primitives/figure-text.tsx';
import { type Money } from '#lib/units/money.ts';
import { type PositionView } from './pool-view.ts';
import { totalsOf, type UnitTotals } from './position-sums.ts';

export function TotalsRow({ views }: { readonly views: readonly PositionView[] }) {
  return (
    <tfoot className="sticky bottom-0">
      {totalsOf(views).map((totals) => (
        <Line key={totals.unit} totals={totals} />
      ))}
    </tfoot>
  );
}

/** Sizes, prices and shares have no sum. */
const NO_SUM = '\u00a0';

function Line({ totals }: { readonly totals: UnitTotals }) {
  const format = useFormat();
  const change = (value: Money) => format.change(value, totals.unit);
  const cell = 'numeric py-1 pr-3 pl-1';
  return (
    <tr className="h-9 border-t border-line-strong bg-raised font-medium">
      <th className="py-1 pl-3 text-left font-medium text-ink-2" colSpan={2} scope="row">
        Total <span className="font-normal text-ink-3">{totals.unit}</span>
      </th>
      <td colSpan={3}>{NO_SUM}</td>
      <td className={cell}>
        <span className="mr-1 text-small font-normal text-ink-3">worst</span>
        <FigureText figure={totals.worstDistance} show={format.distance} />
      </td>
      <td>{NO_SUM}</td>
      <td className={cell} title="Sum of PnL after fees">
        <FigureText figure={totals.pnl} result show={change} />
      </td>
      <td
        className={cell}
        title="If every pool were liquidated: positions that share a pool lose its margin balance at most"
      >
        <FigureText figure={totals.ifLiquidated} show={change} />
      </td>
      <td className={cell}>
        <FigureText figure={totals.funding} show={change} />
      </td>
    </tr>
  );
}
