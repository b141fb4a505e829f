/** Points of a live chart: appended at most once a second, thinned so that a picture never holds too many. */
import { type HistoryPoint } from '#lib/wire/protocol.ts';

/** Points a picture shows at most (dependencies: recharts). */
export const POINTS_MAX = 120;

export interface Series {
  /** Oldest first; at most twice `POINTS_MAX`, halved when full. */
  readonly points: readonly HistoryPoint[];
}

export function seriesOf(points: readonly HistoryPoint[]): Series {
  let kept = points;
  while (kept.length > POINTS_MAX) kept = everyOther(kept);
  return { points: kept };
}

/** Appends a point unless run time has hardly moved since the last one; the spacing follows from what is shown. */
export function append(series: Series, point: HistoryPoint): Series {
  const last = series.points.at(-1);
  if (last !== undefined && point.time <= last.time) return series;
  const spacingMs = spacingOf(series.points);
  const beforeLast = series.points.at(-2);
  const replacesLast =
    last !== undefined && beforeLast !== undefined && last.time - beforeLast.time < spacingMs;
  const kept = replacesLast ? series.points.slice(0, -1) : series.points;
  return seriesOf([...kept, point]);
}

/** Even spacing of the points so far: the newest one moves until it is that far from its neighbour. */
function spacingOf(points: readonly HistoryPoint[]): number {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined || points.length < 3) return 0;
  return ((last.time - first.time) / (points.length - 1)) * 0.75;
}

/** Drops every second point, never the newest. */
function everyOther(points: readonly HistoryPoint[]): readonly HistoryPoint[] {
  const parity = (points.length - 1) % 2;
  return points.filter((_point, index) => index % 2 === parity);
}
