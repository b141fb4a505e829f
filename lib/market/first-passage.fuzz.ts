/** F1 and F3 of liquidation.md 1.8: bounds and directions anywhere, and agreement with a simulation. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { driftlessPrice, hitProbability, normalCdf } from './first-passage.ts';

const positive = (max: number): fc.Arbitrary<number> => fc.double({ min: 1e-6, max, noNaN: true });
const barrier = fc.constantFrom('below', 'above');

it('F1: a probability, rising in time, falling in distance, whatever the drift', () => {
  fc.assert(
    fc.property(
      positive(3),
      positive(1),
      fc.double({ min: -5, max: 5, noNaN: true }),
      positive(400),
      fc.double({ min: 1, max: 5, noNaN: true }),
      (distance, dailyVolatility, driftPerDay, days, more) => {
        const passage = { distance, dailyVolatility, driftPerDay };
        const probability = hitProbability(passage, days);
        expect(probability).toBeGreaterThanOrEqual(0);
        expect(probability).toBeLessThanOrEqual(1);
        expect(hitProbability(passage, days * more)).toBeGreaterThanOrEqual(probability - 1e-12);
        expect(hitProbability({ ...passage, distance: distance * more }, days)).toBeLessThanOrEqual(
          probability + 1e-12,
        );
      },
    ),
  );
});

it('F1: rising in volatility for a price without drift, barrier below', () => {
  fc.assert(
    fc.property(
      positive(2),
      positive(0.5),
      positive(60),
      fc.double({ min: 1, max: 3, noNaN: true }),
      (distance, daily, days, more) => {
        const at = (dailyVolatility: number): number =>
          hitProbability(
            { distance, dailyVolatility, driftPerDay: driftlessPrice('below', dailyVolatility) },
            days,
          );
        expect(at(daily * more)).toBeGreaterThanOrEqual(at(daily) - 1e-12);
      },
    ),
  );
});

/** Linear congruence, 32 bits: enough for a count, and the same everywhere. */
function uniforms(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 0.5) / 4_294_967_296;
  };
}

function simulated(p: {
  readonly seed: number;
  readonly paths: number;
  readonly steps: number;
  readonly distance: number;
  readonly daily: number;
  readonly drift: number;
}): number {
  const uniform = uniforms(p.seed);
  const spread = p.daily / Math.sqrt(p.steps);
  let hits = 0;
  for (let path = 0; path < p.paths; path += 1) {
    let room = p.distance;
    for (let step = 0; step < p.steps && room > 0; step += 1) {
      const normal = Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
      room += p.drift / p.steps + spread * normal;
    }
    if (room <= 0) hits += 1;
  }
  return hits / p.paths;
}

it.each([
  [0.04628, 0.0314, 11],
  [0.02, 0.05, 12],
  [0.1, 0.06, 13],
])(
  'F3: distance %f at daily volatility %f agrees with 4,000 simulated days (seed %i)',
  (distance, daily, seed) => {
    const steps = 400;
    const paths = 4000;
    const drift = driftlessPrice('below', daily);
    const seen = simulated({ seed, paths, steps, distance, daily, drift });
    const shifted = distance + 0.5826 * daily * Math.sqrt(1 / steps);
    const expected = hitProbability(
      { distance: shifted, dailyVolatility: daily, driftPerDay: drift },
      1,
    );
    const error = Math.sqrt((expected * (1 - expected)) / paths);
    expect(Math.abs(seen - expected), `seed ${seed}`).toBeLessThan(3 * error);
  },
);

it('the normal distribution is symmetric and rising', () => {
  fc.assert(
    fc.property(fc.double({ min: -38, max: 38, noNaN: true }), positive(2), (x, step) => {
      expect(normalCdf(x) + normalCdf(-x)).toBeCloseTo(1, 14);
      expect(normalCdf(x + step)).toBeGreaterThanOrEqual(normalCdf(x));
    }),
  );
});

it('a short without drift of its price drifts away from its barrier', () => {
  fc.assert(
    fc.property(barrier, positive(1), (side, daily) => {
      expect(Math.sign(driftlessPrice(side, daily))).toBe(side === 'below' ? -1 : 1);
    }),
  );
});
