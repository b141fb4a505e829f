import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assert } from '../contract.ts';
import { BINANCE_SYMBOLS, binanceContract } from '../market/binance-contracts.ts';
import { CATALOGUE } from '../market/catalogue.ts';
import { valueOf, type Instrument } from '../market/instrument.ts';
import { Decimal } from '../units/decimal.ts';
import { money, plus, price, quantity, rate } from '../units/money.ts';
import { type Position } from './account.ts';
import {
  assess,
  contractOf,
  flatTiers,
  orderOf,
  poolIn,
  positionIn,
  positionOf,
  shown,
  type Scene,
} from './examples.ts';
import { type AccountHealth, type PoolHealth, type PositionHealth } from './figures.ts';
import { Fine, plainMaintenance, plainPool } from './plain-excess.ts';
import { absurdSize, chanceOf, randomScene, type Chance } from './random-pools.ts';
import { maintenanceOf, tierReaching } from './tiers.ts';

/** `npm run test:deep` looks a hundred times longer. */
const DEPTH = process.env['PLIMSOLL_DEEP'] === '1' ? 100 : 1;

/** Runs a check on seeded draws; a failure prints the seed that shows it. */
function onSeeds(count: number, check: (chance: Chance) => void): void {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 31 - 1 }), (seed) => check(chanceOf(seed))),
    { numRuns: count * DEPTH },
  );
}

const COMPARED_DIGITS = 30;

const CONTRACTS: readonly Instrument[] = [
  ...CATALOGUE,
  ...BINANCE_SYMBOLS.flatMap((symbol) => binanceContract(symbol)?.instrument ?? []),
];

/** Every figure as text, lazy ones solved: two accounts are equal when this is. */
function everything(health: AccountHealth): string {
  return JSON.stringify(health.pools.map(poolTexts));
}

function poolTexts(pool: PoolHealth): unknown {
  const { positions, distances, decidingDistance, ...own } = pool;
  return {
    ...own,
    positions: positions.map(positionTexts),
    distances: distances(),
    deciding: decidingDistance(),
  };
}

function positionTexts(position: PositionHealth): unknown {
  const { bankruptcyPrice, liquidation, ifLiquidated, ...own } = position;
  return {
    ...own,
    bankrupt: bankruptcyPrice(),
    liquidation: liquidation(),
    ifLiquidated: ifLiquidated(),
  };
}

describe('maintenance over the tiers of every contract we know', () => {
  test('[MR2] continuous at each edge, and equal to the sum of its parts', () => {
    onSeeds(2000, (chance) => {
      const instrument = chance.pick(CONTRACTS);
      const tier = chance.pick(instrument.tiers);
      const at = (notional: Decimal): Decimal =>
        maintenanceOf(tierReaching(instrument, notional), money(notional));
      const step = new Decimal('0.00000001');
      const jump = at(tier.notionalCap.plus(step)).minus(at(tier.notionalCap));
      expect(jump.gte(0) && jump.lte(step)).toBe(true);
      const anywhere = tier.notionalFloor.plus(
        tier.notionalCap.minus(tier.notionalFloor).times(chance.share()),
      );
      expect(at(anywhere).minus(plainMaintenance(instrument, anywhere)).abs().lte('1e-20')).toBe(
        true,
      );
    });
  });

  test('[MR2] two positions never require more than one of their size', () => {
    onSeeds(1000, (chance) => {
      const instrument = chance.pick(CONTRACTS);
      const [left, right] = [10 ** chance.between(0, 8), 10 ** chance.between(0, 8)].map((n) =>
        money(n),
      );
      if (left === undefined || right === undefined) return;
      const at = (notional: typeof left): Decimal =>
        maintenanceOf(tierReaching(instrument, notional), notional);
      expect(
        at(left)
          .plus(at(right))
          .lte(at(plus(left, right))),
      ).toBe(true);
    });
  });
});

