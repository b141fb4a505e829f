/** Positions and balances from a CSV whose columns are found by their names. */
import { fail, ok, type Result } from '../../contract.ts';
import { parseUtcTime, type TimestampMs } from '../../units/time.ts';
import { shown } from '../field.ts';
import {
  csvRowsOf,
  decimalMarkOf,
  plainNumberOf,
  type CsvRow,
  type DecimalMark,
} from './csv-table.ts';
import { type Found, type FoundRow, type NewRow, type Rejected, type Row } from './found.ts';

/** Usual spellings, small, letters and digits alone. The first column of a meaning counts. */
const SPELLINGS = {
  symbol: [
    'symbol',
    'contract',
    'instrument',
    'instid',
    'instrumentname',
    'market',
    'pair',
    'ticker',
  ],
  side: ['side', 'direction', 'positionside', 'holdside', 'posside', 'longshort'],
  size: [
    'size',
    'quantity',
    'qty',
    'amount',
    'positionsize',
    'positionamt',
    'position',
    'contracts',
    'pos',
    'total',
    'currentqty',
    'volume',
  ],
  entryPrice: [
    'entryprice',
    'entry',
    'avgprice',
    'averageprice',
    'avgentryprice',
    'averageentryprice',
    'openprice',
    'avgpx',
    'openpriceavg',
    'price',
  ],
  markPrice: ['markprice', 'mark', 'markpx'],
  leverage: ['leverage', 'lev', 'lever'],
  marginMode: ['marginmode', 'margintype', 'mgnmode', 'mode'],
  isolatedMargin: ['isolatedmargin', 'isolatedwallet', 'positionmargin', 'margin'],
  unrealizedPnl: ['unrealizedpnl', 'unrealisedpnl', 'unrealizedprofit', 'upnl', 'upl', 'pnl'],
  maintenanceMargin: ['maintenancemargin', 'maintmargin', 'mmr', 'mm'],
  liquidationPrice: ['liquidationprice', 'liqprice', 'liqpx', 'liq', 'liquidation'],
  asset: ['asset', 'coin', 'currency', 'ccy', 'margincoin'],
  wallet: ['wallet', 'walletbalance', 'balance', 'cashbal', 'equity'],
  venue: ['venue', 'exchange'],
  account: ['account', 'accountid', 'accountname'],
  asOf: ['asof', 'time', 'timestamp', 'date'],
} as const;
type Column = keyof typeof SPELLINGS;

const VENUES: Readonly<Record<string, string>> = {
  binance: 'binance-usdm',
  binanceusdm: 'binance-usdm',
  binancecoinm: 'binance-coinm',
  kraken: 'kraken-futures',
  krakenfutures: 'kraken-futures',
  gateio: 'gate',
  okex: 'okx',
};
const VENUE_OTHERWISE = 'binance-usdm';

