/** A trade at the mark, booked as the ledger books a fill (SPEC WI3 to WI6): same rounding, same order, same refusals. */
import { fail, ok, type Result } from '../contract.ts';
import { type Position } from '../margin/account.ts';
import { type AssessInput } from '../margin/health.ts';
import { tierOf } from '../margin/tiers.ts';
import { roundMoney } from '../margin/valuation.ts';
import { LEVERAGE_DECIMALS } from '../market/grid.ts';
import { entryPriceOf, notionalOf, valueOf } from '../market/instrument.ts';
import { roundTo } from '../units/decimal.ts';
import {
  absolute,
  minus,
  money,
  negate,
  NO_MONEY,
  plus,
  quantity,
  type Money,
  type Quantity,
  type Rate,
} from '../units/money.ts';
import { MONEY_DECIMALS } from '../units/scaled.ts';
import {
  NO_COST,
  type MarginKind,
  type Outcome,
  type PositionRef,
  type Refusal,
} from './change.ts';
import {
  credited,
  crossPoolOf,
  freeIn,
  heldPosition,
  pricedInstrument,
  walletOf,
  withPosition,
  type PricedInstrument,
} from './lookup.ts';

export interface TradeOrder extends PositionRef {
  /** Buy > 0, sell < 0. */
  readonly size: Quantity;
  /** Of what opens. */
  readonly leverage: Rate;
  readonly marginKind: MarginKind;
}

/** A trade that is well formed, with its parts: what closes, then what opens, both signed as the trade. */
interface Trade extends PricedInstrument {
  readonly order: TradeOrder;
  readonly held: Position | undefined;
  readonly closing: Quantity;
  readonly opening: Quantity;
  readonly fee: Money;
  readonly openingMargin: Money;
}

const NO_SIZE = quantity(0);
/** Sizes and amounts from here on would not fit into forty digits with their products. */
const LARGEST = '1e15';

export function tradeAtMark(facts: AssessInput, order: TradeOrder): Result<Outcome, Refusal> {
  const priced = pricedInstrument(facts, order.instrumentId);
  if (!priced.ok) return priced;
  const held = heldPosition(facts, order);
  const refusal = shapeRefusal(facts, priced.value, order, held);
  if (refusal !== undefined) return fail(refusal);
  const trade = tradeOf(priced.value, order, held);
  const limit = exposureRefusal(trade) ?? marginRefusal(facts, trade);
  return limit === undefined ? ok(booked(facts, trade)) : fail(limit);
}

/** Leverage that the ledger can hold: above zero, four decimals. */
export function isSoundLeverage(leverage: Rate): boolean {
  return leverage.gt(0) && leverage.decimalPlaces() <= LEVERAGE_DECIMALS && leverage.lt(LARGEST);
}

function shapeRefusal(
  { account }: AssessInput,
  { instrument }: PricedInstrument,
  order: TradeOrder,
  held: Position | undefined,
): Refusal | undefined {
  const { size, positionSide } = order;
  if (size.isZero()) return { kind: 'not-above-zero' };
  if (size.abs().gte(LARGEST)) return { kind: 'not-in-the-ledger' };
  if (!size.div(instrument.lotSize).isInteger())
    return { kind: 'not-on-lot', lotSize: instrument.lotSize };
  if (!isSoundLeverage(order.leverage)) return { kind: 'leverage-not-sound' };
  if ((positionSide !== 'both') !== (account.positionMode === 'hedge'))
    return { kind: 'side-not-in-mode', positionSide };
  if (order.marginKind === 'isolated' && account.assetMode === 'multi')
    return { kind: 'isolated-needs-single' };
  if (held !== undefined && held.marginMode.kind !== order.marginKind)
    return { kind: 'held-otherwise', held: held.marginMode.kind };
  const after = plus(held?.signedSize ?? NO_SIZE, size);
  const wrongLeg =
    (positionSide === 'long' && after.lt(0)) || (positionSide === 'short' && after.gt(0));
  return wrongLeg ? { kind: 'leg-holds-less', positionSide } : undefined;
}

