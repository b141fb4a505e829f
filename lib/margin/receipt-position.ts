/** What one position is worth and requires at its mark, step by step (SPEC RC, MR1 to MR6, VE2 to VE5). */
import { type RiskTier } from '../market/instrument.ts';
import { type Decimal } from '../units/decimal.ts';
import { absolute, money, type Money } from '../units/money.ts';
import { type ValuedLeg } from './position-health.ts';
import { type Leg } from './pool.ts';
import {
  exactStep,
  legName,
  operand,
  sumStep,
  type Operand,
  type ReceiptStep,
  type Rounding,
} from './receipt-step.ts';
import {
  bankruptcyValueOf,
  basisNotional,
  closingFeeOf,
  coinsOf,
  contractNotional,
  contractValue,
  requirementOf,
  termsOf,
  unitDecimalsOf,
  wholeContractValue,
} from './requirement.ts';
import { maintenanceOf } from './tiers.ts';
import { roundingsOfMoney, roundMoney } from './valuation.ts';
import { type RequirementTerms, type VenueRules } from './venues/rules.ts';

export function positionSteps(item: ValuedLeg, rules: VenueRules): readonly ReceiptStep[] {
  const { leg, valuation } = item;
  return [
    notionalStep(item, rules),
    pnlStep(item, rules),
    ...(valuation.tier.known ? askedSteps(leg, rules, valuation.tier.value) : []),
  ];
}

function notionalStep({ leg, valuation }: ValuedLeg, rules: VenueRules): ReceiptStep {
  const { notional: mode, decimals } = rules.rounding;
  return {
    name: `Notional of ${legName(leg)}`,
    ...valueParts(leg, rules, 'mark', leg.mark.price),
    exact: contractNotional(rules, leg, leg.mark.price),
    rounding: roundingsOfMoney(mode, decimals),
    result: valuation.notional,
    unit: leg.instrument.settle,
  };
}

/** size x contract size x price, divided by it for inverse contracts; or of whole contract values. */
function valueParts(
  leg: Leg,
  rules: VenueRules,
  priceName: string,
  at: Leg['mark']['price'],
): Pick<ReceiptStep, 'formula' | 'operands'> {
  const { instrument, position } = leg;
  const size = operand('size', position.signedSize.abs());
  const one = wholeContractValue(rules, leg, at);
  if (one !== undefined) {
    const whole = operand('value of one contract', one, instrument.settle);
    return { formula: 'size × value of one contract', operands: [size, whole] };
  }
  const sign = instrument.kind === 'linear' ? '×' : '÷';
  return {
    formula: `size × contract size ${sign} ${priceName}`,
    operands: [
      size,
      operand('contract size', instrument.contractSize),
      operand(priceName, at, instrument.quote),
    ],
  };
}

/** [MR5] The house rounds the value at the mark, others the difference. */
function pnlStep({ leg, valuation }: ValuedLeg, rules: VenueRules): ReceiptStep {
  const { unrealizedPnl: mode, notional, decimals } = rules.rounding;
  const { settle } = leg.instrument;
  const fromRounded = mode === 'from-rounded-value';
  const exactValue = contractValue(rules, leg, leg.mark.price);
  const magnitude = fromRounded ? roundMoney(absolute(exactValue), notional) : absolute(exactValue);
  const value = exactValue.isNegative() ? magnitude.negated() : magnitude;
  const { openValue } = leg.position;
  return {
    name: `Unrealized PnL of ${legName(leg)}`,
    formula: 'value at the mark − value at entry',
    operands: [
      operand('value at the mark', value, settle),
      operand('value at entry', openValue, settle),
    ],
    exact: value.minus(openValue),
    rounding: fromRounded ? [] : roundingsOfMoney(mode, decimals),
    result: valuation.unrealizedPnl,
    unit: settle,
  };
}

function askedSteps(leg: Leg, rules: VenueRules, tier: RiskTier): readonly ReceiptStep[] {
  if (rules.terms !== undefined) return stepsByTerms(leg, rules);
  const notional = contractNotional(rules, leg, leg.mark.price);
  return [
    tierStep(leg, tier, operand('notional', notional, leg.instrument.settle)),
    maintenanceStep(leg, rules, { tier, notional, basis: 'notional' }),
  ];
}

/** @param key what the table is read by; undefined where a search ended without a price */
export function tierStep(leg: Leg, tier: RiskTier, key: Operand | undefined): ReceiptStep {
  const { settle } = leg.instrument;
  const unit = key === undefined ? settle : key.unit;
  return exactStep({
    name: `Risk tier of ${legName(leg)}`,
    formula:
      key === undefined ? 'the last one that the search reaches' : `floor < ${key.name} ≤ cap`,
    operands: [
      ...(key === undefined ? [] : [key]),
      operand('floor', tier.notionalFloor, unit),
      operand('cap', tier.notionalCap, unit),
      operand('maintenance rate', tier.maintenanceMarginRate),
      operand('deduction', tier.maintenanceDeduction, settle),
    ],
    exact: money(tier.tier),
    unit: '',
  });
}

function maintenanceStep(
  leg: Leg,
  rules: VenueRules,
  of: { readonly tier: RiskTier; readonly notional: Money; readonly basis: string },
): ReceiptStep {
  const { tier, notional, basis } = of;
  const { settle } = leg.instrument;
  const exact = maintenanceOf(tier, notional);
  const rounding = askedRoundings(leg, rules, 'half-up');
  const inUnits = requirementInUnits(leg, rules) ?? exact;
  const { maintenanceMargin, decimals } = rules.rounding;
  return {
    name: `Maintenance of ${legName(leg)}`,
    formula: `${basis} × maintenance rate − deduction`,
    operands: [
      operand(basis, notional, settle),
      operand('maintenance rate', tier.maintenanceMarginRate),
      operand('deduction', tier.maintenanceDeduction, settle),
    ],
    exact,
    rounding,
    result: roundMoney(inUnits, maintenanceMargin, decimals),
    unit: settle,
  };
}

