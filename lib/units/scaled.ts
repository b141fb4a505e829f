/**
 * The ledger's integers. Money is a count of 1e-8 of its asset, a size a count of lots, a price a count of ticks, a rate a
 * count of 1e-12 (rulings: funding of 0.00125 % does not fit parts per million). Same meaning as `money.ts`, held equal by
 * the property tests of `lib/margin/integer.fuzz.ts`.
 */
import { assert } from '../contract.ts';
import { Decimal, decimalOfCount, roundTo, type RoundingMode } from './decimal.ts';
import {
  money,
  price,
  quantity,
  rate,
  type Money,
  type Price,
  type Quantity,
  type Rate,
} from './money.ts';

declare const scaledUnit: unique symbol;
type Scaled<Unit extends string> = bigint & { readonly [scaledUnit]: Unit };

/** Money in 1e-8 of the asset, signed. */
export type MoneyUnits = Scaled<'1e-8'>;
/** Size in lots of the instrument, signed: long > 0. */
export type Lots = Scaled<'lots'>;
/** Price in ticks of the instrument. */
export type Ticks = Scaled<'ticks'>;
/** Rate in 1e-12. */
export type RateUnits = Scaled<'1e-12'>;

export const MONEY_DECIMALS = 8;
export const RATE_DECIMALS = 12;
export const MONEY_SCALE = 100_000_000n;
export const RATE_SCALE = 1_000_000_000_000n;

export const NO_UNITS = 0n as MoneyUnits;

export function moneyUnits(value: bigint): MoneyUnits {
  return value as MoneyUnits;
}
export function lots(value: bigint): Lots {
  return value as Lots;
}
export function ticks(value: bigint): Ticks {
  return value as Ticks;
}
export function rateUnits(value: bigint): RateUnits {
  return value as RateUnits;
}

/** The same amount, size or rate the other way. */
export function negated<T extends MoneyUnits | Lots | RateUnits>(value: T): T {
  return (0n - value) as T;
}

function toInteger(value: Decimal, decimals: number, mode: RoundingMode | 'exact'): bigint {
  const rounded = mode === 'exact' ? value : roundTo(value, decimals, mode);
  const scaled = rounded.times(new Decimal(10).pow(decimals));
  assert(scaled.isInteger(), `${value.toFixed()} has more than ${decimals} decimals`);
  return BigInt(scaled.toFixed(0));
}

/** Decimal money to units; `exact` asserts that nothing is cut. */
export function moneyToUnits(value: Money, mode: RoundingMode | 'exact'): MoneyUnits {
  return toInteger(value, MONEY_DECIMALS, mode) as MoneyUnits;
}
export function rateToUnits(value: Rate): RateUnits {
  return toInteger(value, RATE_DECIMALS, 'exact') as RateUnits;
}
/** A count of steps (ticks or lots); asserts that the value lies on the grid. */
export function stepsOf(value: Decimal, step: Decimal): bigint {
  const steps = value.div(step);
  assert(steps.isInteger(), `${value.toFixed()} is not a multiple of ${step.toFixed()}`);
  return BigInt(steps.toFixed(0));
}

export function moneyFromUnits(units: MoneyUnits): Money {
  return money(decimalOfCount(units, MONEY_DECIMALS));
}
export function rateFromUnits(units: RateUnits): Rate {
  return rate(decimalOfCount(units, RATE_DECIMALS));
}
export function priceFromTicks(count: Ticks, tickSize: Price): Price {
  return price(decimalOfCount(count, 0).times(tickSize));
}
export function quantityFromLots(count: Lots, lotSize: Quantity): Quantity {
  return quantity(decimalOfCount(count, 0).times(lotSize));
}

/** Integer division with a named rounding. The divisor must be above zero. */
export function divide(
  dividend: bigint,
  divisor: bigint,
  mode: 'floor' | 'ceil' | 'down' | 'up',
): bigint {
  assert(divisor > 0n, 'a divisor above zero');
  const quotient = dividend / divisor;
  const remainder = dividend % divisor;
  if (remainder === 0n || mode === 'down') return quotient;
  const away = dividend < 0n ? quotient - 1n : quotient + 1n;
  if (mode === 'up') return away;
  const negative = dividend < 0n;
  return (mode === 'floor') === negative ? away : quotient;
}
