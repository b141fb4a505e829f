/** Columns of the positions table: heading, width, and how a reader may sort by them (ux.md 7). */
import { type ComponentType } from 'react';
import { type Figure } from '#lib/margin/figures.ts';
import { Decimal } from '#lib/units/decimal.ts';
import {
  DistanceCell,
  FundingCell,
  LiquidationCell,
  LossCell,
  MarkCell,
  PnlCell,
  RatioCell,
  SizeCell,
} from './position-cells.tsx';
import {
  changeIfLiquidated,
  distanceWeight,
  pnlAfterFees,
  ratioWeight,
  worsePositionFirst,
  type PositionView,
} from './pool-view.ts';

export type PositionSortKey =
  | 'state'
  | 'symbol'
  | 'notional'
  | 'distance'
  | 'ratio'
  | 'pnl'
  | 'loss'
  | 'funding';

export interface PositionSort {
  readonly key: PositionSortKey;
  readonly descending: boolean;
}
export const WORST_FIRST: PositionSort = { key: 'state', descending: false };

export interface PositionColumn {
  readonly id: string;
  readonly heading: string;
  /** What stands under the figure. */
  readonly under?: string;
  readonly sort?: PositionSortKey;
  /** Share of the table's width. */
  readonly width: string;
  readonly Cell: ComponentType<{ readonly view: PositionView }>;
}

/** After state and position, which the table draws itself. */
export const POSITION_COLUMNS: readonly PositionColumn[] = [
  {
    id: 'size',
    heading: 'Size',
    under: 'notional',
    sort: 'notional',
    width: '10%',
    Cell: SizeCell,
  },
  { id: 'mark', heading: 'Mark', under: 'age', width: '9%', Cell: MarkCell },
  { id: 'liquidation', heading: 'Liq. price', width: '10.5%', Cell: LiquidationCell },
  { id: 'distance', heading: 'Distance', sort: 'distance', width: '9%', Cell: DistanceCell },
  {
    id: 'ratio',
    heading: 'Margin ratio',
    under: 'or share',
    sort: 'ratio',
    width: '9.5%',
    Cell: RatioCell,
  },
  {
    id: 'pnl',
    heading: 'PnL after fee',
    under: 'gross',
    sort: 'pnl',
    width: '10.5%',
    Cell: PnlCell,
  },
  {
    id: 'loss',
    heading: 'If liquidated',
    under: 'fee',
    sort: 'loss',
    width: '10.5%',
    Cell: LossCell,
  },
  {
    id: 'funding',
    heading: 'Funding',
    under: 'per day',
    sort: 'funding',
    width: '9%',
    Cell: FundingCell,
  },
];

export function sortPositions(
  views: readonly PositionView[],
  sort: PositionSort,
): readonly PositionView[] {
  const sign = sort.descending ? -1 : 1;
  return views.toSorted((a, b) => sign * compare(a, b, sort.key));
}

function compare(a: PositionView, b: PositionView, key: PositionSortKey): number {
  switch (key) {
    case 'state':
      return worsePositionFirst(a, b);
    case 'symbol':
      return a.position.instrumentId.localeCompare(b.position.instrumentId);
    case 'notional':
      return weigh(a.position.notional).comparedTo(weigh(b.position.notional));
    case 'distance':
      return distanceWeight(a).comparedTo(distanceWeight(b));
    case 'ratio':
      return shareWeight(a).comparedTo(shareWeight(b));
    case 'pnl':
      return weigh(pnlAfterFees(a.position)).comparedTo(weigh(pnlAfterFees(b.position)));
    case 'loss':
      return weigh(changeIfLiquidated(a.position)).comparedTo(
        weigh(changeIfLiquidated(b.position)),
      );
    case 'funding':
      return (a.fundingReceived ?? LAST).comparedTo(b.fundingReceived ?? LAST);
  }
}

/** Figures that do not exist sort behind all that do. */
const LAST = new Decimal('1e30');

function weigh(figure: Figure<Decimal>): Decimal {
  return figure.known ? figure.value : LAST;
}

function shareWeight(view: PositionView): Decimal {
  return view.position.marginKind === 'isolated'
    ? ratioWeight(view.pool.health)
    : weigh(view.position.maintenanceShare);
}
