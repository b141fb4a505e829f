/**
 * Account figures that venues print as sums and ratios of other figures of theirs (SPEC VE9). Amounts are of one unit unless a
 * name says otherwise; nothing is rounded but where a rule says so.
 */
import { ONE, roundTo, type Decimal } from '../units/decimal.ts';
import {
  minus,
  money,
  NO_MONEY,
  plus,
  rate,
  sumOf,
  type Money,
  type Rate,
} from '../units/money.ts';
import { absent, allOf, known, mapFigure, type Figure } from './figures.ts';

type Amounts<Word extends string> = Readonly<Record<Word, Money>>;

/** Collateral and PnL; what is not there is zero. */
type Balance = 'walletBalance' | 'unrealizedPnl';
export function marginBalanceOf(p: Amounts<Balance>): Figure<Money> {
  return known(plus(p.walletBalance, p.unrealizedPnl));
}

export function availableOf(p: Amounts<Balance | 'initialMargin' | 'haircut'>): Figure<Money> {
  const balance = plus(p.walletBalance, p.unrealizedPnl);
  return known(minus(minus(balance, p.haircut), p.initialMargin));
}

/** How much of `available` is required: 1 is liquidation where maintenance is required. */
export function requiredShareOf(p: Amounts<Balance | 'required'>): Figure<Rate> {
  const available = plus(p.walletBalance, p.unrealizedPnl);
  return available.gt(0) ? known(rate(p.required.div(available))) : absent({ kind: 'no-equity' });
}

/** The other way round: falls toward 1. */
export function coverageOf(p: Amounts<'required' | 'available'>): Figure<Rate> {
  return p.required.gt(0)
    ? known(rate(p.available.div(p.required)))
    : absent({ kind: 'not-recorded' });
}

/** Bybit cuts account rates after four decimals. */
const BYBIT_RATE_DECIMALS = 4;
export function bybitRateOf(p: Amounts<Balance | 'required'>): Figure<Decimal> {
  const share = requiredShareOf(p);
  return share.known ? known(roundTo(share.value, BYBIT_RATE_DECIMALS, 'down')) : share;
}

/** Deribit: session results of futures and the value of options count in equity. */
export function deribitEquityOf(
  p: Amounts<'balance' | 'sessionUnrealized' | 'sessionRealized' | 'optionsValue'>,
): Figure<Money> {
  const futures = plus(p.sessionUnrealized, p.sessionRealized);
  return known(plus(plus(p.balance, futures), p.optionsValue));
}

/** Deribit: a long option has cost its premium and asks for nothing more. */
export function longOptionMarginOf(): Figure<Money> {
  return known(NO_MONEY);
}

/** Deribit, standard margin: the value of options is no margin. */
export function deribitMarginBalanceOf(
  p: Amounts<'balance' | 'sessionUnrealized' | 'sessionRealized'>,
): Figure<Money> {
  return known(plus(plus(p.balance, p.sessionUnrealized), p.sessionRealized));
}

/** The same where equity is what is known. */
export function deribitMarginOfEquity(p: Amounts<'equity' | 'optionsValue'>): Figure<Money> {
  return known(minus(p.equity, p.optionsValue));
}

export function deribitAvailableOf(
  p: Amounts<'balance' | 'sessionUnrealized' | 'sessionRealized' | 'initialMargin'>,
): Figure<Money> {
  const margin = plus(plus(p.balance, p.sessionUnrealized), p.sessionRealized);
  return known(minus(margin, p.initialMargin));
}

export function deribitUsageOf(
  p: Amounts<'balance' | 'sessionUnrealized' | 'sessionRealized' | 'required'>,
): Figure<Rate> {
  const walletBalance = plus(plus(p.balance, p.sessionUnrealized), p.sessionRealized);
  return requiredShareOf({ walletBalance, unrealizedPnl: NO_MONEY, required: p.required });
}

/** Deribit, portfolio margin: initial margin follows from maintenance where no order rests. */
export function initialFromMaintenanceOf(
  p: Amounts<'maintenanceMargin' | 'factor'>,
): Figure<Money> {
  return known(money(p.maintenanceMargin.times(p.factor)));
}

/** Deribit, cross collateral: a field of one currency is the USD total in that currency; such fields are never added up. */
export function inCurrencyOf(p: Amounts<'totalUsd' | 'index'>): Figure<Money> {
  return p.index.gt(0) ? known(money(p.totalUsd.div(p.index))) : absent({ kind: 'not-recorded' });
}

export function availableInCurrencyOf(
  p: Amounts<'marginBalanceUsd' | 'initialMarginUsd' | 'index'>,
): Figure<Money> {
  return inCurrencyOf({ totalUsd: minus(p.marginBalanceUsd, p.initialMarginUsd), index: p.index });
}

/** The same where initial margin follows from maintenance. */
export function availableByFactorOf(
  p: Amounts<'marginBalanceUsd' | 'maintenanceMarginUsd' | 'factor' | 'index'>,
): Figure<Money> {
  const initialMarginUsd = money(p.maintenanceMarginUsd.times(p.factor));
  return availableInCurrencyOf({ ...p, initialMarginUsd });
}

