/** A Critical that nobody answers is told again, three times (ux.md 4.9). Pure, on run time. */
import { MINUTE_MS, type TimestampMs } from '../units/time.ts';
import { type AlertRow, type AlertState } from './alerts.ts';

/** A Critical that waits for an answer. */
export interface Asking {
  readonly since: TimestampMs;
  /** How often it has been told again. */
  readonly told: number;
}

/** After so long without an answer it is told again. */
export const ESCALATE_AFTER_MS: readonly number[] = [2 * MINUTE_MS, 5 * MINUTE_MS, 10 * MINUTE_MS];

/** Of a state that has just been told, or whose answer has just gone: only Critical asks. */
export function askingIn(state: AlertState, now: TimestampMs): Asking | undefined {
  return state === 'critical' ? { since: now, told: 0 } : undefined;
}

/** [AL6] The telling that is due now; undefined when none is. */
export function escalationOf({ asking }: AlertRow, now: TimestampMs): Asking | undefined {
  if (asking === undefined) return undefined;
  const dueMs = ESCALATE_AFTER_MS[asking.told];
  if (dueMs === undefined || now - asking.since < dueMs) return undefined;
  return { ...asking, told: asking.told + 1 };
}
