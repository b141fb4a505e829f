import { expect, it } from 'vitest';
import { withGaps } from './picture-points.ts';
import { roundTicks } from './ticks.ts';

it('gives round numbers inside the range', () => {
  expect(roundTicks(0, 105)).toEqual([0, 25, 50, 75, 100]);
  expect(roundTicks(4_210, 4_460)).toEqual([4_250, 4_300, 4_350, 4_400, 4_450]);
  expect(roundTicks(5, 5)).toEqual([]);
});

it('breaks the line where nothing was recorded', () => {
  const points = [0, 1, 2, 3, 40, 41].map((time) => ({ time, value: time }));
  expect(withGaps(points)).toEqual([
    ...points.slice(0, 4),
    { time: 4, value: null },
    ...points.slice(4),
  ]);
});
