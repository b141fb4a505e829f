import { expect, it } from 'vitest';
import { csvText, isoTime } from './csv.ts';

it('writes notes above rows, quotes what would break a row, and leaves numbers as they are', () => {
  expect(
    csvText(
      ['read me, first'],
      [
        ['name', 'pnl'],
        ['say "hi"', '-12.50'],
      ],
    ),
  ).toBe('# read me, first\r\nname,pnl\r\n"say ""hi""",-12.50\r\n');
});

it('lets no name run as a formula', () => {
  expect(csvText([], [['=1+1', '@x', '-0.5', '-a']])).toBe("'=1+1,'@x,-0.5,'-a\r\n");
});

it('writes moments in UTC', () => {
  expect(isoTime(Date.UTC(2026, 0, 14, 12, 4, 31))).toBe('2026-01-14T12:04:31.000Z');
});
