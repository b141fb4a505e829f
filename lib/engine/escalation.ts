/** A Critical that nobody answers is told again, three times (ux.md 4.9). Pure, on run time. */
import { MINUTE_MS, type TimestampMs } from '../units/time.ts';

/** A Critical that waits for an answer. */
export interface Asking {
  readonly since: TimestampMs;
  /** How often it has been told again. */
  readonly told: number;
}

/** After so long without an answer it is told again. */
export const ESCALATE_AFTER_MS: readonly number[] = [2 * MINUTE_MS, 5 * MINUTE_MS, 10 * MINUTE_MS];

/** Of an alert state that has just been told, or whose answer has just gone: only Critical asks. */
export function askingIn(state: string, now: TimestampMs): Asking | undefined {
  return state === 'critical' ? { since: now, told: 0 } : undefined;
}

/** [AL6] The telling that is due now; undefined when none is. */
export function escalationOf(
  { asking }: { readonly asking: Asking | undefined },
  now: TimestampMs,
): Asking | undefined {
  if (asking === undefined || now < escalatesAt({ asking })) return undefined;
  return { ...asking, told: asking.told + 1 };
}

/** When it is told again if nobody answers; Infinity when it is not. */
export function escalatesAt({ asking }: { readonly asking: Asking | undefined }): number {
  const dueMs = asking === undefined ? undefined : ESCALATE_AFTER_MS[asking.told];
  return asking === undefined || dueMs === undefined ? Infinity : asking.since + dueMs;
}
