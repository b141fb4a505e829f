import { describe, expect, test } from 'vitest';
import { assert } from '../contract.ts';
import { price } from '../units/money.ts';
import {
  accountFrom,
  contractOf,
  flatTiers,
  marketFrom,
  positionOf,
  type Scene,
} from './examples.ts';
import { type Figure } from './figures.ts';
import { marketAt } from './moved-market.ts';
import { poolsOf } from './pool.ts';
import { houseRules } from './venues/house.ts';
import { closingOf, liquidationOf, type WayOut } from './ways-out.ts';

const btc = contractOf({ id: 'BTCUSDT' });
const cheap = contractOf({ id: 'BTCUSDT', liquidationFee: '0.001' });
const eth = contractOf({
  id: 'ETHUSDT',
  base: 'ETH',
  tiers: flatTiers('0.01'),
  liquidationFee: '0.0198',
});

function texts(out: Figure<WayOut>): Record<string, string> | string {
  if (!out.known) return out.why.kind;
  const { move, fee, conversionCost, deficit, left } = out.value;
  return {
    move: move.toFixed(),
    fee: fee.toFixed(),
    conversionCost: conversionCost.toFixed(),
    deficit: deficit.toFixed(),
    left: left.toFixed(),
  };
}

/** What the parts leave unexplained of the worth before: nothing. */
function unexplained(out: Figure<WayOut>): string {
  if (!out.known) return out.why.kind;
  const { worth, move, fee, conversionCost, deficit, left } = out.value;
  return worth.plus(move).minus(fee).minus(conversionCost).plus(deficit).minus(left).toFixed();
}

function waysOut(scene: Scene, on: string, at: string) {
  const market = marketFrom(scene);
  const [pool] = poolsOf(accountFrom(scene), market);
  const instrument = market.instruments.get(contractOf({ id: on }).id);
  assert(pool !== undefined && instrument !== undefined, 'the scene has a pool and the contract');
  const rules = houseRules;
  const there = marketAt(market, rules, { instrumentId: instrument.id, price: price(at) });
  const closed = closingOf({ pool, market, rules });
  const liquidated = liquidationOf({ pool, market, there, rules });
  return {
    closed: texts(closed),
    liquidated: texts(liquidated),
    unexplained: [closed, liquidated].map(unexplained),
  };
}

const NOTHING = { move: '0', fee: '0', conversionCost: '0', deficit: '0' };

describe('a pool of one asset', () => {
  const scene = (on: typeof btc): Scene => ({
    wallets: { USDT: '12000' },
    positions: [positionOf({ on, size: '2', entry: '60000' })],
    instruments: [on],
    marks: { BTCUSDT: '60000' },
  });

  test('[EX3] closed now it pays taker fees; liquidated, the way there and a fee of no more than is left', () => {
    const { closed, liquidated } = waysOut(scene(btc), 'BTCUSDT', '54246.24');
    expect(closed).toEqual({ ...NOTHING, fee: '60', left: '11940' });
    // 108,492.48 x 1.25 % = 1,356.156, but only 12,000 - 11,507.52 is there.
    expect(liquidated).toEqual({ ...NOTHING, move: '-11507.52', fee: '492.48', left: '0' });
  });

  test('[EX3] what a cheaper fee does not take stays', () => {
    expect(waysOut(scene(cheap), 'BTCUSDT', '54246.24').liquidated).toEqual({
      ...NOTHING,
      move: '-11507.52',
      fee: '108.49248',
      left: '383.98752',
    });
  });

  test('[EX3] what is below zero is paid by others, and there is no fee', () => {
    const { liquidated, unexplained: rest } = waysOut(scene(btc), 'BTCUSDT', '53000');
    expect(liquidated).toEqual({ ...NOTHING, move: '-14000', deficit: '2000', left: '0' });
    expect(rest).toEqual(['0', '0']);
  });

  test('[EX3] a missing mark makes both absent', () => {
    const blind = { ...scene(btc), marks: {} };
    expect(waysOut(blind, 'BTCUSDT', '53000')).toMatchObject({
      closed: 'mark-missing',
      liquidated: 'mark-missing',
    });
  });

  test('[EX3] both legs of a hedge are closed and charged', () => {
    const hedge: Scene = {
      ...scene(cheap),
      positions: [
        positionOf({ on: cheap, size: '2', entry: '60000', side: 'long' }),
        positionOf({ on: cheap, size: '-1', entry: '60000', side: 'short' }),
      ],
    };
    const { closed, liquidated } = waysOut(hedge, 'BTCUSDT', '50000');
    expect(closed).toMatchObject({ fee: '90', left: '11910' });
    expect(liquidated).toMatchObject({ move: '-10000', fee: '150', left: '1850' });
  });
});

describe('a pool of several assets', () => {
  test('[EX3] coins are sold at 1 % under their index for the debt and then for the fee; the worth is without haircut', () => {
    const scene: Scene = {
      mode: 'multi',
      wallets: { USDT: '50', BTC: '0.2' },
      positions: [positionOf({ on: eth, size: '10', entry: '3000' })],
      instruments: [eth],
      marks: { ETHUSDT: '3000' },
      assets: { USDT: ['1'], BTC: ['50000', '0.95'] },
    };
    const { closed, liquidated, unexplained: rest } = waysOut(scene, 'ETHUSDT', '2500');
    expect(rest).toEqual(['0', '0']);
    expect(closed).toMatchObject({ fee: '15', left: '10035' });
    // 4,950 of debt take 0.1 BTC at 49,500; 25,000 x 1.98 % = 495 take 0.01: 55 in all are lost by selling.
    expect(liquidated).toEqual({
      move: '-5000',
      fee: '495',
      conversionCost: '55',
      deficit: '0',
      left: '4500',
    });
  });
});
