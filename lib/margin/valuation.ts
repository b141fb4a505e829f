/** What one position is worth and requires at its mark, rounded as its venue rounds (SPEC MR). */
import { notionalOf, valueOf, type RiskTier } from '../market/instrument.ts';
import { ONE, roundTo, type RoundingMode } from '../units/decimal.ts';
import {
  absolute,
  minus,
  money,
  negate,
  price,
  ratioOf,
  type Money,
  type Price,
  type Rate,
} from '../units/money.ts';
import { MONEY_DECIMALS } from '../units/scaled.ts';
import { type Position } from './account.ts';
import { absent, known, mapFigure, type Figure } from './figures.ts';
import { type Leg } from './pool.ts';
import { initialMarginOf, maintenanceOf, tierOf } from './tiers.ts';
import { type VenueRules } from './venues/rules.ts';

export interface Valuation {
  readonly notional: Money;
  readonly unrealizedPnl: Money;
  readonly tier: Figure<RiskTier>;
  readonly initialMargin: Figure<Money>;
  readonly maintenanceMargin: Figure<Money>;
}

/** An inverse value is a quotient cut at 40 digits: what it lies beside a whole unit by less than this is that cut, not money. */
const QUOTIENT_DECIMALS = 32;

/** Rounds money at 1e-8 of its asset by a named mode. */
export function roundMoney(value: Money, mode: RoundingMode): Money {
  return money(roundTo(roundTo(value, QUOTIENT_DECIMALS, 'half-even'), MONEY_DECIMALS, mode));
}

/** [MR1..MR6] All figures of a position that depend on nothing but itself and its mark. */
export function valuationOf(leg: Leg, rules: VenueRules): Valuation {
  return valuationAt(leg, rules, leg.mark.price);
}

/** The same at another price: what the position would be worth there. */
export function valuationAt(leg: Leg, rules: VenueRules, at: Price): Valuation {
  const { instrument, position } = leg;
  const exactNotional = notionalOf(instrument, position.signedSize, at);
  const found = tierOf(instrument, exactNotional);
  const tier: Figure<RiskTier> = found.ok ? known(found.value) : absent(found.error);
  return {
    notional: roundMoney(exactNotional, rules.rounding.notional),
    unrealizedPnl: unrealizedPnlAt(leg, rules, at),
    tier,
    initialMargin: mapFigure(tier, (of) =>
      roundMoney(
        initialMarginOf(rules, of, exactNotional, position.leverage),
        rules.rounding.initialMargin,
      ),
    ),
    maintenanceMargin: mapFigure(tier, (of) =>
      roundMoney(maintenanceOf(of, exactNotional), rules.rounding.maintenanceMargin),
    ),
  };
}

/** [MR5] value(mark) - value(entry), in the settle asset. */
export function unrealizedPnlAt(leg: Leg, rules: VenueRules, at: Price): Money {
  const { instrument, position } = leg;
  const value = valueOf(instrument, position.signedSize, at);
  const mode = rules.rounding.unrealizedPnl;
  if (mode !== 'from-rounded-value') return roundMoney(minus(value, position.openValue), mode);
  const magnitude = roundMoney(absolute(value), rules.rounding.notional);
  return minus(value.isNegative() ? negate(magnitude) : magnitude, position.openValue);
}

/** [MR7] unrealized PnL / initial margin at entry = PnL x leverage / value at entry. */
export function returnOnEquityOf(leg: Leg, unrealizedPnl: Money): Figure<Rate> {
  const { openValue, leverage } = leg.position;
  if (openValue.isZero()) return absent({ kind: 'not-recorded' });
  return known(ratioOf(money(unrealizedPnl.times(leverage)), absolute(openValue)));
}

/** What [MR7] divides by: initial margin at the entry price. */
export function entryMarginOf({ openValue, leverage }: Position): Money {
  return money(absolute(openValue).div(leverage));
}

/** [MR8] entry x (1 + f)/(1 - f) for a long, mirrored for a short: a taker fee paid on the way in and on the way out. */
export function breakEvenOf(leg: Leg): Figure<Price> {
  const fee = leg.instrument.takerFeeRate;
  if (!fee.lt(1)) return absent({ kind: 'not-recorded' });
  const growth = ONE.plus(fee).div(ONE.minus(fee));
  const { entryPrice, signedSize } = leg.position;
  return known(price(signedSize.isNegative() ? entryPrice.div(growth) : entryPrice.times(growth)));
}

/** Notional at the mark with the sign of the size. */
export function signedNotionalOf(leg: Leg): Money {
  const value = valueOf(leg.instrument, leg.position.signedSize, leg.mark.price);
  return leg.instrument.kind === 'linear' ? value : negate(value);
}
