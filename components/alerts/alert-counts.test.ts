import { expect, it } from 'vitest';
import { poolsThat } from './alert-counts.ts';

const COUNTS = {
  open: { watch: 1, warning: 20, critical: 300, liquidating: 4_000, unknown: 50_000 },
  unanswered: { watch: 1, warning: 10, critical: 200, liquidating: 3_000, unknown: 0 },
  calls: { acknowledged: [0, 0, 0, 0, 0], open: [0, 0, 0, 0, 0] },
};

it('counts pools by the states of their cards, all of them or those that nobody has answered', () => {
  expect(poolsThat(COUNTS, { states: [], unanswered: false })).toBe(54_321);
  expect(poolsThat(COUNTS, { states: [], unanswered: true })).toBe(3_211);
  expect(poolsThat(COUNTS, { states: ['critical'], unanswered: false })).toBe(4_300);
  expect(poolsThat(COUNTS, { states: ['critical', 'watch'], unanswered: true })).toBe(3_201);
  expect(poolsThat(COUNTS, { states: ['healthy'], unanswered: false })).toBe(0);
});
