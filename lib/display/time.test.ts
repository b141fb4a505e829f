import { describe, expect, it } from 'vitest';
import { ageText, clockText, momentText, seekTimeOf } from './time.ts';

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

it('shows moments in UTC', () => {
  const time = Date.UTC(2026, 0, 14, 12, 4, 31, 600);
  expect(clockText(time)).toBe('12:04:31');
  expect(momentText(time)).toBe('2026-01-14 12:04:31 UTC');
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

  it.each(['', '24:00', '7:00', '21:60', 'now'])('refuses "%s"', (clock) => {
    expect(seekTimeOf(eight, clock)).toBeUndefined();
  });
});
