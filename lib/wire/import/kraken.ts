/** Kraken Futures v3: accounts, openpositions, openorders, tickers, instruments. Field names: docs.kraken.com/api/docs/futures-api. */
import { z } from 'zod';
import { Decimal } from '../../units/decimal.ts';
import {
  balanceRow,
  derivedAssetPrice,
  orderRow,
  positionRows,
  quoteRows,
} from './account-rows.ts';
import { deliveryOf, derivedPriceOf, quotientOf } from './contract-in-force.ts';
import { type AnswerReader, type NewRow, type Row } from './found.ts';
import { tierRows } from './tier-readers.ts';
import {
  hasRows,
  isRecord,
  joined,
  maybeFlag,
  maybeNumber,
  maybeTime,
  maybeWord,
  nonZeroNumber,
  number,
  readRow,
  readRows,
  textOf,
  unlessZero,
  word,
  type ReadRows,
} from './venue-field.ts';

const VENUE = 'kraken-futures';

function partOf(answer: unknown, key: string): unknown {
  return isRecord(answer) ? answer[key] : undefined;
}

function timeOf(answer: unknown) {
  return maybeTime.parse(partOf(answer, 'serverTime'));
}

const coin = z.object({
  asset: word,
  quantity: number,
  value: maybeNumber,
  collateral: maybeNumber,
});

const WEIGHT_DECIMALS = 8;

function coinRows(read: z.infer<typeof coin>): readonly NewRow[] {
  if (read.quantity.isZero()) return [];
  const { asset } = read;
  const price = derivedPriceOf(read.value, read.quantity);
  const weight = quotientOf(read.collateral, read.value)?.toDecimalPlaces(WEIGHT_DECIMALS);
  return [
    ...balanceRow(asset, read.quantity),
    ...derivedAssetPrice(asset, price, 'value and quantity'),
    ...(weight?.gte(0) === true && weight.lte(1)
      ? ([{ list: 'collateralWeights', row: { asset, weight: textOf(weight) } }] as const)
      : []),
  ];
}

const flexTotals = z.object({
  initialMargin: maybeNumber,
  maintenanceMargin: maybeNumber,
  marginEquity: maybeNumber,
  availableMargin: maybeNumber,
  totalUnrealizedAsMargin: maybeNumber,
});

/** The multi-collateral wallet: everything in it backs everything, in USD. */
function flexRows(flex: Row, place: string): ReadRows {
  const currencies = isRecord(flex['currencies']) ? Object.entries(flex['currencies']) : [];
  const coins = currencies.map(([asset, row]) => (isRecord(row) ? { ...row, asset } : row));
  return joined([
    readRows(coins, `${place}.currencies`, coin, coinRows),
    readRow(flex, place, flexTotals, flexFigures),
  ]);
}

function flexFigures(read: z.infer<typeof flexTotals>): readonly NewRow[] {
  return [
    {
      list: 'poolFigures',
      row: {
        asset: 'USD',
        unrealizedPnl: textOf(read.totalUnrealizedAsMargin),
        marginBalance: textOf(read.marginEquity),
        initialMargin: textOf(read.initialMargin),
        maintenanceMargin: textOf(read.maintenanceMargin),
        availableMargin: textOf(read.availableMargin),
      },
    },
  ];
}

const single = z.object({ currency: word, balance: number });

/** Single-collateral wallets: one a contract family. */
function singleRows(accounts: Row, place: string): ReadRows {
  const wallets = Object.values(accounts).flatMap((account) => {
    if (!isRecord(account) || account['type'] !== 'marginAccount') return [];
    const currency = maybeWord.parse(account['currency']) ?? '';
    return [{ currency: currency.toUpperCase(), balance: partOf(account['balances'], currency) }];
  });
  return readRows(wallets, place, single, (read) => balanceRow(read.currency, read.balance));
}

const accounts: AnswerReader = {
  source: 'Kraken Futures, accounts',
  venue: VENUE,
  recognises: (answer) => isRecord(partOf(answer, 'accounts')),
  read: (answer, place) => {
    const all = partOf(answer, 'accounts');
    const own = isRecord(all) ? all : {};
    const flex = own['flex'];
    const hasFlex =
      isRecord(flex) && isRecord(flex['currencies']) && Object.keys(flex['currencies']).length > 0;
    const part = hasFlex
      ? flexRows(flex, `${place}accounts.flex`)
      : singleRows(own, `${place}accounts`);
    return {
      ...part,
      asOf: timeOf(answer),
      assetMode: hasFlex ? 'multi' : undefined,
      notes: hasFlex
        ? ['the multi-collateral wallet is taken; single-collateral wallets are not in it']
        : [],
    };
  },
};

const position = z.object({
  side: z.enum(['long', 'short']),
  symbol: word,
  price: nonZeroNumber,
  size: number,
  fillTime: maybeTime,
  maxFixedLeverage: maybeNumber,
});

