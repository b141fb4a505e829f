import { expect, it } from 'vitest';
import { rhythmAfter } from './loop-publisher.ts';

it.each([
  ['the first frame begins the rhythm', Number.NEGATIVE_INFINITY, 5_000, 5_000],
  ['on time', 1_000, 1_100, 1_100],
  ['a little late: the next one is not', 1_000, 1_140, 1_100],
  ['a whole frame late: nothing is caught up in a rush', 1_000, 1_200, 1_200],
  ['after a rest', 1_000, 9_000, 9_000],
])('%s', (_case, frameAt, now, then) => {
  expect(rhythmAfter(frameAt, now)).toBe(then);
});
