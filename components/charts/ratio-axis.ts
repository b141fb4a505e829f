/** The margin ratio's curve in the reader's convention, in percent. Floats: they draw and decide nothing. */
import { type ConventionName } from '#lib/display/convention.ts';

/** A ratio on the axis. Coverage has no end: far above every level the curve is cut off. */
const COVERAGE_MAX = 1_000;

export function onAxis(name: ConventionName, ratio: number): number {
  switch (name) {
    case 'ratio':
      return ratio * 100;
    case 'coverage':
      return ratio <= 0 ? COVERAGE_MAX : Math.min(COVERAGE_MAX, 100 / ratio);
    case 'health':
      return (1 - ratio) * 100;
  }
}

/** From the axis's end to a little past the farthest value, with the line of liquidation always inside. */
export function axisDomain(
  name: ConventionName,
  values: readonly number[],
): readonly [number, number] {
  const highest = Math.max(...values, 0);
  const lowest = Math.min(...values, 100);
  switch (name) {
    case 'ratio':
      return [0, clamp(highest * 1.05, 105, 200)];
    case 'coverage':
      return [clamp(lowest * 0.95, 0, 90), clamp(highest * 1.05, 220, COVERAGE_MAX * 1.05)];
    case 'health':
      return [clamp(lowest - 5, -100, -5), 100];
  }
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
