import { describe, expect, it } from 'vitest';
import { parseUtcTime, timestampMs, utcText } from './time.ts';

describe('times in files', () => {
  it.each([
    ['2026-01-14T12:00:00Z', 1_768_392_000_000],
    ['2026-01-14T11:59:59.600Z', 1_768_391_999_600],
  ])('%s', (text, expected) => expect(parseUtcTime(text)).toBe(expected));

  it.each([
    '2026-01-14',
    '2026-01-14T12:00:00',
    '2026-01-14T12:00:00+01:00',
    '2026-13-14T12:00:00Z',
    '2026-02-31T12:00:00Z',
    'now',
  ])('refuses %s: one zone, one form', (text) => expect(parseUtcTime(text)).toBeUndefined());

  it('writes what it reads', () => {
    expect(utcText(timestampMs(1_768_392_000_000))).toBe('2026-01-14T12:00:00.000Z');
  });
});
