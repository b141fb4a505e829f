import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Decimal } from '../units/decimal.ts';
import { rate } from '../units/money.ts';
import { assess, poolIn, type TierText } from './examples.ts';
import { poolScene } from './venue-examples.ts';
import { deribitRules } from './venues/deribit.ts';
import { gateRules } from './venues/gate.ts';
import { okxRules } from './venues/okx.ts';
import { type VenueRules } from './venues/rules.ts';

/** `npm run test:deep` looks a hundred times longer. */
const DEPTH = process.env['PLIMSOLL_DEEP'] === '1' ? 100 : 1;

const MOVING: readonly VenueRules[] = [okxRules, gateRules, deribitRules];
const GROWTH = {
  initialBase: rate('0.02'),
  maintenanceBase: rate('0.01'),
  perCoin: rate('0.00001'),
};

describe('random pools', () => {
  test('[VE11] are healthy just before the joint move and liquidatable just after it', () => {
    let found = 0;
    const sizes = fc.array(
      fc.integer({ min: -300, max: 300 }).filter((size) => size !== 0),
      { minLength: 2, maxLength: 5 },
    );
    fc.assert(
      fc.property(sizes, fc.integer({ min: 50, max: 9000 }), fc.nat(2), (held, wallet, venue) => {
        const rules = MOVING[venue] ?? okxRules;
        const tiers: readonly TierText[] = [
          ['5000', '0.01'],
          ['1000000000', '0.03'],
        ];
        const bare = poolScene(
          rules,
          String(wallet),
          held.map((size, index) => ({ base: `C${index}`, size: String(size), tiers })),
        );
        const scene = {
          ...bare,
          instruments: (bare.instruments ?? []).map((one) => ({ ...one, marginGrowth: GROWTH })),
        };
        const joint = poolIn(assess(scene))
          .distances()
          .find(({ by }) => by.kind === 'joint');
        if (joint?.by.kind !== 'joint') return;
        found += 1;
        const { exposures } = joint.by;
        const statusAt = (factor: string): string => {
          const marks = scene.instruments.map(({ id, base }) => {
            const down = exposures.find((one) => one.base === base)?.direction === 'down';
            const share = joint.share.times(factor).times(down ? -1 : 1);
            return [id, new Decimal(100).times(share.plus(1)).toFixed()];
          });
          return poolIn(assess({ ...scene, marks: Object.fromEntries(marks) })).status;
        };
        expect(statusAt('0.9999')).toBe('healthy');
        expect(statusAt('1.0001')).not.toBe('healthy');
      }),
      { numRuns: 120 * DEPTH },
    );
    expect(found).toBeGreaterThan(50);
  });
});
