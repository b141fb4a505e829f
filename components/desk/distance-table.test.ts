import { expect, it } from 'vitest';
import { createFormat, POINT_STYLE } from '#lib/display/format.ts';
import { BAND_NONE, DISTANCE_BANDS } from '#lib/wire/protocol.ts';
import { bandHeading, BANDS, bandWords } from './band-words.ts';
import { distanceTable } from './distance-table.ts';

const CELLS = [
  { coin: 'ETH', state: 'watch', band: 3, accounts: 2 },
  { coin: 'ETH', state: 'healthy', band: 3, accounts: 5 },
  { coin: null, state: 'healthy', band: BAND_NONE, accounts: 9 },
  { coin: 'BTC', state: 'critical', band: 0, accounts: 1 },
] as const;

it('adds up states, keeps coins in place by name, and those without a position last', () => {
  const { all, rows, others, mostInBand, mostInCell } = distanceTable(CELLS, 9);
  expect(rows.map(({ coin, accounts }) => `${coin} ${accounts}`)).toEqual([
    'BTC 1',
    'ETH 7',
    'null 9',
  ]);
  expect([all[0], all[3], all[BAND_NONE], others]).toEqual([1, 7, 9, 0]);
  expect([mostInBand, mostInCell]).toEqual([9, 9]);
});

it('leaves out the coins with the fewest accounts, and says how many', () => {
  const { all, rows, others } = distanceTable(CELLS, 2);
  expect(rows.map(({ coin }) => coin)).toEqual(['ETH', null]);
  expect([others, all[0]]).toEqual([1, 1]);
});

it('names every band once, in the reader’s numbers', () => {
  const format = createFormat({ decimal: ',', group: '.' });
  const words = BANDS.map((band) => bandWords(band, format));
  expect(new Set(words).size).toBe(DISTANCE_BANDS.length + 3);
  expect(words[0]).toBe('under 1\u202f% away');
  expect(words[4]).toBe('5 to 7,5\u202f% away');
  expect(bandHeading(4, createFormat(POINT_STYLE))).toBe('5–7.5');
});
