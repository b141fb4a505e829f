/** Comparing and disturbing the decimal texts of a recorded case. No figure of margin is computed here. */
import { Decimal, decimalText, parseDecimal } from '../units/decimal.ts';

/** How far an answer may lie from what is expected: an amount, or a share of what is expected. */
export type CaseTolerance =
  | { readonly kind: 'amount'; readonly value: string }
  | { readonly kind: 'share'; readonly value: string };

export const EXACT: CaseTolerance = { kind: 'amount', value: '0' };

export function isDecimalText(text: string): boolean {
  return parseDecimal(text).ok;
}

function parsed(text: string): Decimal {
  const value = parseDecimal(text);
  return value.ok ? value.value : new Decimal(0);
}

export function isZeroText(text: string): boolean {
  return isDecimalText(text) && parsed(text).isZero();
}

export function isAboveZero(text: string): boolean {
  return isDecimalText(text) && parsed(text).gt(0);
}

/** Whether two texts mean the same number within the tolerance; false where one is no number. */
export function agrees(actual: string, expected: string, tolerance: CaseTolerance): boolean {
  if (!isDecimalText(actual) || !isDecimalText(expected)) return false;
  return parsed(actual).minus(parsed(expected)).abs().lte(amountOf(tolerance, expected));
}

function amountOf(tolerance: CaseTolerance, expected: string): Decimal {
  const value = parsed(tolerance.value);
  return tolerance.kind === 'amount' ? value : value.times(parsed(expected).abs());
}

const SHIFT = 2;

/**
 * The expectation moved away from our answer by twice its tolerance, or by one unit of its last digit where it is exact; either
 * way where the answer meets it. (Toward an answer that already uses up its tolerance, the same move would still agree.)
 */
export function shiftedAway(p: {
  readonly expected: string;
  readonly actual: string;
  readonly tolerance: CaseTolerance;
}): readonly string[] {
  const value = parsed(p.expected);
  const allowed = amountOf(p.tolerance, p.expected);
  const step = allowed.isZero() ? lastDigitOf(p.expected) : allowed.times(SHIFT);
  const above = parsed(p.actual).minus(value);
  return [
    ...(above.gt(0) ? [] : [decimalText(value.plus(step))]),
    ...(above.lt(0) ? [] : [decimalText(value.minus(step))]),
  ];
}

function lastDigitOf(text: string): Decimal {
  const decimals = text.includes('.') ? text.length - text.indexOf('.') - 1 : 0;
  return new Decimal(10).pow(-decimals);
}

/** From a hundredth more to a thousand times: the least that shows an effect is enough to prove that a value is read. */
const FACTORS = ['1.01', '0.99', '2', '0.5', '10', '0.1', '1000', '0.001'];
const INSTEAD_OF_ZERO = ['1', '1000'];

/** Other values that could stand for this one. */
export function disturbancesOf(text: string): readonly string[] {
  if (isZeroText(text)) return INSTEAD_OF_ZERO;
  return FACTORS.map((factor) => decimalText(parsed(text).times(factor)));
}
