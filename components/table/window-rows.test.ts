import { expect, it } from 'vitest';
import { windowAt } from './window-rows.ts';

it('holds the rows in sight, some more on either side, and never more than there are', () => {
  const rows = { height: 480, rowHeight: 48, count: 5_000 };
  expect(windowAt({ ...rows, scrollTop: 0 })).toEqual({ first: 0, end: 16 });
  expect(windowAt({ ...rows, scrollTop: 48_000 })).toEqual({ first: 994, end: 1_016 });
  expect(windowAt({ ...rows, scrollTop: 239_520 })).toEqual({ first: 4_984, end: 5_000 });
  expect(windowAt({ ...rows, count: 3, scrollTop: 9_600 })).toEqual({ first: 3, end: 3 });
});
