import { expect, it } from 'vitest';
import { needOf } from './desk-orders.ts';

it('needs more the nearer liquidation is, and past it the larger the margin ratio', () => {
  const needs = [
    needOf(Number.NaN, Number.NaN),
    needOf(0.5, 0.1),
    needOf(0.01, 0.9),
    needOf(0.000_1, 0.99),
    needOf(0, 1),
    needOf(-0.001, 1.01),
    needOf(-0.002, 1.2),
    needOf(-0.001, Number.POSITIVE_INFINITY),
  ];
  expect(needs).toEqual(needs.toSorted((left, right) => left - right));
  expect(new Set(needs).size).toBe(needs.length);
  expect(needOf(Number.POSITIVE_INFINITY, 0)).toBe(0);
  expect(needs.at(-1), 'never as much as the next rank').toBeLessThan(1);
});
