/** Columns of the positions table: heading, width, and how a reader may sort by them (ux.md 7). */
import { type ComponentType } from 'react';
import { severityRank } from '#lib/display/words.ts';
import { mapFigure, type Figure } from '#lib/margin/figures.ts';
import { compareDecimals, Decimal } from '#lib/units/decimal.ts';
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
  BankruptcyCell,
  BreakEvenCell,
  EntryCell,
  InitialMarginCell,
  MaintenanceCell,
  OpenedCell,
  ReturnCell,
  TierCell,
} from './position-more-cells.tsx';
import {
  changeIfLiquidated,
  distanceWeight,
  pnlAfterFees,
  ratioWeight,
  type PositionView,
} from './pool-view.ts';

export const SORT_KEYS = [
  'state',
  'symbol',
  'notional',
  'distance',
  'ratio',
  'pnl',
  'loss',
  'funding',
  'initial',
  'maintenance',
  'opened',
] as const;
export type PositionSortKey = (typeof SORT_KEYS)[number];

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
  /** Least width; what is left over is shared in proportion. */
  readonly widthRem: number;
  readonly Cell: ComponentType<{ readonly view: PositionView }>;
  /** The figure whose change is shown by a fade and an arrow. Fewer than a third of the columns have one (ux.md 7). */
  readonly watched?: (view: PositionView) => Figure<Decimal>;
}

/** State and position come before these; the table draws them itself. */
export const LEADING_WIDTHS_REM = { state: 6.25, position: 7.25 } as const;

/** Together with the leading two they fit 1280 px. */
export const DEFAULT_COLUMNS: readonly PositionColumn[] = [
  { id: 'size', heading: 'Size', under: 'notional', sort: 'notional', widthRem: 6, Cell: SizeCell },
  {
    id: 'mark',
    heading: 'Mark',
    under: 'age',
    widthRem: 5.5,
    Cell: MarkCell,
    watched: ({ position }) => mapFigure(position.mark, (reading) => reading.price),
  },
  { id: 'liquidation', heading: 'Liq. price', widthRem: 6.5, Cell: LiquidationCell },
  {
    id: 'distance',
    heading: 'Distance',
    sort: 'distance',
    widthRem: 5.5,
    Cell: DistanceCell,
    watched: ({ position }) => position.liquidation().distanceShare,
  },
  {
    id: 'ratio',
    heading: 'Margin ratio',
    under: 'or share',
    sort: 'ratio',
    widthRem: 6,
    Cell: RatioCell,
  },
  {
    id: 'pnl',
    heading: 'PnL after fee',
    under: 'gross',
    sort: 'pnl',
    widthRem: 6.5,
    Cell: PnlCell,
    watched: ({ position }) => pnlAfterFees(position),
  },
  {
    id: 'loss',
    heading: 'If liquidated',
    under: 'fee',
    sort: 'loss',
    widthRem: 6.5,
    Cell: LossCell,
  },
  {
    id: 'funding',
    heading: 'Funding',
    under: 'per day',
    sort: 'funding',
    widthRem: 5.5,
    Cell: FundingCell,
  },
];

/** Shown on demand, behind the default ones. */
export const OPTIONAL_COLUMNS: readonly PositionColumn[] = [
  { id: 'entry', heading: 'Entry', widthRem: 5.5, Cell: EntryCell },
  { id: 'breakEven', heading: 'Break-even', widthRem: 5.5, Cell: BreakEvenCell },
  { id: 'return', heading: 'ROE', under: 'on entry margin', widthRem: 6, Cell: ReturnCell },
  {
    id: 'initial',
    heading: 'Initial margin',
    sort: 'initial',
    widthRem: 6.5,
    Cell: InitialMarginCell,
  },
  {
    id: 'maintenance',
    heading: 'Maintenance',
    sort: 'maintenance',
    widthRem: 6.5,
    Cell: MaintenanceCell,
  },
  { id: 'tier', heading: 'Tier', under: 'next from', widthRem: 6, Cell: TierCell },
  { id: 'bankruptcy', heading: 'Bankruptcy', widthRem: 6, Cell: BankruptcyCell },
  { id: 'opened', heading: 'Opened', under: 'day', sort: 'opened', widthRem: 6, Cell: OpenedCell },
];

export function columnsOf(extra: readonly string[]): readonly PositionColumn[] {
  return [...DEFAULT_COLUMNS, ...OPTIONAL_COLUMNS.filter(({ id }) => extra.includes(id))];
}

export function sortPositions(
  views: readonly PositionView[],
  sort: PositionSort,
): readonly PositionView[] {
  const sign = sort.descending ? -1 : 1;
  // Weighed once each: thousands of rows are compared a dozen times each.
  return views
    .map((view) => ({ view, weight: weightOf(view, sort.key) }))
    .toSorted((a, b) => sign * compare(a.weight, b.weight))
    .map(({ view }) => view);
}

/** Compared part by part. */
interface Weight {
  readonly rank: number;
  readonly name: string;
  readonly figure: Decimal;
}

function compare(a: Weight, b: Weight): number {
  const byName = a.name === b.name ? 0 : a.name.localeCompare(b.name);
  return a.rank - b.rank || byName || compareDecimals(a.figure, b.figure);
}

function weightOf(view: PositionView, key: PositionSortKey): Weight {
  const rank =
    key === 'state' ? severityRank(view.pool.state) : (view.openedAt ?? Number.MAX_VALUE);
  return {
    rank: key === 'state' || key === 'opened' ? rank : 0,
    name: key === 'symbol' ? view.position.instrumentId : '',
    figure: figureOf(view, key),
  };
}

function figureOf(view: PositionView, key: PositionSortKey): Decimal {
  switch (key) {
    case 'state':
    case 'distance':
      return distanceWeight(view);
    case 'notional':
      return weigh(view.position.notional);
    case 'ratio':
      return shareWeight(view);
    case 'pnl':
      return weigh(pnlAfterFees(view.position));
    case 'loss':
      return weigh(changeIfLiquidated(view.position));
    case 'funding':
      return view.fundingReceived ?? LAST;
    case 'initial':
      return weigh(view.position.initialMargin);
    case 'maintenance':
      return weigh(view.position.maintenanceMargin);
    case 'symbol':
    case 'opened':
      return LAST;
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
