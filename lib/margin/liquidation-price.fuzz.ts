import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assert } from '../contract.ts';
import { type Instrument } from '../market/instrument.ts';
import { money } from '../units/money.ts';
import { assess, poolIn, type Scene } from './examples.ts';
import { type Figure, type PoolHealth, type PositionHealth } from './figures.ts';
import { Fine, noiseOf, plainPool, shockOf, type PlainPool, type Shock } from './plain-excess.ts';
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

function at(scene: Scene, moved: Instrument, factor: Fine): PlainPool {
  return plainPool(scene, shockOf(scene, moved, factor));
}

/** The scene with its prices really moved, as facts. */
function shocked(scene: Scene, { mark, asset }: Shock): Scene {
  const marks = (scene.instruments ?? []).map((one): [string, string] => [
    one.id,
    new Fine(scene.marks?.[one.id] ?? 'NaN').times(mark(one)).toFixed(),
  ]);
  const assets = Object.entries(scene.assets ?? {}).map(
    ([name, [index, ...rest]]): [string, readonly [string, string?, string?]] => [
      name,
      [new Fine(index).times(asset(name)).toFixed(), ...rest],
    ],
  );
  return { ...scene, marks: Object.fromEntries(marks), assets: Object.fromEntries(assets) };
}

function isBreached(pool: PoolHealth): boolean {
  return pool.status === 'liquidatable' || pool.status === 'bankrupt';
}

describe('liquidation prices of random pools', () => {
  test('[LQ1, LQ2, LQ3] nothing is left at an exact price: at most 10 units of the 40th digit of the largest amount', () => {
    let prices = 0;
    onScenes(250, (scene) => {
      const pool = poolIn(assess(scene));
      for (const { position, instrument } of moversOf(scene, pool)) {
        const { exactBelow, exactAbove } = position.liquidation();
        for (const exact of [exactBelow, exactAbove]) {
          if (!exact.known) continue;
          prices += 1;
          const factor = new Fine(exact.value).div(scene.marks?.[instrument.id] ?? 'NaN');
          const { excess, largest } = at(scene, instrument, factor);
          const unit = new Fine(10).pow(new Fine(largest).e - 39);
          expect(excess.abs().div(unit).toNumber()).toBeLessThanOrEqual(10);
        }
      }
    });
    expect(prices).toBeGreaterThan(200);
  });

  test('[LQ5, LQ4] safe one tick before the printed price and breached one tick after, on both sides', () => {
    const checked = { below: 0, above: 0, hedged: 0 };
    onScenes(250, (scene) => {
      const pool = poolIn(assess(scene));
      for (const { position, instrument } of moversOf(scene, pool)) {
        const { below, above } = position.liquidation();
        const under = below.known && tickAround(scene, instrument, below.value, -1);
        const over = above.known && tickAround(scene, instrument, above.value, 1);
        checked.below += under ? 1 : 0;
        checked.above += over ? 1 : 0;
        checked.hedged += under && over ? 1 : 0;
      }
    });
    expect(checked.below).toBeGreaterThan(50);
    expect(checked.above).toBeGreaterThan(50);
    expect(checked.hedged).toBeGreaterThan(2);
  });

  test('[LQ3, LQ4] no price is missed: nothing breaches nearer, and every breach that a grid finds has its price', () => {
    let breaches = 0;
    onScenes(100, (scene) => {
      const pool = poolIn(assess(scene));
      if (isBreached(pool)) return;
      for (const { position, instrument } of moversOf(scene, pool)) {
        const { exactBelow, exactAbove } = position.liquidation();
        const mark = scene.marks?.[instrument.id] ?? 'NaN';
        for (const factor of gridOfFactors()) {
          const exact = factor.lt(1) ? exactBelow : exactAbove;
          const reached =
            exact.known &&
            (factor.lt(1)
              ? factor.times(mark).lt(exact.value)
              : factor.times(mark).gt(exact.value));
          if (reached) continue;
          const { excess } = at(scene, instrument, factor);
          assert(
            excess.gte(noiseOf(scene).negated()),
            `a breach at factor ${factor.toFixed()} has a price`,
          );
        }
        for (const exact of [exactBelow, exactAbove]) {
          if (!exact.known) continue;
          breaches += 1;
          const beyond = new Fine(exact.value)
            .div(mark)
            .times(exact === exactBelow ? '0.999999' : '1.000001');
          expect(at(scene, instrument, beyond).excess.lte(0)).toBe(true);
        }
      }
    });
    expect(breaches).toBeGreaterThan(100);
  });

  test('[LQ6] a breached pool is safe again at the price it prints, and not a tick before', () => {
    let restored = 0;
    onScenes(400, (scene) => {
      const pool = poolIn(assess(scene));
      if (!isBreached(pool)) return;
      for (const { position, instrument } of moversOf(scene, pool)) {
        const { restoredAt, nearest } = position.liquidation();
        expect(nearest).toEqual({ known: false, why: { kind: 'already-liquidatable' } });
        if (!restoredAt.known) continue;
        restored += 1;
        const factor = new Fine(restoredAt.value).div(scene.marks?.[instrument.id] ?? 'NaN');
        expect(at(scene, instrument, factor).excess.gte(noiseOf(scene).negated())).toBe(true);
        const half = factor.plus(1).div(2);
        expect(at(scene, instrument, half).excess.lte(noiseOf(scene))).toBe(true);
      }
    });
    expect(restored).toBeGreaterThan(10);
  });

  test('[LQ1] more margin never brings liquidation nearer', () => {
    let compared = 0;
    onScenes(100, (scene) => {
      const pool = poolIn(assess(scene));
      const richer = poolIn(assess(moreMargin(scene, '123.45')));
      if (isBreached(pool)) return;
      for (const [index, position] of pool.positions.entries()) {
        const before = position.liquidation();
        const after = richer.positions[index]?.liquidation();
        if (after === undefined) continue;
        compared += 1;
        assert(isFarther(before.exactBelow, after.exactBelow, -1), 'below is no nearer');
        assert(isFarther(before.exactAbove, after.exactAbove, 1), 'above is no nearer');
      }
    });
    expect(compared).toBeGreaterThan(100);
  });
});

