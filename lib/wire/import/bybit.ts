/** Bybit v5: wallet-balance, position/list, order/realtime, instruments-info, fee-rate. Field names: bybit-exchange.github.io/docs/v5. */
import { z } from 'zod';
import { balanceRow, derivedAssetPrice, orderRow, positionRows, timeText } from './account-rows.ts';
import { derivedPriceOf } from './contract-in-force.ts';
import { type AnswerReader, type NewRow } from './found.ts';
import {
  hasRows,
  isNoPrice,
  isRecord,
  joined,
  listOf,
  maybeFlag,
  maybeNumber,
  maybeTime,
  maybeWord,
  number,
  printedPrice,
  readRows,
  textOf,
  unlessZero,
  word,
} from './venue-field.ts';

const VENUE = 'bybit';

/** The rows inside Bybit's envelope. */
function rowsIn(answer: unknown): unknown {
  return isRecord(answer) && isRecord(answer['result']) ? answer['result']['list'] : undefined;
}

function timeIn(answer: unknown) {
  return isRecord(answer) ? maybeTime.parse(answer['time']) : undefined;
}

function answerReader(
  source: string,
  keys: readonly string[],
  read: (rows: unknown, place: string) => ReturnType<typeof readRows>,
  notes: readonly string[] = [],
  assetModeOf: (rows: unknown) => string | undefined = () => undefined,
): AnswerReader {
  return {
    source: `Bybit, ${source}`,
    venue: VENUE,
    recognises: (answer) => hasRows(rowsIn(answer), ...keys),
    read: (answer, place) => ({
      ...read(rowsIn(answer), `${place}result.list`),
      asOf: timeIn(answer),
      assetMode: assetModeOf(rowsIn(answer)),
      notes,
    }),
  };
}

const account = z.object({
  accountType: word,
  totalWalletBalance: maybeNumber,
  totalPerpUPL: maybeNumber,
  totalMarginBalance: maybeNumber,
  totalInitialMargin: maybeNumber,
  totalMaintenanceMargin: maybeNumber,
  totalAvailableBalance: maybeNumber,
  accountMMRate: maybeNumber,
});

const coin = z.object({
  coin: word,
  walletBalance: number,
  equity: maybeNumber,
  usdValue: maybeNumber,
});

function coinRows(read: z.infer<typeof coin>): readonly NewRow[] {
  if (read.walletBalance.isZero()) return [];
  const price = derivedPriceOf(read.usdValue, read.equity);
  return [
    ...balanceRow(read.coin, read.walletBalance),
    ...derivedAssetPrice(read.coin, price, 'usdValue and equity'),
  ];
}

function accountRows(read: z.infer<typeof account>): readonly NewRow[] {
  return [
    {
      list: 'poolFigures',
      row: {
        asset: 'USD',
        walletBalance: textOf(read.totalWalletBalance),
        unrealizedPnl: textOf(read.totalPerpUPL),
        marginBalance: textOf(read.totalMarginBalance),
        initialMargin: textOf(read.totalInitialMargin),
        maintenanceMargin: textOf(read.totalMaintenanceMargin),
        availableMargin: textOf(read.totalAvailableBalance),
      },
    },
  ];
}

const wallet = answerReader(
  'wallet balance',
  ['accountType', 'coin'],
  (rows, place) =>
    joined([
      readRows(rows, place, account, accountRows),
      ...listOf(rows).map((row, index) =>
        readRows(isRecord(row) ? row['coin'] : [], `${place}[${index}].coin`, coin, coinRows),
      ),
    ]),
  [],
  // A unified account counts everything in USD; the older contract account is one pool a coin.
  (rows) =>
    listOf(rows).some((row) => isRecord(row) && row['accountType'] === 'UNIFIED')
      ? 'multi'
      : undefined,
);

const SIDE_OF_INDEX = { 0: 'both', 1: 'long', 2: 'short' } as const;
const positionIndex = z.enum(['0', '1', '2']).default('0');

const position = z.object({
  positionIdx: positionIndex,
  symbol: word,
  side: z.enum(['Buy', 'Sell', 'None', '']).optional(),
  size: number,
  avgPrice: maybeNumber,
  tradeMode: maybeWord,
  leverage: maybeNumber,
  markPrice: maybeNumber,
  liqPrice: printedPrice(isNoPrice),
  positionValue: maybeNumber,
  positionBalance: maybeNumber,
  positionIM: maybeNumber,
  positionMM: maybeNumber,
  unrealisedPnl: maybeNumber,
});

