import { expect, test } from 'vitest';
import { quantity } from '../units/money.ts';
import { contractOf } from './examples.ts';
import { tierStepsOf } from './tier-steps.ts';

const btc = contractOf({ id: 'BTCUSDT' });

test('a linear size enters a tier at floor / size', () => {
  const steps = tierStepsOf(btc, quantity('-2')).slice(0, 2);
  expect(steps.map(({ tier, from }) => [tier.tier, from.toFixed()])).toEqual([
    [2, '25000'],
    [3, '125000'],
  ]);
});

test('an inverse size enters a tier as the price falls, at face / floor', () => {
  const coin = contractOf({
    id: 'BTCUSD',
    kind: 'inverse',
    contractSize: '100',
    tiers: [
      ['0.5', '0.004'],
      ['2', '0.01'],
    ],
  });
  const [step] = tierStepsOf(coin, quantity('300'));
  expect(step?.from.toFixed()).toBe('60000');
});