function plainWord(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

type Columns = ReadonlyMap<Column, number>;

function columnsOf(header: CsvRow): Columns {
  const names = header.cells.map(plainWord);
  const columns = new Map<Column, number>();
  for (const [column, spellings] of Object.entries(SPELLINGS)) {
    const spelled = spellings.find((spelling) => names.includes(spelling));
    if (spelled !== undefined) columns.set(column as Column, names.indexOf(spelled));
  }
  return columns;
}

function isUseful(columns: Columns): boolean {
  const hasPositions = columns.has('symbol') && columns.has('size');
  return hasPositions || (columns.has('asset') && columns.has('wallet'));
}

/** Whether the first line names columns that make positions or balances. */
export function looksLikeCsv(text: string): boolean {
  const header = csvRowsOf(text.slice(0, HEADER_LENGTH_MAX).split(/\r?\n/, 1)[0] ?? '')[0];
  return header !== undefined && isUseful(columnsOf(header));
}
const HEADER_LENGTH_MAX = 4_000;
const ROWS_MAX = 20_000;

interface Reading {
  readonly columns: Columns;
  readonly mark: DecimalMark;
}

export function csvFileOf(text: string, place: string): Result<Found, readonly string[]> {
  const [header, ...rows] = csvRowsOf(text);
  if (header === undefined) return fail([`${place} is empty; expected a CSV with a header`]);
  if (rows.length > ROWS_MAX)
    return fail([`${place} has ${rows.length} rows; expected at most ${ROWS_MAX}`]);
  const columns = columnsOf(header);
  const reading = { columns, mark: decimalMarkOf(rows.flatMap(({ cells }) => cells)) };
  const read = rows.map((row) => rowOf(row, reading, `${place}line ${row.line}`));
  const found = read.flatMap((one) => (one.ok ? one.value : []));
  const venue = firstOf(rows, columns, 'venue');
  return ok({
    source: 'CSV',
    venue: venue === undefined ? VENUE_OTHERWISE : venueOf(venue),
    asOf: latest(rows, columns),
    head: { account: firstOf(rows, columns, 'account') },
    rows: withSides(found),
    rejected: read.flatMap((one) => (one.ok ? [] : [one.error])),
    notes: venue === undefined ? [`the CSV names no venue; ${VENUE_OTHERWISE} is supposed`] : [],
  });
}

function venueOf(text: string): string {
  return VENUES[plainWord(text)] ?? text.toLowerCase();
}

function cellOf(row: CsvRow, columns: Columns, column: Column): string | undefined {
  const cell = row.cells[columns.get(column) ?? -1];
  return cell === '' ? undefined : cell;
}

function firstOf(rows: readonly CsvRow[], columns: Columns, column: Column): string | undefined {
  return rows.map((row) => cellOf(row, columns, column)).find((cell) => cell !== undefined);
}

function latest(rows: readonly CsvRow[], columns: Columns): TimestampMs | undefined {
  const times = rows.map((row) =>
    parseUtcTime(cellOf(row, columns, 'asOf')?.replace(' ', 'T') ?? ''),
  );
  return times.reduce(
    (newest, time) =>
      newest === undefined || (time !== undefined && time > newest) ? time : newest,
    undefined,
  );
}

type RowResult = Result<readonly FoundRow[], Rejected>;

function rowOf(row: CsvRow, reading: Reading, place: string): RowResult {
  const { columns } = reading;
  const symbol = cellOf(row, columns, 'symbol');
  const rows = symbol === undefined ? balanceOf(row, reading) : positionOf(row, symbol, reading);
  return rows.ok
    ? ok(rows.value.map((one) => ({ ...one, place })))
    : fail({ place, reason: rows.error });
}

function balanceOf(row: CsvRow, { columns, mark }: Reading): Result<readonly NewRow[]> {
  const asset = cellOf(row, columns, 'asset');
  const wallet = cellOf(row, columns, 'wallet');
  if (asset === undefined) return fail('symbol and asset are missing; expected one of them');
  const amount = wallet === undefined ? undefined : plainNumberOf(wallet, mark);
  if (amount === undefined) return fail(`wallet is ${shown(wallet)}; ${expected(wallet)}`);
  return ok([{ list: 'balances', row: { asset: asset.toUpperCase(), wallet: amount } }]);
}

/** Why a cell is no number: none at all, or one that may be read in two ways. */
function expected(cell: string | undefined): string {
  return cell !== undefined && /^[+-]?\d{1,3}[.,]\d{3}$/.test(cell)
    ? 'expected a number of which it is clear whether the mark is that of decimals or of thousands'
    : 'expected a number';
}

const NUMBERS = [
  'size',
  'entryPrice',
  'markPrice',
  'leverage',
  'isolatedMargin',
  'unrealizedPnl',
  'maintenanceMargin',
  'liquidationPrice',
] as const;

function positionOf(
  row: CsvRow,
  symbol: string,
  { columns, mark }: Reading,
): Result<readonly NewRow[]> {
  const values: Partial<Record<Column, string>> = {};
  for (const column of NUMBERS) {
    const cell = cellOf(row, columns, column);
    if (cell === undefined) continue;
    const value = plainNumberOf(cell.replace(/x$/i, ''), mark);
    if (value === undefined) return fail(`${column} is ${shown(cell)}; ${expected(cell)}`);
    values[column] = value;
  }
  const size = signedSizeOf(values.size, cellOf(row, columns, 'side'));
  if (!size.ok) return size;
  const mode = cellOf(row, columns, 'marginMode')?.toLowerCase();
  const isIsolated = mode?.startsWith('iso') === true || mode === 'fixed';
  return ok(rowsOf({ symbol, size: size.value, isIsolated, values }));
}

function rowsOf(p: {
  readonly symbol: string;
  readonly size: string;
  readonly isIsolated: boolean;
  readonly values: Partial<Record<Column, string>>;
}): readonly NewRow[] {
  const { symbol, size, isIsolated, values } = p;
  const figures: Row = {
    unrealizedPnl: values.unrealizedPnl,
    maintenanceMargin: values.maintenanceMargin,
    liquidationPrice: values.liquidationPrice === '0' ? undefined : values.liquidationPrice,
  };
  return [
    {
      list: 'positions',
      row: {
        symbol,
        size,
        entryPrice: values.entryPrice,
        marginMode: isIsolated ? 'isolated' : 'cross',
        leverage: values.leverage,
        isolatedMargin: isIsolated ? (values.isolatedMargin ?? null) : null,
      },
      otherwise: [
        {
          row: { leverage: '1' },
          because: `${symbol}: leverage is not given; 1 stands for it, so initial margin is the whole value`,
        },
      ],
    },
    ...(values.markPrice === undefined
      ? []
      : [{ list: 'marks', row: { symbol, price: values.markPrice } } as const]),
    { list: 'positionFigures', row: { symbol, ...figures } },
  ];
}

const SHORT = /^(short|sell|s)$/i;
const LONG = /^(long|buy|b|l)$/i;
/** Sides that say nothing: the sign of the size does. */
const NEITHER = /^(both|net|one.?way)?$/i;

function signedSizeOf(size: string | undefined, side = ''): Result<string> {
  if (size === undefined) return fail('size is missing; expected a number');
  const isNegative = size.startsWith('-');
  if (SHORT.test(side)) return ok(isNegative ? size : `-${size}`);
  if (LONG.test(side))
    return isNegative
      ? fail(`size is "${size}" on the side "${side}"; expected above zero`)
      : ok(size);
  return NEITHER.test(side) ? ok(size) : fail(`side is ${shown(side)}; expected "long" or "short"`);
}

/** A symbol that is held both ways is held in hedge mode: every row then names its leg. */
function withSides(rows: readonly FoundRow[]): readonly FoundRow[] {
  const legs = new Map<unknown, Set<string>>();
  const sides = new Map(
    rows.flatMap((one) => (one.list === 'positions' ? [[one.place, legOf(one.row)]] : [])),
  );
  for (const { list, row } of rows) {
    if (list === 'positions')
      legs.set(row['symbol'], (legs.get(row['symbol']) ?? new Set()).add(legOf(row)));
  }
  if (![...legs.values()].some((own) => own.size > 1)) return rows;
  return rows.map((one) =>
    one.list === 'positions' || one.list === 'positionFigures'
      ? { ...one, row: { ...one.row, positionSide: sides.get(one.place) } }
      : one,
  );
}

function legOf(row: Row): string {
  return String(row['size']).startsWith('-') ? 'short' : 'long';
}
