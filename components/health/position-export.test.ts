import { expect, it } from 'vitest';
import { accountExample, markExample, positionExample } from '#components/live/example-facts.ts';
import { exampleView } from './example-account.tsx';
import { DEFAULT_CHOICE, NO_FILTER } from './position-choice.ts';
import { positionsCsv } from './position-export.ts';
import { filterPositions } from './position-filter.ts';

const NOON = Date.UTC(2026, 0, 14, 12);
const { positions } = exampleView(
  accountExample({
    positions: [
      positionExample(),
      positionExample({ positionSide: 'short', signedSize: '-0.1', openValue: '-6000' }),
      positionExample({ instrument: 'ETHUSDT', signedSize: '1', openValue: '3000.125' }),
    ],
  }),
  [markExample('BTCUSDT', '60000.123456789')],
);

function linesOf(choice: Partial<typeof DEFAULT_CHOICE>): readonly string[] {
  const whole = { ...DEFAULT_CHOICE, ...choice };
  return positionsCsv({
    accountId: 'A0007',
    runId: 'run-1',
    runTime: NOON,
    exportedAt: NOON + 1_500,
    views: filterPositions(positions, whole.filter),
    total: positions.length,
    columns: ['state', 'position', 'size', 'mark', 'pnl'],
    choice: whole,
  })
    .trimEnd()
    .split('\r\n');
}

it('writes what is shown, in full precision, and names its filter and its conventions', () => {
  const lines = linesOf({ filter: { ...NO_FILTER, sides: ['long'], text: 'btc' } });
  const notes = lines.filter((line) => /^"?# /.test(line)).join('\n');
  expect(notes).toContain('Rows: 1 of 3, as shown; filter: long, “btc”');
  expect(notes).toContain('run time 2026-01-14T12:00:00.000Z; written 2026-01-14T12:00:01.500Z');
  expect(notes).toContain('decimal point');
  expect(notes).toContain('maintenance margin / margin balance');
  const [headings = '', row = '', ...more] = lines.filter((line) => !/^"?# /.test(line));
  expect(more).toEqual([]);
  const cells = row.split(',');
  const cell = (name: string) => cells[headings.split(',').indexOf(name)];
  expect(cell('instrument')).toBe('BTCUSDT');
  expect(cell('mark_price')).toBe('60000.123456789');
  // The house books money to 1e-8.
  expect(cell('pnl_gross')).toBe('0.12345678');
  expect(cell('mark_time')).toMatch(/^2026-01-14T12:00:00\.000Z$/);
});

it('[UX12] says in words what does not exist, and never an empty cell', () => {
  const [ether = ''] = linesOf({}).filter((line) => line.includes('ETHUSDT'));
  expect(ether).toContain('Unknown');
  expect(ether).not.toMatch(/,,|NaN|undefined|\de[+-]?\d/);
});
