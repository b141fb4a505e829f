import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assert } from '../contract.ts';
import { Decimal, ONE, ZERO } from '../units/decimal.ts';
import { money } from '../units/money.ts';
import { distancesOf } from './distances.ts';
import { accountFrom, marketFrom, type Scene } from './examples.ts';
import { exhaustionOf } from './exhaustion.ts';
import { onMarksOf, valuedPoolOf } from './health.ts';
import { type PoolDistance } from './figures.ts';
import { isBreached, movesWith, pathMoving, type PoolOnMarks } from './liquidation-price.ts';
import { orderMarginOf } from './order-margin.ts';
import { valueAt } from './form.ts';
import { excessOn, excessSlopeAt, hasClosedForm, type Path } from './path.ts';
import { stretchTo, type Walk } from './walk.ts';
import { poolsOf } from './pool.ts';
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
function randomJointPath(chance: Chance, pool: PoolOnMarks): Path {
  return jointPath(
    pool,
    new Map(pool.legs.map(({ instrument }) => [instrument.base, chance.pick([-1, 1])])),
  );
}

function jointPath(pool: PoolOnMarks, senses: ReadonlyMap<string, number>): Path {
  const slopes = new Map([...senses].map(([base, sense]) => [base, new Decimal(sense)]));
  const slopeOf = (base: string): Decimal => slopes.get(base) ?? ZERO;
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
  const joint = randomJointPath(chance, pool);
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

/** What a way is told as, with the share and the weights that the exact walk gives for it. */
function walkedShare(pool: PoolOnMarks, { by }: PoolDistance): readonly (string | undefined)[] {
  if (by.kind === 'one') {
    const leg = pool.legs.find(({ instrument }) => instrument.id === by.instrumentId);
    assert(leg !== undefined, 'a way is of a leg');
    const path = pathMoving(pool, movesWith(pool.rules, leg));
    const walk: Walk = { from: ONE, direction: by.direction, looking: 'breach' };
    return [stretchTo(path, walk).root?.minus(1).abs().toString()];
  }
  const slopes = by.exposures.map(({ base }) => {
    const own = pool.rules.conditionalOn === 'underlying' ? base : undefined;
    const leg = ({ instrument }: PoolOnMarks['legs'][number]): boolean => instrument.base === base;
    return excessSlopeAt(pathMoving(pool, { leg, base: own }), ONE);
  });
  const gross = slopes.reduce((sum, slope) => sum.plus(slope.abs()), ZERO);
  const senses = slopes.map((slope) => (slope.isNegative() ? 1 : -1));
  const path = jointPath(
    pool,
    new Map(by.exposures.map(({ base }, at) => [base, senses[at] ?? 0])),
  );
  const until = senses.includes(-1) ? { until: ONE } : {};
  const walk: Walk = { from: ZERO, direction: 'up', looking: 'breach', ...until };
  const weights = slopes.map((slope) => slope.abs().div(gross).toString());
  return [stretchTo(path, walk).root?.toString(), ...weights, ...senses.map(String)];
}

function toldShare({ share, by }: PoolDistance): readonly string[] {
  if (by.kind === 'one') return [share.toString()];
  return [
    share.toString(),
    ...by.exposures.map(({ weight }) => weight.toString()),
    ...by.exposures.map(({ direction }) => (direction === 'up' ? '1' : '-1')),
  ];
}

/** Ways of one coin alone that the exact walk finds. */
function walkedWays(pool: PoolOnMarks): number {
  const movers = new Map(
    pool.legs.map((leg) => [
      pool.rules.conditionalOn === 'instrument' ? leg.instrument.id : leg.instrument.base,
      leg,
    ]),
  );
  const roots = [...movers.values()].flatMap((leg) =>
    (['down', 'up'] as const).map((direction) => {
      const path = pathMoving(pool, movesWith(pool.rules, leg));
      return stretchTo(path, { from: ONE, direction, looking: 'breach' }).root;
    }),
  );
  return roots.filter((root) => root?.gt(0) === true).length;
}

/** Every way that pools tell is as the exact walk tells it, and none is missing; gives how many ways there were. */
function onDistances(alter: (chance: Chance, scene: Scene) => Scene): number {
  let found = 0;
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 31 - 1 }), (seed) => {
      const chance = chanceOf(seed);
      const pool = poolOf(alter(chance, randomScene(chance)));
      if (pool === undefined || isBreached(pool.status)) return;
      const distances = distancesOf(pool);
      for (const distance of distances)
        expect(toldShare(distance)).toEqual(walkedShare(pool, distance));
      const alone = distances.filter(({ by }) => by.kind === 'one');
      expect(alone.length).toBe(walkedWays(pool));
      found += distances.length;
    }),
    { numRuns: SCENES * DEPTH },
  );
  return found;
}

/** Margin for so small a move that most ways end on the tiers where they begin. */
function nearItsEnd(chance: Chance, scene: Scene): Scene {
  const pool = poolOf(scene);
  const wallet = scene.wallets?.['USDT'];
  const [leg] = pool?.legs ?? [];
  if (leg === undefined || pool === undefined || wallet === undefined) return scene;
  const path = pathMoving(pool, movesWith(pool.rules, leg));
  const size = leg.position.signedSize.abs().times(leg.mark.price);
  const room = size.times(10 ** chance.between(-5, 0)).toDecimalPlaces(8);
  const left = money(wallet)
    .minus(valueAt(excessOn(path, ONE), ONE))
    .plus(room);
  return { ...scene, wallets: { ...scene.wallets, USDT: left.toFixed(8) } };
}

describe('where the excess is a straight line', () => {
  test('[LQ3] [LQ7] every way is the one of the exact walk, digit for digit', () => {
    expect(onDistances((_, scene) => scene)).toBeGreaterThan(SCENES / 2);
  });

  test('[LQ3] [LQ7] also near its end', () => {
    expect(onDistances(nearItsEnd)).toBeGreaterThan(SCENES);
  });

  test('[LQ3] [LQ7] and at the edge of a tier', () => {
    expect(onDistances(endingAtAnEdge)).toBeGreaterThan(0);
  });
});

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