function tradeOf(priced: PricedInstrument, order: TradeOrder, held: Position | undefined): Trade {
  const { instrument, mark } = priced;
  const had = held?.signedSize ?? NO_SIZE;
  const against = !had.isZero() && had.isNegative() !== order.size.isNegative();
  const crosses = against && order.size.abs().gt(had.abs());
  const closing = against ? (crosses ? negate(had) : order.size) : NO_SIZE;
  const opening = minus(order.size, closing);
  const notional = bookedNotional(priced, order.size);
  const atLeverage = money(bookedNotional(priced, opening).div(order.leverage));
  return {
    instrument,
    mark,
    order,
    held,
    closing,
    opening,
    fee: roundMoney(money(notional.times(instrument.takerFeeRate)), 'up'),
    openingMargin: roundMoney(atLeverage, 'up'),
  };
}

/** Magnitude first, cut once at 1e-8 (rulings D2). */
function bookedNotional({ instrument, mark }: PricedInstrument, size: Quantity): Money {
  return roundMoney(notionalOf(instrument, size, mark), 'down');
}

function bookedValue(priced: PricedInstrument, size: Quantity): Money {
  const isOwed = valueOf(priced.instrument, size, priced.mark).isNegative();
  const notional = bookedNotional(priced, size);
  return isOwed ? negate(notional) : notional;
}

/** [WI5] Risk limits bind what opens; what only closes always passes. */
function exposureRefusal(trade: Trade): Refusal | undefined {
  if (trade.opening.isZero()) return undefined;
  const { instrument, mark, held, order } = trade;
  const after = plus(held?.signedSize ?? NO_SIZE, order.size);
  const tier = tierOf(instrument, notionalOf(instrument, after, mark));
  if (!tier.ok) return { kind: 'above-last-tier', instrumentId: instrument.id };
  const { leverageMax } = tier.value;
  return order.leverage.lte(roundTo(leverageMax, LEVERAGE_DECIMALS, 'floor'))
    ? undefined
    : { kind: 'leverage-above-tier', tier: tier.value.tier, leverageMax };
}

/** [WI5] Initial margin of what opens and the fee must be free; a trade through zero first frees what the old position held. */
function marginRefusal(facts: AssessInput, trade: Trade): Refusal | undefined {
  if (trade.opening.isZero()) return undefined;
  const asset = trade.instrument.settle;
  const needed = plus(trade.openingMargin, trade.fee);
  const released = releasedBy(trade);
  const assignable = plus(walletOf(facts, asset), released);
  if (trade.order.marginKind === 'isolated' && assignable.lt(needed))
    return { kind: 'above-free-margin', asset, needed, free: assignable };
  const pool = crossPoolOf(facts, asset);
  const free = freeIn(facts, { pool, asset, figureOf: (of) => of.availableMargin });
  if (!free.ok) return free.error;
  const withReleased = plus(free.value, released);
  return needed.lte(withReleased)
    ? undefined
    : { kind: 'above-free-margin', asset, needed, free: withReleased };
}

function releasedBy(trade: Trade): Money {
  const { held } = trade;
  if (held === undefined || trade.closing.isZero()) return NO_MONEY;
  return held.marginMode.kind === 'isolated'
    ? plus(held.marginMode.wallet, closedOf(trade, held).realizedPnl)
    : roundMoney(money(bookedNotional(trade, held.signedSize).div(held.leverage)), 'up');
}

interface Closed {
  /** What closing takes out of the value at entry, cut toward zero. */
  readonly release: Money;
  readonly realizedPnl: Money;
  /** Of the position, 0 to 1. */
  readonly share: (amount: Money) => Money;
}

function closedOf(trade: Trade, held: Position): Closed {
  const { closing } = trade;
  const isWhole = closing.abs().eq(held.signedSize.abs());
  const share = (amount: Money): Money =>
    isWhole
      ? amount
      : money(
          roundTo(amount.times(closing.abs()).div(held.signedSize.abs()), MONEY_DECIMALS, 'down'),
        );
  const release = share(held.openValue);
  return { release, share, realizedPnl: minus(negate(bookedValue(trade, closing)), release) };
}

