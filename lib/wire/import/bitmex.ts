/** BitMEX: position, user/margin, order. Amounts are whole units of the settle currency. Field names: bitmex.com/api/explorer. */
import { z } from 'zod';
import { type Decimal } from '../../units/decimal.ts';
import { balanceRow, orderRow, positionRows } from './account-rows.ts';
import { quotientOf, tickOf, tierInForce } from './contract-in-force.ts';
import { type AnswerReader, type NewRow } from './found.ts';
import {
  hasRows,
  isRecord,
  maybeFlag,
  maybeNumber,
  maybeWord,
  newestIn,
  number,
  printedPrice,
  readRows,
  textOf,
  unlessZero,
  word,
} from './venue-field.ts';

const VENUE = 'bitmex';
/** Settle currencies and how many of their units make one coin. */
const UNITS = {
  XBt: { asset: 'XBT', perCoin: '1e8' },
  USDt: { asset: 'USDT', perCoin: '1e6' },
} as const;
/** Shorts that nothing can liquidate are printed with a price like this or larger. */
const NEVER = 10_000_000;

const currency = z.enum(['XBt', 'USDt']);

function coinsOf(units: Decimal | undefined, of: z.infer<typeof currency>): Decimal | undefined {
  return units?.div(UNITS[of].perCoin);
}

const margin = z.object({
  currency,
  walletBalance: number,
  marginBalance: maybeNumber,
  initMargin: maybeNumber,
  maintMargin: maybeNumber,
  unrealisedPnl: maybeNumber,
  availableMargin: maybeNumber,
});

function marginsIn(answer: unknown): unknown {
  return isRecord(answer) && 'marginBalance' in answer ? [answer] : answer;
}

const margins: AnswerReader = {
  source: 'BitMEX, margin',
  venue: VENUE,
  recognises: (answer) => hasRows(marginsIn(answer), 'currency', 'walletBalance', 'marginBalance'),
  read: (answer, place) => ({
    ...readRows(marginsIn(answer), place, margin, (read) =>
      balanceRow(UNITS[read.currency].asset, read.walletBalance.div(UNITS[read.currency].perCoin)),
    ),
    asOf: newestIn(marginsIn(answer), 'timestamp'),
    notes: [],
  }),
};

const position = z.object({
  symbol: word,
  currency,
  underlying: word,
  quoteCurrency: word,
  commission: maybeNumber,
  maintMarginReq: maybeNumber,
  leverage: number,
  crossMargin: maybeFlag,
  currentQty: number,
  avgEntryPrice: maybeNumber,
  markPrice: maybeNumber,
  markValue: maybeNumber,
  liquidationPrice: printedPrice((price) => price.lte(0) || price.gte(NEVER)),
  posCost: maybeNumber,
  posMargin: maybeNumber,
  posInit: maybeNumber,
  posMaint: maybeNumber,
  unrealisedPnl: maybeNumber,
});
type BitmexPosition = z.infer<typeof position>;

function rowsOf(read: BitmexPosition): readonly NewRow[] {
  if (read.currentQty.isZero()) return [];
  const coins = (units: Decimal | undefined) => coinsOf(units, read.currency)?.abs();
  return positionRows({
    symbol: read.symbol,
    size: read.currentQty,
    entryPrice: read.avgEntryPrice,
    marginMode: read.crossMargin ? 'cross' : 'isolated',
    leverage: read.leverage,
    isolatedMargin: read.crossMargin ? null : coins(read.posMargin),
    cost: coins(read.posCost),
    mark: read.markPrice,
    contract: contractOf(read),
    figures: {
      notional: coins(read.markValue),
      unrealizedPnl: coinsOf(read.unrealisedPnl, read.currency),
      initialMargin: coins(read.posInit),
      maintenanceMargin: coins(read.posMaint),
      liquidationPrice: read.liquidationPrice,
    },
  });
}

const SIZE_DIGITS = 4;
const TICK_DECIMALS_MAX = 2;

/**
 * Inverse where the coin of the contract pays itself. Anything else is linear in what it settles in: a quanto contract pays a
 * fixed part of a bitcoin per point.
 */
function contractOf(read: BitmexPosition): Pick<NewRow, 'row' | 'otherwise'> {
  const { symbol, underlying } = read;
  const settle = UNITS[read.currency].asset;
  const isInverse = underlying === settle;
  const mark = unlessZero(read.markPrice);
  const perPoint = quotientOf(
    coinsOf(read.markValue, read.currency)?.abs(),
    mark?.times(read.currentQty.abs()),
  )?.toSignificantDigits(SIZE_DIGITS);
  const beside = {
    contractSize: isInverse ? '1' : textOf(unlessZero(perPoint)),
    tickSize: underlying === 'XBT' ? '0.5' : tickOf([read.avgEntryPrice], TICK_DECIMALS_MAX),
    lotSize: '1',
    takerFeeRate: textOf(read.commission),
  };
  return {
    row: {
      symbol,
      kind: isInverse ? 'inverse' : 'linear',
      base: underlying,
      quote: isInverse ? read.quoteCurrency : settle,
      settle,
    },
    ...(beside.contractSize === undefined
      ? {}
      : tierInForce({ symbol, rate: read.maintMarginReq, from: 'maintMarginReq', beside })),
  };
}

const positions: AnswerReader = {
  source: 'BitMEX, positions',
  venue: VENUE,
  recognises: (answer) => hasRows(answer, 'symbol', 'currentQty', 'crossMargin'),
  read: (answer, place) => ({
    ...readRows(answer, place, position, rowsOf),
    asOf: newestIn(answer, 'timestamp'),
    notes: [],
  }),
};

const order = z.object({
  orderID: word,
  symbol: word,
  side: z.enum(['Buy', 'Sell']),
  orderQty: number,
  leavesQty: maybeNumber,
  price: maybeNumber,
  stopPx: maybeNumber,
  execInst: maybeWord,
});

function triggerOf(execInst: string): string {
  if (execInst.includes('MarkPrice')) return 'mark';
  return execInst.includes('IndexPrice') ? 'index' : 'last';
}

const orders: AnswerReader = {
  source: 'BitMEX, open orders',
  venue: VENUE,
  recognises: (answer) => hasRows(answer, 'orderID', 'orderQty'),
  read: (answer, place) => ({
    ...readRows(answer, place, order, (read) => {
      const words = read.execInst ?? '';
      return [
        orderRow({
          id: read.orderID,
          symbol: read.symbol,
          left: unlessZero(read.leavesQty) ?? read.orderQty,
          isSell: read.side === 'Sell',
          price: read.price,
          reduceOnly: words.includes('ReduceOnly') || words.includes('Close'),
          trigger: read.stopPx,
          triggerPriceType: triggerOf(words),
        }),
      ];
    }),
    asOf: newestIn(answer, 'timestamp'),
    notes: [],
  }),
};

export const bitmexReaders = [margins, positions, orders];
