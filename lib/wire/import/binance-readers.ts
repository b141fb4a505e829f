/** Lists that Binance's two futures venues answer alike; they are told apart by the names of their contracts. */
import { type z } from 'zod';
import {
  asset,
  balanceRows,
  order,
  orderRows,
  position,
  premium,
  premiumRows,
  type BinancePosition,
} from './binance-rows.ts';
import { type AnswerReader, type Found, type ListName, type NewRow } from './found.ts';
import {
  hasRows,
  isRecord,
  joined,
  latestOf,
  listOf,
  newestIn,
  readRows,
  type ReadRows,
} from './venue-field.ts';

export interface BinanceVenue {
  readonly venue: string;
  readonly name: string;
  readonly isCoinMargined: boolean;
  /** A key that only its balances have. */
  readonly balanceKey: string;
  readonly positionRows: (read: BinancePosition) => readonly NewRow[];
}

/** Contracts on coin margin are named BTCUSD_PERP, BTCUSD_261225. */
const COIN_MARGINED = /USD_/;

function isOf({ isCoinMargined }: BinanceVenue, rows: unknown): boolean {
  const isCoin = listOf(rows).some(
    (row) =>
      isRecord(row) && typeof row['symbol'] === 'string' && COIN_MARGINED.test(row['symbol']),
  );
  return isCoin === isCoinMargined;
}

/** Balances, positions, open orders and marks. */
export function listReaders(of: BinanceVenue): readonly AnswerReader[] {
  const balances: AnswerReader = {
    source: `${of.name}, balances`,
    venue: of.venue,
    recognises: (answer) => hasRows(answer, 'asset', 'balance', of.balanceKey),
    read: (answer, place) =>
      timed(
        answer,
        readRows(answer, place, asset, (row) => balanceRows(row, false)),
      ),
  };
  return [
    balances,
    listReader(of, 'positions', ['positionAmt'], position, of.positionRows),
    listReader(of, 'open orders', ['orderId', 'origQty'], order, orderRows),
    listReader(of, 'marks', ['markPrice', 'indexPrice'], premium, premiumRows, 'marks'),
  ];
}

function listReader<Value>(
  of: BinanceVenue,
  source: string,
  keys: readonly string[],
  schema: z.ZodType<Value>,
  rowsOf: (value: Value) => readonly NewRow[],
  list?: ListName,
): AnswerReader {
  return {
    source: `${of.name}, ${source}`,
    venue: of.venue,
    recognises: (answer) => hasRows(answer, 'symbol', ...keys) && isOf(of, answer),
    read: (answer, place) => timed(answer, readRows(answer, place, schema, rowsOf, list)),
  };
}

function timed(answer: unknown, rows: ReadRows): Omit<Found, 'source' | 'venue'> {
  return { ...rows, asOf: newestIn(answer, 'updateTime'), notes: [] };
}

/** Assets and positions of an account answer. */
export function accountParts(
  of: BinanceVenue,
  answer: unknown,
  place: string,
  hasPools: boolean,
): Omit<Found, 'source' | 'venue'> {
  const { assets, positions } = isRecord(answer) ? answer : {};
  return {
    ...joined([
      readRows(assets, `${place}assets`, asset, (row) => balanceRows(row, hasPools)),
      readRows(positions, `${place}positions`, position, of.positionRows),
    ]),
    asOf: latestOf([newestIn(assets, 'updateTime'), newestIn(positions, 'updateTime')]),
    notes: [],
  };
}

export function isAccount(answer: unknown): boolean {
  return isRecord(answer) && Array.isArray(answer['assets']) && Array.isArray(answer['positions']);
}
