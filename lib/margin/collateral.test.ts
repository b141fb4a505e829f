import { describe, expect, test } from 'vitest';
import { assert } from '../contract.ts';
import { collateralOf, isolatedWalletsOf } from './collateral.ts';
import {
  accountFrom,
  assess,
  contractOf,
  marketFrom,
  poolIn,
  positionOf,
  shown,
  type Scene,
} from './examples.ts';
import { poolsOf } from './pool.ts';
import { houseRules } from './venues/house.ts';

const eth = contractOf({ id: 'ETHUSDT', base: 'ETH' });

const MIXED: Scene = {
  mode: 'multi',
  wallets: { USDT: '1000', BTC: '0.2' },
  positions: [positionOf({ on: eth, size: '10', entry: '3000' })],
  instruments: [eth],
  marks: { ETHUSDT: '2850' },
  assets: { USDT: ['1'], BTC: ['50000', '0.95'] },
};

function linesOf(scene: Scene) {
  const market = marketFrom(scene);
  const [pool] = poolsOf(accountFrom(scene), market);
  assert(pool !== undefined, 'the scene has a pool');
  return collateralOf({ pool, market, rules: houseRules });
}

describe('collateral', () => {
  test('[MA2] an asset counts with its weight, a debt in full, and the parts add up to the margin balance', () => {
    const lines = linesOf(MIXED);
    assert(lines.known, 'every price is there');
    // 0.2 x 50,000 x 0.95; 1,000 - 10 x 150.
    expect(lines.value.map(({ asset, contribution }) => [asset, contribution.toFixed()])).toEqual([
      ['USDT', '-500'],
      ['BTC', '9500'],
    ]);
    expect(shown(poolIn(assess(MIXED)).marginBalance)).toBe('9000');
  });

  test('a missing price leaves no part standing, and a pool of one asset has none', () => {
    const blind = linesOf({ ...MIXED, assets: { USDT: ['1'] } });
    expect(blind.known ? 'known' : blind.why.kind).toBe('asset-price-missing');
    expect(linesOf({ ...MIXED, mode: 'single' })).toEqual({ known: true, value: [] });
  });

  test('what isolated positions hold is summed by asset', () => {
    const scene: Scene = {
      ...MIXED,
      positions: [
        positionOf({ on: eth, size: '1', entry: '3000', side: 'long', isolated: '400' }),
        positionOf({ on: eth, size: '-1', entry: '3000', side: 'short', isolated: '250.5' }),
      ],
    };
    const sums = isolatedWalletsOf(accountFrom(scene), marketFrom(scene));
    expect([...sums].map(([asset, sum]) => [asset, sum.toFixed()])).toEqual([['USDT', '650.5']]);
  });
});
