import { describe, expect, it } from 'vitest';
import {
  ageText,
  clockText,
  momentText,
  offsetText,
  seekTimeOf,
  stampText,
  UTC,
  type Zone,
} from './time.ts';

const at = (offsetMinutes: number): Zone => ({ offsetMinutesAt: () => offsetMinutes });
const INDIA = at(330);

it.each([
  [-500, '0.0 s'],
  [0, '0.0 s'],
  [340, '0.4 s'],
  [1_000, '1 s'],
  [2_001, '3 s'], // never younger than it is
  [47_000, '47 s'],
  [59_500, '1 m 0 s'],
  [130_000, '2 m 10 s'],
  [3_600_000, '1 h 0 m'],
  [11_520_000, '3 h 12 m'],
  [352_800_000, '4 d 2 h'],
])('an age of %d ms reads %s', (ageMs, expected) => {
  expect(ageText(ageMs)).toBe(expected);
});

it('writes an age with the reader’s decimal mark', () => {
  expect(ageText(340, ',')).toBe('0,4 s');
});

describe('a moment', () => {
  const time = Date.UTC(2026, 0, 14, 22, 4, 31, 600);

  it('is read on the zone’s clock, with its offset in the stamp', () => {
    expect(clockText(time)).toBe('22:04:31');
    expect(clockText(time, INDIA)).toBe('03:34:31');
    expect(stampText(time)).toBe('2026-01-14 22:04:31 UTC');
    expect(stampText(time, INDIA)).toBe('2026-01-15 03:34:31 UTC+5:30');
  });

  it.each([
    [0, 'UTC'],
    [60, 'UTC+1'],
    [-210, 'UTC−3:30'],
    [845, 'UTC+14:05'],
  ])('%d minutes ahead is %s', (minutes, text) => {
    expect(offsetText(time, at(minutes))).toBe(text);
  });

  it('has its date where the zone’s calendar shows another day than now', () => {
    const now = Date.UTC(2026, 0, 14, 23, 0, 0);
    expect(momentText(time, { now, zone: UTC })).toBe('22:04:31');
    expect(momentText(time - 86_400_000, { now, zone: UTC })).toBe('2026-01-13 22:04:31');
    // In India both are on the 15th already, and five hours before was the 14th.
    expect(momentText(time, { now, zone: INDIA })).toBe('03:34:31');
    expect(momentText(time - 18_000_000, { now, zone: INDIA })).toBe('2026-01-14 22:34:31');
  });
});

describe('a clock time to go to', () => {
  const eight = Date.parse('2025-10-10T20:00:00Z');

  it.each([
    ['21:10', '2025-10-10T21:10:00.000Z'],
    ['21:10:30', '2025-10-10T21:10:30.000Z'],
    ['20:00', '2025-10-10T20:00:00.000Z'],
    ['01:00', '2025-10-11T01:00:00.000Z'],
  ])('%s on a tape that begins at 20:00', (clock, expected) => {
    expect(new Date(seekTimeOf(eight, clock) ?? 0).toISOString()).toBe(expected);
  });

  it('is one of the zone’s clock', () => {
    const seek = (clock: string): string =>
      new Date(seekTimeOf(eight, clock, INDIA) ?? 0).toISOString();
    expect(seek('02:00')).toBe('2025-10-10T20:30:00.000Z');
    expect(seek('01:30')).toBe('2025-10-10T20:00:00.000Z');
    expect(seek('01:29')).toBe('2025-10-11T19:59:00.000Z');
  });

  it.each(['', '24:00', '7:00', '21:60', 'now'])('refuses "%s"', (clock) => {
    expect(seekTimeOf(eight, clock)).toBeUndefined();
  });
});
