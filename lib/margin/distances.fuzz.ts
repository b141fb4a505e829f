import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assert } from '../contract.ts';
import { type Instrument } from '../market/instrument.ts';
import { assess, poolIn, type Scene } from './examples.ts';
import { type PoolHealth, type PositionHealth } from './figures.ts';
import { aloneShock, Fine, jointShock, noiseOf, plainPool } from './plain-excess.ts';
import { chanceOf, randomScene, type PoolKind } from './random-pools.ts';

/** `npm run test:deep` looks a hundred times longer. */
const DEPTH = process.env['PLIMSOLL_DEEP'] === '1' ? 100 : 1;

/** Runs a check on seeded scenes; a failure prints the seed that shows it. */
function onScenes(
  count: number,
  check: (scene: Scene, seed: number) => void,
  kind?: PoolKind,
): void {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 31 - 1 }), (seed) => {
      check(randomScene(chanceOf(seed), kind), seed);
    }),
    { numRuns: count * DEPTH },
  );
}

interface Mover {
  readonly position: PositionHealth;
  readonly instrument: Instrument;
}

function moversOf(scene: Scene, pool: PoolHealth): readonly Mover[] {
  return pool.positions.flatMap((position) => {
    const instrument = scene.instruments?.find(({ id }) => id === position.instrumentId);
    return instrument === undefined ? [] : [{ position, instrument }];
  });
}

describe('distances of random pools', () => {
  test("[LQ7] sorted, the first decides, and it is never farther than any position's own", () => {
    onScenes(150, (scene) => {
      const pool = poolIn(assess(scene));
      const shares = pool.distances().map(({ share }) => share);
      for (const [index, share] of shares.entries()) {
        const next = shares[index + 1];
        assert(next === undefined || share.lte(next), 'sorted');
      }
      const deciding = pool.decidingDistance();
      expect(deciding.known).toBe(shares.length > 0);
      if (!deciding.known) return;
      expect(deciding.value.share.eq(shares[0] ?? NaN)).toBe(true);
      for (const { position, instrument } of moversOf(scene, pool)) {
        const { exactBelow, exactAbove } = position.liquidation();
        for (const exact of [exactBelow, exactAbove]) {
          if (!exact.known) continue;
          const own = new Fine(exact.value)
            .div(scene.marks?.[instrument.id] ?? 'NaN')
            .minus(1)
            .abs();
          expect(deciding.value.share.minus(own).toNumber()).toBeLessThan(1e-30);
        }
      }
    });
  });

  test('[LQ7] the joint move is a breach there and safe just before', () => {
    let found = 0;
    onScenes(200, (scene) => {
      const pool = poolIn(assess(scene));
      const joint = pool.distances().find(({ by }) => by.kind === 'joint');
      if (joint === undefined) return;
      found += 1;
      const { excess, largest } = plainPool(scene, jointShock(scene, joint, new Fine(joint.share)));
      expect(excess.div(largest).abs().toNumber()).toBeLessThan(1e-37);
      const before = plainPool(
        scene,
        jointShock(scene, joint, new Fine(joint.share).times('0.999')),
      );
      expect(before.excess.gte(noiseOf(scene).negated())).toBe(true);
      for (let step = 1; step < 20; step += 1) {
        const part = new Fine(joint.share).times(step).div(20);
        expect(
          plainPool(scene, jointShock(scene, joint, part)).excess.gte(noiseOf(scene).negated()),
        ).toBe(true);
      }
    });
    expect(found).toBeGreaterThan(40);
  });

  test('[LQ7] without hedges no other choice of directions ends the pool sooner', () => {
    let compared = 0;
    onScenes(150, (scene) => {
      const pool = poolIn(assess(scene));
      const joint = pool.distances().find(({ by }) => by.kind === 'joint');
      if (joint === undefined || joint.by.kind !== 'joint' || isHedged(scene)) return;
      const before = new Fine(joint.share).times('0.999999');
      for (const signs of signsFor(joint.by.exposures.length)) {
        compared += 1;
        const { excess } = plainPool(scene, jointShock(scene, joint, before, signs));
        expect(excess.gte(noiseOf(scene).negated())).toBe(true);
      }
    });
    expect(compared).toBeGreaterThan(50);
  });
});

/** Several legs on one coin, or collateral in it. */
function isHedged(scene: Scene): boolean {
  const bases = (scene.positions ?? []).map(
    (position) => scene.instruments?.find(({ id }) => id === position.instrumentId)?.base,
  );
  return scene.mode === 'multi' || new Set(bases).size < bases.length;
}

function signsFor(count: number): readonly (readonly number[])[] {
  if (count === 0) return [[]];
  return signsFor(count - 1).flatMap((rest) => [
    [...rest, 1],
    [...rest, -1],
  ]);
}

describe('bankruptcy prices of random pools', () => {
  test('[BK1] the equity of the pool changes its sign within a tick of the printed price', () => {
    let found = 0;
    onScenes(200, (scene) => {
      const pool = poolIn(assess(scene));
      for (const { position, instrument } of moversOf(scene, pool)) {
        const printed = position.bankruptcyPrice();
        if (!printed.known || printed.value.lte(instrument.tickSize)) continue;
        found += 1;
        const mark = scene.marks?.[instrument.id] ?? 'NaN';
        const equityAt = (price: Fine): Fine =>
          plainPool(scene, aloneShock(instrument, price.div(mark))).equity;
        const sides = [-1, 1].map((side) =>
          equityAt(new Fine(printed.value).plus(instrument.tickSize.times(side))),
        );
        const [low = new Fine(1), high = new Fine(1)] = sides;
        const noise = noiseOf(scene);
        expect(Fine.min(low, high).lte(noise)).toBe(true);
        expect(Fine.max(low, high).gte(noise.negated())).toBe(true);
      }
    });
    expect(found).toBeGreaterThan(100);
  });
});
