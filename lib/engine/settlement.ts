/**
 * The single moves of a liquidation, each booked on two sides: close at the mark, charge the fee, sell collateral, cover what
 * is missing. Which moves to make, and when, is decided by the plan (liquidation.ts).
 */
import { assert } from '../contract.ts';
import { magnitudeOf } from '../market/grid.ts';
import { type Instrument } from '../market/instrument.ts';
import { type AssetId } from '../units/ids.ts';
import {
  divide,
  negated,
  moneyUnits,
  NO_UNITS,
  RATE_SCALE,
  type Lots,
  type MoneyUnits,
  type RateUnits,
  type Ticks,
} from '../units/scaled.ts';
import {
  bookIntoPosition,
  bookOutside,
  credit,
  dropIfFlat,
  instrumentOf,
  isolatedPartyOf,
  movementOf,
  moveMoney,
  systemAccount,
  tradeOf,
  walletOf,
  type Movement,
} from './ledger.ts';
import {
  SYSTEM_ACCOUNTS,
  type EngineState,
  type LedgerAccount,
  type LedgerPosition,
} from './state.ts';

export interface ForcedClose {
  readonly instrument: Instrument;
  /** What was traded: the position's lots with the other sign. */
  readonly tradedLots: Lots;
  readonly notional: MoneyUnits;
  readonly realizedPnl: MoneyUnits;
  /** Isolated: its wallet with the PnL, now in the cross wallet and below zero for a bankrupt one. Cross: zero. */
  readonly releasedMargin: MoneyUnits;
  readonly movements: readonly Movement[];
}

/**
 * Closes a whole position at the mark against the outside market, without a taker fee. What an isolated position leaves goes
 * to the cross wallet with its sign: the caller charges fee and covers the deficit of exactly that amount in the same step, so
 * that the cross wallet neither wins nor loses by it.
 */
export function closeAtMark(
  state: EngineState,
  p: {
    readonly account: LedgerAccount;
    readonly position: LedgerPosition;
    readonly markTicks: Ticks;
  },
): ForcedClose {
  const { account, position } = p;
  const instrument = instrumentOf(state, position.instrumentId);
  const trade = tradeOf(instrument, negated(position.lots), p.markTicks);
  const realizedPnl = bookIntoPosition(position, trade);
  bookOutside(state, trade);
  const released = releaseTo(account, position, { instrument, realizedPnl });
  dropIfFlat(account, position);
  return {
    instrument,
    tradedLots: trade.lots,
    notional: magnitudeOf(trade.value),
    realizedPnl,
    ...released,
  };
}

function releaseTo(
  account: LedgerAccount,
  position: LedgerPosition,
  p: { readonly instrument: Instrument; readonly realizedPnl: MoneyUnits },
): Pick<ForcedClose, 'releasedMargin' | 'movements'> {
  const asset = p.instrument.settle;
  const isolated = position.marginKind === 'isolated';
  const party = isolated ? isolatedPartyOf(account, position) : account.accountId;
  const pnl = movementOf({
    from: SYSTEM_ACCOUNTS.outside,
    to: party,
    asset,
    amount: p.realizedPnl,
    reason: 'PNL',
  });
  const margin = moneyUnits(isolated ? position.isolatedWallet + p.realizedPnl : 0n);
  credit(account, asset, isolated ? margin : p.realizedPnl);
  position.isolatedWallet = NO_UNITS;
  if (!isolated) return { releasedMargin: NO_UNITS, movements: [pnl] };
  const back = movementOf({
    from: party,
    to: account.accountId,
    asset,
    amount: margin,
    reason: 'MARGIN',
  });
  return { releasedMargin: margin, movements: [pnl, back] };
}

/** min(ceil(rate x notional), equity left), never below zero (issue: first complete form of liquidation). */
export function liquidationFee(p: {
  readonly notional: MoneyUnits;
  readonly rate: RateUnits;
  readonly equityLeft: MoneyUnits;
}): MoneyUnits {
  const asked = divide(p.notional * p.rate, RATE_SCALE, 'ceil');
  const payable = p.equityLeft > 0n ? p.equityLeft : 0n;
  return moneyUnits(asked < payable ? asked : payable);
}

