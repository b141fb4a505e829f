/** Ages and moments as text (ux.md 6). Ages are cut up: a price is never shown younger than it is. */
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../units/time.ts';

const TENTH_MS = 100;

/** `0.4 s`, `47 s`, `2 m 10 s`, `3 h 12 m`, `4 d 2 h`. A negative age (clocks apart) reads as zero. */
export function ageText(ageMs: number): string {
  const age = Math.max(0, ageMs);
  if (age < SECOND_MS) return `${(Math.ceil(age / TENTH_MS) / 10).toFixed(1)} s`;
  const seconds = Math.ceil(age / SECOND_MS) * SECOND_MS;
  if (seconds < MINUTE_MS) return `${seconds / SECOND_MS} s`;
  if (seconds < HOUR_MS) return pair(seconds, MINUTE_MS, 'm', SECOND_MS, 's');
  if (seconds < DAY_MS) return pair(seconds, HOUR_MS, 'h', MINUTE_MS, 'm');
  return pair(seconds, DAY_MS, 'd', HOUR_MS, 'h');
}

/** Clock time of a moment, UTC: `12:04:31`. */
export function clockText(time: number): string {
  return new Date(time).toISOString().slice(11, 19);
}

/** Day and clock time, UTC: `2026-01-14 12:04:31 UTC`. */
export function momentText(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/**
 * The first moment at or after `from` whose UTC clock reads `hh:mm` or `hh:mm:ss`; undefined for any other text. A tape shorter
 * than a day has each clock time once.
 */
export function seekTimeOf(from: number, clock: string): number | undefined {
  const parts = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/.exec(clock);
  if (parts === null) return undefined;
  const [hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0));
  const ofDay = (hours ?? 0) * HOUR_MS + (minutes ?? 0) * MINUTE_MS + (seconds ?? 0) * SECOND_MS;
  const sameDay = from - (from % DAY_MS) + ofDay;
  return sameDay < from ? sameDay + DAY_MS : sameDay;
}

function pair(age: number, big: number, bigUnit: string, small: number, smallUnit: string): string {
  return `${Math.floor(age / big)} ${bigUnit} ${Math.floor((age % big) / small)} ${smallUnit}`;
}
