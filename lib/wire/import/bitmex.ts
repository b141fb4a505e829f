/** BitMEX: position, user/margin, order. Amounts are whole units of the settle currency. Field names: bitmex.com/api/explorer. */
import { z } from 'zod';
import { Decimal } from '../../units/decimal.ts';
import { quotientOf, tickOf, tierInForce } from './contract-in-force.ts';
import { type AnswerReader, type NewRow } from './found.ts';
import {
  hasRows,
  isRecord,
  latestOf,
  listOf,
  maybeFlag,
  maybeNumber,
  maybeTime,
  maybeWord,
  number,
  readRows,
  textOf,
  unlessZero,
  word,
} from './venue-field.ts';

const VENUE = 'bitmex';
/** Settle currencies and how many of their units make one coin. */
const UNITS: Readonly<Record<string, { readonly asset: string; readonly perCoin: string }>> = {
  XBt: { asset: 'XBT', perCoin: '1e8' },
  USDt: { asset: 'USDT', perCoin: '1e6' },
};
/** Shorts that nothing can liquidate are printed with a price like this or larger. */
const NEVER = 10_000_000;

const currency = z.enum(['XBt', 'USDt']);

function coinsOf(units: Decimal | undefined, of: string): Decimal | undefined {
  return quotientOf(units, new Decimal(UNITS[of]?.perCoin ?? 1));
}

const timed = z.object({ timestamp: maybeTime });

function timeOf(rows: unknown) {
  return latestOf(listOf(rows).map((row) => timed.safeParse(row).data?.timestamp));
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
      read.walletBalance.isZero()
        ? []
        : [
            {
              list: 'balances',
              row: {
                asset: UNITS[read.currency]?.asset,
                wallet: textOf(coinsOf(read.walletBalance, read.currency)),
              },
            },
          ],
    ),
    asOf: timeOf(marginsIn(answer)),
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
  liquidationPrice: maybeNumber,
  posCost: maybeNumber,
  posMargin: maybeNumber,
  posInit: maybeNumber,
  posMaint: maybeNumber,
  unrealisedPnl: maybeNumber,
});
type BitmexPosition = z.infer<typeof position>;

function positionRows(read: BitmexPosition): readonly NewRow[] {
  if (read.currentQty.isZero()) return [];
  const { symbol } = read;
  const mark = unlessZero(read.markPrice);
  const coins = (units: Decimal | undefined) => textOf(coinsOf(units, read.currency)?.abs());
  const price = read.liquidationPrice;
  return [
    {
      list: 'positions',
      row: {
        symbol,
        size: textOf(read.currentQty),
        entryPrice: textOf(unlessZero(read.avgEntryPrice)),
        marginMode: read.crossMargin ? 'cross' : 'isolated',
        leverage: textOf(unlessZero(read.leverage)),
        isolatedMargin: read.crossMargin ? null : coins(read.posMargin),
        cost: coins(unlessZero(read.posCost)),
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
        notional: coins(unlessZero(read.markValue)),
        unrealizedPnl: textOf(coinsOf(read.unrealisedPnl, read.currency)),
        initialMargin: coins(unlessZero(read.posInit)),
        maintenanceMargin: coins(unlessZero(read.posMaint)),
        liquidationPrice: textOf(price?.gt(0) === true && price.lt(NEVER) ? price : undefined),
      },
    },
  ];
}

const SIZE_DIGITS = 4;
const TICK_DECIMALS_MAX = 2;

/**
 * Inverse where the coin of the contract pays itself. Anything else is linear in what it settles in: a quanto contract pays a
 * fixed part of a bitcoin per point.
 */
function contractOf(read: BitmexPosition): Pick<NewRow, 'row' | 'otherwise'> {
  const { symbol, underlying } = read;
  const settle = UNITS[read.currency]?.asset;
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
    ...readRows(answer, place, position, positionRows),
    asOf: timeOf(answer),
    notes: [],
  }),
};

const order = z.object({
  orderID: word,
  symbol: word,
  side: word,
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
      const left = unlessZero(read.leavesQty) ?? read.orderQty;
      const trigger = unlessZero(read.stopPx);
      const words = read.execInst ?? '';
      return [
        {
          list: 'orders',
          row: {
            id: read.orderID,
            symbol: read.symbol,
            size: textOf(read.side === 'Sell' ? left.negated() : left),
            price: textOf(unlessZero(read.price)),
            reduceOnly: words.includes('ReduceOnly') || words.includes('Close'),
            triggerPrice: textOf(trigger),
            triggerPriceType: trigger === undefined ? undefined : triggerOf(words),
          },
        },
      ];
    }),
    asOf: timeOf(answer),
    notes: [],
  }),
};

export const bitmexReaders = [margins, positions, orders];
