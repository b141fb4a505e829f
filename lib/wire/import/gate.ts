/** Gate v4 futures: accounts, positions, open orders. Field names: gate.io/docs/developers/apiv4. */
import { z } from 'zod';
import { type Decimal } from '../../units/decimal.ts';
import { timestampMs, utcText } from '../../units/time.ts';
import { deliveryOf, quotientOf, tickOf, tierInForce } from './contract-in-force.ts';
import { type AnswerReader, type NewRow } from './found.ts';
import {
  hasRows,
  isRecord,
  latestOf,
  listOf,
  maybeFlag,
  maybeNumber,
  maybeWord,
  number,
  readRows,
  textOf,
  unlessZero,
  word,
} from './venue-field.ts';

const VENUE = 'gate';
/** The fee of its liquidation prices, whatever the user pays (cex.md 6). */
const FEE_RATE = '0.00075';
/** Printed for a short that nothing can liquidate. */
const NEVER = 99_999_999;
const SECOND_MS = 1000;
const SIDES: Readonly<Record<string, string>> = { dual_long: 'long', dual_short: 'short' };

/** Seconds since 1970. */
const seconds = maybeNumber.transform((value) =>
  value?.gt(0) === true && value.lt(SECONDS_MAX)
    ? timestampMs(Math.floor(value.toNumber() * SECOND_MS))
    : undefined,
);
const SECONDS_MAX = 8.64e12;
const timed = z.object({ update_time: seconds });

function timeOf(rows: readonly unknown[]) {
  return latestOf(rows.map((row) => timed.safeParse(row).data?.update_time));
}

const account = z.object({
  currency: word,
  total: number,
  unrealised_pnl: maybeNumber,
  order_margin: maybeNumber,
  maintenance_margin: maybeNumber,
  available: maybeNumber,
  in_dual_mode: maybeFlag,
});

/** One account object, or a list of them. */
function accountsIn(answer: unknown): unknown {
  return isRecord(answer) && 'order_margin' in answer && 'total' in answer ? [answer] : answer;
}

const accounts: AnswerReader = {
  source: 'Gate, accounts',
  venue: VENUE,
  recognises: (answer) => hasRows(accountsIn(answer), 'total', 'order_margin', 'currency'),
  read: (answer, place) => ({
    ...readRows(accountsIn(answer), place, account, (read) =>
      read.total.isZero()
        ? []
        : [{ list: 'balances', row: { asset: read.currency, wallet: textOf(read.total) } }],
    ),
    asOf: timeOf(listOf(accountsIn(answer))),
    notes: [],
  }),
};

const position = z.object({
  contract: word,
  size: number,
  leverage: number,
  cross_leverage_limit: maybeNumber,
  lever: maybeNumber,
  leverage_max: maybeNumber,
  entry_price: number,
  mark_price: maybeNumber,
  liq_price: maybeNumber,
  margin: maybeNumber,
  value: maybeNumber,
  maintenance_rate: maybeNumber,
  average_maintenance_rate: maybeNumber,
  initial_margin: maybeNumber,
  maintenance_margin: maybeNumber,
  unrealised_pnl: maybeNumber,
  mode: maybeWord,
  pos_margin_mode: maybeWord,
  open_time: seconds,
});
type GatePosition = z.infer<typeof position>;

function positionRows(read: GatePosition): readonly NewRow[] {
  if (read.size.isZero()) return [];
  const { contract: symbol } = read;
  const positionSide = SIDES[read.mode ?? ''] ?? 'both';
  // A leverage of zero is Gate's word for cross.
  const isCross =
    read.pos_margin_mode === undefined ? read.leverage.isZero() : read.pos_margin_mode === 'cross';
  const mark = unlessZero(read.mark_price);
  return [
    {
      list: 'positions',
      row: {
        symbol,
        positionSide,
        size: textOf(read.size),
        entryPrice: textOf(unlessZero(read.entry_price)),
        marginMode: isCross ? 'cross' : 'isolated',
        leverage: textOf(leverageOf(read)),
        isolatedMargin: isCross ? null : textOf(read.margin),
        openedAt: read.open_time === undefined ? undefined : utcText(read.open_time),
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
        notional: textOf(unlessZero(read.value)),
        unrealizedPnl: textOf(read.unrealised_pnl),
        initialMargin: textOf(unlessZero(read.initial_margin)),
        maintenanceMargin: textOf(unlessZero(read.maintenance_margin)),
        liquidationPrice: textOf(printedPriceOf(read)),
      },
    },
  ];
}

function leverageOf(read: GatePosition): Decimal | undefined {
  return (
    unlessZero(read.leverage) ??
    unlessZero(read.cross_leverage_limit) ??
    unlessZero(read.lever) ??
    unlessZero(read.leverage_max)
  );
}

function printedPriceOf({ liq_price: price }: GatePosition): Decimal | undefined {
  return price?.gt(0) === true && price.lt(NEVER) ? price : undefined;
}

const MULTIPLIER_DIGITS = 4;
const TICK_DECIMALS_MAX = 4;

function contractOf(read: GatePosition): Pick<NewRow, 'row' | 'otherwise'> {
  const { contract: symbol } = read;
  const [base, quote, series] = symbol.split('_');
  const isInverse = quote === 'USD';
  const mark = unlessZero(read.mark_price);
  const multiplier = isInverse
    ? '1'
    : textOf(
        quotientOf(unlessZero(read.value), mark?.times(read.size.abs()))?.toSignificantDigits(
          MULTIPLIER_DIGITS,
        ),
      );
  const beside = {
    contractSize: multiplier,
    tickSize: tickOf([mark, read.entry_price, read.liq_price], TICK_DECIMALS_MAX),
    lotSize: '1',
    takerFeeRate: FEE_RATE,
  };
  const rate = read.average_maintenance_rate ?? read.maintenance_rate;
  return {
    row: {
      symbol,
      kind: isInverse ? 'inverse' : 'linear',
      base,
      quote,
      deliveryTime: deliveryOf(series?.slice(2)),
    },
    ...(multiplier === undefined
      ? {}
      : tierInForce({ symbol, rate, from: 'its maintenance rate', beside })),
  };
}

const positions: AnswerReader = {
  source: 'Gate, positions',
  venue: VENUE,
  recognises: (answer) => hasRows(answer, 'contract', 'entry_price', 'liq_price'),
  read: (answer, place) => ({
    ...readRows(answer, place, position, positionRows),
    asOf: timeOf(listOf(answer)),
    notes: [],
  }),
};

const order = z.object({
  id: word,
  contract: word,
  size: number,
  left: maybeNumber,
  price: maybeNumber,
  is_reduce_only: maybeFlag,
});

const orders: AnswerReader = {
  source: 'Gate, open orders',
  venue: VENUE,
  recognises: (answer) => hasRows(answer, 'contract', 'left', 'is_reduce_only'),
  read: (answer, place) => ({
    ...readRows(answer, place, order, (read) => [
      {
        list: 'orders',
        row: {
          id: read.id,
          symbol: read.contract,
          size: textOf(read.left ?? read.size),
          price: textOf(unlessZero(read.price)),
          reduceOnly: read.is_reduce_only,
        },
      },
    ]),
    notes: [],
  }),
};

export const gateReaders = [accounts, positions, orders];
