import { expect, it } from 'vitest';
import { rowsInSight, rowsToDraw } from './window-rows.ts';

const ROWS = { height: 480, rowHeight: 48, count: 5_000 };

it('draws the rows in sight, some more on either side, and never more than there are', () => {
  const drawn = (scrollTop: number) => rowsToDraw(rowsInSight({ ...ROWS, scrollTop }), ROWS.count);
  expect(drawn(0)).toEqual({ first: 0, end: 16 });
  expect(drawn(48_000)).toEqual({ first: 994, end: 1_016 });
  expect(drawn(239_520)).toEqual({ first: 4_984, end: 5_000 });
});

it('counts a row as in sight when a part of it is', () => {
  expect(rowsInSight({ ...ROWS, scrollTop: 0 })).toEqual({ first: 0, end: 10 });
  expect(rowsInSight({ ...ROWS, scrollTop: 24 })).toEqual({ first: 0, end: 11 });
  expect(rowsInSight({ ...ROWS, count: 3, scrollTop: 9_600 })).toEqual({ first: 3, end: 3 });
});
