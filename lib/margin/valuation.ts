/** What one position is worth and requires at its mark, rounded as its venue rounds (SPEC MR). */
import { assert } from '../contract.ts';
import { valueOf, type RiskTier } from '../market/instrument.ts';
import { ONE, roundTo } from '../units/decimal.ts';
import {
  absolute,
  minus,
  money,
  negate,
  plus,
  price,
  ratioOf,
  type Money,
  type Price,
  type Rate,
} from '../units/money.ts';
import { MONEY_DECIMALS } from '../units/scaled.ts';
import { type Position } from './account.ts';
import { absent, known, mapFigure, type Figure } from './figures.ts';
import { type Rounding } from './receipt-step.ts';
import { standingOf } from './path.ts';
import { type Leg } from './pool.ts';
import { lazily } from './lazily.ts';
import { initialMarginOf, maintenanceOf, tierOf } from './tiers.ts';
import { contractNotional, contractValue, requirementOf } from './requirement.ts';
import { type MoneyRounding, type VenueRules } from './venues/rules.ts';

export interface Valuation {
  readonly notional: Money;
  readonly unrealizedPnl: Money;
  readonly tier: Figure<RiskTier>;
  readonly initialMargin: Figure<Money>;
  /** With the closing fee, where the venue reserves one. */
  readonly maintenanceMargin: Figure<Money>;
  /** Reserved for closing, part of maintenance; absent where the venue reserves none. */
  readonly closingFee?: Figure<Money>;
}

/** An inverse value is a quotient cut at 40 digits: what it lies beside a whole unit by less than this is that cut, not money. */
const QUOTIENT_DECIMALS = 32;

/** Rounds money, at 1e-8 of its asset unless told otherwise, by a named mode. */
export function roundMoney(value: Money, mode: MoneyRounding, decimals = MONEY_DECIMALS): Money {
  const settled = roundTo(value, QUOTIENT_DECIMALS, 'half-even');
  return money(mode === 'exact' ? settled : roundTo(settled, decimals, mode));
}

/** What `roundMoney` does, for receipts. */
export function roundingsOfMoney(
  mode: MoneyRounding,
  decimals = MONEY_DECIMALS,
): readonly Rounding[] {
  const settling = { mode: 'half-even', kind: 'decimals', count: QUOTIENT_DECIMALS } as const;
  return mode === 'exact' ? [settling] : [settling, { mode, kind: 'decimals', count: decimals }];
}

/** [MR1..MR6] All figures of a position that depend on nothing but itself and its mark. */
export function valuationOf(leg: Leg, rules: VenueRules): Valuation {
  const { instrument, position, mark } = leg;
  if (rules.terms !== undefined) return valuationByTerms(leg, rules, mark.price);
  assert(mark.price.gt(0), 'a price above zero');
  const { notional } = standingOf(leg);
  const owes = position.signedSize.isNegative() === (instrument.kind === 'linear');
  return valuationOfValue(leg, rules, money(owes ? notional.negated() : notional), money(notional));
}

/** The same at another price: what the position would be worth there. */
export function valuationAt(leg: Leg, rules: VenueRules, at: Price): Valuation {
  if (rules.terms !== undefined) return valuationByTerms(leg, rules, at);
  const value = valueOf(leg.instrument, leg.position.signedSize, at);
  return valuationOfValue(leg, rules, value, absolute(value));
}

function valuationOfValue(
  leg: Leg,
  rules: VenueRules,
  value: Money,
  exactNotional: Money,
): Valuation {
  const { instrument, position } = leg;
  const found = tierOf(instrument, exactNotional);
  const tier: Figure<RiskTier> = found.ok ? known(found.value) : absent(found.error);
  const initialMargin = lazily(() =>
    mapFigure(tier, (of) =>
      roundMoney(
        initialMarginOf(rules, of, exactNotional, position.leverage),
        rules.rounding.initialMargin,
      ),
    ),
  );
  return {
    notional: roundMoney(exactNotional, rules.rounding.notional),
    unrealizedPnl: unrealizedPnlOf(leg, rules, value),
    tier,
    get initialMargin() {
      return initialMargin();
    },
    maintenanceMargin: mapFigure(tier, (of) =>
      roundMoney(maintenanceOf(of, exactNotional), rules.rounding.maintenanceMargin),
    ),
  };
}

/** [VE2..VE6] A venue with terms of its own: what it asks for may be valued elsewhere than at the mark. */
function valuationByTerms(leg: Leg, rules: VenueRules, at: Price): Valuation {
  const { notional, decimals } = rules.rounding;
  const asked = requirementOf(leg, rules, at);
  const rounded = (value: Money, mode: MoneyRounding): Money => roundMoney(value, mode, decimals);
  const { initialMargin, maintenanceMargin } = rules.rounding;
  return {
    notional: rounded(contractNotional(rules, leg, at), notional),
    unrealizedPnl: unrealizedPnlAt(leg, rules, at),
    tier: mapFigure(asked, ({ tier }) => tier),
    initialMargin: mapFigure(asked, ({ initial, initialFee }) =>
      plus(rounded(initial, initialMargin), rounded(initialFee, initialMargin)),
    ),
    maintenanceMargin: mapFigure(asked, ({ maintenance, fee }) =>
      plus(rounded(maintenance, maintenanceMargin), rounded(fee, maintenanceMargin)),
    ),
    closingFee: mapFigure(asked, ({ fee }) => rounded(fee, maintenanceMargin)),
  };
}

/** [MR5] value(mark) - value(entry), in the settle asset. */
export function unrealizedPnlAt(leg: Leg, rules: VenueRules, at: Price): Money {
  return unrealizedPnlOf(leg, rules, contractValue(rules, leg, at));
}

function unrealizedPnlOf({ position }: Leg, rules: VenueRules, value: Money): Money {
  const { unrealizedPnl: mode, decimals } = rules.rounding;
  if (mode !== 'from-rounded-value') {
    return roundMoney(minus(value, position.openValue), mode, decimals);
  }
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
