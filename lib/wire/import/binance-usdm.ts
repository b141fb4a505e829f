/** Binance USDⓈ-M: account (v2, v3), balances, positions (v2, v3), open orders, brackets, marks, asset indices. */
import { z } from 'zod';
import {
  asset,
  balanceRows,
  bracketRows,
  brackets,
  order,
  orderRows,
  position,
  positionRows,
  premium,
  premiumRows,
} from './binance-rows.ts';
import { type AnswerReader, type NewRow, type Row } from './found.ts';
import {
  hasRows,
  isRecord,
  joined,
  latestOf,
  listOf,
  maybeNumber,
  maybeTime,
  number,
  readRows,
  textOf,
  unlessZero,
  word,
} from './venue-field.ts';

/** Contracts on coin margin are named BTCUSD_PERP, BTCUSD_261225. */
const COIN_MARGINED = /USD_/;

export function isCoinMargined(rows: unknown, key: string): boolean {
  return listOf(rows).some(
    (row) => isRecord(row) && typeof row[key] === 'string' && COIN_MARGINED.test(row[key]),
  );
}

const VENUE = 'binance-usdm';
const totals = z.object({
  totalWalletBalance: maybeNumber,
  totalUnrealizedProfit: maybeNumber,
  totalMarginBalance: maybeNumber,
  totalMaintMargin: maybeNumber,
  totalPositionInitialMargin: maybeNumber,
  totalOpenOrderInitialMargin: maybeNumber,
  availableBalance: maybeNumber,
});

const account: AnswerReader = {
  source: 'Binance USD-M, account',
  venue: VENUE,
  recognises: (answer) =>
    isRecord(answer) &&
    Array.isArray(answer['assets']) &&
    Array.isArray(answer['positions']) &&
    'totalWalletBalance' in answer,
  read: (answer, place) => {
    const read = isRecord(answer) ? answer : {};
    const isMulti = read['multiAssetsMargin'] === true;
    const parts = joined([
      readRows(read['assets'], `${place}assets`, asset, (row) => balanceRows(row, !isMulti)),
      readRows(read['positions'], `${place}positions`, position, (row) => positionRows(row, true)),
    ]);
    const sums: readonly NewRow[] = isMulti ? [{ list: 'poolFigures', row: usdFigures(read) }] : [];
    return {
      assetMode: isMulti ? 'multi' : undefined,
      asOf: latestTime(read['assets'], read['positions']),
      rows: [...parts.rows, ...sums.map((one) => ({ ...one, place: `${place}totals` }))],
      rejected: parts.rejected,
      notes: [],
    };
  },
};

function usdFigures(answer: unknown): Row {
  const read = totals.safeParse(answer).data;
  return {
    asset: 'USD',
    walletBalance: textOf(read?.totalWalletBalance),
    unrealizedPnl: textOf(read?.totalUnrealizedProfit),
    marginBalance: textOf(read?.totalMarginBalance),
    maintenanceMargin: textOf(read?.totalMaintMargin),
    initialMargin: textOf(read?.totalPositionInitialMargin),
    orderMargin: textOf(read?.totalOpenOrderInitialMargin),
    availableMargin: textOf(read?.availableBalance),
  };
}

const timed = z.object({ updateTime: maybeTime });

export function latestTime(...lists: readonly unknown[]) {
  return latestOf(
    lists.flatMap((list) => listOf(list).map((row) => timed.safeParse(row).data?.updateTime)),
  );
}

const balances: AnswerReader = {
  source: 'Binance USD-M, balances',
  venue: VENUE,
  recognises: (answer) => hasRows(answer, 'asset', 'balance', 'maxWithdrawAmount'),
  read: (answer, place) => ({
    ...readRows(answer, place, asset, (row) => balanceRows(row, false)),
    asOf: latestTime(answer),
    notes: [],
  }),
};

const positions: AnswerReader = {
  source: 'Binance USD-M, positions',
  venue: VENUE,
  recognises: (answer) =>
    hasRows(answer, 'symbol', 'positionAmt') && !isCoinMargined(answer, 'symbol'),
  read: (answer, place) => ({
    ...readRows(answer, place, position, (row) => positionRows(row, true)),
    asOf: latestTime(answer),
    notes: [],
  }),
};

const orders: AnswerReader = {
  source: 'Binance USD-M, open orders',
  venue: VENUE,
  recognises: (answer) =>
    hasRows(answer, 'orderId', 'origQty') && !isCoinMargined(answer, 'symbol'),
  read: (answer, place) => ({
    ...readRows(answer, place, order, orderRows),
    asOf: latestTime(answer),
    notes: [],
  }),
};

const tierTables: AnswerReader = {
  source: 'Binance USD-M, brackets',
  venue: VENUE,
  recognises: (answer) =>
    hasRows(answer, 'symbol', 'brackets') && !isCoinMargined(answer, 'symbol'),
  read: (answer, place) => ({
    ...readRows(answer, place, brackets, bracketRows),
    notes: [],
  }),
};

const marks: AnswerReader = {
  source: 'Binance USD-M, marks',
  venue: VENUE,
  recognises: (answer) =>
    hasRows(answer, 'symbol', 'markPrice', 'indexPrice') && !isCoinMargined(answer, 'symbol'),
  read: (answer, place) => ({
    ...readRows(answer, place, premium, premiumRows),
    notes: [],
  }),
};

const assetIndex = z.object({
  symbol: word,
  index: number,
  bidRate: maybeNumber,
  askRate: maybeNumber,
});

const assetPrices: AnswerReader = {
  source: 'Binance USD-M, asset indices',
  venue: VENUE,
  recognises: (answer) => hasRows(answer, 'symbol', 'index', 'bidBuffer'),
  read: (answer, place) => ({
    ...readRows(answer, place, assetIndex, (row) => [
      {
        list: 'assetPrices',
        row: {
          asset: row.symbol.replace(/USD$/, ''),
          price: textOf(row.index),
          bid: textOf(unlessZero(row.bidRate)),
          ask: textOf(unlessZero(row.askRate)),
        },
      },
    ]),
    notes: [],
  }),
};

export const binanceUsdmReaders = [
  account,
  balances,
  positions,
  orders,
  tierTables,
  marks,
  assetPrices,
];
