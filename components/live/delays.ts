/** How long figures are on their way, of the last minute, and how far the browser's clock stands from the server's. */
import { MINUTE_MS, SECOND_MS } from '#lib/units/time.ts';

/** One painted frame, wall milliseconds from the acceptance of its newest mark. */
export interface Delay {
  /** Wall time of the painting. */
  readonly at: number;
  readonly arrivedMs: number;
  readonly paintedMs: number;
}

/** At four paints a second a minute holds no more. */
const DELAYS_MAX = 240;

export function addDelay(delays: readonly Delay[], delay: Delay): readonly Delay[] {
  const recent = delays.filter(({ at }) => delay.at - at < MINUTE_MS);
  return [...recent, delay].slice(-DELAYS_MAX);
}

/** The value that a share of all does not exceed (nearest rank); undefined of none. */
export function quantile(values: readonly number[], share: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

/** Heartbeats by which the clocks are compared. */
const BEATS_KEPT = 30;

export function addBeat(offsets: readonly number[], offsetMs: number): readonly number[] {
  return [...offsets.slice(1 - BEATS_KEPT), offsetMs];
}

/**
 * Browser's clock less server's, milliseconds: the smallest of the last half minute, because a beat's way only adds to it.
 * Undefined before the first beat.
 */
export function clockOffset(offsets: readonly number[]): number | undefined {
  return offsets.length === 0 ? undefined : Math.min(...offsets);
}

/** Clocks this far apart are told, and ages between them corrected (ux.md 9). */
export const SKEW_TOLD_MS = SECOND_MS;

/** What is taken off an age between the two clocks. */
export function skewCorrection(offsetMs: number | undefined): number {
  return offsetMs !== undefined && Math.abs(offsetMs) > SKEW_TOLD_MS ? offsetMs : 0;
}
