import { expect, test } from 'vitest';
import { assert } from '../contract.ts';
import { money, quantity } from '../units/money.ts';
import {
  accountFrom,
  contractOf,
  marketFrom,
  poolIn,
  positionOf,
  shown,
  type Scene,
} from './examples.ts';
import { assessAccount } from './health.ts';
import { legOf } from './pool.ts';
import { accountGrownTo, tierStepsOf } from './tier-steps.ts';
import { houseRules } from './venues/house.ts';

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

test('a position grown at its mark keeps its PnL and asks for the maintenance of its new size', () => {
  const scene: Scene = {
    wallets: { USDT: '12000' },
    positions: [positionOf({ on: btc, size: '2', entry: '59000' })],
    instruments: [btc],
    marks: { BTCUSDT: '60000' },
  };
  const market = marketFrom(scene);
  const account = accountFrom(scene);
  const [position] = account.positions;
  assert(position !== undefined, 'the scene has a position');
  const leg = legOf(position, market);
  assert(leg.known, 'it has a mark');
  const grown = accountGrownTo(account, leg.value, money('240000'));
  const pool = poolIn(assessAccount({ account: grown, market, rules: houseRules }));
  expect(shown(pool.marginBalance)).toBe('14000');
  // 240,000 x 0.5 % - 50.
  expect(shown(pool.maintenanceMargin)).toBe('1150');
});
