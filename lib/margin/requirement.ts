/** What a venue with terms of its own asks of one position (SPEC VE2 to VE6). Exact but where the venue rounds inside its formula. */
import {
  notionalOf,
  valueOf,
  type Instrument,
  type MarginGrowth,
  type RiskTier,
} from '../market/instrument.ts';
import { assert } from '../contract.ts';
import { ONE, roundTo, type Decimal, type RoundingMode } from '../units/decimal.ts';
import {
  absolute,
  money,
  NO_MONEY,
  plus,
  quantity,
  rate,
  type Money,
  type Price,
  type Rate,
} from '../units/money.ts';
import { type Position } from './account.ts';
import { absent, known, type Figure } from './figures.ts';
import { type Leg } from './pool.ts';
import { initialMarginOf, maintenanceOf } from './tiers.ts';
import { type RequirementTerms, type ValuationBasis, type VenueRules } from './venues/rules.ts';

export interface Requirement {
  readonly tier: RiskTier;
  readonly initial: Money;
  /** The closing fee inside initial margin; zero where it holds none. */
  readonly initialFee: Money;
  readonly maintenance: Money;
  readonly fee: Money;
}

/** The terms that hold for a position's margin mode. */
export function termsOf(rules: VenueRules, leg: Leg): RequirementTerms {
  assert(rules.terms !== undefined, 'a venue with terms of its own');
  return rules.terms[leg.position.marginMode.kind];
}

/** [VE3] Decimals to which the venue rounds inside its formulas; undefined where it does not. */
export function unitDecimalsOf(rules: VenueRules, leg: Sized): number | undefined {
  return rules.terms?.unitDecimals?.[leg.instrument.settle];
}

function inUnits(rules: VenueRules, leg: Sized, value: Money, mode: RoundingMode): Money {
  const decimals = unitDecimalsOf(rules, leg);
  return decimals === undefined ? value : money(roundTo(value, decimals, mode));
}

/** What has a value: a contract and how much of it is held. */
export interface Sized {
  readonly instrument: Instrument;
  readonly position: Pick<Position, 'signedSize'>;
}

/** [VE3] Signed value at a price; BitMEX rounds the value of one contract before it multiplies. */
export function contractValue(rules: VenueRules, leg: Sized, at: Price): Money {
  const { instrument, position } = leg;
  const one = wholeContractValue(rules, leg, at);
  if (one === undefined) return valueOf(instrument, position.signedSize, at);
  const whole = one.times(position.signedSize);
  return money(instrument.kind === 'linear' ? whole : whole.negated());
}

/** Of one contract, without sign; undefined where the venue does not round it. */
export function wholeContractValue(rules: VenueRules, leg: Sized, at: Price): Money | undefined {
  if (unitDecimalsOf(rules, leg) === undefined) return undefined;
  const one = notionalOf(leg.instrument, quantity(ONE), at);
  return inUnits(rules, leg, one, 'half-up');
}

export function contractNotional(rules: VenueRules, leg: Sized, at: Price): Money {
  return absolute(contractValue(rules, leg, at));
}

/** The value that a requirement is of. */
export function basisNotional(
  rules: VenueRules,
  leg: Leg,
  basis: ValuationBasis,
  at: Price,
): Money {
  switch (basis) {
    case 'entry':
      return absolute(leg.position.openValue);
    case 'index':
      return contractNotional(rules, leg, leg.indexPrice ?? at);
    case 'mark':
      return contractNotional(rules, leg, at);
  }
}

/** [VE2..VE6] At a mark of `at`; absent above the last tier. */
export function requirementOf(leg: Leg, rules: VenueRules, at: Price): Figure<Requirement> {
  const terms = termsOf(rules, leg);
  return requirementOfValue(leg, rules, at, basisNotional(rules, leg, terms.maintenanceAt, at));
}

/** The same with maintenance of another value than today's. */
export function requirementOfValue(
  leg: Leg,
  rules: VenueRules,
  at: Price,
  notional: Money,
): Figure<Requirement> {
  const terms = termsOf(rules, leg);
  const tier = tierUnder(terms, leg, notional);
  if (!tier.known) return tier;
  const initialOf = basisNotional(rules, leg, terms.initialAt, at);
  const initial = inUnits(rules, leg, initialMargin(rules, leg, tier.value, initialOf), 'half-up');
  const maintenance = maintenanceOf(tier.value, notional);
  const fee = inUnits(rules, leg, closingFeeOf(terms, leg, notional, initial), 'up');
  return known({
    tier: tier.value,
    initial,
    initialFee: terms.initialHoldsFee ? fee : NO_MONEY,
    maintenance: inUnits(rules, leg, maintenance, 'half-up'),
    fee,
  });
}

/** [VE2] A tier by notional or contracts, or one whose rate is that of the coins held. */
export function tierUnder(terms: RequirementTerms, leg: Leg, notional: Money): Figure<RiskTier> {
  const { instrument, position } = leg;
  if (terms.tierKey === 'coins') return growingTier(leg, notional);
  const key = terms.tierKey === 'notional' ? notional : money(position.signedSize.abs());
  const tier = instrument.tiers.find(({ notionalCap }) => key.lte(notionalCap));
  return tier === undefined
    ? absent({ kind: 'above-last-tier', instrumentId: instrument.id, notional: key })
    : known(tierInForce(terms, leg, tier));
}

