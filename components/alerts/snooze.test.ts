import { afterEach, expect, it } from 'vitest';
import { endSnooze, maySnooze, quietMs, snooze, snoozeStore } from './snooze.ts';

afterEach(() => snoozeStore.setState({ byPool: {} }));

it('[UX5] is over at its end, and at once when the pool gets worse', () => {
  const one = { until: 10_000, state: 'watch' } as const;
  expect(quietMs(one, 'watch', 4_000)).toBe(6_000);
  expect(quietMs(one, 'healthy', 4_000)).toBe(6_000);
  expect(quietMs(one, 'watch', 10_000)).toBe(0);
  expect(quietMs(one, 'warning', 4_000)).toBe(0);
  expect(quietMs(one, 'unknown', 4_000)).toBe(0);
  expect(quietMs(one, 'liquidated', 4_000)).toBe(0);
  expect(quietMs(undefined, 'watch', 4_000)).toBe(0);
});

it('is never offered from Critical up, nor where nothing is known', () => {
  expect(
    (['critical', 'liquidating', 'liquidated', 'unknown', 'healthy'] as const).filter(maySnooze),
  ).toEqual([]);
});

it('forgets those that are over when another begins, and ends when asked', () => {
  snooze('A/cross:USDT', 'watch', 5, 0);
  snooze('B/cross:USDT', 'warning', 15, 400_000);
  expect(snoozeStore.getState().byPool).toEqual({
    'B/cross:USDT': { until: 1_300_000, state: 'warning' },
  });
  endSnooze('B/cross:USDT');
  expect(snoozeStore.getState().byPool).toEqual({});
});
