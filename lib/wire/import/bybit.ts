/** Bybit v5: wallet-balance, position/list, order/realtime, instruments-info, risk-limit. Field names: bybit-exchange.github.io/docs/v5. */
import { z } from 'zod';
import { Decimal } from '../../units/decimal.ts';
import { utcText } from '../../units/time.ts';
import { derivedPriceOf } from './contract-in-force.ts';
import { type AnswerReader, type NewRow } from './found.ts';
import {
  hasRows,
  isRecord,
  joined,
  listOf,
  maybeFlag,
  maybeNumber,
  maybeTime,
  maybeWord,
  nonZeroNumber,
  number,
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
  const because = `${read.coin}: its price in USD follows from usdValue and equity`;
  return [
    { list: 'balances', row: { asset: read.coin, wallet: textOf(read.walletBalance) } },
    ...(price === undefined
      ? []
      : ([
          {
            list: 'assetPrices',
            row: { asset: read.coin },
            otherwise: { row: { price }, because },
          },
        ] as const)),
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

const SIDE_OF_INDEX: Readonly<Record<string, string>> = { 0: 'both', 1: 'long', 2: 'short' };

const position = z.object({
  positionIdx: maybeWord,
  symbol: word,
  side: maybeWord,
  size: number,
  avgPrice: maybeNumber,
  tradeMode: maybeWord,
  leverage: maybeNumber,
  markPrice: maybeNumber,
  liqPrice: maybeNumber,
  positionValue: maybeNumber,
  positionBalance: maybeNumber,
  positionIM: maybeNumber,
  positionMM: maybeNumber,
  unrealisedPnl: maybeNumber,
  createdTime: maybeTime,
});

function positionRows(read: z.infer<typeof position>): readonly NewRow[] {
  if (read.size.isZero()) return [];
  const { symbol } = read;
  const positionSide = SIDE_OF_INDEX[read.positionIdx ?? '0'];
  const isIsolated = read.tradeMode === '1';
  const mark = unlessZero(read.markPrice);
  const base = /^([A-Z0-9]+)USD$/.exec(symbol)?.[1];
  return [
    {
      list: 'positions',
      row: {
        symbol,
        positionSide,
        size: textOf(read.side === 'Sell' ? read.size.negated() : read.size),
        entryPrice: textOf(unlessZero(read.avgPrice)),
        marginMode: isIsolated ? 'isolated' : 'cross',
        leverage: textOf(unlessZero(read.leverage)),
        isolatedMargin: isIsolated ? textOf(read.positionBalance) : null,
      },
    },
    ...(mark === undefined
      ? []
      : [{ list: 'marks', row: { symbol, price: textOf(mark) } } as const]),
    // Inverse contracts are named BTCUSD; one is a dollar.
    ...(base === undefined
      ? []
      : [
          {
            list: 'instruments',
            row: { symbol, kind: 'inverse', base, quote: 'USD', contractSize: '1', lotSize: '1' },
          } as const,
        ]),
    {
      list: 'positionFigures',
      row: {
        symbol,
        positionSide,
        notional: textOf(unlessZero(read.positionValue)),
        unrealizedPnl: textOf(read.unrealisedPnl),
        initialMargin: textOf(unlessZero(read.positionIM)),
        maintenanceMargin: textOf(unlessZero(read.positionMM)),
        liquidationPrice: textOf(unlessZero(read.liqPrice)),
      },
    },
  ];
}

const positions = answerReader(
  'positions',
  ['positionIdx', 'avgPrice'],
  (rows, place) => readRows(rows, place, position, positionRows),
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
  side: word,
  qty: number,
  leavesQty: maybeNumber,
  price: maybeNumber,
  positionIdx: maybeWord,
  reduceOnly: maybeFlag,
  triggerPrice: maybeNumber,
  triggerBy: maybeWord,
});

function orderRows(read: z.infer<typeof order>): readonly NewRow[] {
  const left = unlessZero(read.leavesQty) ?? read.qty;
  const trigger = unlessZero(read.triggerPrice);
  return [
    {
      list: 'orders',
      row: {
        id: read.orderId,
        symbol: read.symbol,
        positionSide: SIDE_OF_INDEX[read.positionIdx ?? '0'],
        size: textOf(read.side === 'Sell' ? left.negated() : left),
        price: textOf(unlessZero(read.price)),
        reduceOnly: read.reduceOnly,
        triggerPrice: textOf(trigger),
        triggerPriceType: trigger === undefined ? undefined : TRIGGERS[read.triggerBy ?? ''],
      },
    },
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
  readRows(rows, place, instrument, (read) => [
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
        deliveryTime: read.deliveryTime === undefined ? undefined : utcText(read.deliveryTime),
      },
    },
  ]),
);

const limit = z.object({
  symbol: word,
  riskLimitValue: nonZeroNumber,
  maintenanceMargin: number,
  maxLeverage: number,
  mmDeduction: maybeNumber,
});

/** Rows of one symbol follow one another by their limits; each begins where the one before ends. */
function tierTables(rows: unknown, place: string): ReturnType<typeof readRows> {
  const read = listOf(rows).flatMap((row) => limit.safeParse(row).data ?? []);
  const bySymbol = new Map<string, (typeof read)[number][]>();
  for (const row of read) bySymbol.set(row.symbol, [...(bySymbol.get(row.symbol) ?? []), row]);
  const tables = [...bySymbol].map(([symbol, own]) => ({
    list: 'instruments' as const,
    place,
    row: { symbol, tiers: tiersOf(own) },
  }));
  return { rows: tables, rejected: readRows(rows, place, limit, () => []).rejected };
}

function tiersOf(rows: readonly z.infer<typeof limit>[]) {
  const ordered = rows.toSorted((a, b) => a.riskLimitValue.comparedTo(b.riskLimitValue));
  return ordered.map((row, index) => ({
    notionalFloor: textOf(ordered[index - 1]?.riskLimitValue ?? new Decimal(0)),
    notionalCap: textOf(row.riskLimitValue),
    leverageMax: textOf(row.maxLeverage),
    maintenanceMarginRate: textOf(row.maintenanceMargin),
    maintenanceDeduction: textOf(row.mmDeduction),
  }));
}

const limits = answerReader('risk limits', ['riskLimitValue', 'maintenanceMargin'], tierTables);

export const bybitReaders = [wallet, positions, orders, instruments, limits];