/** [VE2] Without its deduction for a position from before the table was progressive. */
export function tierInForce(terms: RequirementTerms, { position }: Leg, tier: RiskTier): RiskTier {
  const { flatIfOpenedBefore } = terms;
  const { openedAt } = position;
  const isFlat =
    flatIfOpenedBefore === 'any-time' ||
    (flatIfOpenedBefore !== undefined && openedAt !== undefined && openedAt < flatIfOpenedBefore);
  return isFlat ? { ...tier, maintenanceDeduction: NO_MONEY } : tier;
}

/** Of leverage, where no initial margin is asked for. */
const NO_LIMIT = rate(Number.MAX_SAFE_INTEGER);

function growingTier(leg: Leg, notional: Money): Figure<RiskTier> {
  const growth = leg.instrument.marginGrowth;
  if (growth === undefined) {
    return absent({ kind: 'terms-invalid', instrumentId: leg.instrument.id });
  }
  const coins = coinsOf(leg, notional);
  const initialRate = initialRateAt(growth, coins);
  return known({
    tier: 1,
    notionalFloor: NO_MONEY,
    notionalCap: notional,
    leverageMax: initialRate.gt(0) ? rate(ONE.div(initialRate)) : NO_LIMIT,
    maintenanceMarginRate: maintenanceRateAt(growth, coins),
    maintenanceDeduction: NO_MONEY,
  });
}

/** [VE2] j + k x coins, i + k x coins */
export function maintenanceRateAt(growth: MarginGrowth, coins: Decimal): Rate {
  return rate(growth.maintenanceBase.plus(growth.perCoin.times(coins)));
}
function initialRateAt(growth: MarginGrowth, coins: Decimal): Rate {
  return rate(growth.initialBase.plus(growth.perCoin.times(coins)));
}

/** Size in the base coin: what it is for a linear contract, the notional of an inverse one. */
export function coinsOf({ instrument, position }: Leg, notional: Money): Decimal {
  return instrument.kind === 'linear'
    ? position.signedSize.abs().times(instrument.contractSize)
    : notional;
}

/** Of a quotient: what is beyond is its cut. */
const RATE_DIGITS = 32;

/** [VE4] value / leverage, or value x the rate that grows, or x 1 / leverage rounded up as a rate first. */
function initialMargin(rules: VenueRules, leg: Leg, tier: RiskTier, notional: Money): Money {
  const growth = leg.instrument.marginGrowth;
  if (termsOf(rules, leg).tierKey === 'coins' && growth !== undefined) {
    return money(notional.times(initialRateAt(growth, coinsOf(leg, notional))));
  }
  const decimals = rules.terms?.initialRateDecimals;
  if (decimals === undefined) return initialMarginOf(rules, tier, notional, leg.position.leverage);
  // A leverage that stands for a rate carries the cut of its own quotient.
  const exactRate = roundTo(ONE.div(leg.position.leverage), RATE_DIGITS, 'half-even');
  return money(notional.times(roundTo(exactRate, decimals, 'up')));
}

/**
 * [VE6] What a position with isolated margin is opened with: value at entry / leverage, and the closing fee where the bankruptcy
 * price leaves it.
 */
export function openingMarginOf(rules: VenueRules, leg: Leg): Money {
  const terms = termsOf(rules, leg);
  const cost = absolute(leg.position.openValue);
  const initial = inUnits(rules, leg, money(cost.div(leg.position.leverage)), 'half-up');
  if (!terms.bankruptcyHoldsFee) return initial;
  return plus(initial, inUnits(rules, leg, closingFeeOf(terms, leg, cost, initial), 'up'));
}

/** [VE5] A taker fee for closing. */
export function closingFeeOf(
  terms: RequirementTerms,
  leg: Leg,
  notional: Money,
  initial: Money,
): Money {
  const { takerFeeRate } = leg.instrument;
  const cost = absolute(leg.position.openValue);
  switch (terms.closingFee) {
    case 'none':
      return NO_MONEY;
    case 'of-value':
    case 'of-last-value':
      return money(notional.times(takerFeeRate));
    case 'of-bankruptcy-value':
      return money(bankruptcyValueOf(leg).times(takerFeeRate));
    case 'of-cost-and-margin':
      return money(cost.plus(initial).times(takerFeeRate));
  }
}

/** Value at entry x (1 - s / leverage) (linear), x (1 + s / leverage) (inverse): what entry and leverage leave at their end. */
export function bankruptcyValueOf({ instrument, position }: Leg): Decimal {
  const lost = ONE.div(position.leverage).times(position.signedSize.isNegative() ? -1 : 1);
  const share = instrument.kind === 'linear' ? ONE.minus(lost) : ONE.plus(lost);
  return position.openValue.abs().times(share);
}