export function initialInCurrencyByFactorOf(
  p: Amounts<'maintenanceMarginUsd' | 'factor' | 'index'>,
): Figure<Money> {
  return inCurrencyOf({ totalUsd: money(p.maintenanceMarginUsd.times(p.factor)), index: p.index });
}

/** OKX: cash has already lost what isolated positions hold. */
export function okxEquityOf(p: Amounts<'cash' | 'isolatedEquity'>): Figure<Money> {
  return known(plus(p.cash, p.isolatedEquity));
}

/** OKX: what an isolated position is worth, and what it was given. */
export function isolatedEquityOf(p: Amounts<'margin' | 'unrealizedPnl'>): Figure<Money> {
  return known(plus(p.margin, p.unrealizedPnl));
}

export function isolatedMarginOf(p: Amounts<'equity' | 'unrealizedPnl'>): Figure<Money> {
  return known(minus(p.equity, p.unrealizedPnl));
}

/** Cash, and what isolated positions are worth. */
export function okxEquityInPartsOf(p: Amounts<'cash' | 'margin' | 'unrealizedPnl'>): Figure<Money> {
  return known(plus(plus(p.cash, p.margin), p.unrealizedPnl));
}

export function okxEquityUsdOf(p: Amounts<'cash' | 'isolatedEquity' | 'index'>): Figure<Money> {
  return convertedOf({ amount: plus(p.cash, p.isolatedEquity), index: p.index });
}

/** OKX: what all coins count for, less what isolated positions and orders hold. */
export function okxAdjustedEquityOf(
  coins: readonly Amounts<'equityUsd' | 'discount'>[],
  held: Money,
): Figure<Money> {
  const counted = allOf(coins.map(discountedOf));
  return mapFigure(counted, (parts) => minus(sumOf(parts), held));
}

/** Value in USD. */
export function convertedOf(p: Amounts<'amount' | 'index'>): Figure<Money> {
  return known(money(p.amount.times(p.index)));
}

/** OKX: what a coin counts for; `discount` is the share that counts. A debt counts in full. */
export function discountedOf(p: Amounts<'equityUsd' | 'discount'>): Figure<Money> {
  return known(p.equityUsd.gt(0) ? money(p.equityUsd.times(p.discount)) : p.equityUsd);
}

/** OKX, several currencies: adjusted equity over maintenance and the fee of closing or borrowing. */
export function okxAccountRatioOf(
  p: Amounts<'adjustedEquity' | 'maintenanceMargin' | 'notional' | 'feeRate'>,
): Figure<Rate> {
  const fee = money(p.notional.times(p.feeRate));
  return coverageOf({ available: p.adjustedEquity, required: plus(p.maintenanceMargin, fee) });
}

/** Kraken: a coin counts less its haircut and less what converting it costs. */
export function krakenCollateralOf(
  p: Amounts<'value' | 'haircut' | 'conversionSpread'>,
): Figure<Money> {
  const kept = ONE.minus(p.haircut).times(ONE.minus(p.conversionSpread));
  return known(money(p.value.times(kept)));
}

/** Profit as a share of the margin behind it. */
export function profitRateOf(p: Amounts<'unrealizedPnl' | 'margin'>): Figure<Rate> {
  return p.margin.gt(0)
    ? known(rate(p.unrealizedPnl.div(p.margin)))
    : absent({ kind: 'not-recorded' });
}

/** What a position is made of; contract size 1 where the venue counts coins. */
type Held = 'size' | 'contractSize' | 'markPrice';

/** OKX: the same of one position whose maintenance is known as an amount; the fee is of its value at the mark. */
export function okxLinearRatioOf(
  p: Amounts<Held | 'equity' | 'maintenanceMargin' | 'feeRate'>,
): Figure<Rate> {
  const notional = money(p.size.abs().times(p.contractSize).times(p.markPrice));
  return okxAccountRatioOf({ ...p, adjustedEquity: p.equity, notional });
}

export function okxInverseRatioOf(
  p: Amounts<Held | 'equity' | 'maintenanceMargin' | 'feeRate'>,
): Figure<Rate> {
  const notional = money(p.size.abs().times(p.contractSize).div(p.markPrice));
  return okxAccountRatioOf({ ...p, adjustedEquity: p.equity, notional });
}

/** Profit of a linear position as a share of the margin behind it. */
export function longProfitRateOf(p: Amounts<Held | 'entryPrice' | 'margin'>): Figure<Rate> {
  const gained = p.markPrice.minus(p.entryPrice).times(p.size.abs()).times(p.contractSize);
  return profitRateOf({ unrealizedPnl: money(gained), margin: p.margin });
}

export function shortProfitRateOf(p: Amounts<Held | 'entryPrice' | 'margin'>): Figure<Rate> {
  return longProfitRateOf({ ...p, markPrice: p.entryPrice, entryPrice: p.markPrice });
}
