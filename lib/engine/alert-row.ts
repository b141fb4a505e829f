/** Timed alert state of one margin pool: what is read of it, what is remembered, and what is told when it changes. */
import { type TimestampMs } from '../units/time.ts';
import { type Asking } from './escalation.ts';

export type AlertState = 'healthy' | 'watch' | 'warning' | 'critical';
export const ALERT_STATES: readonly AlertState[] = ['healthy', 'watch', 'warning', 'critical'];

/** From 0, healthy, upward. */
export function severityOf(state: AlertState): number {
  return ALERT_STATES.indexOf(state);
}

/**
 * What can decide a state: z of a way to liquidation, its share of the mark where a rule counts in percent, margin ratio,
 * probability of being liquidated within an hour.
 */
export type Measure = 'distance' | 'percent' | 'ratio' | 'probability';

/** What the measures of a pool say at one moment: see `readingOf` in levels.ts. */
export interface Reading {
  /** The worst state whose enter condition holds. */
  readonly worstEnter: AlertState;
  /** The worst state that may not be left yet, never better than `worstEnter`. */
  readonly worstStay: AlertState;
  /** The measure that decided. */
  readonly by: Measure;
  /** Its value; undefined when nothing can liquidate the pool and no measure exists. */
  readonly value: number | undefined;
  /** Daily volatilities to the nearest way to liquidation; undefined when there is none, or when it is only bounded. */
  readonly z: number | undefined;
  /** The level it crossed, or the nearest that it has not crossed. */
  readonly level: number;
  /** What the same measure has to leave for each state to end. */
  readonly leaveLevels: Readonly<Partial<Record<AlertState, number>>>;
}

export interface AlertRow {
  state: AlertState;
  since: TimestampMs;
  /** Set while an input is missing or stale; the state it had is kept and shown as "unknown since". */
  unknownSince: TimestampMs | undefined;
  /** While unknown: since when all inputs have been fresh again without a break. */
  freshSince: TimestampMs | undefined;
  acknowledged:
    | { readonly by: string; readonly note: string; readonly at: TimestampMs }
    | undefined;
  /** Set while it is Critical, was told so, and nobody has answered. */
  asking: Asking | undefined;
  /**
   * z under which the pool has worsened by a step since it was opened in its state, or since that was acknowledged; undefined where
   * it was neither, or before z was known.
   */
  worsensBelow: number | undefined;
  /** The state that was left last for a better one; the next worsening to it or to a better one is a return. */
  leftState: AlertState | undefined;
  /** Times of recent returns to this or a worse state, for flapping. */
  returns: TimestampMs[];
  pinnedUntil: TimestampMs | undefined;
  /** Since when the condition to enter a worse state (Watch only waits) or to leave has held without a break. */
  worseSince: TimestampMs | undefined;
  betterSince: TimestampMs | undefined;
}

/** One change of state, however many levels it passes; or, from a state to itself, a step of z worse inside it. */
export interface AlertTransition {
  readonly kind: 'state';
  readonly from: AlertState;
  readonly to: AlertState;
  readonly by: Measure;
  readonly value: number | undefined;
  /** The level entered when it got worse, the leave level of the state it ends when it got better. */
  readonly level: number;
  /** How long `from` had lasted. */
  readonly lastedMs: number;
  /** Returns within the last ten minutes, this one too. */
  readonly returns: number;
  /** Set when this return was one too many: the state cannot get better before then. */
  readonly pinnedUntil: TimestampMs | undefined;
}

/** The figures became unknown, or known again; the state is what it was. */
export interface AlertDoubt {
  readonly kind: 'unknown' | 'known';
  readonly state: AlertState;
  /** Zero when it begins. */
  readonly lastedMs: number;
}

export interface AlertStep {
  readonly row: AlertRow;
  readonly transition: AlertTransition | AlertDoubt | undefined;
}