/** The fee goes to the insurance fund of its asset. */
export function chargeLiquidationFee(
  state: EngineState,
  p: { readonly account: LedgerAccount; readonly asset: AssetId; readonly amount: MoneyUnits },
): Movement {
  const fund = systemAccount(state, 'insuranceFund');
  return moveMoney({
    from: p.account,
    to: fund,
    asset: p.asset,
    amount: p.amount,
    reason: 'LIQ_FEE',
  });
}

export interface DeficitCover {
  readonly asset: AssetId;
  readonly amount: MoneyUnits;
  /** The fund never goes below zero. */
  readonly paidByFund: MoneyUnits;
  readonly badDebt: MoneyUnits;
  readonly movements: readonly Movement[];
}

/** Pays what a pool is missing: the insurance fund as far as it goes, the rest is bad debt. */
export function coverDeficit(
  state: EngineState,
  p: { readonly account: LedgerAccount; readonly asset: AssetId; readonly amount: MoneyUnits },
): DeficitCover {
  assert(p.amount >= 0n, 'a deficit is not negative');
  const fund = systemAccount(state, 'insuranceFund');
  const held = walletOf(fund, p.asset);
  const paidByFund = moneyUnits(held <= 0n ? 0n : held < p.amount ? held : p.amount);
  const badDebt = moneyUnits(p.amount - paidByFund);
  const to = p.account;
  const { asset } = p;
  const movements: Movement[] = [];
  if (paidByFund > 0n) {
    movements.push(moveMoney({ from: fund, to, asset, amount: paidByFund, reason: 'INSURANCE' }));
  }
  if (badDebt > 0n) {
    const from = systemAccount(state, 'badDebt');
    movements.push(moveMoney({ from, to, asset, amount: badDebt, reason: 'BAD_DEBT' }));
  }
  return { asset, amount: p.amount, paidByFund, badDebt, movements };
}

export interface CollateralSale {
  readonly asset: AssetId;
  readonly amount: MoneyUnits;
  readonly into: AssetId;
  readonly proceeds: MoneyUnits;
  readonly movements: readonly Movement[];
}

export interface SaleOrder {
  readonly account: LedgerAccount;
  readonly asset: AssetId;
  readonly into: AssetId;
  /** Sell no more than brings in this much. */
  readonly needed: MoneyUnits;
  /** Price of one unit of each asset in a common currency, in 1e-8. */
  readonly price: MoneyUnits;
  readonly intoPrice: MoneyUnits;
  /** Taken off the price: what the forced seller gives up. Below 1. */
  readonly surcharge: RateUnits;
}

/**
 * Sells as much of one asset as is needed, at most what the cross wallet holds, against the outside market. The amount is
 * rounded up and the proceeds down: the seller never gets more than the price.
 */
export function sellCollateral(state: EngineState, order: SaleOrder): CollateralSale {
  assert(order.surcharge >= 0n && order.surcharge < RATE_SCALE, 'a surcharge below one');
  assert(order.price > 0n && order.intoPrice > 0n, 'prices above zero');
  const netPrice = order.price * (RATE_SCALE - order.surcharge);
  const fullPrice = order.intoPrice * RATE_SCALE;
  const wanted = divide(order.needed * fullPrice, netPrice, 'ceil');
  const held = walletOf(order.account, order.asset);
  const amount = moneyUnits(held <= 0n ? 0n : wanted < held ? wanted : held);
  const proceeds = moneyUnits(divide(amount * netPrice, fullPrice, 'floor'));
  return {
    asset: order.asset,
    into: order.into,
    amount,
    proceeds,
    movements: exchange(state, order, { amount, proceeds }),
  };
}

function exchange(
  state: EngineState,
  order: SaleOrder,
  p: { readonly amount: MoneyUnits; readonly proceeds: MoneyUnits },
): readonly Movement[] {
  if (p.amount === 0n) return [];
  const outside = systemAccount(state, 'outside');
  const { account } = order;
  return [
    moveMoney({
      from: account,
      to: outside,
      asset: order.asset,
      amount: p.amount,
      reason: 'CONVERSION',
    }),
    moveMoney({
      from: outside,
      to: account,
      asset: order.into,
      amount: p.proceeds,
      reason: 'CONVERSION',
    }),
  ];
}
