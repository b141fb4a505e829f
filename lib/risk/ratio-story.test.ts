import { expect, it } from 'vitest';
import { assert } from '../contract.ts';
import { accountFrom, contractOf, marketFrom, positionOf, type Scene } from '../margin/examples.ts';
import { assessAccount, type AssessInput } from '../margin/health.ts';
import { houseRules } from '../margin/venues/house.ts';
import { money } from '../units/money.ts';
import { timestampMs } from '../units/time.ts';
import {
  beginRatioStory,
  changesAt,
  continueRatioStory,
  RATIO_CAUSES,
  type RatioStory,
} from './ratio-story.ts';

const BTC = contractOf({ id: 'BTCUSDT' });
/** 2 BTC from 60,000: maintenance 550 there. */
const LONG = {
  ...positionOf({ on: BTC, size: '2', entry: '60000' }),
  openedAt: timestampMs(1),
};

function factsOf(scene: Scene): AssessInput {
  const full = { instruments: [BTC], marks: { BTCUSDT: '60000' }, positions: [LONG], ...scene };
  return { account: accountFrom(full), market: marketFrom(full), rules: houseRules };
}
const START = factsOf({ wallets: { USDT: '12000' } });
const POOL = assessAccount(START).pools[0]?.id;
assert(POOL !== undefined, 'the example has a pool');

function begun(input = START): RatioStory {
  assert(POOL !== undefined, 'the example has a pool');
  const story = beginRatioStory(input, POOL, 0);
  assert(story !== undefined, 'the pool has a ratio');
  return story;
}
const parts = ({ changes }: RatioStory): readonly string[] =>
  RATIO_CAUSES.map((cause) => changes[cause].times(100).toFixed(3));
it('[RS1] gives a price move to price alone', () => {
  const moved = factsOf({ wallets: { USDT: '12000' }, marks: { BTCUSDT: '58000' } });
  expect(begun().start.times(100).toFixed(3)).toBe('4.583');
  const story = continueRatioStory(begun(), moved);
  // Tier 2: 0.5 % of 116,000 less 50 = 530, of 8,000.
  expect(story.ratio.times(100).toFixed(3)).toBe('6.625');
  expect(parts(story)).toEqual(['2.042', '0.000', '0.000', '0.000']);
  expect(changesAt(begun(), story.ratio).price.toFixed(6)).toBe('0.020417');
});

it('[RS2] tells funding from what else came into the wallet', () => {
  const paid = { ...LONG, fundingReceived: money('-100') };
  const story = continueRatioStory(
    begun(),
    factsOf({ wallets: { USDT: '11900' }, positions: [paid] }),
  );
  // 550 / 11,900 = 4.622 %.
  expect(parts(story)).toEqual(['0.000', '0.039', '0.000', '0.000']);
  const both = continueRatioStory(
    begun(),
    factsOf({ wallets: { USDT: '12900' }, positions: [paid] }),
  );
  // A deposit of 1,000 beside it: 550 / 12,900 = 4.264 %.
  expect(parts(both)).toEqual(['0.000', '0.039', '0.000', '-0.358']);
});

it('[RS2] lets an isolated position pay out of its own wallet', () => {
  const isolated = (wallet: string, funding: string) => ({
    ...LONG,
    marginMode: { kind: 'isolated', wallet: money(wallet) } as const,
    fundingReceived: money(funding),
  });
  const before = factsOf({ wallets: { USDT: '500' }, positions: [isolated('12000', '0')] });
  const pool = assessAccount(before).pools.find(({ scope }) => scope.kind === 'isolated');
  assert(pool !== undefined, 'the position has a pool of its own');
  const start = beginRatioStory(before, pool.id, 0);
  assert(start !== undefined, 'the pool has a ratio');
  const after = factsOf({ wallets: { USDT: '500' }, positions: [isolated('11900', '-100')] });
  expect(parts(continueRatioStory(start, after))).toEqual(['0.000', '0.039', '0.000', '0.000']);
});

it('[RS3] gives a fill with its fee to trades, and cash alone to transfers', () => {
  const larger = {
    ...positionOf({ on: BTC, size: '3', entry: '60000' }),
    openedAt: timestampMs(1),
  };
  const filled = factsOf({ wallets: { USDT: '11970' }, positions: [larger] });
  // 850 / 11,970 = 7.101 %.
  expect(parts(continueRatioStory(begun(), filled))).toEqual(['0.000', '0.000', '2.518', '0.000']);
  const deposited = factsOf({ wallets: { USDT: '13000' } });
  // 550 / 13,000 = 4.231 %.
  expect(parts(continueRatioStory(begun(), deposited))).toEqual([
    '0.000',
    '0.000',
    '0.000',
    '-0.353',
  ]);
});

it('[RS1] adds up to the ratio of now, whatever came in between', () => {
  const scenes: readonly Scene[] = [
    { wallets: { USDT: '12000' }, marks: { BTCUSDT: '57431.07' } },
    { wallets: { USDT: '13500.5' }, marks: { BTCUSDT: '58112.9' } },
    { wallets: { USDT: '9000' }, stale: ['BTCUSDT'], marks: {} },
    { wallets: { USDT: '12911.25' }, marks: { BTCUSDT: '61007.33' } },
    {
      wallets: { USDT: '12850.25' },
      marks: { BTCUSDT: '60512.4' },
      positions: [{ ...LONG, fundingReceived: money('-61') }],
    },
  ];
  const story = scenes.map(factsOf).reduce(continueRatioStory, begun());
  const sum = RATIO_CAUSES.reduce(
    (total, cause) => total.plus(story.changes[cause]),
    story.start.plus(0),
  );
  expect(sum.toSignificantDigits(30).eq(story.ratio.toSignificantDigits(30))).toBe(true);
  const now = factsOf(scenes.at(-1) ?? {});
  const ratio = assessAccount(now).pools[0]?.marginRatio;
  assert(ratio?.known === true && ratio.value.kind === 'ratio', 'the pool has a ratio');
  expect(story.ratio.eq(ratio.value.value)).toBe(true);
});

it('[RS1] stands still while there is no ratio', () => {
  const gone = factsOf({ wallets: { USDT: '12000' }, marks: { BTCUSDT: '50000' } });
  expect(continueRatioStory(begun(), gone)).toEqual(begun());
  assert(POOL !== undefined, 'the example has a pool');
  expect(beginRatioStory(gone, POOL, 0)).toBeUndefined();
});
