/**
 * What the numbers mean. A brand keeps a price from being passed where an amount of money is wanted; the few lawful
 * operations below are the only way from one meaning to another. Arithmetic inside one meaning uses `plus`, `minus`, `scale`.
 */
import { assert } from '../contract.ts';
import { Decimal, ZERO } from './decimal.ts';

declare const unit: unique symbol;
type Branded<Unit extends string> = Decimal & { readonly [unit]: Unit };

/** Quote currency per base unit. Always above zero for a real price. */
export type Price = Branded<'price'>;
/** Signed size: base units (linear) or contracts (inverse). Long > 0, short < 0. */
export type Quantity = Branded<'quantity'>;
/** An amount of one asset, signed. Which asset stands beside it, never inside it. */
export type Money = Branded<'money'>;
/** A fraction: a maintenance rate, a fee rate, a haircut weight, a funding rate, a ratio. */
export type Rate = Branded<'rate'>;

type Input = Decimal | string | number | bigint;

function numberOf(value: Input): Decimal {
  const decimal =
    value instanceof Decimal
      ? value
      : new Decimal(typeof value === 'bigint' ? value.toString() : value);
  // Whole sentences are costly, and most of what is branded was a number before.
  if (!decimal.isFinite()) refuse(value);
  return decimal;
}

function refuse(value: Input): void {
  assert(false, `a finite number, not ${String(value)}`);
}

export function price(value: Input): Price {
  return numberOf(value) as Price;
}
export function quantity(value: Input): Quantity {
  return numberOf(value) as Quantity;
}
export function money(value: Input): Money {
  return numberOf(value) as Money;
}
export function rate(value: Input): Rate {
  return numberOf(value) as Rate;
}

export const NO_MONEY: Money = ZERO as Money;

type AnyUnit = Price | Quantity | Money | Rate;

export function plus<T extends AnyUnit>(a: T, b: T): T {
  return a.plus(b) as T;
}
export function minus<T extends AnyUnit>(a: T, b: T): T {
  return a.minus(b) as T;
}
export function negate<T extends AnyUnit>(a: T): T {
  return a.negated() as T;
}
export function absolute<T extends AnyUnit>(a: T): T {
  return a.abs() as T;
}
export function sumOf<T extends AnyUnit>(values: Iterable<T>): T {
  let total: Decimal = ZERO;
  for (const value of values) total = total.plus(value);
  return total as T;
}
/** A share of something keeps that thing's unit. */
export function scale<T extends AnyUnit>(a: T, factor: Decimal): T {
  return a.times(factor) as T;
}
/** How many times `whole` goes into `part`. The whole must not be zero. */
export function ratioOf<T extends AnyUnit>(part: T, whole: T): Rate {
  assert(!whole.isZero(), 'a ratio needs a whole');
  return part.div(whole) as Rate;
}
/** The larger or smaller of two amounts of one unit. */
export function larger<T extends AnyUnit>(a: T, b: T): T {
  return a.gte(b) ? a : b;
}
export function smaller<T extends AnyUnit>(a: T, b: T): T {
  return a.lte(b) ? a : b;
}