function rowsOf(read: z.infer<typeof position>): readonly NewRow[] {
  if (read.size.isZero()) return [];
  const symbol = read.symbol.toUpperCase();
  const fixed = unlessZero(read.maxFixedLeverage);
  return positionRows({
    symbol,
    size: read.side === 'short' ? read.size.abs().negated() : read.size.abs(),
    entryPrice: read.price,
    marginMode: fixed === undefined ? 'cross' : 'isolated',
    leverage: fixed,
    openedAt: read.fillTime,
    otherwise: [
      {
        row: { leverage: '1' },
        because: `${symbol}: leverage is not in the answer; 1 stands for it, so initial margin is the whole value`,
      },
    ],
    contract: contractOf(symbol),
    figures: {},
  });
}

/** PF_XBTUSD is linear, PI_XBTUSD and FI_XBTUSD_210326 are inverse with a face of one dollar. */
function contractOf(symbol: string): Pick<NewRow, 'row'> | undefined {
  const [, prefix, base, series] = /^(PF|PI|FI|FF)_([A-Z0-9]+)USD(?:_(\d{6}))?$/.exec(symbol) ?? [];
  if (prefix === undefined) return undefined;
  const isInverse = prefix === 'PI' || prefix === 'FI';
  return {
    row: {
      symbol,
      kind: isInverse ? 'inverse' : 'linear',
      base,
      quote: 'USD',
      contractSize: '1',
      deliveryTime: deliveryOf(series),
    },
  };
}

const positions: AnswerReader = {
  source: 'Kraken Futures, open positions',
  venue: VENUE,
  recognises: (answer) => Array.isArray(partOf(answer, 'openPositions')),
  read: (answer, place) => ({
    ...readRows(partOf(answer, 'openPositions'), `${place}openPositions`, position, rowsOf),
    asOf: timeOf(answer),
    notes: [],
  }),
};

const ticker = z.object({
  symbol: word,
  markPrice: nonZeroNumber,
  indexPrice: maybeNumber,
});

function tickerRows(read: z.infer<typeof ticker>): readonly NewRow[] {
  const symbol = read.symbol.toUpperCase();
  return [
    ...quoteRows('marks', symbol, read.markPrice),
    ...quoteRows('indexPrices', symbol, read.indexPrice),
  ];
}

const tickers: AnswerReader = {
  source: 'Kraken Futures, tickers',
  venue: VENUE,
  recognises: (answer) => hasRows(partOf(answer, 'tickers'), 'symbol'),
  read: (answer, place) => ({
    ...readRows(partOf(answer, 'tickers'), `${place}tickers`, ticker, tickerRows, 'marks'),
    asOf: timeOf(answer),
    notes: [],
  }),
};

const instrument = z.object({
  symbol: word,
  tickSize: number,
  contractSize: number,
  contractValueTradePrecision: maybeNumber,
});

/** Its margin levels are read as a tier answer. */
function instrumentRows(read: z.infer<typeof instrument>): readonly NewRow[] {
  const symbol = read.symbol.toUpperCase();
  const lot = new Decimal(10).pow(read.contractValueTradePrecision?.negated() ?? 0);
  return [
    {
      list: 'instruments',
      row: {
        ...contractOf(symbol)?.row,
        symbol,
        contractSize: textOf(read.contractSize),
        tickSize: textOf(read.tickSize),
        lotSize: textOf(lot),
      },
    },
  ];
}

const instruments: AnswerReader = {
  source: 'Kraken Futures, instruments',
  venue: VENUE,
  recognises: (answer) => hasRows(partOf(answer, 'instruments'), 'symbol', 'tickSize'),
  read: (answer, place) => ({
    ...joined([
      readRows(
        partOf(answer, 'instruments'),
        `${place}instruments`,
        instrument,
        instrumentRows,
        'instruments',
      ),
      tierRows(VENUE, answer, place),
    ]),
    notes: [],
  }),
};

const order = z.object({
  order_id: word,
  symbol: word,
  side: z.enum(['buy', 'sell']),
  unfilledSize: number,
  limitPrice: maybeNumber,
  stopPrice: maybeNumber,
  triggerSignal: maybeWord,
  reduceOnly: maybeFlag,
});

const orders: AnswerReader = {
  source: 'Kraken Futures, open orders',
  venue: VENUE,
  recognises: (answer) => Array.isArray(partOf(answer, 'openOrders')),
  read: (answer, place) => ({
    ...readRows(partOf(answer, 'openOrders'), `${place}openOrders`, order, (read) => {
      return [
        orderRow({
          id: read.order_id,
          symbol: read.symbol.toUpperCase(),
          left: read.unfilledSize,
          isSell: read.side === 'sell',
          price: read.limitPrice,
          reduceOnly: read.reduceOnly,
          trigger: read.stopPrice,
          triggerPriceType: read.triggerSignal === 'spot' ? 'index' : read.triggerSignal,
        }),
      ];
    }),
    asOf: timeOf(answer),
    notes: [],
  }),
};

export const krakenReaders = [accounts, positions, tickers, instruments, orders];
