/** Timed alert state of one margin pool: levels, hysteresis, holds, flapping (rulings B, ux.md 3 and 4). Pure. */
import { type TimestampMs } from '../units/time.ts';

export type AlertState = 'healthy' | 'watch' | 'warning' | 'critical';
export const ALERT_STATES: readonly AlertState[] = ['healthy', 'watch', 'warning', 'critical'];

export interface AlertRow {
  state: AlertState;
  since: TimestampMs;
  /** Set while an input is missing or stale; the state it had is kept and shown as "unknown since". */
  unknownSince: TimestampMs | undefined;
  acknowledged: { readonly by: string; readonly note: string; readonly at: TimestampMs } | undefined;
  /** Times of recent returns to this or a worse state, for flapping. */
  returns: TimestampMs[];
  pinnedUntil: TimestampMs | undefined;
  /** Since when the condition to enter a worse state (Watch only waits) or to leave has held without a break. */
  worseSince: TimestampMs | undefined;
  betterSince: TimestampMs | undefined;
}
