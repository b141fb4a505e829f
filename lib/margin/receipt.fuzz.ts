import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accountFrom, marketFrom } from './examples.ts';
import { chanceOf, randomScene, type Chance } from './random-pools.ts';
import { faultsOf, receiptCasesOf } from './receipt-examples.ts';
import { venueInput, type VenuePosition } from './venue-examples.ts';
import { bitgetRules } from './venues/bitget.ts';
import { bitmexRules } from './venues/bitmex.ts';
import { bybitEntryRules, bybitInverseCrossRules, bybitRules } from './venues/bybit.ts';
import { deribitRules } from './venues/deribit.ts';
import { gateRules } from './venues/gate.ts';
import { houseRules } from './venues/house.ts';
import { krakenInverseRules, krakenLinearRules } from './venues/kraken.ts';
import { okxRules } from './venues/okx.ts';
import { type VenueRules } from './venues/rules.ts';

/** `npm run test:deep` looks a hundred times longer. */
const DEPTH = process.env['PLIMSOLL_DEEP'] === '1' ? 100 : 1;
const RUNS = 300 * DEPTH;

describe('receipts of random accounts', () => {
  test('[RC1] every receipt ends in its figure, and every step follows from its operands', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const scene = randomScene(chanceOf(seed));
        const input = {
          account: accountFrom(scene),
          market: marketFrom(scene),
          rules: scene.rules ?? houseRules,
        };
        expect(receiptCasesOf(input).flatMap(faultsOf)).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });
});

const RULES: readonly VenueRules[] = [
  bybitRules,
  bybitEntryRules,
  bybitInverseCrossRules,
  okxRules,
  deribitRules,
  gateRules,
  bitgetRules,
  bitmexRules,
  krakenLinearRules,
  krakenInverseRules,
];

function venueTextOf(chance: Chance): VenuePosition {
  const rules = chance.pick(RULES);
  const entry = chance.between(50, 150);
  const size = chance.between(1, 1000) * chance.pick([1, -1]);
  const kind = chance.pick(['linear', 'inverse'] as const);
  const value = kind === 'linear' ? Math.abs(size) * entry : Math.abs(size) / entry;
  const grows = rules.terms !== undefined && rules.terms.cross.tierKey === 'coins';
  const scale = rules === krakenLinearRules ? Math.abs(size) : value;
  return {
    rules,
    kind,
    size: size.toFixed(3),
    entry: entry.toFixed(2),
    mark: (entry * chance.between(0.8, 1.2)).toFixed(2),
    tick: chance.pick(['0.01', '0.00000001', '0.5']),
    leverage: chance.pick(['2', '3', '10', '25']),
    taker: chance.pick(['0', '0.0006', '0.00075']),
    flat: chance.happens(0.3),
    tiers: [
      [(scale * chance.between(0.3, 1.2)).toFixed(6), '0.004'],
      [(scale * chance.between(1.3, 3)).toFixed(6), '0.01'],
      ['1000000000000', '0.03'],
    ],
    ...(grows ? { growth: ['0.02', '0.01', '0.000005'] as const } : {}),
    ...(chance.happens(0.5)
      ? { isolated: chance.pick(['opening', (value * chance.between(0.005, 0.5)).toFixed(4)]) }
      : { cross: (value * chance.between(0.005, 1.1)).toFixed(4) }),
    ...(chance.happens(0.3) ? { index: (entry * chance.between(0.9, 1.1)).toFixed(2) } : {}),
    ...(chance.happens(0.3) ? { orders: '1' } : {}),
  };
}

describe('receipts under the terms of venues', () => {
  test('[RC1] every receipt ends in its figure, and every step follows from its operands', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const input = venueInput(venueTextOf(chanceOf(seed)));
        expect(receiptCasesOf(input).flatMap(faultsOf)).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });
});
