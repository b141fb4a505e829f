import { expect, it } from 'vitest';
import { isOnItsWay } from './seek.ts';

const forward = { target: 100, runId: 'a', back: false };
const back = { ...forward, back: true };

it('is on its way forward until the clock is there, in the same run', () => {
  expect(isOnItsWay(forward, 'a', 99)).toBe(true);
  expect(isOnItsWay(forward, 'a', 100)).toBe(false);
  expect(isOnItsWay(forward, 'b', 50)).toBe(false);
});

it('is on its way back until the run played again is there', () => {
  expect(isOnItsWay(back, 'a', 200)).toBe(true);
  expect(isOnItsWay(back, 'b', 50)).toBe(true);
  expect(isOnItsWay(back, 'b', 100)).toBe(false);
});

it('is on its way nowhere unasked', () => {
  expect(isOnItsWay(undefined, 'a', 0)).toBe(false);
});