/** With more margin the price is absent, or on the far side of what it was. */
function isFarther(before: Figure<Fine>, after: Figure<Fine>, away: 1 | -1): boolean {
  return !after.known || (before.known && after.value.minus(before.value).times(away).gte(0));
}

/** Checks both neighbours of a printed price; false where a tick weighs less than rounding, or the tiers end there. */
function tickAround(scene: Scene, instrument: Instrument, printed: Fine, away: 1 | -1): boolean {
  const mark = new Fine(scene.marks?.[instrument.id] ?? 'NaN');
  const before = printed.minus(instrument.tickSize.times(away));
  const after = printed.plus(instrument.tickSize.times(away));
  if (!after.gt(0) || before.minus(mark).times(away).lt(0)) return false;
  const excessAt = (price: Fine): Fine => at(scene, instrument, price.div(mark)).excess;
  const room = Fine.min(excessAt(before), excessAt(after).negated());
  // A tick that is worth less than rounding hides says nothing; it must not say the opposite either.
  assert(room.gte(noiseOf(scene).negated()), 'a printed price is within a tick of the exact one');
  if (room.lte(noiseOf(scene))) return false;
  const assessed = (price: Fine): PoolHealth =>
    poolIn(assess(shocked(scene, shockOf(scene, instrument, price.div(mark)))));
  const [near, far] = [assessed(before), assessed(after)];
  if (near.status === 'unknown' || far.status === 'unknown') return false;
  expect(near.status).toBe('healthy');
  expect(isBreached(far)).toBe(true);
  return true;
}

function gridOfFactors(): readonly Fine[] {
  const down = Array.from({ length: 60 }, (_, step) => new Fine(60 - step).div(60.5));
  const up = Array.from({ length: 60 }, (_, step) => new Fine('1.04').pow(step + 1));
  return [...down, new Fine('0.0001'), ...up, new Fine(1000)];
}

function moreMargin(scene: Scene, amount: string): Scene {
  const positions = (scene.positions ?? []).map((position) => {
    if (position.marginMode.kind === 'cross') return position;
    const wallet = money(position.marginMode.wallet.plus(amount));
    return { ...position, marginMode: { kind: 'isolated' as const, wallet } };
  });
  const wallets = Object.fromEntries(
    Object.entries(scene.wallets ?? {}).map(([asset, had]) => [
      asset,
      new Fine(had).plus(amount).toFixed(),
    ]),
  );
  return { ...scene, positions, wallets };
}
