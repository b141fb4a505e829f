/** Whether a server's memory stays what it is. */
import { percentile } from './samples.ts';

const GROWTH_MAX = 0.05;
export const BYTES_PER_MB = 2 ** 20;

/** What each thread of a server holds once its garbage is collected: on its heap and outside of it. */
export interface HeldMb {
  readonly main: number;
  readonly engine: number;
}

/** How much more was held later, as a share; medians of looks in MB. */
export function growthOf(before: readonly number[], after: readonly number[]): number {
  return percentile(after, 0.5) / percentile(before, 0.5) - 1;
}

export function isFlat(growth: number): boolean {
  return growth <= GROWTH_MAX;
}

export function growthText(growth: number): string {
  const percent = `${(growth * 100).toFixed(1)} %, limit ${GROWTH_MAX * 100} %`;
  return isFlat(growth) ? `flat: ${percent}` : `NOT FLAT: ${percent}`;
}

const POINTS_SHOWN = 12;

/** About a dozen of them, from the first on. */
export function someOf(samplesMb: readonly number[], digits = 0): string {
  const every = Math.max(1, Math.ceil(samplesMb.length / POINTS_SHOWN));
  return samplesMb
    .filter((_, at) => at % every === 0)
    .map((mb) => mb.toFixed(digits))
    .join(' ');
}
