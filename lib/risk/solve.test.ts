import { describe, expect, it } from 'vitest';
import { assert } from '../contract.ts';
import { accountFrom, contractOf, marketFrom, positionOf, type Scene } from '../margin/examples.ts';
import { type AssessInput } from '../margin/health.ts';
import { houseRules } from '../margin/venues/house.ts';
import { poolId } from '../units/ids.ts';
import { price, rate } from '../units/money.ts';
import { smallestCloses, smallestClose, smallestDeposit, type Goal } from './solve.ts';
import { readTarget, type Target } from './target.ts';

const BTC = contractOf({ id: 'BTCUSDT' });
const ETH = contractOf({ id: 'ETHUSDT', base: 'ETH' });
const LONG = positionOf({ on: BTC, size: '2', entry: '60000' });
/** Margin balance 12,000, maintenance 550, liquidation at 54,246.2311...: the example of LQ1. */
const SCENE: Scene = {
  instruments: [BTC, ETH],
  marks: { BTCUSDT: '60000', ETHUSDT: '3000' },
  wallets: { USDT: '12000' },
  positions: [LONG],
};
const VOLATILITY = new Map([
  ['BTC', 0.03],
  ['ETH', 0.04],
]);

function goalOf(target: Target, scene: Scene = SCENE, pool = 'cross:USDT'): Goal {
  const facts: AssessInput = {
    account: accountFrom(scene),
    market: marketFrom(scene),
    rules: houseRules,
  };
  return { facts, poolId: poolId(`A0001/${pool}`), target };
}

function ratio(atMost: string): Target {
  return { kind: 'ratio', atMost: rate(atMost) };
}
function distance(atLeast: string): Target {
  return { kind: 'distance', atLeast: rate(atLeast) };
}
function survive(at: string): Target {
  return { kind: 'survive', instrumentId: BTC.id, at: price(at) };
}
function moves(atLeast: number): Target {
  return { kind: 'moves', atLeast, dailyVolatility: VOLATILITY };
}

describe('a target', () => {
  it.each([
    ['a ratio of 550 / 12,000, exactly', ratio('0.04583333333333333333333333333333333334'), true],
    ['a hair below it', ratio('0.0458333333333333333333333333333333333'), false],
    ['9.58 % of room', distance('0.0958'), true],
    ['9.59 %', distance('0.0959'), false],
    // -ln(1 - 0.09589614) / 0.03 = 3.3608
    ['3.36 daily moves', moves(3.36), true],
    ['3.37', moves(3.37), false],
    ['the printed liquidation price', survive('54246.24'), true],
    ['one tick beyond it', survive('54246.23'), false],
  ])('[SV1] %s', (_name, target, reached) => {
    const { facts, poolId: pool } = goalOf(target);
    expect(readTarget(facts, pool, target).reached).toBe(reached);
  });

  it('[SV1] is reached where nothing can be liquidated, and not where that is unknown', () => {
    const empty = goalOf(ratio('0.01'), { ...SCENE, positions: [] });
    expect(readTarget(empty.facts, empty.poolId, empty.target).reached).toBe(true);
    const stale = goalOf(ratio('0.9'), { ...SCENE, stale: ['BTCUSDT'] });
    expect(readTarget(stale.facts, stale.poolId, stale.target).reached).toBe(false);
  });

  it('[SV1] of a ratio is reached at equality', () => {
    const equal = goalOf(ratio('0.05'), { ...SCENE, wallets: { USDT: '11000' } });
    expect(readTarget(equal.facts, equal.poolId, equal.target).reached).toBe(true);
  });

  it('[SV1] of daily moves is not reached where a volatility is unknown', () => {
    const target: Target = { kind: 'moves', atLeast: 0.1, dailyVolatility: new Map() };
    const { facts, poolId: pool } = goalOf(target);
    expect(readTarget(facts, pool, target).reached).toBe(false);
  });
});

