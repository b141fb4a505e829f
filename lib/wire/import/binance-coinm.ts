/** Binance COIN-M: account, balances, positions, open orders, brackets, marks. */
import { accountParts, isAccount, listReaders, type BinanceVenue } from './binance-readers.ts';
import { positionRowsOf, type BinancePosition } from './binance-rows.ts';
import { deliveryOf, quotientOf, tierInForce } from './contract-in-force.ts';
import { type AnswerReader, type NewRow } from './found.ts';
import { hasRows, isRecord } from './venue-field.ts';

const coinm: BinanceVenue = {
  venue: 'binance-coinm',
  name: 'Binance COIN-M',
  isCoinMargined: true,
  balanceKey: 'withdrawAvailable',
  positionRows: rowsOf,
};

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
  const row = contractRow(read.symbol) ?? { symbol: read.symbol };
  const rate = quotientOf(read.maintMargin, read.notionalValue?.abs())?.toDecimalPlaces(
    RATE_DECIMALS,
  );
  const tier = tierInForce({ symbol: read.symbol, rate, from: 'maintMargin and notionalValue' });
  return positionRowsOf(read, { row, ...tier });
}

/** Rates of the tables have at most four. */
const RATE_DECIMALS = 4;

const account: AnswerReader = {
  source: 'Binance COIN-M, account',
  venue: coinm.venue,
  recognises: (answer) =>
    isAccount(answer) &&
    isRecord(answer) &&
    !('totalWalletBalance' in answer) &&
    hasRows(answer['assets'], 'asset', 'walletBalance'),
  read: (answer, place) => accountParts(coinm, answer, place, true),
};

export const binanceCoinmReaders = [account, ...listReaders(coinm)];
