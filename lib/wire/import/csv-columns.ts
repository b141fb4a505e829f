/** Columns of a CSV, found by their names. */
import { fail, ok, type Result } from '../../contract.ts';
import { csvRowsOf, type CsvRow } from './csv-table.ts';

/** Usual spellings, small, letters and digits alone. */
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
export type Column = keyof typeof SPELLINGS;

/** Small, letters and digits alone. */
export function plainWord(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

export interface Columns {
  readonly at: ReadonlyMap<Column, number>;
  readonly count: number;
  /** Headers of columns that nothing is read from. */
  readonly unread: readonly string[];
}

/** Where each meaning stands: the first spelling of it that is there counts. The same header twice says two things at once. */
export function columnsOf(header: CsvRow): Result<Columns> {
  const names = header.cells.map(plainWord);
  const at = new Map<Column, number>();
  for (const [column, spellings] of Object.entries(SPELLINGS)) {
    const spelled = spellings.find((spelling) => names.includes(spelling));
    if (spelled === undefined) continue;
    const first = names.indexOf(spelled);
    const second = names.indexOf(spelled, first + 1);
    if (second !== -1) {
      return fail(
        `the header names "${header.cells[first] ?? ''}" twice, in columns ${first + 1} and ${second + 1}; expected it once`,
      );
    }
    at.set(column as Column, first);
  }
  const read = new Set(at.values());
  const unread = header.cells.filter((name, index) => name !== '' && !read.has(index));
  return ok({ at, count: names.length, unread });
}

/** Whether the first row names columns that make positions or balances. */
export function looksLikeCsv(text: string): boolean {
  const header = csvRowsOf(text.slice(0, HEADER_LENGTH_MAX))[0];
  const names = new Set(header?.cells.map(plainWord));
  const has = (column: Column): boolean => SPELLINGS[column].some((one) => names.has(one));
  return (has('symbol') && has('size')) || (has('asset') && has('wallet'));
}
const HEADER_LENGTH_MAX = 4_000;
