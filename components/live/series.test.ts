import { expect, it } from 'vitest';
import { append, POINTS_MAX, seriesOf, type Series } from './series.ts';

const point = (time: number) => ({ time, value: String(time) });

it('never holds more points than a picture shows, and always the newest', () => {
  let series: Series = { points: [] };
  for (let time = 1; time <= 5_000; time += 1) {
    series = append(series, point(time));
    expect(series.points.length).toBeLessThanOrEqual(POINTS_MAX);
    expect(series.points.at(-1)?.time).toBe(time);
  }
  expect(series.points.length).toBeGreaterThan(POINTS_MAX / 4);
});

it('stays the same while run time stands still, so that nothing is drawn again', () => {
  const series = seriesOf([point(1), point(2), point(3)]);
  expect(append(series, point(3))).toBe(series);
});

it('thins a long history without losing its end', () => {
  const points = Array.from({ length: 1_000 }, (_none, index) => point(index));
  const { points: kept } = seriesOf(points);
  expect(kept.length).toBeLessThanOrEqual(POINTS_MAX);
  expect(kept.at(-1)?.time).toBe(999);
});
