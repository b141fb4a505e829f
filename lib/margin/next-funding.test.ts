import { describe, expect, test } from 'vitest';
import { assert } from '../contract.ts';
import { rate } from '../units/money.ts';
import {
  accountFrom,
  contractOf,
  marketFrom,
  poolIn,
  positionIn,
  positionOf,
  shown,
  type Scene,
} from './examples.ts';
import { assessAccount } from './health.ts';
import { accountAfterFunding } from './next-funding.ts';
import { houseRules } from './venues/house.ts';

const btc = contractOf({ id: 'BTCUSDT' });
const eth = contractOf({ id: 'ETHUSDT', base: 'ETH' });

function scene(changes: Partial<Scene> = {}): Scene {
  return {
    wallets: { USDT: '12000' },
    positions: [positionOf({ on: btc, size: '2', entry: '60000' })],
    instruments: [btc, eth],
    marks: { BTCUSDT: '60000', ETHUSDT: '3000' },
    ...changes,
  };
}

function after(of: Scene, fundingRate: string) {
  const market = marketFrom(of);
  const done = accountAfterFunding({
    account: accountFrom(of),
    market,
    rules: houseRules,
    instrumentId: btc.id,
    fundingRate: rate(fundingRate),
  });
  assert(done.known, 'the mark is there');
  const health = assessAccount({ account: done.value, market, rules: houseRules });
  const isolated = of.positions?.[0]?.marginMode.kind === 'isolated';
  return { account: done.value, pool: poolIn(health, isolated ? 'both' : 'cross:USDT') };
}

describe('the next funding', () => {
  test('[EX4] a long pays 120,000 x 0.01 % = 12, and its liquidation price rises from 54,246.24', () => {
    const { pool } = after(scene(), '0.0001');
    expect(shown(pool.walletBalance)).toBe('11988');
    // (120,000 - 11,988 - 50) / 1.99 = 54,252.2613...
    expect(shown(positionIn(pool).liquidation().below)).toBe('54252.27');
  });

  test('[EX4] a short receives it, and a negative rate turns both round', () => {
    const short = scene({ positions: [positionOf({ on: btc, size: '-2', entry: '60000' })] });
    expect(shown(after(short, '0.0001').pool.walletBalance)).toBe('12012');
    expect(shown(after(short, '-0.0001').pool.walletBalance)).toBe('11988');
    expect(shown(after(scene(), '-0.0001').pool.walletBalance)).toBe('12012');
  });

  test('[EX4] an isolated position pays from its own wallet, the cross wallet holds', () => {
    const isolated = scene({
      positions: [positionOf({ on: btc, size: '2', entry: '60000', isolated: '7000' })],
    });
    const { account, pool } = after(isolated, '0.0001');
    expect(shown(pool.walletBalance)).toBe('6988');
    expect([...account.wallets.values()].map(String)).toEqual(['12000']);
  });

  test('[EX4] both legs of a contract settle, other contracts do not', () => {
    const legs = scene({
      positions: [
        positionOf({ on: btc, size: '2', entry: '60000', side: 'long' }),
        positionOf({ on: btc, size: '-1', entry: '60000', side: 'short' }),
        positionOf({ on: eth, size: '10', entry: '3000', side: 'long' }),
      ],
    });
    expect(shown(after(legs, '0.0001').pool.walletBalance)).toBe('11994');
  });

  test('[EX4] half a unit goes to the even neighbour', () => {
    // 0.00000001 x 50,000 = 0.0005: 1.5 units at 0.003 %, 2.5 units at 0.005 %.
    const dust = scene({
      positions: [positionOf({ on: btc, size: '0.00000001', entry: '50000' })],
      marks: { BTCUSDT: '50000' },
    });
    expect(shown(after(dust, '0.00003').pool.walletBalance)).toBe('11999.99999998');
    expect(shown(after(dust, '0.00005').pool.walletBalance)).toBe('11999.99999998');
  });
});
