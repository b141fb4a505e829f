/** Positions and balances from a CSV whose columns are found by their names. */
import { fail, ok, type Result } from '../../contract.ts';
import { parseUtcTime, type TimestampMs } from '../../units/time.ts';
import { shown } from '../field.ts';
import { columnsOf, plainWord, type Column, type Columns } from './csv-columns.ts';
import {
  csvRowsOf,
  decimalMarkOf,
  plainNumberOf,
  type CsvRow,
  type DecimalMark,
} from './csv-table.ts';
import {
  type DoubtfulRejected,
  type Found,
  type FoundRow,
  type NewRow,
  type Row,
} from './found.ts';
import { latestOf } from './venue-field.ts';

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

const ROWS_MAX = 20_000;

interface Reading {
  readonly columns: Columns;
  readonly mark: DecimalMark;
  /** Of the first row that says it: one text is one account of one venue. */
  readonly venue: string | undefined;
  readonly account: string | undefined;
}

export function csvFileOf(text: string, place: string): Result<Found, readonly string[]> {
  const [header, ...rows] = csvRowsOf(text);
  if (header === undefined) return fail([`${place} is empty; expected a CSV with a header`]);
  if (rows.length === 0) return fail([`${place}there is a header and no row; expected rows`]);
  if (rows.length > ROWS_MAX)
    return fail([`${place} has ${rows.length} rows; expected at most ${ROWS_MAX}`]);
  const found = columnsOf(header);
  if (!found.ok) return fail([`${place}${found.error}`]);
  const columns = found.value;
  const numbers = rows.flatMap((row) =>
    [...NUMBERS, 'wallet' as const].map((column) => cellOf(row, columns, column) ?? ''),
  );
  const venue = firstOf(rows, columns, 'venue');
  const account = firstOf(rows, columns, 'account');
  const reading: Reading = { columns, mark: decimalMarkOf(numbers), venue, account };
  const read = rows.map((row) => rowOf(row, reading, `${place}line ${row.line}`));
  return ok({
    source: 'CSV',
    venue: venue === undefined ? VENUE_OTHERWISE : venueOf(venue),
    asOf: latestOf(rows.map((row) => timeIn(row, columns))),
    head: { account },
    rows: withSides(read.flatMap((one) => (one.ok ? one.value : []))),
    rejected: read.flatMap((one) => (one.ok ? [] : [one.error])),
    notes: notesOf(rows, reading, place),
  });
}

function notesOf(rows: readonly CsvRow[], { columns, venue }: Reading, place: string) {
  const strange = rows.find(
    (row) => cellOf(row, columns, 'asOf') !== undefined && timeIn(row, columns) === undefined,
  );
  const given = columns.unread.map((name) => `"${name}"`).join(', ');
  return [
    ...(venue === undefined ? [`the CSV names no venue; ${VENUE_OTHERWISE} is supposed`] : []),
    ...(columns.unread.length === 0 ? [] : [`${place}nothing is read from the columns ${given}`]),
    ...(strange === undefined
      ? []
      : [
          `${place}line ${strange.line}: time is ${shown(cellOf(strange, columns, 'asOf'))}; it is not read, expected one such as "2026-01-14T12:00:00Z"`,
        ]),
  ];
}

function venueOf(text: string): string {
  return VENUES[plainWord(text)] ?? text.toLowerCase();
}

/** Spreadsheets and venues write these for what there is not. */
const NOTHING = /^(?:|-{1,2}|–|—|n\/?a)$/i;

function cellOf(row: CsvRow, columns: Columns, column: Column): string | undefined {
  const cell = row.cells[columns.at.get(column) ?? -1] ?? '';
  return NOTHING.test(cell) ? undefined : cell;
}

function firstOf(rows: readonly CsvRow[], columns: Columns, column: Column): string | undefined {
  return rows.map((row) => cellOf(row, columns, column)).find((cell) => cell !== undefined);
}

/** UTC, as no column says otherwise. */
function timeIn(row: CsvRow, columns: Columns): TimestampMs | undefined {
  const cell = cellOf(row, columns, 'asOf')?.replace(' ', 'T') ?? '';
  return parseUtcTime(cell) ?? parseUtcTime(`${cell}Z`);
}

type RowResult = Result<readonly FoundRow[], DoubtfulRejected>;

function rowOf(row: CsvRow, reading: Reading, place: string): RowResult {
  const symbol = cellOf(row, reading.columns, 'symbol');
  const rows = rowsIn(row, reading, symbol);
  if (rows.ok) return ok(rows.value.map((one) => ({ ...one, place })));
  return fail({ place, reason: rows.error, about: { symbol } });
}

/** A position, a balance, or both in one row. */
function rowsIn(
  row: CsvRow,
  reading: Reading,
  symbol: string | undefined,
): Result<readonly NewRow[]> {
  const problem = strangerIn(row, reading);
  if (problem !== undefined) return fail(problem);
  if (symbol === undefined) return balanceOf(row, reading);
  const position = positionOf(row, symbol, reading);
  const { columns } = reading;
  const hasBalance = (['asset', 'wallet'] as const).every(
    (column) => cellOf(row, columns, column) !== undefined,
  );
  if (!position.ok || !hasBalance) return position;
  const balance = balanceOf(row, reading);
  return balance.ok ? ok([...position.value, ...balance.value]) : balance;
}

/** What does not belong to the table, or to this account. */
function strangerIn(row: CsvRow, { columns, venue, account }: Reading): string | undefined {
  const { length } = row.cells;
  if (length > columns.count)
    return `has ${length} cells; expected ${columns.count}, as the header`;
  const ownVenue = cellOf(row, columns, 'venue') ?? venue;
  if (venueOf(ownVenue ?? '') !== venueOf(venue ?? ''))
    return `venue is ${shown(ownVenue)}; expected ${shown(venue)}, as in the rows before`;
  const own = cellOf(row, columns, 'account') ?? account;
  return own === account
    ? undefined
    : `account is ${shown(own)}; expected ${shown(account)}, as in the rows before`;
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
  const mode = cellOf(row, columns, 'marginMode') ?? 'cross';
  const isIsolated = /^(?:iso|fixed$)/i.test(mode);
  if (!isIsolated && !/^cross/i.test(mode))
    return fail(`margin mode is ${shown(mode)}; expected "cross" or "isolated"`);
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
    // A zero says that there is none.
    liquidationPrice: /^0*(?:\.0*)?$/.test(values.liquidationPrice ?? '1')
      ? null
      : values.liquidationPrice,
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
