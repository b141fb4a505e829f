import { describe, expect, test } from 'vitest';
import { assert } from '../contract.ts';
import { price } from '../units/money.ts';
import {
  accountFrom,
  assess,
  contractOf,
  marketFrom,
  poolIn,
  positionIn,
  positionOf,
  shown,
  type Scene,
} from './examples.ts';
import { stopCheckOf } from './stop-check.ts';
import { houseRules } from './venues/house.ts';

const btc = contractOf({ id: 'BTCUSDT' });

const LONG: Scene = {
  wallets: { USDT: '12000' },
  positions: [positionOf({ on: btc, size: '2', entry: '60000' })],
  instruments: [btc],
  marks: { BTCUSDT: '60000' },
};

function check(scene: Scene, stop: string) {
  const done = stopCheckOf({
    account: accountFrom(scene),
    market: marketFrom(scene),
    rules: houseRules,
    position: positionIn(poolIn(assess(scene))),
    stop: price(stop),
  });
  assert(done !== undefined, 'there is a mark');
  const { verdict, gapPrice, left } = done;
  return { verdict, gap: shown(gapPrice), left: shown(left) };
}

describe('a stop on the mark', () => {
  test('[EX5] above the liquidation price of a long it fills: equity there less a taker fee', () => {
    // 12,000 - 2 x 5,000 - 110,000 x 0.05 %; 55,000 - 54,246.24.
    expect(check(LONG, '55000')).toEqual({ verdict: 'fills', gap: '753.76', left: '1945' });
  });

  test('[EX5] past it, or at it, which is told apart, the pool is liquidated first', () => {
    expect(check(LONG, '54200')).toMatchObject({ verdict: 'past-liquidation', gap: '-46.24' });
    expect(check(LONG, '54246.24')).toMatchObject({ verdict: 'at-liquidation', gap: '0' });
  });

  test('[EX5] on the other side of the mark it is passed already, and triggers at once', () => {
    expect(check(LONG, '63000')).toEqual({
      verdict: 'wrong-side',
      gap: '<margin-covers-loss>',
      left: '17937',
    });
    expect(check(LONG, '60000').verdict).toBe('triggers-now');
  });

  test('[EX5] a short is liquidated above: the same the other way', () => {
    const short = { ...LONG, positions: [positionOf({ on: btc, size: '-2', entry: '60000' })] };
    expect(check(short, '65000')).toMatchObject({ verdict: 'fills', gap: '696.51' });
    expect(check(short, '66000').verdict).toBe('past-liquidation');
    expect(check(short, '59000').verdict).toBe('wrong-side');
  });

  test('[EX5] nothing comes before a liquidation that is there already', () => {
    expect(check({ ...LONG, marks: { BTCUSDT: '54000' } }, '55000').verdict).toBe(
      'past-liquidation',
    );
  });
});
