/** Ages and moments as text (ux.md 6). Ages are cut up: a price is never shown younger than it is. */
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../units/time.ts';

const TENTH_MS = 100;
const MINUTES_PER_HOUR = 60;

/** Whose clock a moment is read on. */
export interface Zone {
  /** How far that clock is ahead of UTC at a moment, in minutes. */
  readonly offsetMinutesAt: (time: number) => number;
}
export const UTC: Zone = { offsetMinutesAt: () => 0 };

/**
 * `0.4 s`, `47 s`, `2 m 10 s`, `3 h 12 m`, `4 d 2 h`. A negative age (clocks apart) reads as zero.
 * @param point the decimal mark; ages under a second have one
 */
export function ageText(ageMs: number, point = '.'): string {
  const age = Math.max(0, ageMs);
  if (age <= SECOND_MS - TENTH_MS) return `0${point}${Math.ceil(age / TENTH_MS)} s`;
  const seconds = Math.ceil(age / SECOND_MS) * SECOND_MS;
  if (seconds < MINUTE_MS) return `${seconds / SECOND_MS} s`;
  if (seconds < HOUR_MS) return pair(seconds, MINUTE_MS, 'm', SECOND_MS, 's');
  if (seconds < DAY_MS) return pair(seconds, HOUR_MS, 'h', MINUTE_MS, 'm');
  return pair(seconds, DAY_MS, 'd', HOUR_MS, 'h');
}

/** Clock time of a moment: `12:04:31`. */
export function clockText(time: number, zone: Zone = UTC): string {
  return wallText(time, zone).slice(11, 19);
}

/** For lists: the clock time alone on the present day, with its date on every other one: `2026-01-13 12:04:31`. */
export function momentText(
  time: number,
  at: { readonly now: number; readonly zone: Zone },
): string {
  const isToday = dayText(time, at.zone) === dayText(at.now, at.zone);
  return `${isToday ? '' : `${dayText(time, at.zone)} `}${clockText(time, at.zone)}`;
}

/** For titles, where nothing may be left open: `2026-01-14 13:04:31 UTC+1`. */
export function stampText(time: number, zone: Zone = UTC): string {
  return `${dayText(time, zone)} ${clockText(time, zone)} ${offsetText(time, zone)}`;
}

/** `UTC`, `UTC+1`, `UTC−3:30`: what stands behind a clock time and in the heading of a column of them. */
export function offsetText(time: number, zone: Zone = UTC): string {
  const minutes = zone.offsetMinutesAt(time);
  if (minutes === 0) return 'UTC';
  const size = Math.abs(minutes);
  const rest = size % MINUTES_PER_HOUR;
  const hours = Math.floor(size / MINUTES_PER_HOUR);
  return `UTC${minutes > 0 ? '+' : '\u2212'}${hours}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`;
}

function dayText(time: number, zone: Zone): string {
  return wallText(time, zone).slice(0, 10);
}

/** What the zone's clock and calendar show, in the form of ISO 8601. */
function wallText(time: number, zone: Zone): string {
  return new Date(time + zone.offsetMinutesAt(time) * MINUTE_MS).toISOString();
}

/**
 * The first moment at or after `from` at which the zone's clock reads `hh:mm` or `hh:mm:ss`; undefined for any other text. A tape
 * shorter than a day has each clock time once.
 */
export function seekTimeOf(from: number, clock: string, zone: Zone = UTC): number | undefined {
  const parts = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/.exec(clock);
  if (parts === null) return undefined;
  const [hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0));
  const ofDay = (hours ?? 0) * HOUR_MS + (minutes ?? 0) * MINUTE_MS + (seconds ?? 0) * SECOND_MS;
  const aheadMs = zone.offsetMinutesAt(from) * MINUTE_MS;
  const midnight = Math.floor((from + aheadMs) / DAY_MS) * DAY_MS - aheadMs;
  const sameDay = midnight + ofDay;
  return sameDay < from ? sameDay + DAY_MS : sameDay;
}

function pair(age: number, big: number, bigUnit: string, small: number, smallUnit: string): string {
  return `${Math.floor(age / big)} ${bigUnit} ${Math.floor((age % big) / small)} ${smallUnit}`;
}
