/** Binance USDⓈ-M: account (v2, v3), balances, positions (v2, v3), open orders, brackets, marks, asset indices. */
import { z } from 'zod';
import { accountParts, isAccount, listReaders, type BinanceVenue } from './binance-readers.ts';
import { positionRowsOf } from './binance-rows.ts';
import { type AnswerReader, type NewRow } from './found.ts';
import {
  hasRows,
  isRecord,
  joined,
  maybeNumber,
  number,
  readRow,
  readRows,
  textOf,
  unlessZero,
  word,
} from './venue-field.ts';

const usdm: BinanceVenue = {
  venue: 'binance-usdm',
  name: 'Binance USD-M',
  isCoinMargined: false,
  balanceKey: 'maxWithdrawAmount',
  positionRows: (read) => positionRowsOf(read, undefined),
};

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
  venue: usdm.venue,
  recognises: (answer) => isAccount(answer) && isRecord(answer) && 'totalWalletBalance' in answer,
  read: (answer, place) => {
    const isMulti = isRecord(answer) && answer['multiAssetsMargin'] === true;
    const parts = accountParts(usdm, answer, place, !isMulti);
    if (!isMulti) return parts;
    const sums = readRow(answer, `${place}totals`, totals, usdRows);
    return { ...parts, ...joined([parts, sums]), assetMode: 'multi' };
  },
};

/** In multi-assets mode everything is one pool in USD. */
function usdRows(read: z.infer<typeof totals>): readonly NewRow[] {
  return [
    {
      list: 'poolFigures',
      row: {
        asset: 'USD',
        walletBalance: textOf(read.totalWalletBalance),
        unrealizedPnl: textOf(read.totalUnrealizedProfit),
        marginBalance: textOf(read.totalMarginBalance),
        maintenanceMargin: textOf(read.totalMaintMargin),
        initialMargin: textOf(read.totalPositionInitialMargin),
        orderMargin: textOf(read.totalOpenOrderInitialMargin),
        availableMargin: textOf(read.availableBalance),
      },
    },
  ];
}

const assetIndex = z.object({
  symbol: word,
  index: number,
  bidRate: maybeNumber,
  askRate: maybeNumber,
});

const assetPrices: AnswerReader = {
  source: 'Binance USD-M, asset indices',
  venue: usdm.venue,
  recognises: (answer) => hasRows(answer, 'symbol', 'index', 'bidBuffer'),
  read: (answer, place) => ({
    ...readRows(
      answer,
      place,
      assetIndex,
      (row) => [
        {
          list: 'assetPrices',
          row: {
            asset: row.symbol.replace(/USD$/, ''),
            price: textOf(row.index),
            bid: textOf(unlessZero(row.bidRate)),
            ask: textOf(unlessZero(row.askRate)),
          },
        },
      ],
      'assetPrices',
    ),
    notes: [],
  }),
};

export const binanceUsdmReaders = [account, ...listReaders(usdm), assetPrices];
