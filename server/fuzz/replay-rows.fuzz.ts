import { expect, it } from 'vitest';
import { type RandomStream } from '#lib/sim/random.ts';
import { readReplayCsv } from '#lib/sim/replay-rows.ts';
import { below, fuzz, pick, wrong } from './budget.ts';
import { garbage, smudged } from './mutation.ts';

const HEADER = 'time,symbol,open,high,low,close';
const ROWS = 100;
const START = 1_700_000_000;
const FIELDS = ['a Unix time', 'a symbol', 'a price', 'open, high', 'time,symbol', 'low <=', 'row'];

interface Row {
  readonly text: string;
  readonly kind: 'valid' | 'invalid' | 'any';
}

function validRow(chance: RandomStream, at: number): string {
  const prices = [1, 2, 3, 4].map(() => 1 + below(chance, 90_000) / 10).toSorted((a, b) => a - b);
  const [low, open, close, high] = prices;
  return [START + at * 60, 'BTCUSDT.BINANCE', open, high, low, close].join(',');
}

/** What no price, time or symbol may be. */
const WRONG = ['', '0', '-1', 'NaN', 'Infinity', '1e999', '0x10', '1,5', 'abc', '1_000'] as const;

function rowAt(chance: RandomStream, at: number): Row {
  const text = validRow(chance, at);
  const kind = below(chance, 4);
  if (kind <= 1) return { text, kind: 'valid' };
  if (kind === 2) {
    const fields = text.split(',');
    const place = pick(chance, [0, 2, 3, 4, 5]);
    return { text: fields.with(place, pick(chance, WRONG)).join(','), kind: 'invalid' };
  }
  if (kind === 3 && chance.uniform() < 0.5) return { text: oneRow(garbage(chance)), kind: 'any' };
  // A series of its own: what becomes of its times says nothing about the rows that must stay.
  const [time = '', , ...prices] = text.split(',');
  const smudge = oneRow(smudged(chance, prices.join(',')));
  return { text: `${time},ETHUSDT.BINANCE,${smudge}`, kind: 'any' };
}

/** One row stays one row, and not an empty one. */
function oneRow(text: string): string {
  return text.trim() === '' ? '#' : text.replaceAll(/\s/g, ' ');
}

it('any row of a recorded day is played, or named with what was expected; the others stay', async () => {
  const count = { name: 'CSV rows', quickCount: 2_500, perCall: ROWS };
  const memory = await fuzz(count, (chance) => {
    const rows = [
      { text: validRow(chance, -1), kind: 'valid' } as const,
      ...Array.from({ length: ROWS }, (_, at) => rowAt(chance, at)),
    ];
    const text = [HEADER, ...rows.map((row) => row.text)].join('\n');
    const read = readReplayCsv({ text, name: 'day.csv' });
    if (!read.ok) return wrong(`${read.error}\n${text}`);
    const { bars, problems } = read.value;
    const named = new Set(problems.map(({ line }) => line));
    for (const [at, row] of rows.entries()) {
      const isNamed = named.has(at + 2);
      if ((row.kind === 'valid') === isNamed && row.kind !== 'any')
        wrong(`line ${at + 2} is ${isNamed ? '' : 'not '}named: ${row.text}`);
    }
    const mute = problems.find(({ expected }) => !FIELDS.some((words) => expected.includes(words)));
    if (mute !== undefined) wrong(`line ${mute.line}: ${mute.expected}`);
    if (bars.length + problems.length !== rows.length) wrong(`a row was lost:\n${text}`);
    const odd = bars.find(
      ({ open, high, low, close }) =>
        !(
          low > 0 &&
          low <= Math.min(open, close) &&
          high >= Math.max(open, close) &&
          high < Infinity
        ),
    );
    if (odd !== undefined) wrong(`a bar is none: ${JSON.stringify(odd)}`);
  });
  expect(memory.grownMb).toBeLessThan(memory.grownMbMax);
});
