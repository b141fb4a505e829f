import { expect, it } from 'vitest';
import { displaced, keepOrder } from './held-order.ts';

it('keeps the order that is seen, drops what left, adds what came at the end', () => {
  expect(keepOrder(['a', 'b', 'c'], ['c', 'd', 'a'])).toEqual(['a', 'c', 'd']);
});

it('counts the rows that stand elsewhere than they should', () => {
  expect(displaced(['a', 'b', 'c'], ['a', 'b', 'c'])).toBe(0);
  expect(displaced(['a', 'b', 'c'], ['b', 'a', 'c'])).toBe(2);
});
