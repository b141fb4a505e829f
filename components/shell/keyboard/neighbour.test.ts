import { expect, it } from 'vitest';
import { neighbourOf } from './neighbour.ts';

it('walks a list both ways, stays at its ends, and enters it at the first', () => {
  const ids = ['A', 'B', 'C'];
  expect([neighbourOf(ids, 'B', 1), neighbourOf(ids, 'B', -1)]).toEqual(['C', 'A']);
  expect([neighbourOf(ids, 'C', 1), neighbourOf(ids, 'A', -1)]).toEqual(['C', 'A']);
  expect([neighbourOf(ids, undefined, -1), neighbourOf(ids, 'gone', 1)]).toEqual(['A', 'A']);
  expect(neighbourOf([], 'A', 1)).toBeUndefined();
});
