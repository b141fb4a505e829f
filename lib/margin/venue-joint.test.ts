import { describe, expect, it } from 'vitest';
import { assert } from '../contract.ts';
import { rate } from '../units/money.ts';
import { assess, contractOf, poolIn, positionOf, type Scene, type TierText } from './examples.ts';
import { type PoolDistance } from './figures.ts';
import { HALF_A_PERCENT, poolScene, type Held } from './venue-examples.ts';
import { bitgetRules } from './venues/bitget.ts';
import { bybitRules } from './venues/bybit.ts';
import { gateRules } from './venues/gate.ts';
import { krakenInverseRules, krakenLinearRules } from './venues/kraken.ts';
import { okxRules } from './venues/okx.ts';

function jointOf(scene: Scene): PoolDistance | undefined {
  const pool = poolIn(assess(scene));
  return pool.distances().find(({ by }) => by.kind === 'joint');
}

function jointShare(scene: Scene): string {
  return jointOf(scene)?.share.toFixed(8) ?? 'none';
}

const LONGS: readonly Held[] = Array.from({ length: 10 }, (_, index) => ({
  base: `C${index}`,
  size: '100',
}));

describe('the joint move under a venue’s own terms', () => {
  it.each([
    // 4,082 - 100,000 D = 0.5 % x 100,000 (1 - D)
    ['okx', okxRules, '0.03600000'],
    ['gate', gateRules, '0.03600000'],
    ['bybit', bybitRules, '0.03600000'],
    // maintenance stays 500
    ['kraken, at entry', krakenLinearRules, '0.03582000'],
    ['bitget, as at the mark', bitgetRules, '0.03582000'],
  ])('[VE11] ten equal longs at %s: 36 %% each, 3.6 %% together', (_venue, rules, share) => {
    const scene = poolScene(rules, '4082', LONGS);
    expect(jointShare(scene)).toBe(share);
    const { by, share: nearest } = poolIn(assess(scene)).distances()[0] ?? {};
    expect([by?.kind, nearest?.toFixed(8)]).toEqual(['joint', share]);
  });

  it('[VE11] each coin goes the way that hurts: a long falls, a short rises', () => {
    const held = [
      { base: 'A', size: '100' },
      { base: 'B', size: '-50' },
    ];
    // 1,000 - 15,000 D = 0.5 % x (10,000 (1 - D) + 5,000 (1 + D)), D = 925 / 14,975
    const scene = poolScene(gateRules, '1000', held);
    expect(jointShare(scene)).toBe('0.06176962');
    const by = jointOf(scene)?.by;
    assert(by?.kind === 'joint', 'a joint move');
    expect(by.exposures.map(({ base, direction }) => [base, direction])).toEqual([
      ['A', 'down'],
      ['B', 'up'],
    ]);
  });

  it('[VE11] tiers reached on the way count', () => {
    const tiers: readonly TierText[] = [
      ['11000', '0.01'],
      ['1000000', '0.05'],
    ];
    const held = [
      { base: 'A', size: '-100', tiers },
      { base: 'B', size: '-100', tiers },
    ];
    // beyond 11,000 each needs 5 % less 440: 5,000 - 20,000 D = 1,000 (1 + D) - 880, D = 4,880 / 21,000
    expect(jointShare(poolScene(gateRules, '5000', held))).toBe('0.23238095');
    // before that 1 %: 1,200 - 20,000 D = 200 (1 + D), D = 1,000 / 20,200
    expect(jointShare(poolScene(gateRules, '1200', held))).toBe('0.04950495');
  });

  it('[VE11] inverse contracts of one coin: a fall lengthens what is owed', () => {
    const held = [
      { base: 'BTC', size: '1000' },
      { base: 'BTC', size: '500' },
    ];
    // coins: 2 + 15 - 15 y = 0.005 x 15 y, y = 17 / 15.075; one coin, so the two prices move as two instruments
    const scene = poolScene(krakenInverseRules, '2', held, 'inverse');
    const share = rate(1).minus(rate('15.075').div(17));
    expect(jointShare(scene)).toBe(share.toFixed(8));
    const shorts = held.map((one) => ({ ...one, size: `-${one.size}` }));
    // 2 - 15 + 15 y = 0.075 y, y = 13 / 14.925
    const rise = rate('14.925').div(13).minus(1);
    expect(jointShare(poolScene(krakenInverseRules, '2', shorts, 'inverse'))).toBe(rise.toFixed(8));
    expect(jointShare(poolScene(krakenInverseRules, '16', shorts, 'inverse'))).toBe('none');
  });

  it('[VE11] not given where nothing ends the pool, or contracts are of both kinds', () => {
    expect(jointShare(poolScene(gateRules, '200000', LONGS))).toBe('none');
    const linear = contractOf({ id: 'L', tiers: HALF_A_PERCENT });
    const inverse = contractOf({ id: 'I', kind: 'inverse', tiers: HALF_A_PERCENT });
    const both: Scene = {
      rules: bybitRules,
      mode: 'multi',
      wallets: { USDT: '10' },
      assets: { USDT: ['1'], BTC: ['100'] },
      instruments: [linear, inverse],
      positions: [
        positionOf({ on: linear, size: '1', entry: '100' }),
        positionOf({ on: inverse, size: '100', entry: '100' }),
      ],
      marks: { L: '100', I: '100' },
    };
    expect(jointOf(both)).toBeUndefined();
  });
});
