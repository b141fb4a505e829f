/**
 * How fast run time may pass. SPEED is a cap: run time earned by the wall clock is spent on steps, and what a busy moment could
 * not spend is forgotten rather than caught up in a rush. Pure: the wall clock is an argument.
 */

/** Run time that may pile up unspent, in wall milliseconds. */
const BACKLOG_MAX_MS = 250;
/** Over how much wall time the reached speed is measured. */
const MEASURE_MS = 1_000;

export interface Pace {
  paused: boolean;
  /** Asked multiple of real time. */
  speed: number;
  /** Run on at full speed until run time is here; undefined: keep to `speed`. */
  seekTarget: number | undefined;
  /** Single steps asked for while paused. */
  stepsAsked: number;
  /** Measured multiple of real time. */
  reached: number;
  earnedMs: number;
  lastWallMs: number;
  measuredFromWallMs: number;
  measuredFromRunMs: number;
}

export function createPace(speed: number, wallMs: number, runMs: number): Pace {
  return {
    paused: false,
    speed,
    seekTarget: undefined,
    stepsAsked: 0,
    reached: 0,
    earnedMs: 0,
    lastWallMs: wallMs,
    measuredFromWallMs: wallMs,
    measuredFromRunMs: runMs,
  };
}

/** Books the wall time that has passed as run time earned. `stepMs`: run time of a step, which is kept however slowly it is earned. */
export function earn(pace: Pace, wallMs: number, stepMs: number): void {
  const passed = Math.max(0, wallMs - pace.lastWallMs);
  pace.lastWallMs = wallMs;
  if (pace.paused) {
    pace.earnedMs = 0;
    return;
  }
  const earnedMax = Math.max(BACKLOG_MAX_MS * pace.speed, stepMs);
  pace.earnedMs = Math.min(pace.earnedMs + passed * pace.speed, earnedMax);
}

/** Whether the next step may be taken now. `stepMs`: run time that the last step covered. */
export function mayStep(pace: Pace, runMs: number, stepMs: number): boolean {
  if (pace.seekTarget !== undefined) return runMs < pace.seekTarget;
  if (pace.stepsAsked > 0) return true;
  return !pace.paused && pace.earnedMs >= stepMs;
}

/** Books a step as taken. */
export function spend(pace: Pace, runMs: number, stepMs: number): void {
  if (pace.seekTarget !== undefined) {
    if (runMs >= pace.seekTarget) endSeek(pace);
  } else if (pace.stepsAsked > 0) {
    pace.stepsAsked -= 1;
  } else {
    pace.earnedMs -= stepMs;
  }
}

function endSeek(pace: Pace): void {
  pace.seekTarget = undefined;
  pace.earnedMs = 0;
}

/** Wall milliseconds until the next step is earned; undefined while nothing will come by itself. */
export function waitMs(pace: Pace, stepMs: number): number | undefined {
  if (pace.seekTarget !== undefined || pace.stepsAsked > 0) return 0;
  if (pace.paused) return undefined;
  return Math.max(0, (stepMs - pace.earnedMs) / pace.speed);
}

/** Renews the reached speed once a second. */
export function measure(pace: Pace, wallMs: number, runMs: number): void {
  const wall = wallMs - pace.measuredFromWallMs;
  if (wall < MEASURE_MS) return;
  pace.reached = (runMs - pace.measuredFromRunMs) / wall;
  pace.measuredFromWallMs = wallMs;
  pace.measuredFromRunMs = runMs;
}