/** [VE3] Rounded to whole units first, where the venue does so. */
function askedRoundings(leg: Leg, rules: VenueRules, mode: 'half-up' | 'up'): readonly Rounding[] {
  const { maintenanceMargin, decimals } = rules.rounding;
  const units = unitDecimalsOf(rules, leg);
  return [
    ...(units === undefined ? [] : [{ mode, kind: 'decimals', count: units } as const]),
    ...roundingsOfMoney(maintenanceMargin, decimals),
  ];
}

function requirementInUnits(leg: Leg, rules: VenueRules): Money | undefined {
  if (rules.terms === undefined) return undefined;
  const asked = requirementOf(leg, rules, leg.mark.price);
  return asked.known ? asked.value.maintenance : undefined;
}

function stepsByTerms(leg: Leg, rules: VenueRules): readonly ReceiptStep[] {
  const mark = leg.mark.price;
  const terms = termsOf(rules, leg);
  const asked = requirementOf(leg, rules, mark);
  if (!asked.known) return [];
  const { tier } = asked.value;
  const notional = basisNotional(rules, leg, terms.maintenanceAt, mark);
  const basis = BASIS_NAMES[terms.maintenanceAt];
  return [
    ...indexStep(leg, rules, terms, notional),
    keyStep(leg, terms, tier, operand(basis, notional, leg.instrument.settle)),
    maintenanceStep(leg, rules, { tier, notional, basis }),
    ...feeSteps({ leg, rules, terms, notional, ...asked.value }),
  ];
}

const BASIS_NAMES = {
  mark: 'notional',
  entry: 'value at entry without sign',
  index: 'value at the index',
} as const;

function indexStep(
  leg: Leg,
  rules: VenueRules,
  terms: RequirementTerms,
  exact: Decimal,
): readonly ReceiptStep[] {
  if (terms.maintenanceAt !== 'index') return [];
  const given = leg.indexPrice;
  const parts = valueParts(
    leg,
    rules,
    given === undefined ? 'mark' : 'index',
    given ?? leg.mark.price,
  );
  const name = `Value of ${legName(leg)} at the index`;
  return [exactStep({ name, ...parts, exact, unit: leg.instrument.settle })];
}

/** [VE2] The tier by notional or contracts, or the rate that grows with the coins. */
function keyStep(leg: Leg, terms: RequirementTerms, tier: RiskTier, value: Operand): ReceiptStep {
  const growth = leg.instrument.marginGrowth;
  if (terms.tierKey === 'coins' && growth !== undefined) {
    return exactStep({
      name: `Maintenance rate of ${legName(leg)}`,
      formula: 'base rate + growth × coins',
      operands: [
        operand('base rate', growth.maintenanceBase),
        operand('growth', growth.perCoin),
        operand('coins', coinsOf(leg, money(value.value)), leg.instrument.base),
      ],
      exact: tier.maintenanceMarginRate,
      unit: '',
    });
  }
  return terms.tierKey === 'contracts'
    ? tierStep(leg, tier, operand('contracts', leg.position.signedSize.abs()))
    : tierStep(leg, tier, value);
}

interface FeeParts {
  readonly leg: Leg;
  readonly rules: VenueRules;
  readonly terms: RequirementTerms;
  readonly notional: Money;
  readonly initial: Money;
  /** As `requirementOf` gives them. */
  readonly maintenance: Money;
  readonly fee: Money;
}

function feeSteps(parts: FeeParts): readonly ReceiptStep[] {
  const { leg, rules, terms, notional, initial, fee } = parts;
  if (terms.closingFee === 'none') return [];
  const { maintenanceMargin, decimals } = rules.rounding;
  const unit = leg.instrument.settle;
  const result = roundMoney(fee, maintenanceMargin, decimals);
  const own = roundMoney(parts.maintenance, maintenanceMargin, decimals);
  return [
    {
      name: `Closing fee of ${legName(leg)}`,
      ...feeFormula(parts),
      exact: closingFeeOf(terms, leg, notional, initial),
      rounding: askedRoundings(leg, rules, 'up'),
      result,
      unit,
    },
    sumStep(`Maintenance and fee of ${legName(leg)}`, unit, [
      operand('maintenance', own, unit),
      operand('closing fee', result, unit),
    ]),
  ];
}

/** [VE5] What the taker fee is of. */
function feeFormula(parts: FeeParts): Pick<ReceiptStep, 'formula' | 'operands'> {
  const { leg, terms, notional, initial } = parts;
  const { settle, takerFeeRate } = leg.instrument;
  const rate = operand('taker fee rate', takerFeeRate);
  switch (terms.closingFee) {
    case 'of-cost-and-margin':
      return {
        formula: '(cost + initial margin) × taker fee rate',
        operands: [
          operand('cost', absolute(leg.position.openValue), settle),
          operand('initial margin', initial, settle),
          rate,
        ],
      };
    case 'of-bankruptcy-value': {
      const value = operand('value at the bankruptcy price', bankruptcyValueOf(leg), settle);
      return { formula: `${value.name} × taker fee rate`, operands: [value, rate] };
    }
    case 'none':
    case 'of-value':
    case 'of-last-value': {
      const value = operand(BASIS_NAMES[terms.maintenanceAt], notional, settle);
      return { formula: `${value.name} × taker fee rate`, operands: [value, rate] };
    }
  }
}
