/** Binance COIN-M: account, balances, positions, open orders, brackets. */
import {
  asset,
  balanceRows,
  bracketRows,
  brackets,
  order,
  orderRows,
  position,
  positionRows,
  type BinancePosition,
} from './binance-rows.ts';
import { isCoinMargined, latestTime } from './binance-usdm.ts';
import { deliveryOf, quotientOf, tierInForce } from './contract-in-force.ts';
import { type AnswerReader, type NewRow } from './found.ts';
import { hasRows, isRecord, joined, readRows } from './venue-field.ts';

const VENUE = 'binance-coinm';
/** USD that one contract stands for. */
const FACE = { BTC: '100', other: '10' } as const;
const TICKS: Readonly<Record<string, string>> = { BTC: '0.1', ETH: '0.01' };
const TICK_OTHERWISE = '0.001';

/** What the name of a contract tells: base coin, face value, delivery. */
function contractRow(symbol: string): NewRow['row'] | undefined {
  const base = /^([A-Z0-9]+?)USD_/.exec(symbol)?.[1];
  if (base === undefined) return undefined;
  return {
    symbol,
    kind: 'inverse',
    base,
    quote: 'USD',
    contractSize: base === 'BTC' ? FACE.BTC : FACE.other,
    tickSize: TICKS[base] ?? TICK_OTHERWISE,
    lotSize: '1',
    deliveryTime: deliveryOf(symbol.split('_')[1]),
  };
}

function rowsOf(read: BinancePosition): readonly NewRow[] {
  const contract = contractRow(read.symbol);
  if (read.positionAmt.isZero() || contract === undefined) return [];
  const rate = quotientOf(read.maintMargin, read.notionalValue?.abs())?.toDecimalPlaces(
    RATE_DECIMALS,
  );
  return [
    ...positionRows(read, false),
    {
      list: 'instruments',
      row: contract,
      ...tierInForce({ symbol: read.symbol, rate, from: 'maintMargin and notionalValue' }),
    },
  ];
}

/** Rates of the tables have at most four. */
const RATE_DECIMALS = 4;

const account: AnswerReader = {
  source: 'Binance COIN-M, account',
  venue: VENUE,
  recognises: (answer) =>
    isRecord(answer) &&
    Array.isArray(answer['assets']) &&
    Array.isArray(answer['positions']) &&
    !('totalWalletBalance' in answer) &&
    hasRows(answer['assets'], 'asset', 'walletBalance'),
  read: (answer, place) => {
    const read = isRecord(answer) ? answer : {};
    return {
      ...joined([
        readRows(read['assets'], `${place}assets`, asset, (row) => balanceRows(row, true)),
        readRows(read['positions'], `${place}positions`, position, rowsOf),
      ]),
      asOf: latestTime(read['assets'], read['positions']),
      notes: [],
    };
  },
};

const balances: AnswerReader = {
  source: 'Binance COIN-M, balances',
  venue: VENUE,
  recognises: (answer) => hasRows(answer, 'asset', 'balance', 'withdrawAvailable'),
  read: (answer, place) => ({
    ...readRows(answer, place, asset, (row) => balanceRows(row, false)),
    asOf: latestTime(answer),
    notes: [],
  }),
};

const positions: AnswerReader = {
  source: 'Binance COIN-M, positions',
  venue: VENUE,
  recognises: (answer) =>
    hasRows(answer, 'symbol', 'positionAmt') && isCoinMargined(answer, 'symbol'),
  read: (answer, place) => ({
    ...readRows(answer, place, position, rowsOf),
    asOf: latestTime(answer),
    notes: [],
  }),
};

const orders: AnswerReader = {
  source: 'Binance COIN-M, open orders',
  venue: VENUE,
  recognises: (answer) => hasRows(answer, 'orderId', 'origQty') && isCoinMargined(answer, 'symbol'),
  read: (answer, place) => ({
    ...readRows(answer, place, order, orderRows),
    asOf: latestTime(answer),
    notes: [],
  }),
};

const tierTables: AnswerReader = {
  source: 'Binance COIN-M, brackets',
  venue: VENUE,
  recognises: (answer) => hasRows(answer, 'symbol', 'brackets') && isCoinMargined(answer, 'symbol'),
  read: (answer, place) => ({ ...readRows(answer, place, brackets, bracketRows), notes: [] }),
};

export const binanceCoinmReaders = [account, balances, positions, orders, tierTables];
