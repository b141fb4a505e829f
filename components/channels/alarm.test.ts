import { expect, it } from 'vitest';
import { accountExample, EXAMPLE_TIME, poolExample } from '#components/live/example-facts.ts';
import { type PoolText } from '#lib/wire/protocol.ts';
import { ringing, toneOf } from './alarm.ts';

const CROSS = 'A0007/cross:USDT';
const since = EXAMPLE_TIME + 60_000;

function rings(changes: Partial<PoolText>, muted: ReadonlyMap<string, number> = new Map()) {
  const pool = poolExample(CROSS, { alertState: 'critical', since, ...changes });
  return ringing(accountExample({ pools: [pool] }), muted).length > 0;
}

it('repeats for a Critical until it is answered, muted, or over', () => {
  expect(rings({})).toBe(true);
  expect(rings({ alertState: 'warning' })).toBe(false);
  expect(rings({ acknowledged: { by: 'Mara', note: '', at: since } })).toBe(false);
  expect(rings({}, new Map([[CROSS, since]]))).toBe(false);
  expect(rings({ phase: 'confirming' })).toBe(true);
  expect(rings({ phase: 'liquidated' })).toBe(false);
});

it('rings again for a later alert of a muted pool', () => {
  expect(rings({ since: since + 1 }, new Map([[CROSS, since]]))).toBe(true);
});

it('is silent about a position that was opened at Critical', () => {
  expect(rings({ since: EXAMPLE_TIME })).toBe(false);
});

it.each([
  ['watch', 'warning', 'warning'],
  ['critical', 'warning', undefined],
  ['unknown', 'warning', undefined],
  ['warning', 'critical', undefined],
  ['critical', 'liquidating', 'liquidating'],
  ['critical', 'liquidated', 'liquidating'],
  ['liquidating', 'liquidated', undefined],
  ['healthy', 'watch', undefined],
] as const)('%s to %s is one tone: %s', (from, to, tone) => {
  expect(toneOf({ from, to })).toBe(tone);
});
