import { describe, expect, test } from 'vitest';
import {
  assess,
  contractOf,
  flatTiers,
  poolIn,
  positionIn,
  positionOf,
  type Scene,
} from './examples.ts';
import { type ExitEstimate, type Figure } from './figures.ts';

const btc = contractOf({ id: 'BTCUSDT' });
const eth = contractOf({ id: 'ETHUSDT', base: 'ETH' });

function scene(mark: string, wallet = '12000'): Scene {
  return {
    wallets: { USDT: wallet },
    positions: [positionOf({ on: btc, size: '2', entry: '60000' })],
    instruments: [btc, eth],
    marks: { BTCUSDT: mark, ETHUSDT: '3000' },
  };
}

function texts(estimate: Figure<ExitEstimate>): Record<string, string> | string {
  if (!estimate.known) return estimate.why.kind;
  const { price, fee, lossFromNow, lossSinceEntry } = estimate.value;
  return {
    price: price.toFixed(),
    fee: fee.toFixed(),
    fromNow: lossFromNow.toFixed(),
    sinceEntry: lossSinceEntry.toFixed(),
  };
}

describe('ways out', () => {
  test('[EX1] closed now: a taker fee at the mark, and what the price has cost already', () => {
    expect(texts(positionIn(poolIn(assess(scene('59000')))).ifClosedNow)).toEqual({
      price: '59000',
      fee: '59',
      fromNow: '59',
      sinceEntry: '2059',
    });
  });

  test('[EX1] the fee is rounded up to the unit', () => {
    const dust: Scene = {
      ...scene('60001'),
      positions: [positionOf({ on: btc, size: '0.00000001', entry: '60000' })],
    };
    expect(texts(positionIn(poolIn(assess(dust))).ifClosedNow)).toMatchObject({
      fee: '0.00000031',
    });
  });

  test('[EX2] liquidated: the fee takes no more than the maintenance that is left there', () => {
    // 108,492.48 x 0.0125 = 1,356.156, but only 108,492.48 x 0.005 - 50 = 492.4624 is left.
    expect(texts(positionIn(poolIn(assess(scene('60000')))).ifLiquidated())).toEqual({
      price: '54246.24',
      fee: '492.4624',
      fromNow: '11999.9824',
      sinceEntry: '11999.9824',
    });
  });

  test('[EX2] a fee rate below the maintenance rate is charged in full', () => {
    const cheap = contractOf({ id: 'BTCUSDT', tiers: flatTiers('0.01'), liquidationFee: '0.005' });
    const result = poolIn(assess({ ...scene('60000'), instruments: [cheap] }));
    // 12,000 + 2 (P - 60,000) = 0.02 P at 54,545.4545...
    expect(texts(positionIn(result).ifLiquidated())).toMatchObject({
      price: '54545.46',
      fee: '545.4546',
    });
  });

  test('[EX2] already liquidatable: at the mark, from the equity that is left', () => {
    expect(texts(positionIn(poolIn(assess(scene('54100')))).ifLiquidated())).toEqual({
      price: '54100',
      fee: '200',
      fromNow: '200',
      sinceEntry: '12000',
    });
  });

  test('[EX2] positions of one pool share what is left by their maintenance, not each the whole', () => {
    const shared: Scene = {
      ...scene('54100', '12200'),
      positions: [
        positionOf({ on: btc, size: '2', entry: '60000' }),
        positionOf({ on: eth, size: '10', entry: '3000' }),
      ],
    };
    // Equity 400 against 491 + 120.
    const pool = poolIn(assess(shared));
    expect(texts(positionIn(pool, 0).ifLiquidated())).toMatchObject({ fee: '321.44026186' });
    expect(texts(positionIn(pool, 1).ifLiquidated())).toMatchObject({ fee: '78.55973813' });
  });

  test('[EX2] a bankrupt pool pays no fee', () => {
    expect(texts(positionIn(poolIn(assess(scene('53000')))).ifLiquidated())).toMatchObject({
      fee: '0',
    });
  });

  test('[EX2] equity in dollars does not pay a fee in coin one for one', () => {
    const inverse = contractOf({
      id: 'BTCUSD',
      kind: 'inverse',
      contractSize: '100',
      tiers: flatTiers('0.02'),
    });
    const pool = poolIn(
      assess({
        mode: 'multi',
        wallets: { BTC: '0.01' },
        positions: [positionOf({ on: inverse, size: '600', entry: '60000' })],
        instruments: [inverse],
        marks: { BTCUSD: '60000' },
        assets: { BTC: ['60000'] },
      }),
    );
    // 600 USD of equity against 1,200: half of the maintenance of 0.02 BTC, below the fee of 0.0125.
    expect(texts(positionIn(pool).ifLiquidated())).toMatchObject({ fee: '0.01' });
  });

  test('[EX2] no price, no estimate', () => {
    expect(texts(positionIn(poolIn(assess(scene('60000', '200000')))).ifLiquidated())).toBe(
      'margin-covers-loss',
    );
  });
});
