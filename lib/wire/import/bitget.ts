/** Bitget v2 mix: accounts, all-position, orders-pending. Field names: bitget.com/api-doc/contract. */
import { z } from 'zod';
import { Decimal } from '../../units/decimal.ts';
import { balanceRow, orderRow, positionRows } from './account-rows.ts';
import { tickOf, tierInForce } from './contract-in-force.ts';
import { type AnswerReader, type NewRow, type Row } from './found.ts';
import {
  hasRows,
  isRecord,
  maybeNumber,
  maybeTime,
  maybeWord,
  number,
  printedPrice,
  readRows,
  textOf,
  word,
} from './venue-field.ts';

const VENUE = 'bitget';
/** Base level; in no answer about the account. */
const TAKER_FEE_RATE = '0.0006';
const TICK_DECIMALS_MAX = 4;

/** One row or a list; orders lie one level deeper. */
function rowsIn(answer: unknown): unknown {
  const data = isRecord(answer) ? answer['data'] : undefined;
  if (!isRecord(data)) return data;
  return Array.isArray(data['entrustedList']) ? data['entrustedList'] : [data];
}

function timeOf(answer: unknown) {
  return isRecord(answer) ? maybeTime.parse(answer['requestTime']) : undefined;
}

const account = z.object({
  marginCoin: word,
  accountEquity: number,
  unrealizedPL: maybeNumber,
  crossedUnrealizedPL: maybeNumber,
  isolatedUnrealizedPL: maybeNumber,
});

function walletOf(read: z.infer<typeof account>): Decimal {
  const none = new Decimal(0);
  const parts = (read.crossedUnrealizedPL ?? none).plus(read.isolatedUnrealizedPL ?? none);
  return read.accountEquity.minus(read.unrealizedPL ?? parts);
}

const accounts: AnswerReader = {
  source: 'Bitget, accounts',
  venue: VENUE,
  recognises: (answer) => hasRows(rowsIn(answer), 'marginCoin', 'accountEquity'),
  read: (answer, place) => ({
    ...readRows(rowsIn(answer), `${place}data`, account, (read) => {
      const wallet = walletOf(read);
      if (wallet.isZero()) return [];
      return [
        ...balanceRow(read.marginCoin, wallet),
        {
          list: 'poolFigures',
          row: { asset: read.marginCoin, unrealizedPnl: textOf(read.crossedUnrealizedPL) },
        },
      ];
    }),
    asOf: timeOf(answer),
    notes: [],
  }),
};

const mode = z.enum(['one_way_mode', 'hedge_mode']).optional();

const position = z.object({
  symbol: word,
  marginCoin: word,
  holdSide: z.enum(['long', 'short']),
  posMode: mode,
  total: number,
  leverage: number,
  openPriceAvg: number,
  marginMode: z.enum(['crossed', 'isolated']),
  marginSize: maybeNumber,
  unrealizedPL: maybeNumber,
  // A price below zero is printed as it comes (cex.md 0.6).
  liquidationPrice: printedPrice((price) => price.isZero()),
  keepMarginRate: maybeNumber,
  markPrice: maybeNumber,
  cTime: maybeTime,
});
type BitgetPosition = z.infer<typeof position>;

function rowsOf(read: BitgetPosition): readonly NewRow[] {
  if (read.total.isZero()) return [];
  const isIsolated = read.marginMode === 'isolated';
  return positionRows({
    symbol: read.symbol,
    positionSide: read.posMode === 'hedge_mode' ? read.holdSide : 'both',
    size: read.holdSide === 'short' ? read.total.negated() : read.total,
    entryPrice: read.openPriceAvg,
    marginMode: isIsolated ? 'isolated' : 'cross',
    leverage: read.leverage,
    isolatedMargin: isIsolated ? read.marginSize : null,
    openedAt: read.cTime,
    mark: read.markPrice,
    contract: contractOf(read),
    figures: {
      unrealizedPnl: read.unrealizedPL,
      initialMargin: read.marginSize,
      liquidationPrice: read.liquidationPrice,
    },
  });
}

/** Sizes are in coins. Contracts on coin margin count otherwise and describe themselves only in the venue's own tables. */
function contractOf(read: BitgetPosition): { readonly row: Row } & Pick<NewRow, 'otherwise'> {
  const { symbol, marginCoin } = read;
  if (!symbol.endsWith(marginCoin)) return { row: { symbol } };
  const beside = {
    tickSize: tickOf([read.openPriceAvg, read.markPrice], TICK_DECIMALS_MAX),
    lotSize: '0.0001',
    takerFeeRate: TAKER_FEE_RATE,
  };
  return {
    row: {
      symbol,
      kind: 'linear',
      base: symbol.slice(0, -marginCoin.length),
      quote: marginCoin,
      contractSize: '1',
    },
    ...tierInForce({ symbol, rate: read.keepMarginRate, from: 'keepMarginRate', beside }),
  };
}

const positions: AnswerReader = {
  source: 'Bitget, positions',
  venue: VENUE,
  recognises: (answer) => hasRows(rowsIn(answer), 'marginCoin', 'holdSide', 'openPriceAvg'),
  read: (answer, place) => ({
    ...readRows(rowsIn(answer), `${place}data`, position, rowsOf),
    asOf: timeOf(answer),
    notes: [],
  }),
};

const order = z.object({
  orderId: word,
  symbol: word,
  size: number,
  baseVolume: maybeNumber,
  price: maybeNumber,
  side: z.enum(['buy', 'sell']),
  posSide: z.enum(['long', 'short', 'net']).optional(),
  posMode: mode,
  reduceOnly: maybeWord,
});

const orders: AnswerReader = {
  source: 'Bitget, open orders',
  venue: VENUE,
  recognises: (answer) => hasRows(rowsIn(answer), 'orderId', 'baseVolume', 'posSide'),
  read: (answer, place) => ({
    ...readRows(rowsIn(answer), `${place}data.entrustedList`, order, (read) => {
      const side = read.posMode === 'hedge_mode' ? read.posSide : undefined;
      return [
        orderRow({
          id: read.orderId,
          symbol: read.symbol,
          positionSide: side === 'long' || side === 'short' ? side : 'both',
          left: read.size.minus(read.baseVolume ?? 0),
          isSell: read.side === 'sell',
          price: read.price,
          reduceOnly: read.reduceOnly?.toLowerCase() === 'yes',
        }),
      ];
    }),
    asOf: timeOf(answer),
    notes: [],
  }),
};

export const bitgetReaders = [accounts, positions, orders];
