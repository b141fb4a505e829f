import { describe, expect, it } from 'vitest';
import { type InstrumentGrid } from '../market/grid.ts';
import { lots, moneyUnits, rateUnits, ticks } from '../units/scaled.ts';
import { assessUnits, isBreached, type IntegerAsset } from './integer.ts';

/** One unit of money a lot and tick; 1 % maintenance to 1,000 units, then 2 % less 10. */
const grid: InstrumentGrid = {
  kind: 'linear',
  numerator: 1n,
  denominator: 1n,
  takerFeeRate: rateUnits(0n),
  liquidationFeeRate: rateUnits(0n),
  tiers: [
    {
      tier: 1,
      notionalCap: moneyUnits(1_000n),
      maintenanceMarginRate: rateUnits(10_000_000_000n),
      deductionFine: 0n,
      leverageMaxUnits: 500_000n,
    },
    {
      tier: 2,
      notionalCap: moneyUnits(5_000n),
      maintenanceMarginRate: rateUnits(20_000_000_000n),
      deductionFine: 10n * 10n ** 12n,
      leverageMaxUnits: 250_000n,
    },
  ],
};

function longOf(p: {
  readonly lots: bigint;
  readonly mark: bigint;
  readonly wallet: bigint;
  readonly leverage?: bigint;
}): IntegerAsset {
  const position = {
    grid,
    lots: lots(p.lots),
    openValue: moneyUnits(p.lots * 100n),
    markTicks: ticks(p.mark),
    leverageUnits: p.leverage ?? 100_000n,
  };
  return { wallet: moneyUnits(p.wallet), positions: [position], conversion: undefined };
}

describe('figures of a pool in integers', () => {
  it.each([
    ['1 % of 1,000 at the cap of tier 1', { lots: 10n, mark: 100n }, 10n],
    ['one lot more is in tier 2: 2 % of 1,100 - 10', { lots: 11n, mark: 100n }, 12n],
    ['1 % of 330 is rounded up', { lots: 3n, mark: 110n }, 4n],
  ])('maintenance: %s', (_case, p, expected) => {
    expect(assessUnits([longOf({ ...p, wallet: 0n })])?.maintenanceMargin).toBe(expected);
  });

  it('initial margin divides by the chosen leverage, rounded up, and by no more than the tier allows', () => {
    expect(assessUnits([longOf({ lots: 3n, mark: 111n, wallet: 0n })])?.initialMargin).toBe(34n);
    const bold = longOf({ lots: 20n, mark: 100n, wallet: 0n, leverage: 1_250_000n });
    expect(assessUnits([bold])?.initialMargin).toBe(80n); // 2,000 / 25
  });

  it('above the last tier there are none', () => {
    expect(assessUnits([longOf({ lots: 50n, mark: 100n, wallet: 0n })])).toBeDefined();
    expect(assessUnits([longOf({ lots: 51n, mark: 100n, wallet: 0n })])).toBeUndefined();
  });

  it('a balance equal to maintenance is safe, one unit less is a breach', () => {
    const figures = (wallet: bigint) => assessUnits([longOf({ lots: 10n, mark: 90n, wallet })]);
    // 900 - 1,000 + wallet against 9
    expect([109n, 108n].map((wallet) => isBreached(figures(wallet) ?? NONE))).toEqual([
      false,
      true,
    ]);
  });

  it('USD: weight on a positive balance only, credits floored, requirements rounded up', () => {
    const conversion = { price: moneyUnits(150_000_000n), weight: rateUnits(900_000_000_000n) };
    const rich = assessUnits([{ ...longOf({ lots: 3n, mark: 110n, wallet: 71n }), conversion }]);
    // (71 + 30) x 1.5 x 0.9 = 136.35; 4 x 1.5 = 6; 33 x 1.5 = 49.5
    expect(rich).toEqual({ marginBalance: 136n, maintenanceMargin: 6n, initialMargin: 50n });
    const poor = assessUnits([{ ...longOf({ lots: 3n, mark: 110n, wallet: -131n }), conversion }]);
    expect(poor?.marginBalance).toBe(-152n); // -101 x 1.5 = -151.5, in full
  });
});

const NONE = {
  marginBalance: moneyUnits(0n),
  maintenanceMargin: moneyUnits(0n),
  initialMargin: moneyUnits(0n),
};