describe('figures of random pools', () => {
  test('[MR10, MA1, MA2] balances and requirements are those of the plain sums, rounding apart', () => {
    let known = 0;
    onSeeds(300, (chance) => {
      const scene = randomScene(chance);
      const pool = poolIn(assess(scene));
      if (!pool.marginBalance.known || !pool.maintenanceMargin.known) return;
      known += 1;
      const still = { mark: () => new Fine(1), asset: () => new Fine(1) };
      const { equity, maintenance } = plainPool(scene, still);
      const largest = Math.max(
        1,
        ...Object.values(scene.assets ?? {}).map(([index]) => Number(index)),
      );
      const noise = new Fine('0.00000001').times((pool.positions.length + 3) * 2 * largest);
      expect(equity.minus(pool.marginBalance.value).abs().lte(noise)).toBe(true);
      expect(maintenance.minus(pool.maintenanceMargin.value).abs().lte(noise)).toBe(true);
      const roundsUp = scene.rules?.breach === 'below';
      assert(
        !roundsUp || maintenance.lte(pool.maintenanceMargin.value),
        'the house asks for no less',
      );
    });
    expect(known).toBeGreaterThan(200);
  });

  test('[MR10] the order in which positions are listed changes nothing', () => {
    onSeeds(60, (chance) => {
      const scene = randomScene(chance);
      const turned = poolIn(assess({ ...scene, positions: (scene.positions ?? []).toReversed() }));
      const pool = poolIn(assess(scene));
      expect(shown(turned.marginBalance)).toBe(shown(pool.marginBalance));
      expect(shown(turned.maintenanceMargin)).toBe(shown(pool.maintenanceMargin));
      expect(
        turned.positions.toReversed().map(({ liquidation }) => shown(liquidation().nearest)),
      ).toEqual(pool.positions.map(({ liquidation }) => shown(liquidation().nearest)));
    });
  });

  test('[MR5, LQ1] one fill or the same fill in parts: every figure is equal', () => {
    onSeeds(100, (chance) => {
      const scene = randomScene(chance);
      const split = (scene.positions ?? []).map((position) => inParts(chance, scene, position));
      expect(everything(assess({ ...scene, positions: split }))).toBe(everything(assess(scene)));
    });
  });

  test('[MR5] a short wins at P what a long wins at 2 x entry - P', () => {
    onSeeds(200, (chance) => {
      const on = chance.pick(CATALOGUE);
      const entry = new Decimal(chance.between(1, 1e5)).toDecimalPlaces(2);
      const mark = entry.times(chance.between(0.1, 1.9)).toDecimalPlaces(2);
      const pnl = (size: string, at: Decimal): string =>
        shown(
          positionIn(
            poolIn(
              assess({
                wallets: { USDT: '1' },
                positions: [positionOf({ on, size, entry: entry.toFixed() })],
                instruments: [on],
                marks: { [on.id]: at.toFixed() },
              }),
            ),
          ).unrealizedPnl,
        );
      expect(pnl('-0.01', mark)).toBe(pnl('0.01', entry.times(2).minus(mark)));
    });
  });

  test('[LQ1] on one tier long and short mirror each other: (E - n r) / (n (1 - r)) down, / (n (1 + r)) up', () => {
    onSeeds(200, (chance) => {
      const requirement = chance.pick(['0.004', '0.01', '0.05', '0.5']);
      const on = contractOf({ id: 'BTCUSDT', tiers: flatTiers(requirement) });
      const equity = new Decimal(
        100 * chance.between(Number(requirement) + 0.001, 0.9),
      ).toDecimalPlaces(8);
      const root = (size: string): Decimal => {
        const { exactBelow, exactAbove } = positionIn(
          poolIn(
            assess({
              wallets: { USDT: equity.toFixed() },
              positions: [positionOf({ on, size, entry: '100' })],
              instruments: [on],
              marks: { BTCUSDT: '100' },
            }),
          ),
        ).liquidation();
        const exact = exactBelow.known ? exactBelow : exactAbove;
        return exact.known ? exact.value : new Decimal(NaN);
      };
      const room = equity.minus(new Decimal(100).times(requirement));
      const down = room.div(new Decimal(1).minus(requirement));
      const up = room.div(new Decimal(1).plus(requirement));
      expect(root('1').minus(new Decimal(100).minus(down)).abs().lte('1e-35')).toBe(true);
      expect(root('-1').minus(new Decimal(100).plus(up)).abs().lte('1e-35')).toBe(true);
    });
  });

  test('[LQ3] money counted in another unit: prices the same, whatever the tiers', () => {
    onSeeds(60, (chance) => {
      const scene = randomScene(chance, chance.pick(['linear', 'inverse']));
      const thousandfold = scaledBy(scene, '1000');
      const prices = (of: Scene): readonly string[] =>
        poolIn(assess(of)).positions.flatMap(({ liquidation }) => {
          const { exactBelow, exactAbove } = liquidation();
          return [exactBelow, exactAbove].map((one) =>
            one.known ? one.value.toSignificantDigits(COMPARED_DIGITS).toFixed() : one.why.kind,
          );
        });
      // A pool on the very line may be rounded to either side of it.
      if (poolIn(assess(scene)).status !== poolIn(assess(thousandfold)).status) return;
      expect(prices(thousandfold)).toEqual(prices(scene));
    });
  });
});

