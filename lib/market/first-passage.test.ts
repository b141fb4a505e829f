import { describe, expect, it } from 'vitest';
import {
  driftlessPrice,
  expectedDaysWithin,
  hitProbability,
  medianDaysToHit,
  normalCdf,
  type Passage,
} from './first-passage.ts';

/** 60 % a year. */
const SIXTY = 0.6 / Math.sqrt(365);

function long(distance: number, dailyVolatility = SIXTY): Passage {
  return { distance, dailyVolatility, driftPerDay: driftlessPrice('below', dailyVolatility) };
}

describe('the worked examples of liquidation.md 1.8', () => {
  it('10x long: rarely within a day, one in four within a week', () => {
    const passage = long(0.10081);
    expect(hitProbability(passage, 1)).toBeCloseTo(0.0014, 5);
    expect(hitProbability(passage, 7)).toBeCloseTo(0.237, 3);
    expect(medianDaysToHit(passage.distance, SIXTY)).toBeCloseTo(22.6, 1);
    expect(expectedDaysWithin(passage, 7)).toBeCloseTo(6.32, 2);
  });

  it('20x long: one in seven within a day', () => {
    const passage = long(0.04628);
    expect(hitProbability(passage, 1)).toBeCloseTo(0.1438, 3);
    expect(medianDaysToHit(passage.distance, SIXTY) * 24).toBeCloseTo(114.6, 1);
  });

  it('20x long looked at once a minute: the barrier stands 0.5826 s sqrt(dt) farther away', () => {
    const minute = 1 / 1440;
    const shifted = long(0.04628 + 0.5826 * SIXTY * Math.sqrt(minute));
    expect(hitProbability(shifted, 1)).toBeCloseTo(0.1397, 3);
  });
});

describe('the normal distribution', () => {
  it.each([
    [0, 0.5],
    [1, 0.841_344_746_068_542_9],
    [-1.959_963_984_540_054, 0.025],
    [-3, 0.001_349_898_031_630_094_6],
    [-6, 9.865_876_450_376_981e-10],
    [8, 1],
    [-40, 0],
  ])('N(%f)', (x, expected) => {
    expect(normalCdf(x)).toBeCloseTo(expected, 14);
  });

  it('joins its two methods without a step', () => {
    // Between both points lies nothing but the slope: 2e-9 x density / N = 2e-9 x 3.283 at -3.
    const ratio = normalCdf(-3.000_000_001) / normalCdf(-2.999_999_999);
    expect(ratio).toBeCloseTo(1 - 2e-9 * 3.283_098_6, 12);
  });

  it('keeps its digits far out', () => {
    expect(normalCdf(-10) / 7.619_853_024_160_527e-24).toBeCloseTo(1, 12);
  });
});

describe('F1, F2: bounds and directions', () => {
  it('is one when it is liquidatable already, and zero in no time', () => {
    expect(hitProbability(long(0), 1)).toBe(1);
    expect(hitProbability(long(-0.1), 1)).toBe(1);
    expect(hitProbability(long(0.1), 0)).toBe(0);
    expect(medianDaysToHit(0, SIXTY)).toBe(0);
  });

  it('rises with time and volatility, falls with distance', () => {
    const grid = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1];
    for (const [index, value] of grid.slice(1).entries()) {
      const before = grid[index] ?? 0;
      expect(hitProbability(long(0.1), value)).toBeGreaterThanOrEqual(
        hitProbability(long(0.1), before),
      );
      expect(hitProbability(long(0.1, value), 1)).toBeGreaterThanOrEqual(
        hitProbability(long(0.1, before), 1),
      );
      expect(hitProbability(long(value), 1)).toBeLessThanOrEqual(hitProbability(long(before), 1));
    }
  });

  it('a strong drift either way neither overflows nor leaves 0 to 1', () => {
    const toward = hitProbability({ distance: 5, dailyVolatility: 0.01, driftPerDay: -1 }, 10);
    const away = hitProbability({ distance: 5, dailyVolatility: 0.01, driftPerDay: 1 }, 10);
    expect([toward, away]).toEqual([1, 0]);
    // exp(-2vd/s^2) is exp(2e4) here, which is Infinity
    expect(hitProbability({ distance: 1, dailyVolatility: 0.01, driftPerDay: -1 }, 1)).toBeCloseTo(
      0.5,
      1,
    );
  });

  it('the two ways to the mirrored part agree where both can be computed', () => {
    const direct = (p: Passage, days: number): number => {
      const spread = p.dailyVolatility * Math.sqrt(days);
      const drifted = p.driftPerDay * days;
      return (
        normalCdf((-p.distance - drifted) / spread) +
        Math.exp((-2 * p.driftPerDay * p.distance) / p.dailyVolatility ** 2) *
          normalCdf((-p.distance + drifted) / spread)
      );
    };
    const passage = { distance: 0.2, dailyVolatility: 0.05, driftPerDay: -0.05 };
    expect(hitProbability(passage, 1)).toBeCloseTo(direct(passage, 1), 13);
  });

  it('without volatility only drift decides', () => {
    expect(hitProbability({ distance: 0.1, dailyVolatility: 0, driftPerDay: -0.1 }, 1)).toBe(1);
    expect(hitProbability({ distance: 0.1, dailyVolatility: 0, driftPerDay: -0.09 }, 1)).toBe(0);
  });
});
