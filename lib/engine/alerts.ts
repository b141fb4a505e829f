/** How the timed alert state of a margin pool moves: levels, hysteresis, holds, flapping (rulings B, ux.md 3 and 4). Pure, on run time. */
import {
  severityOf,
  type AlertRow,
  type AlertState,
  type AlertStep,
  type AlertTransition,
  type Reading,
} from './alert-row.ts';
import { askingIn } from './escalation.ts';
import { MINUTE_MS, SECOND_MS, timestampMs, type TimestampMs } from '../units/time.ts';

/** A single noisy tick must not make a Watch; from Warning up nothing waits. */
const WATCH_ENTER_HOLD_MS = 2 * SECOND_MS;
const LEAVE_HOLD_MS: Readonly<Record<AlertState, number>> = {
  healthy: 0,
  watch: 30 * SECOND_MS,
  warning: 30 * SECOND_MS,
  critical: 10 * SECOND_MS,
};
const FRESH_HOLD_MS = 5 * SECOND_MS;
const FLAPPING_RETURNS = 3;
const FLAPPING_WINDOW_MS = 10 * MINUTE_MS;
const PIN_MS = 10 * MINUTE_MS;
/** A Critical that was acknowledged and lasts on asks again. */
const ACKNOWLEDGEMENT_MS = 30 * MINUTE_MS;

/**
 * The row of a pool that has just come to be. It starts in the state its reading says, without an alert: who opens a position at
 * a level did so on purpose, and only what is worse than that is news (rulings B2).
 */
export function openAlertRow(reading: Reading | 'unknown', now: TimestampMs): AlertRow {
  return {
    state: reading === 'unknown' ? 'healthy' : reading.worstEnter,
    since: now,
    unknownSince: reading === 'unknown' ? now : undefined,
    freshSince: undefined,
    acknowledged: undefined,
    asking: undefined,
    worsensBelow: reading === 'unknown' ? undefined : nextStep(reading, reading.worstEnter),
    leftState: undefined,
    returns: [],
    pinnedUntil: undefined,
    worseSince: undefined,
    betterSince: undefined,
  };
}

/** Takes one reading at one moment of run time. The given row is left as it is. */
export function stepAlert(
  row: AlertRow,
  reading: Reading | 'unknown',
  now: TimestampMs,
): AlertStep {
  if (reading === 'unknown') return enterDoubt(row, now);
  const unanswered = lapses(row, reading, now) ? undoAcknowledgement(row, now) : row;
  const worsened = worsen(unanswered, reading, now);
  if (worsened.transition !== undefined) return worsened;
  if (row.unknownSince !== undefined) return leaveDoubt(worsened.row, reading, now);
  const stepped = takeStepDown(worsened.row, reading, now);
  if (stepped.transition === undefined) return improve(stepped.row, reading, now);
  return { ...stepped, row: { ...stepped.row, betterSince: stillBetterSince(row, reading) } };
}

/** Since when it has been better without a break; undefined once it is not. */
function stillBetterSince(row: AlertRow, reading: Reading): TimestampMs | undefined {
  return severityOf(reading.worstStay) < severityOf(row.state) ? row.betterSince : undefined;
}

/** One step of z: what is left after it. */
const STEP_OF_Z = 0.7;
/** Nearer than this nothing is told but the liquidation. */
const LAST_STEP_OF_Z = 0.05;

function nextStep({ z }: Reading, state: AlertState): number | undefined {
  if (state === 'healthy' || z === undefined) return undefined;
  const next = z * STEP_OF_Z;
  return next >= LAST_STEP_OF_Z ? next : 0;
}

/** Rulings B2: what was opened or acknowledged at a level is told again when it is worse by a step, and asks for an answer again. */
function takeStepDown(row: AlertRow, reading: Reading, now: TimestampMs): AlertStep {
  const { worsensBelow, acknowledged, state } = row;
  if (worsensBelow === undefined) {
    const worsens = acknowledged === undefined ? undefined : nextStep(reading, state);
    return { row: { ...row, worsensBelow: worsens }, transition: undefined };
  }
  const { z } = reading;
  if (z === undefined || z >= worsensBelow) return { row, transition: undefined };
  const unanswered = { acknowledged: undefined, worsensBelow: nextStep(reading, state) };
  return {
    row: { ...row, ...unanswered, asking: askingIn(state, now) },
    transition: {
      kind: 'state',
      from: state,
      to: state,
      by: 'distance',
      value: z,
      level: worsensBelow,
      lastedMs: now - row.since,
      returns: row.returns.length,
      pinnedUntil: row.pinnedUntil,
    },
  };
}

/** The pin while it lasts. */
function activePin(row: AlertRow, now: TimestampMs): TimestampMs | undefined {
  return row.pinnedUntil !== undefined && now < row.pinnedUntil ? row.pinnedUntil : undefined;
}

export function acknowledge(
  row: AlertRow,
  p: { readonly by: string; readonly note: string; readonly at: TimestampMs },
): AlertRow {
  return { ...row, acknowledged: p, asking: undefined, worsensBelow: undefined };
}

export function undoAcknowledgement(row: AlertRow, now: TimestampMs): AlertRow {
  const asking = askingIn(row.state, now);
  return { ...row, acknowledged: undefined, asking, worsensBelow: undefined };
}

function enterDoubt(row: AlertRow, now: TimestampMs): AlertStep {
  const doubtful = { ...row, unknownSince: row.unknownSince ?? now, freshSince: undefined };
  if (row.unknownSince !== undefined) return { row: doubtful, transition: undefined };
  return { row: doubtful, transition: { kind: 'unknown', state: row.state, lastedMs: 0 } };
}