describe('the smallest deposit', () => {
  it.each([
    // 550 / 0.04 = 13,750
    ['ratio 4 %', ratio('0.04'), '1750'],
    // At 50,000 the loss is 20,000 and maintenance 450.
    ['survive 50,000', survive('50000'), '8450'],
    // 20 % away is 48,000: loss 24,000, maintenance 430.
    ['distance 20 %', distance('0.2'), '12430'],
  ])('[SV2] %s', (_name, target, expected) => {
    const answer = smallestDeposit(goalOf(target));
    assert(answer.kind === 'found', 'a deposit reaches it');
    expect(answer.amount.toFixed()).toBe(expected);
    expect(answer.changes).toMatchObject([{ kind: 'deposit', asset: 'USDT' }]);
  });

  it('[SV2] is one unit more where the edge lies between two', () => {
    const answer = smallestDeposit(goalOf(ratio('0.03')));
    // 550 / 0.03 = 18,333.333...
    expect(answer.kind === 'found' ? answer.amount.toFixed() : answer.kind).toBe('6333.33333334');
  });

  it('[SV2] goes on to an isolated position', () => {
    const own = positionOf({ on: BTC, size: '2', entry: '60000', isolated: '12000' });
    const answer = smallestDeposit(
      goalOf(ratio('0.04'), { ...SCENE, positions: [own] }, 'isolated:BTCUSDT:both'),
    );
    assert(answer.kind === 'found', 'a deposit reaches it');
    expect(answer.changes).toMatchObject([
      { kind: 'deposit', amount: answer.amount },
      { kind: 'margin', amount: answer.amount },
    ]);
    expect(answer.amount.toFixed()).toBe('1750');
  });

  it('[SV2] of a multi-asset pool is in an asset that moves with no coin', () => {
    const scene: Scene = {
      ...SCENE,
      mode: 'multi',
      wallets: { BTC: '0.2', USDT: '0' },
      assets: { BTC: ['60000', '0.95'], USDT: ['1'] },
    };
    const answer = smallestDeposit(goalOf(ratio('0.04'), scene, 'multi'));
    // 13,750 - 0.95 x 12,000
    expect(answer).toMatchObject({ kind: 'found', asset: 'USDT' });
    expect(answer.kind === 'found' ? answer.amount.toFixed() : '').toBe('2350');
  });
});

describe('the smallest close', () => {
  it('[SV3] is the fewest lots, its fee paid', () => {
    const answer = smallestClose(goalOf(ratio('0.02')), LONG);
    assert(answer.kind === 'found', 'a close reaches it');
    // 550 - 300 x <= 0.02 (12,000 - 30 x): x = 1.0354...
    expect(answer.size.toFixed()).toBe('1.036');
    expect(answer.fee.toFixed()).toBe('31.08');
    expect(answer.isWhole).toBe(false);
  });

  it('[SV3] may be all of it', () => {
    const answer = smallestClose(goalOf(ratio('0.00000001')), LONG);
    expect(answer).toMatchObject({ kind: 'found', isWhole: true, changes: [{ kind: 'close' }] });
  });

  it('[SV3] names the position that costs least', () => {
    const eth = positionOf({ on: ETH, size: '-10', entry: '3000' });
    const scene: Scene = { ...SCENE, positions: [eth, LONG] };
    const answer = smallestCloses(goalOf(ratio('0.05'), scene));
    // 70 of maintenance must go. Closing BTC frees 0.5 % of a notional, ETH 0.4 %: both reach, BTC for less.
    expect(answer.found.map(({ instrumentId }) => instrumentId)).toEqual(['BTCUSDT', 'ETHUSDT']);
  });
});

it('[SV2, SV3] judges after what happens next, and acts before it', () => {
  const afterwards = [{ kind: 'price', coin: BTC.base, share: rate('-0.05') }] as const;
  const goal: Goal = { ...goalOf(ratio('0.1')), afterwards };
  const added = smallestDeposit(goal);
  // At 57,000: balance 6,000, maintenance 520.
  expect(added.kind === 'found' ? added.amount.toFixed() : added.kind).toBe('reached-already');
  const nearer: Goal = { ...goal, target: ratio('0.05') };
  const deposit = smallestDeposit(nearer);
  expect(deposit.kind === 'found' ? deposit.amount.toFixed() : deposit.kind).toBe('4400');
  const close = smallestClose(nearer, LONG);
  // 520 - 285 x <= 0.05 (6,000 + 3,000 x - 30 x): x >= 220 / 433.5; sold at 60,000, before the fall.
  expect(close.kind === 'found' ? close.size.toFixed() : close.kind).toBe('0.508');
});

describe('without an answer', () => {
  it('[SV4] says that it is reached already', () => {
    expect(smallestDeposit(goalOf(ratio('0.5')))).toEqual({ kind: 'reached-already' });
    expect(smallestClose(goalOf(ratio('0.5')), LONG)).toEqual({ kind: 'reached-already' });
  });

  it('[SV4] says that nothing reaches it', () => {
    expect(smallestDeposit(goalOf(ratio('0')))).toEqual({ kind: 'out-of-reach' });
    const short = positionOf({ on: ETH, size: '-0.01', entry: '3000' });
    const scene: Scene = { ...SCENE, positions: [LONG, short] };
    expect(smallestClose(goalOf(ratio('0.01'), scene), short)).toEqual({ kind: 'out-of-reach' });
  });

  it('[SV4] says what is unknown, and what refuses', () => {
    const stale: Scene = { ...SCENE, stale: ['BTCUSDT'] };
    expect(smallestDeposit(goalOf(ratio('0.01'), stale))).toMatchObject({
      kind: 'unknown',
      why: { kind: 'mark-stale' },
    });
    const own = positionOf({ on: BTC, size: '2', entry: '60000', isolated: '12000' });
    const indebted: Scene = { ...SCENE, wallets: { USDT: '-100' }, positions: [own] };
    expect(smallestDeposit(goalOf(ratio('0.04'), indebted, 'isolated:BTCUSDT:both'))).toMatchObject(
      { kind: 'refused', refusal: { kind: 'above-withdrawable' } },
    );
  });
});
