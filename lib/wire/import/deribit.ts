/** Deribit: get_account_summary, get_account_summaries, get_positions. Field names: docs.deribit.com. */
import { z } from 'zod';
import { type Decimal, ONE } from '../../units/decimal.ts';
import { positionRows } from './account-rows.ts';
import { besideIt, quotientOf, tickOf } from './contract-in-force.ts';
import { type AnswerReader, type NewRow } from './found.ts';
import {
  hasRows,
  isNoPrice,
  isRecord,
  maybeNumber,
  maybeTime,
  nonZeroNumber,
  number,
  numberOf,
  printedPrice,
  readRows,
  textOf,
  unlessZero,
  word,
} from './venue-field.ts';

const VENUE = 'deribit';
const MICROSECONDS = 1000;

function resultOf(answer: unknown): unknown {
  return isRecord(answer) && 'result' in answer ? answer['result'] : answer;
}

/** `usOut`: microseconds since 1970 at which the answer left. */
function timeOf(answer: unknown) {
  const text = isRecord(answer) ? answer['usOut'] : undefined;
  const sent = typeof text === 'string' ? numberOf(text)?.div(MICROSECONDS) : undefined;
  return maybeTime.parse(textOf(sent?.floor()));
}

const summary = z.object({
  currency: word,
  balance: number,
  session_rpl: maybeNumber,
  session_upl: maybeNumber,
  margin_balance: maybeNumber,
  initial_margin: maybeNumber,
  maintenance_margin: maybeNumber,
  available_funds: maybeNumber,
});

/** One currency, or all under `summaries`. */
function summariesIn(answer: unknown): unknown {
  const result = resultOf(answer);
  if (!isRecord(result)) return undefined;
  return Array.isArray(result['summaries']) ? result['summaries'] : [result];
}

const accounts: AnswerReader = {
  source: 'Deribit, account summary',
  venue: VENUE,
  recognises: (answer) => hasRows(summariesIn(answer), 'currency', 'balance', 'margin_balance'),
  read: (answer, place) => ({
    ...readRows(summariesIn(answer), `${place}result`, summary, summaryRows),
    asOf: timeOf(answer),
    notes: [],
  }),
};

function summaryRows(read: z.infer<typeof summary>): readonly NewRow[] {
  const wallet = read.balance.plus(read.session_rpl ?? 0);
  if (wallet.isZero() && unlessZero(read.margin_balance) === undefined) return [];
  return [
    { list: 'balances', row: { asset: read.currency, wallet: textOf(wallet) } },
    {
      list: 'poolFigures',
      row: {
        asset: read.currency,
        unrealizedPnl: textOf(read.session_upl),
        marginBalance: textOf(read.margin_balance),
        initialMargin: textOf(read.initial_margin),
        maintenanceMargin: textOf(read.maintenance_margin),
        availableMargin: textOf(read.available_funds),
      },
    },
  ];
}

const position = z.object({
  instrument_name: word,
  kind: z.enum(['future']),
  size: number,
  average_price: number,
  mark_price: nonZeroNumber,
  index_price: maybeNumber,
  floating_profit_loss: maybeNumber,
  initial_margin: maybeNumber,
  maintenance_margin: maybeNumber,
  estimated_liquidation_price: printedPrice(isNoPrice),
  leverage: maybeNumber,
});
type DeribitPosition = z.infer<typeof position>;

function rowsOf(read: DeribitPosition): readonly NewRow[] {
  if (read.size.isZero()) return [];
  const { instrument_name: symbol } = read;
  const isInverse = !symbol.includes('_');
  return positionRows({
    symbol,
    size: read.size,
    entryPrice: sessionEntryOf(read, isInverse),
    marginMode: 'cross',
    leverage: read.leverage,
    otherwise: [
      {
        row: { leverage: '1' },
        because: `${symbol}: leverage is not chosen at Deribit; 1 stands for it`,
      },
    ],
    mark: read.mark_price,
    index: read.index_price,
    contract: contractOf(read, isInverse),
    figures: {
      unrealizedPnl: read.floating_profit_loss,
      initialMargin: read.initial_margin,
      maintenanceMargin: read.maintenance_margin,
      // With portfolio margin there is no estimate: null says nothing of the price.
      liquidationPrice: read.estimated_liquidation_price ?? undefined,
    },
  });
}

