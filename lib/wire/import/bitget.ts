/** Bitget v2 mix: accounts, all-position, orders-pending. Field names: bitget.com/api-doc/contract. */
import { z } from 'zod';
import { Decimal } from '../../units/decimal.ts';
import { utcText } from '../../units/time.ts';
import { tickOf, tierInForce } from './contract-in-force.ts';
import { type AnswerReader, type NewRow, type Row } from './found.ts';
import {
  hasRows,
  isRecord,
  maybeNumber,
  maybeTime,
  maybeWord,
  number,
  readRows,
  textOf,
  unlessZero,
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
        { list: 'balances', row: { asset: read.marginCoin, wallet: textOf(wallet) } },
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

const position = z.object({
  symbol: word,
  marginCoin: word,
  holdSide: z.enum(['long', 'short']),
  posMode: maybeWord,
  total: number,
  leverage: number,
  openPriceAvg: number,
  marginMode: z.enum(['crossed', 'isolated']),
  marginSize: maybeNumber,
  unrealizedPL: maybeNumber,
  liquidationPrice: maybeNumber,
  keepMarginRate: maybeNumber,
  markPrice: maybeNumber,
  cTime: maybeTime,
});
type BitgetPosition = z.infer<typeof position>;

function positionRows(read: BitgetPosition): readonly NewRow[] {
  if (read.total.isZero()) return [];
  const { symbol } = read;
  const positionSide = read.posMode === 'hedge_mode' ? read.holdSide : 'both';
  const mark = unlessZero(read.markPrice);
  const isIsolated = read.marginMode === 'isolated';
  return [
    {
      list: 'positions',
      row: {
        symbol,
        positionSide,
        size: textOf(read.holdSide === 'short' ? read.total.negated() : read.total),
        entryPrice: textOf(unlessZero(read.openPriceAvg)),
        marginMode: isIsolated ? 'isolated' : 'cross',
        leverage: textOf(unlessZero(read.leverage)),
        isolatedMargin: isIsolated ? textOf(read.marginSize) : null,
        openedAt: read.cTime === undefined ? undefined : utcText(read.cTime),
      },
    },
    ...(mark === undefined
      ? []
      : [{ list: 'marks', row: { symbol, price: textOf(mark) } } as const]),
    { list: 'instruments', ...contractOf(read) },
    {
      list: 'positionFigures',
      row: {
        symbol,
        positionSide,
        unrealizedPnl: textOf(read.unrealizedPL),
        initialMargin: textOf(unlessZero(read.marginSize)),
        liquidationPrice: textOf(unlessZero(read.liquidationPrice)),
      },
    },
  ];
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
    ...readRows(rowsIn(answer), `${place}data`, position, positionRows),
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
  side: word,
  posSide: maybeWord,
  posMode: maybeWord,
  reduceOnly: maybeWord,
});

const orders: AnswerReader = {
  source: 'Bitget, open orders',
  venue: VENUE,
  recognises: (answer) => hasRows(rowsIn(answer), 'orderId', 'baseVolume', 'posSide'),
  read: (answer, place) => ({
    ...readRows(rowsIn(answer), `${place}data.entrustedList`, order, (read) => {
      const left = read.size.minus(read.baseVolume ?? 0);
      const side = read.posMode === 'hedge_mode' ? read.posSide : undefined;
      return [
        {
          list: 'orders',
          row: {
            id: read.orderId,
            symbol: read.symbol,
            positionSide: side === 'long' || side === 'short' ? side : 'both',
            size: textOf(read.side === 'sell' ? left.negated() : left),
            price: textOf(unlessZero(read.price)),
            reduceOnly: read.reduceOnly?.toLowerCase() === 'yes',
          },
        },
      ];
    }),
    asOf: timeOf(answer),
    notes: [],
  }),
};

export const bitgetReaders = [accounts, positions, orders];