/** [WI3] Wallet and position after the trade. */
function booked(facts: AssessInput, trade: Trade): Outcome {
  const { held, order, instrument } = trade;
  const asset = instrument.settle;
  const closed = held === undefined || trade.closing.isZero() ? undefined : closedOf(trade, held);
  const realizedPnl = closed?.realizedPnl ?? NO_MONEY;
  const own = order.marginKind === 'isolated' ? isolatedWallet(trade, closed) : undefined;
  const toCross = own === undefined ? realizedPnl : own.returned;
  const next = positionAfter(trade, closed, own?.wallet);
  const paid = credited(withPosition(facts, order, next), asset, minus(toCross, trade.fee));
  const deficit = closed === undefined ? NO_MONEY : uncovered(paid, trade);
  return {
    facts: deficit.isZero() ? paid : credited(paid, asset, deficit),
    cost: {
      ...NO_COST,
      fees: new Map([[asset, trade.fee]]),
      realizedPnl: new Map(closed === undefined ? [] : [[asset, realizedPnl]]),
      deficits: new Map(deficit.isZero() ? [] : [[asset, deficit]]),
    },
  };
}

function positionAfter(
  trade: Trade,
  closed: Closed | undefined,
  wallet: Money | undefined,
): Position | undefined {
  const { order, instrument, held, opening } = trade;
  const signedSize = plus(held?.signedSize ?? NO_SIZE, order.size);
  if (signedSize.isZero()) return undefined;
  const closingValue = closed === undefined ? NO_MONEY : bookedValue(trade, trade.closing);
  const opened = minus(bookedValue(trade, order.size), closingValue);
  const kept = minus(held?.openValue ?? NO_MONEY, closed?.release ?? NO_MONEY);
  const openValue = plus(kept, opened);
  const continues = held !== undefined && held.signedSize.isNegative() === signedSize.isNegative();
  return {
    ...(continues ? held : { fundingReceived: NO_MONEY }),
    instrumentId: order.instrumentId,
    positionSide: order.positionSide,
    signedSize,
    openValue,
    entryPrice: openValue.isZero()
      ? trade.mark
      : entryPriceOf(instrument, { signedSize, openValue }),
    leverage: opening.isZero() && held !== undefined ? held.leverage : order.leverage,
    marginMode: wallet === undefined ? { kind: 'cross' } : { kind: 'isolated', wallet },
  };
}

/**
 * [WI4] Realized PnL goes to the position's own wallet. What closes gives back its share of that wallet with its result, at least
 * the fee that the cross wallet pays and at most what is there; what opens is assigned its initial margin.
 */
function isolatedWallet(
  trade: Trade,
  closed: Closed | undefined,
): { readonly wallet: Money; readonly returned: Money } {
  const { held } = trade;
  const before = held?.marginMode.kind === 'isolated' ? held.marginMode.wallet : NO_MONEY;
  if (closed === undefined)
    return { wallet: plus(before, trade.openingMargin), returned: negate(trade.openingMargin) };
  const wallet = plus(before, closed.realizedPnl);
  const earned = plus(closed.share(before), closed.realizedPnl);
  const atLeastFee = earned.gt(trade.fee) ? earned : trade.fee;
  const back = atLeastFee.lt(wallet) ? atLeastFee : wallet;
  const returned = minus(back, trade.openingMargin);
  return { wallet: minus(wallet, returned), returned };
}

/** [WI6] What a single-asset pool without positions is left below zero by: nobody can win it back. */
function uncovered(facts: AssessInput, trade: Trade): Money {
  const asset = trade.instrument.settle;
  const balance = walletOf(facts, asset);
  if (facts.account.assetMode === 'multi' || !balance.isNegative()) return NO_MONEY;
  const backed = facts.account.positions.some(
    (position) =>
      position.marginMode.kind === 'cross' &&
      facts.market.instruments.get(position.instrumentId)?.settle === asset,
  );
  return backed ? NO_MONEY : absolute(balance);
}
