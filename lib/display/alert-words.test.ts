import { expect, it } from 'vitest';
import { poolId } from '../units/ids.ts';
import { price } from '../units/money.ts';
import { crossing, directionOf, headline, priceUsed, type TransitionBody } from './alert-words.ts';
import { createFormat, POINT_STYLE } from './format.ts';

const format = createFormat(POINT_STYLE);

function transition(changes: Partial<TransitionBody>): TransitionBody {
  return {
    kind: 'transition',
    poolId: poolId('A0007/cross:USDT'),
    from: 'warning',
    to: 'critical',
    by: 'distance',
    value: '0.348',
    level: '0.35',
    instrument: 'BTCUSDT',
    mark: '59340',
    markAgeMs: 400,
    marginRatio: '0.5',
    distanceShare: '0.019',
    lastedMs: 1_000,
    returns: 0,
    ...changes,
  };
}

it.each([
  [{}, 'Warning to Critical', 'distance 0.34 daily moves crossed 0.35 daily moves'],
  [
    { from: 'critical', to: 'warning', value: '0.46', level: '0.45' },
    'Critical to Warning',
    'distance 0.46 daily moves is back past 0.45 daily moves',
  ],
  [
    { from: 'warning', to: 'warning', value: '0.62', level: '0.63' },
    'Warning, worse by a step',
    'distance 0.62 daily moves crossed 0.63 daily moves',
  ],
  [
    { value: '0.0529', level: '0.053' },
    'Warning to Critical',
    'distance 0.052 daily moves crossed 0.053 daily moves',
  ],
  [{ value: '0.05', level: '0.05' }, 'Warning to Critical', 'distance crossed 0.05 daily moves'],
  [
    { by: 'percent', from: 'critical', to: 'warning', value: '0.050001', level: '0.05' },
    'Critical to Warning',
    'distance is back past 5.00\u202f%',
  ],
  [
    { by: 'ratio', from: 'critical', to: 'warning', value: '0.84999', level: '0.85' },
    'Critical to Warning',
    'margin ratio is back past 85\u202f%',
  ],
  [
    { by: 'ratio', value: '0.8501', level: '0.85' },
    'Warning to Critical',
    'margin ratio 85.1\u202f% crossed 85\u202f%',
  ],
  [
    { by: 'probability', value: '0.251', level: '0.25' },
    'Warning to Critical',
    'chance of liquidation within an hour 25.1\u202f% crossed 25.0\u202f%',
  ],
  [
    { by: 'ratio', value: 'equity-gone', level: '0.85' },
    'Warning to Critical',
    'Equity gone, crossed margin ratio 85\u202f%',
  ],
  [
    { from: 'watch', to: 'watch', by: 'unknown', value: 'unknown', markAgeMs: 14_000 },
    'Unknown: no BTCUSDT mark for 14 s',
    'it was Watch before',
  ],
  [
    { from: 'watch', to: 'watch', by: 'unknown', value: 'unknown', markAgeMs: null },
    'Unknown: no BTCUSDT mark yet',
    'it was Watch before',
  ],
  [
    { from: 'watch', to: 'watch', by: 'unknown', value: 'unknown', instrument: null },
    'Unknown: a price is missing or stale',
    'it was Watch before',
  ],
  [
    { from: 'watch', to: 'watch', by: 'unknown', value: 'known', level: 'none' },
    'Prices are back',
    'inputs are fresh again, still Watch',
  ],
] as const)('%j reads "%s"', (changes, head, what) => {
  const body = transition(changes);
  expect(headline(body)).toBe(head);
  expect(crossing(body, format)).toBe(what);
});

it('tells worse from better from doubt', () => {
  expect(directionOf(transition({}))).toBe('worse');
  expect(directionOf(transition({ from: 'critical', to: 'healthy' }))).toBe('better');
  expect(directionOf(transition({ from: 'warning', to: 'warning' }))).toBe('worse');
  expect(directionOf(transition({ from: 'watch', to: 'watch', by: 'unknown' }))).toBe('doubt');
});

it('names the price that was used and its age', () => {
  expect(priceUsed(transition({}), price('0.1'), format)).toBe('BTCUSDT 59,340.0, 0.4 s old');
  expect(priceUsed(transition({ mark: null }), price('0.1'), format)).toBeUndefined();
});
