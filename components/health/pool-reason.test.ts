import { expect, it } from 'vitest';
import { poolExample } from '#components/live/example-facts.ts';
import { createFormat, POINT_STYLE } from '#lib/display/format.ts';
import { type PoolReason, type PoolText } from '#lib/wire/protocol.ts';
import { reasonOf } from './pool-reason.ts';

const format = createFormat(POINT_STYLE);
const healthy = { status: 'healthy' } as const;

function wordsOf(reason: PoolReason, alertState: PoolText['alertState'] = 'critical') {
  return reasonOf(poolExample('A/cross:USDT', { alertState, reason }), healthy, format);
}

it.each([
  ['distance', 'entered', 0.35, 'by distance (Critical below 0.35 daily moves)'],
  ['distance', 'not-left', 0.45, 'by distance (Critical until past 0.45 daily moves)'],
  ['percent', 'entered', 0.1, 'by distance (Critical below 10\u202f%)'],
  ['percent', 'entered', 0.07, 'by distance (Critical below 7\u202f%)'],
  ['ratio', 'entered', 0.85, 'by margin ratio (Critical from 85\u202f%)'],
  ['ratio', 'not-left', 0.8, 'by margin ratio (Critical until past 80\u202f%)'],
  [
    'probability',
    'entered',
    0.25,
    'by the chance of liquidation within an hour (Critical from 25\u202f%)',
  ],
  ['distance', 'held', 0.45, 'held until it has been better for a while'],
] as const)('%s %s', (by, because, level, words) => {
  expect(wordsOf({ by, because, level, value: 0.3 })).toBe(words);
});

it('says nothing where nothing decides', () => {
  expect(reasonOf(poolExample('A/cross:USDT'), healthy, format)).toBeUndefined();
});

it('says that a breach is one, whatever the level', () => {
  const row = poolExample('A/cross:USDT', { alertState: 'critical' });
  expect(reasonOf(row, { status: 'liquidatable' }, format)).toBe(
    'maintenance is no longer covered',
  );
});
