/** The same figures in AG Grid community as its documentation sets it up for quick updates, everything else as it comes. */
import {
  AllCommunityModule,
  createGrid,
  ModuleRegistry,
  type ColDef,
  type GridApi,
} from 'ag-grid-community';
import {
  changeIfLiquidated,
  pnlAfterFees,
  type PositionView,
} from '#components/health/pool-view.ts';
import { type Figure } from '#lib/margin/figures.ts';
import { type Decimal } from '#lib/units/decimal.ts';

interface PlainRow {
  readonly key: string;
  readonly state: string;
  readonly size: number;
  readonly notional: number;
  readonly mark: number;
  readonly liquidation: number;
  readonly distance: number;
  readonly ratio: number;
  readonly pnl: number;
  readonly loss: number;
}

const NUMBERS = [
  'size',
  'notional',
  'mark',
  'liquidation',
  'distance',
  'ratio',
  'pnl',
  'loss',
] as const satisfies readonly (keyof PlainRow)[];

const COLUMNS: ColDef<PlainRow>[] = [
  { field: 'state' },
  { field: 'key' },
  ...NUMBERS.map((field) => ({
    field,
    valueFormatter: ({ value }: { readonly value: unknown }) => Number(value).toFixed(2),
  })),
];

/** Those whose changes our grid marks. */
const MARKED: readonly string[] = ['mark', 'distance', 'pnl'];

/** As they come only some columns fit the screen, nothing tells a change and nothing is sorted; here all do, as in ours. */
const ALIKE: ColDef<PlainRow>[] = COLUMNS.map((column) => ({
  ...column,
  flex: 1,
  enableCellChangeFlash: MARKED.includes(column.field ?? ''),
  ...(column.field === 'distance' ? { sort: 'asc' } : {}),
}));

/** By default unsorted, so that it has no more to do than draw. */
export function openAgGrid(
  place: HTMLElement,
  rowData: PlainRow[],
  columns: 'default' | 'alike',
): GridApi<PlainRow> {
  ModuleRegistry.registerModules([AllCommunityModule]);
  return createGrid(place, {
    columnDefs: columns === 'alike' ? ALIKE : COLUMNS,
    rowData,
    getRowId: ({ data }) => data.key,
  });
}

/** Made before anything is measured. */
export function plainRowsOf(views: readonly PositionView[]): PlainRow[] {
  return views.map(({ key, pool, position }) => ({
    key,
    state: pool.state,
    size: position.signedSize.toNumber(),
    notional: numberOf(position.notional),
    mark: position.mark.known ? position.mark.value.price.toNumber() : Number.NaN,
    liquidation: numberOf(position.liquidation().nearest),
    distance: numberOf(position.liquidation().distanceShare),
    ratio: numberOf(position.maintenanceShare),
    pnl: numberOf(pnlAfterFees(position)),
    loss: numberOf(changeIfLiquidated(position)),
  }));
}

function numberOf(figure: Figure<Decimal>): number {
  return figure.known ? figure.value.toNumber() : Number.NaN;
}
