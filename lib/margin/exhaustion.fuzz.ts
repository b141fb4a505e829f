import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assert } from '../contract.ts';
import { Decimal, ONE, ZERO } from '../units/decimal.ts';
import { money } from '../units/money.ts';
import { accountFrom, marketFrom, type Scene } from './examples.ts';
import { exhaustionOf } from './exhaustion.ts';
import { onMarksOf, valuedPoolOf } from './health.ts';
import { movesWith, pathMoving, type PoolOnMarks } from './liquidation-price.ts';
import { orderMarginOf } from './order-margin.ts';
import { valueAt } from './form.ts';
import { excessOn, hasClosedForm, type Path } from './path.ts';
import { stretchTo, type Walk } from './walk.ts';
import { poolsOf, type Leg } from './pool.ts';
import { totalsOf } from './pool-totals.ts';
import { chanceOf, randomScene, type Chance } from './random-pools.ts';
import { houseRules } from './venues/house.ts';

/** `npm run test:deep` looks a hundred times longer. */
const DEPTH = process.env['PLIMSOLL_DEEP'] === '1' ? 100 : 1;
const SCENES = 400;

function poolOf(scene: Scene): PoolOnMarks | undefined {
  const market = marketFrom(scene);
  const [facts] = poolsOf(accountFrom(scene), market).filter(
    ({ positions }) => positions.length > 0,
  );
  assert(facts !== undefined, 'a scene has a pool');
  const { pool } = valuedPoolOf(facts, market, scene.rules ?? houseRules);
  return pool && onMarksOf(pool, totalsOf(pool), orderMarginOf(pool));
}

/** Every coin by the same share, each its own way. */
function jointPath(chance: Chance, pool: PoolOnMarks): Path {
  const slopes = new Map(
    pool.legs.map(({ instrument }) => [instrument.base, new Decimal(chance.pick([-1, 1]))]),
  );
  const slopeOf = (base: Leg['instrument']['base']): Decimal => slopes.get(base) ?? ZERO;
  return {
    rules: pool.rules,
    assets: pool.assets,
    motionOfLeg: ({ instrument }) => ({ offset: ONE, slope: slopeOf(instrument.base) }),
    motionOfAsset: ({ asset }) => ({
      offset: ONE,
      slope: pool.rules.conditionalOn === 'underlying' ? slopeOf(asset) : ZERO,
    }),
    withMaintenance: true,
  };
}

interface Search {
  readonly path: Path;
  readonly walk: Walk;
}

function searchesIn(chance: Chance, pool: PoolOnMarks): readonly Search[] {
  const alone = pool.legs.flatMap((leg) => {
    const path = pathMoving(pool, movesWith(pool.rules, leg));
    const own = pathMoving(pool, { leg: (other) => other === leg, base: undefined });
    return [path, { ...own, withMaintenance: false }];
  });
  const joint = jointPath(chance, pool);
  const together: Walk = { from: ZERO, direction: 'up', until: ONE, looking: 'breach' };
  return [
    ...alone.flatMap((path) =>
      (['down', 'up'] as const).flatMap((direction) =>
        (['breach', 'recovery'] as const).map((looking) => ({
          path,
          walk: { from: ONE, direction, looking },
        })),
      ),
    ),
    ...(hasClosedForm(joint) ? [{ path: joint, walk: together }] : []),
  ];
}

/** The scene with just so much margin that the excess is gone where one leg reaches the edge of a tier, to 1e-8. */
function endingAtAnEdge(chance: Chance, scene: Scene): Scene {
  const pool = poolOf(scene);
  const leg = pool && chance.pick(pool.legs);
  const wallet = scene.wallets?.['USDT'];
  if (leg === undefined || pool === undefined || wallet === undefined) return scene;
  const path = pathMoving(pool, movesWith(pool.rules, leg));
  const size = leg.position.signedSize.abs().times(leg.mark.price);
  const edge = chance.pick(leg.instrument.tiers).notionalCap.div(size);
  const past = valueAt(excessOn(path, edge), edge);
  return { ...scene, wallets: { ...scene.wallets, USDT: money(wallet).minus(past).toFixed(8) } };
}

/** Runs a check on seeded pools; a failure prints the seed that shows it. */
function onPools(alter: (chance: Chance, scene: Scene) => Scene): { readonly found: number } {
  let found = 0;
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 31 - 1 }), (seed) => {
      const chance = chanceOf(seed);
      const pool = poolOf(alter(chance, randomScene(chance)));
      for (const { path, walk } of pool === undefined ? [] : searchesIn(chance, pool)) {
        const root = exhaustionOf(path, walk);
        expect(root?.toString()).toBe(stretchTo(path, walk).root?.toString());
        if (root !== undefined) found += 1;
      }
    }),
    { numRuns: SCENES * DEPTH },
  );
  return { found };
}

describe('where floats find the stretch of the root', () => {
  test('[LQ3] the root is the one of the exact walk, digit for digit', () => {
    expect(onPools((_, scene) => scene).found).toBeGreaterThan(SCENES);
  });

  test('[LQ3] also where it lies at the edge of a tier', () => {
    expect(onPools(endingAtAnEdge).found).toBeGreaterThan(SCENES);
  });

  test('[LQ3] and where there is nothing to lose', () => {
    const broke = onPools((_, scene) => ({ ...scene, wallets: {} }));
    expect(broke.found).toBeGreaterThan(SCENES);
  });
});