/** After five fresh seconds the doubt ends, and the holds go on where they stood when it began. */
function leaveDoubt(row: AlertRow, reading: Reading, now: TimestampMs): AlertStep {
  const freshSince = row.freshSince ?? now;
  const fresh = { ...row, freshSince, betterSince: stillBetterSince(row, reading) };
  if (now - freshSince < FRESH_HOLD_MS) return { row: fresh, transition: undefined };
  const lastedMs = now - (row.unknownSince ?? now);
  const known: AlertRow = {
    ...fresh,
    unknownSince: undefined,
    freshSince: undefined,
    pinnedUntil: later(row.pinnedUntil, lastedMs),
    worseSince: later(row.worseSince, lastedMs),
    betterSince: later(fresh.betterSince, lastedMs),
  };
  return { row: known, transition: { kind: 'known', state: row.state, lastedMs } };
}

function later(time: TimestampMs | undefined, byMs: number): TimestampMs | undefined {
  return time === undefined ? undefined : timestampMs(time + byMs);
}

/** Whether this step ends an acknowledgement by time alone. While nothing is known it stands. */
export function lapses(row: AlertRow, reading: Reading | 'unknown', now: TimestampMs): boolean {
  const { acknowledged, state } = row;
  if (reading === 'unknown' || acknowledged === undefined || state !== 'critical') return false;
  return now - acknowledged.at >= ACKNOWLEDGEMENT_MS;
}

/** When time may change the row next while its pool is read as it was last; -Infinity where it may at every moment. */
export function changesByTimeAt(row: AlertRow): number {
  const { worseSince, unknownSince, freshSince, betterSince, acknowledged, state } = row;
  if (worseSince !== undefined || unknownSince !== undefined || freshSince !== undefined)
    return -Infinity;
  const better =
    betterSince === undefined
      ? Infinity
      : Math.max(betterSince + LEAVE_HOLD_MS[state], row.pinnedUntil ?? -Infinity);
  const asksAgain = acknowledged !== undefined && state === 'critical';
  return Math.min(better, asksAgain ? acknowledged.at + ACKNOWLEDGEMENT_MS : Infinity);
}

/** Worse acts at once from Warning up; Watch must have held for two seconds, which do not run while inputs are unknown. */
function worsen(row: AlertRow, reading: Reading, now: TimestampMs): AlertStep {
  const to = reading.worstEnter;
  if (severityOf(to) <= severityOf(row.state)) {
    return { row: { ...row, worseSince: undefined }, transition: undefined };
  }
  if (to === 'watch') {
    if (row.unknownSince !== undefined) return { row, transition: undefined };
    const worseSince = row.worseSince ?? now;
    const waits = now - worseSince < WATCH_ENTER_HOLD_MS;
    if (waits) return { row: { ...row, worseSince }, transition: undefined };
  }
  return move(returned(row, to, now), { to, reading, level: reading.level, now });
}

/** Counts a worsening that comes back to a state left before; the third within ten minutes pins it. */
function returned(row: AlertRow, to: AlertState, now: TimestampMs): AlertRow {
  const recent = recentReturns(row, now);
  const isReturn = row.leftState !== undefined && severityOf(row.leftState) >= severityOf(to);
  const pinnedUntil = activePin(row, now);
  if (!isReturn) return { ...row, returns: recent, pinnedUntil };
  const returns = [...recent, now];
  const pinned = returns.length >= FLAPPING_RETURNS;
  return {
    ...row,
    returns,
    leftState: undefined,
    pinnedUntil: pinned ? timestampMs(now + PIN_MS) : pinnedUntil,
  };
}

function recentReturns(row: AlertRow, now: TimestampMs): TimestampMs[] {
  return row.returns.filter((at) => now - at < FLAPPING_WINDOW_MS);
}

/** Better needs the leave level for the hold of the state that ends, and no pin; then the state is what the reading says. */
function improve(row: AlertRow, reading: Reading, now: TimestampMs): AlertStep {
  const to = reading.worstStay;
  if (severityOf(to) >= severityOf(row.state)) {
    return { row: { ...row, betterSince: undefined }, transition: undefined };
  }
  const betterSince = row.betterSince ?? now;
  const held = now - betterSince >= LEAVE_HOLD_MS[row.state];
  if (!held || activePin(row, now) !== undefined)
    return { row: { ...row, betterSince }, transition: undefined };
  const left = {
    ...row,
    leftState: row.state,
    returns: recentReturns(row, now),
    pinnedUntil: undefined,
  };
  const level = reading.leaveLevels[row.state] ?? reading.level;
  return move(left, { to, reading, level, now });
}

function move(
  row: AlertRow,
  p: {
    readonly to: AlertState;
    readonly reading: Reading;
    readonly level: number;
    readonly now: TimestampMs;
  },
): AlertStep {
  const keepsAcknowledgement = severityOf(p.to) < severityOf(row.state) && p.to !== 'healthy';
  const moved: AlertRow = {
    ...row,
    state: p.to,
    since: p.now,
    worseSince: undefined,
    betterSince: undefined,
    worsensBelow: undefined,
    asking: askingIn(p.to, p.now),
    acknowledged: keepsAcknowledgement ? row.acknowledged : undefined,
  };
  const { by, value } = p.reading;
  const transition: AlertTransition = {
    kind: 'state',
    from: row.state,
    to: p.to,
    by,
    value,
    level: p.level,
    lastedMs: p.now - row.since,
    returns: row.returns.length,
    pinnedUntil: row.pinnedUntil,
  };
  return { row: moved, transition };
}