function rowsOf(read: z.infer<typeof position>): readonly NewRow[] {
  if (read.size.isZero()) return [];
  const { symbol } = read;
  const isIsolated = read.tradeMode === '1';
  return positionRows({
    symbol,
    positionSide: SIDE_OF_INDEX[read.positionIdx],
    size: read.side === 'Sell' ? read.size.negated() : read.size,
    entryPrice: read.avgPrice,
    marginMode: isIsolated ? 'isolated' : 'cross',
    leverage: read.leverage,
    isolatedMargin: isIsolated ? read.positionBalance : null,
    mark: read.markPrice,
    contract: inverseContract(symbol),
    figures: {
      notional: read.positionValue,
      unrealizedPnl: read.unrealisedPnl,
      initialMargin: read.positionIM,
      maintenanceMargin: read.positionMM,
      liquidationPrice: read.liqPrice,
    },
  });
}

/** Inverse contracts are named BTCUSD; one is a dollar. */
function inverseContract(symbol: string): Pick<NewRow, 'row'> | undefined {
  const base = /^([A-Z0-9]+)USD$/.exec(symbol)?.[1];
  if (base === undefined) return undefined;
  return { row: { symbol, kind: 'inverse', base, quote: 'USD', contractSize: '1', lotSize: '1' } };
}

const positions = answerReader(
  'positions',
  ['positionIdx', 'avgPrice'],
  (rows, place) => readRows(rows, place, position, rowsOf),
  [
    'Bybit does not say in this answer which positions of a unified account are isolated: only those with tradeMode 1 are taken so',
  ],
);

const TRIGGERS: Readonly<Record<string, string>> = {
  MarkPrice: 'mark',
  LastPrice: 'last',
  IndexPrice: 'index',
};

const order = z.object({
  orderId: word,
  symbol: word,
  side: z.enum(['Buy', 'Sell']),
  qty: number,
  leavesQty: maybeNumber,
  price: maybeNumber,
  positionIdx: positionIndex,
  reduceOnly: maybeFlag,
  triggerPrice: maybeNumber,
  triggerBy: maybeWord,
});

function orderRows(read: z.infer<typeof order>): readonly NewRow[] {
  return [
    orderRow({
      id: read.orderId,
      symbol: read.symbol,
      positionSide: SIDE_OF_INDEX[read.positionIdx],
      left: unlessZero(read.leavesQty) ?? read.qty,
      isSell: read.side === 'Sell',
      price: read.price,
      reduceOnly: read.reduceOnly,
      trigger: read.triggerPrice,
      triggerPriceType: TRIGGERS[read.triggerBy ?? ''],
    }),
  ];
}

const orders = answerReader('open orders', ['orderId', 'leavesQty'], (rows, place) =>
  readRows(rows, place, order, orderRows),
);

const instrument = z.object({
  symbol: word,
  contractType: word,
  baseCoin: word,
  quoteCoin: word,
  settleCoin: word,
  deliveryTime: maybeTime,
  priceFilter: z.object({ tickSize: number }),
  lotSizeFilter: z.object({ qtyStep: number }),
});

const instruments = answerReader('instruments', ['contractType', 'priceFilter'], (rows, place) =>
  readRows(
    rows,
    place,
    instrument,
    (read) => [
      {
        list: 'instruments',
        row: {
          symbol: read.symbol,
          kind: read.contractType.startsWith('Inverse') ? 'inverse' : 'linear',
          base: read.baseCoin,
          quote: read.quoteCoin,
          settle: read.settleCoin,
          contractSize: '1',
          tickSize: textOf(read.priceFilter.tickSize),
          lotSize: textOf(read.lotSizeFilter.qtyStep),
          deliveryTime: timeText(read.deliveryTime),
        },
      },
    ],
    'instruments',
  ),
);

const fee = z.object({ symbol: word, takerFeeRate: number, makerFeeRate: number });

const fees = answerReader('fee rates', ['takerFeeRate', 'makerFeeRate'], (rows, place) =>
  readRows(
    rows,
    place,
    fee,
    (read) => [
      {
        list: 'instruments',
        row: {
          symbol: read.symbol,
          takerFeeRate: textOf(read.takerFeeRate),
          makerFeeRate: textOf(read.makerFeeRate),
        },
      },
    ],
    'instruments',
  ),
);

export const bybitReaders = [wallet, positions, orders, instruments, fees];