describe('facts that no venue would let in', () => {
  test('[MR12] assessAccount and all that it promises never throw', () => {
    onSeeds(300, (chance) => {
      const scene = strange(chance, randomScene(chance));
      expect(everything(assess(scene)).length).toBeGreaterThan(0);
    });
  });
});

/** The same size and value, added up from two fills whose entry prices were never printed. */
function inParts(chance: Chance, scene: Scene, position: Position): Position {
  const on = scene.instruments?.find(({ id }) => id === position.instrumentId);
  if (on === undefined || on.kind === 'inverse') return position;
  const first = quantity(position.signedSize.times(chance.share()).toDecimalPlaces(6));
  const second = quantity(position.signedSize.minus(first));
  const openValue = plus(
    valueOf(on, first, position.entryPrice),
    valueOf(on, second, position.entryPrice),
  );
  return { ...position, signedSize: plus(first, second), openValue };
}

/** Every amount of money k times as large: sizes, wallets, tiers. */
function scaledBy(scene: Scene, factor: string): Scene {
  const instruments = (scene.instruments ?? []).map((one) => ({
    ...one,
    tiers: one.tiers.map((tier) => ({
      ...tier,
      notionalFloor: money(tier.notionalFloor.times(factor)),
      notionalCap: money(tier.notionalCap.times(factor)),
      maintenanceDeduction: money(tier.maintenanceDeduction.times(factor)),
    })),
  }));
  const positions = (scene.positions ?? []).map((position) => ({
    ...position,
    signedSize: quantity(position.signedSize.times(factor)),
    openValue: money(position.openValue.times(factor)),
  }));
  const wallets = Object.fromEntries(
    Object.entries(scene.wallets ?? {}).map(([asset, amount]) => [
      asset,
      new Decimal(amount).times(factor).toFixed(),
    ]),
  );
  return { ...scene, instruments, positions, wallets };
}

/** Dust and mountains, empty and negative wallets, things that are missing, orders on anything. */
function strange(chance: Chance, scene: Scene): Scene {
  const positions = (scene.positions ?? []).map((position): Position => {
    if (!chance.happens(0.5)) return position;
    const on = scene.instruments?.find(({ id }) => id === position.instrumentId);
    const sign = position.signedSize.isNegative() ? -1 : 1;
    const signedSize = quantity(new Decimal(absurdSize(chance)).times(sign));
    const entryPrice = price(chance.pick(['0.00000001', '1', '1000000000', '60000.12345678']));
    const openValue = on === undefined ? position.openValue : valueOf(on, signedSize, entryPrice);
    return {
      ...position,
      signedSize,
      entryPrice,
      openValue,
      leverage: rate(chance.pick(['0.01', '1', '333'])),
    };
  });
  const amounts = ['0', '-0', '-0.00000001', '1000000000000', '-1000000000000', '0.1'];
  const wallets = Object.fromEntries(
    Object.entries(scene.wallets ?? {}).map(([asset, had]) => [
      asset,
      chance.happens(0.5) ? chance.pick(amounts) : had,
    ]),
  );
  const marks = Object.fromEntries(
    Object.entries(scene.marks ?? {})
      .filter(() => chance.happens(0.97))
      .map(([id, had]) => [
        id,
        chance.happens(0.2) ? chance.pick(['0.00000001', '1000000000']) : had,
      ]),
  );
  const instruments = (scene.instruments ?? []).filter(() => chance.happens(0.97));
  const [on] = scene.instruments ?? [];
  const orders =
    on === undefined
      ? []
      : [
          orderOf({
            on,
            size: chance.pick(['-1', '1000']),
            price: '1',
            reduceOnly: chance.happens(0.2),
          }),
        ];
  const mode = chance.happens(0.2) ? 'multi' : scene.mode;
  return {
    ...scene,
    positions,
    wallets,
    marks,
    instruments,
    orders,
    ...(mode === undefined ? {} : { mode }),
  };
}
