import { expect, it } from 'vitest';
import { addBeat, addDelay, clockOffset, quantile, skewCorrection } from './delays.ts';

it('keeps the delays of one minute', () => {
  const delay = (at: number) => ({ at, arrivedMs: 1, paintedMs: 2 });
  const kept = [0, 30_000, 59_999, 60_000].reduce<ReturnType<typeof addDelay>>(
    (delays, at) => addDelay(delays, delay(at)),
    [],
  );
  expect(kept.map(({ at }) => at)).toEqual([30_000, 59_999, 60_000]);
});

it('finds the value that a share of all does not exceed', () => {
  const values = Array.from({ length: 100 }, (_none, index) => 100 - index);
  expect([quantile(values, 0.5), quantile(values, 0.95), quantile([7], 0.95)]).toEqual([50, 95, 7]);
  expect(quantile([], 0.5)).toBeUndefined();
});

it('compares clocks by the beat that was quickest, and corrects ages beyond a second only', () => {
  const offsets = [1_450, 1_403, 1_990].reduce<readonly number[]>(addBeat, []);
  expect(clockOffset(offsets)).toBe(1_403);
  expect([1_403, -1_403, 1_000, undefined].map(skewCorrection)).toEqual([1_403, -1_403, 0, 0]);
  expect(clockOffset([])).toBeUndefined();
});
