/** Gate v4 futures: accounts, positions, open orders. Field names: gate.io/docs/developers/apiv4. */
import { z } from 'zod';
import { type Decimal } from '../../units/decimal.ts';
import { timestampMs } from '../../units/time.ts';
import { balanceRow, orderRow, positionRows } from './account-rows.ts';
import { deliveryOf, quotientOf, tickOf, tierInForce } from './contract-in-force.ts';
import { type AnswerReader, type NewRow } from './found.ts';
import {
  hasRows,
  isRecord,
  maybeFlag,
  maybeNumber,
  newestIn,
  number,
  numberOf,
  printedPrice,
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
const MODES = { single: 'both', dual_long: 'long', dual_short: 'short' } as const;

/** Seconds since 1970. */
const seconds = z
  .unknown()
  .optional()
  .transform((input) => {
    const value = typeof input === 'string' ? numberOf(input) : undefined;
    return value?.gt(0) === true && value.lt(SECONDS_MAX)
      ? timestampMs(Math.floor(value.toNumber() * SECOND_MS))
      : undefined;
  });
const SECONDS_MAX = 8.64e12;

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
      balanceRow(read.currency, read.total),
    ),
    asOf: newestIn(accountsIn(answer), 'update_time', seconds),
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
  liq_price: printedPrice((price) => price.lte(0) || price.gte(NEVER)),
  margin: maybeNumber,
  value: maybeNumber,
  maintenance_rate: maybeNumber,
  average_maintenance_rate: maybeNumber,
  initial_margin: maybeNumber,
  maintenance_margin: maybeNumber,
  unrealised_pnl: maybeNumber,
  mode: z.enum(['single', 'dual_long', 'dual_short']).default('single'),
  pos_margin_mode: z.enum(['isolated', 'cross']).optional(),
  open_time: seconds,
});
type GatePosition = z.infer<typeof position>;

function rowsOf(read: GatePosition): readonly NewRow[] {
  if (read.size.isZero()) return [];
  // A leverage of zero is Gate's word for cross.
  const isCross =
    read.pos_margin_mode === undefined ? read.leverage.isZero() : read.pos_margin_mode === 'cross';
  return positionRows({
    symbol: read.contract,
    positionSide: MODES[read.mode],
    size: read.size,
    entryPrice: read.entry_price,
    marginMode: isCross ? 'cross' : 'isolated',
    leverage: leverageOf(read),
    isolatedMargin: isCross ? null : read.margin,
    openedAt: read.open_time,
    mark: read.mark_price,
    contract: contractOf(read),
    figures: {
      notional: read.value,
      unrealizedPnl: read.unrealised_pnl,
      initialMargin: read.initial_margin,
      maintenanceMargin: read.maintenance_margin,
      liquidationPrice: read.liq_price,
    },
  });
}

function leverageOf(read: GatePosition): Decimal | undefined {
  return (
    unlessZero(read.leverage) ??
    unlessZero(read.cross_leverage_limit) ??
    unlessZero(read.lever) ??
    unlessZero(read.leverage_max)
  );
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
    tickSize: tickOf([mark, read.entry_price, read.liq_price ?? undefined], TICK_DECIMALS_MAX),
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
    ...readRows(answer, place, position, rowsOf),
    asOf: newestIn(answer, 'update_time', seconds),
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
      orderRow({
        id: read.id,
        symbol: read.contract,
        left: read.left ?? read.size,
        isSell: false, // sizes are signed
        price: read.price,
        reduceOnly: read.is_reduce_only,
      }),
    ]),
    notes: [],
  }),
};

export const gateReaders = [accounts, positions, orders];