const ENTRY_DECIMALS = 8;

/** Every day's settlement books what was won or lost: PnL of the balance beside it runs from there, and so must the entry. */
function sessionEntryOf(read: DeribitPosition, isInverse: boolean): Decimal {
  const pnl = read.floating_profit_loss;
  if (pnl === undefined) return read.average_price;
  const perSize = pnl.div(read.size);
  const entry = isInverse
    ? ONE.div(ONE.div(read.mark_price).plus(perSize))
    : read.mark_price.minus(perSize);
  return entry.isFinite() && entry.gt(0)
    ? entry.toDecimalPlaces(ENTRY_DECIMALS)
    : read.average_price;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const TICK_DECIMALS_MAX = 4;

/** How much the rates grow with each coin held (cex.md 5.1); where it is not known they are taken as they stand. */
const SLOPES: Readonly<Record<string, string>> = { BTC: '0.00005', SOL: '0.000005' };

/** BTC-PERPETUAL, BTC-26DEC25, SOL_USDC-PERPETUAL. */
function contractOf(read: DeribitPosition, isInverse: boolean): Pick<NewRow, 'row' | 'otherwise'> {
  const { instrument_name: symbol, mark_price: mark } = read;
  const [pair = '', series = ''] = symbol.split('-');
  const [base = '', quote = 'USD'] = pair.split('_');
  return {
    row: {
      symbol,
      kind: isInverse ? 'inverse' : 'linear',
      base,
      quote,
      contractSize: '1',
      deliveryTime: deliveryOf(series),
    },
    ...growthInForce(read, isInverse, SLOPES[base] ?? '0', {
      tickSize: tickOf([mark], TICK_DECIMALS_MAX),
      lotSize: isInverse ? '1' : '0.0001',
    }),
  };
}

/** Base rates as they follow from what is asked for now: requirement / value less slope x coins. */
function growthInForce(
  read: DeribitPosition,
  isInverse: boolean,
  slope: string,
  beside: Readonly<Record<string, string>>,
): Pick<NewRow, 'otherwise'> {
  const { instrument_name: symbol, mark_price: mark } = read;
  const coins = isInverse ? read.size.abs().div(mark) : read.size.abs();
  const value = isInverse ? coins : coins.times(read.index_price ?? mark);
  const baseOf = (requirement: Decimal | undefined): Decimal | undefined =>
    quotientOf(requirement, value)?.minus(coins.times(slope)).toDecimalPlaces(RATE_DECIMALS);
  const maintenanceBase = baseOf(read.maintenance_margin);
  const initialBase = baseOf(read.initial_margin) ?? maintenanceBase;
  if (maintenanceBase?.gt(0) !== true || initialBase?.gt(0) !== true) return {};
  const marginGrowth = {
    initialBase: textOf(initialBase),
    maintenanceBase: textOf(maintenanceBase),
    perCoin: slope,
  };
  const because = `${symbol}: base rates ${textOf(initialBase)} and ${textOf(maintenanceBase)} follow from its margins, growing by ${slope} a coin`;
  return { otherwise: [{ row: { marginGrowth }, because }, ...besideIt(symbol, beside)] };
}
const RATE_DECIMALS = 6;

function deliveryOf(series: string): string | undefined {
  const [, day = '', month = '', year] = /^(\d{1,2})([A-Z]{3})(\d\d)$/.exec(series) ?? [];
  const number = MONTHS.indexOf(month) + 1;
  if (year === undefined || number === 0) return undefined;
  return `20${year}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}T08:00:00.000Z`;
}

const positions: AnswerReader = {
  source: 'Deribit, positions',
  venue: VENUE,
  recognises: (answer) => hasRows(resultOf(answer), 'instrument_name', 'average_price', 'kind'),
  read: (answer, place) => ({
    ...readRows(resultOf(answer), `${place}result`, position, rowsOf),
    asOf: timeOf(answer),
    notes: [
      'Deribit books the result of every day: entries are those of the present session, so that they fit its balance',
    ],
  }),
};

export const deribitReaders = [accounts, positions];
