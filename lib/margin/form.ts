/**
 * a/y + b + c*y and its arithmetic. Most parts of most forms are nothing: what is nothing, or one, is neither added nor multiplied by.
 */
import { assert } from '../contract.ts';
import { ONE, ZERO, type Decimal } from '../units/decimal.ts';

/** factor = offset + slope x y. A price that holds still has offset 1 and slope 0. */
export interface Motion {
  readonly offset: Decimal;
  readonly slope: Decimal;
}
export const STILL: Motion = { offset: ONE, slope: ZERO };
/** The factor is y itself: the path starts at y = 1 and falls to 0 or rises without end. */
export const PROPORTIONAL: Motion = { offset: ZERO, slope: ONE };

/** a/y + b + c*y */
export interface Form {
  readonly a: Decimal;
  readonly b: Decimal;
  readonly c: Decimal;
}

export const NOTHING: Form = { a: ZERO, b: ZERO, c: ZERO };

function sum(left: Decimal, right: Decimal): Decimal {
  if (left === ZERO) return right;
  return right === ZERO ? left : left.plus(right);
}
function difference(left: Decimal, right: Decimal): Decimal {
  return right === ZERO ? left : left.minus(right);
}
function product(part: Decimal, factor: Decimal): Decimal {
  if (part === ZERO || factor === ZERO) return ZERO;
  return factor === ONE ? part : part.times(factor);
}

export function addForms(left: Form, right: Form): Form {
  return { a: sum(left.a, right.a), b: sum(left.b, right.b), c: sum(left.c, right.c) };
}
export function lessForm(left: Form, right: Form): Form {
  return {
    a: difference(left.a, right.a),
    b: difference(left.b, right.b),
    c: difference(left.c, right.c),
  };
}
export function scaled({ a, b, c }: Form, factor: Decimal): Form {
  return { a: product(a, factor), b: product(b, factor), c: product(c, factor) };
}
export function negated(form: Form): Form {
  return lessForm(NOTHING, form);
}
/** form x (offset + slope x y) */
export function moved(form: Form, { offset, slope }: Motion): Form {
  if (slope.isZero()) return scaled(form, offset);
  assert(form.c.isZero(), 'no contract settles in an asset whose price moves with it twice');
  return {
    a: product(form.a, offset),
    b: sum(product(form.b, offset), product(form.a, slope)),
    c: product(form.b, slope),
  };
}

export function valueAt({ a, b, c }: Form, y: Decimal): Decimal {
  return sum(sum(a.isZero() ? ZERO : a.div(y), b), product(c, y));
}

/** Sign at the end of a segment, also where the segment ends at 0 or never. */
export function signAt(form: Form, end: Decimal | undefined): number {
  if (end === undefined) return signOf(form.c.isZero() ? form.b : form.c);
  if (end.isZero()) return signOf(form.a.isZero() ? form.b : form.a);
  return signOf(valueAt(form, end));
}
function signOf(value: Decimal): number {
  return value.isZero() ? 0 : value.isNegative() ? -1 : 1;
}

export function rootOf(form: Form): Decimal | undefined {
  if (form.a.isZero()) return form.c.isZero() ? undefined : form.b.negated().div(form.c);
  assert(form.c.isZero(), 'a pool is linear or inverse in any one price, not both');
  return form.b.isZero() ? undefined : form.a.negated().div(form.b);
}
