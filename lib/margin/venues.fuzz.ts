import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Fine } from './plain-excess.ts';
import { venuePool, type VenuePosition } from './venue-examples.ts';
import { bitgetRules } from './venues/bitget.ts';
import { bitmexRules } from './venues/bitmex.ts';
import { bybitEntryRules, bybitRules } from './venues/bybit.ts';
import { deribitRules } from './venues/deribit.ts';
import { gateRules } from './venues/gate.ts';
import { krakenInverseRules, krakenLinearRules } from './venues/kraken.ts';
import { okxRules } from './venues/okx.ts';

/** `npm run test:deep` looks a hundred times longer. */
const DEPTH = process.env['PLIMSOLL_DEEP'] === '1' ? 100 : 1;
const RUNS = 40;

type Excess = (scene: Scene, at: Fine) => Fine;
interface Scene {
  readonly kind: 'linear' | 'inverse';
  readonly sign: 1 | -1;
  readonly units: Fine;
  readonly entry: Fine;
  readonly mark: Fine;
  readonly leverage: Fine;
  readonly wallet: Fine;
  readonly fee: Fine;
  readonly caps: readonly Fine[];
  readonly rates: readonly Fine[];
  readonly flat: boolean;
}

const ONE = new Fine(1);
const valueAt = ({ kind, units }: Scene, at: Fine): Fine =>
  kind === 'linear' ? units.times(at) : units.div(at);
const pnlAt = (scene: Scene, at: Fine): Fine =>
  valueAt(scene, at)
    .minus(valueAt(scene, scene.entry))
    .times(scene.kind === 'linear' ? scene.sign : -scene.sign);

/** Maintenance by a loop over the table: what lies in each tier at its own rate, or everything at the rate reached. */
function maintenanceOf({ caps, rates, flat }: Scene, value: Fine): Fine {
  const tier = caps.findIndex((cap) => value.lte(cap));
  const reached = tier < 0 ? caps.length - 1 : tier;
  if (flat) return value.times(rates[reached] ?? 0);
  return rates.slice(0, reached + 1).reduce((sum, rate, index) => {
    const floor = caps[index - 1] ?? new Fine(0);
    const top = index === reached ? value : (caps[index] ?? value);
    return sum.plus(top.minus(floor).times(rate));
  }, new Fine(0));
}

const withFee: Excess = (scene, at) => {
  const value = valueAt(scene, at);
  return scene.wallet
    .plus(pnlAt(scene, at))
    .minus(maintenanceOf(scene, value))
    .minus(value.times(scene.fee));
};
const ofEntry: Excess = (scene, at) =>
  scene.wallet.plus(pnlAt(scene, at)).minus(maintenanceOf(scene, valueAt(scene, scene.entry)));
const ofMark: Excess = (scene, at) => {
  const value = valueAt(scene, scene.mark);
  const held = maintenanceOf(scene, value).plus(value.times(scene.fee));
  return scene.wallet.plus(pnlAt(scene, at)).minus(held);
};
/** Bybit: the fee is of the value at the bankruptcy price that entry and leverage give. */
const bustFee = (scene: Scene): Fine => {
  const lost = ONE.div(scene.leverage).times(scene.kind === 'linear' ? -scene.sign : scene.sign);
  return valueAt(scene, scene.entry).times(ONE.plus(lost)).times(scene.fee);
};
const withBustFee: Excess = (scene, at) =>
  scene.wallet
    .plus(pnlAt(scene, at))
    .minus(maintenanceOf(scene, valueAt(scene, at)))
    .minus(bustFee(scene));
const ofEntryWithBustFee: Excess = (scene, at) => ofEntry(scene, at).minus(bustFee(scene));
const GROWTH = '0.0001';
const growing: Excess = (scene, at) => {
  const value = valueAt(scene, at);
  const coins = scene.kind === 'linear' ? scene.units : value;
  const rate = coins.times(GROWTH).plus(scene.rates[0] ?? 0);
  return scene.wallet.plus(pnlAt(scene, at)).minus(value.times(rate));
};

interface Venue {
  readonly name: string;
  readonly rules: VenuePosition['rules'];
  readonly isolated: boolean;
  readonly excess: Excess;
  readonly kinds: readonly Scene['kind'][];
  readonly flat: boolean;
  readonly byValue: boolean;
}
const BOTH = ['linear', 'inverse'] as const;
const plain = { isolated: true, kinds: BOTH, flat: false, byValue: true };
const VENUES: readonly Venue[] = [
  { ...plain, name: 'bybit cross', rules: bybitRules, isolated: false, excess: withBustFee },
  { ...plain, name: 'bybit isolated', rules: bybitEntryRules, excess: ofEntryWithBustFee },
  {
    ...plain,
    name: 'okx cross',
    rules: okxRules,
    isolated: false,
    excess: withFee,
    byValue: false,
  },
  {
    ...plain,
    name: 'okx isolated',
    rules: okxRules,
    excess: withFee,
    kinds: ['linear'],
    byValue: false,
  },
  { ...plain, name: 'deribit', rules: deribitRules, isolated: false, excess: growing },
  { ...plain, name: 'gate', rules: gateRules, excess: withFee },
  {
    ...plain,
    name: 'bitget cross',
    rules: bitgetRules,
    isolated: false,
    excess: ofMark,
    flat: true,
  },
  { ...plain, name: 'bitget isolated', rules: bitgetRules, excess: withFee, flat: true },
  {
    ...plain,
    name: 'kraken linear',
    rules: krakenLinearRules,
    excess: ofEntry,
    kinds: ['linear'],
    byValue: false,
  },
  {
    ...plain,
    name: 'kraken inverse',
    rules: krakenInverseRules,
    excess: withFee,
    kinds: ['inverse'],
    byValue: false,
  },
];

const decimal = (low: number, high: number, scale: number) =>
  fc.integer({ min: low, max: high }).map((whole) => new Fine(whole).div(scale));

function sceneOf(venue: Venue): fc.Arbitrary<Scene> {
  return fc
    .record({
      kind: fc.constantFrom(...venue.kinds),
      sign: fc.constantFrom(1 as const, -1 as const),
      size: fc.integer({ min: 1, max: 100_000 }),
      entry: decimal(1_000, 100_000, 100),
      moved: decimal(85, 115, 100),
      leverage: decimal(11, 1_000, 10),
      margin: decimal(50, 1_500, 1_000),
      fee: decimal(0, 20, 10_000),
      base: decimal(2, 20, 1_000),
      steps: fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 4 }),
    })
    .map(({ kind, sign, size, entry, moved, leverage, margin, fee, base, steps }) => {
      const bare = { kind, units: new Fine(size), entry };
      const opened = kind === 'linear' ? bare.units.times(entry) : bare.units.div(entry);
      const caps = [
        ...steps.map((_step, index) => opened.times(index + 1).times('0.6')),
        opened.times(1e9),
      ];
      const rates = [...steps, 0].map((_step, index) =>
        base.plus(steps.slice(0, index).reduce((sum, one) => sum + one, 0) / 1_000),
      );
      const noFee =
        venue.excess === ofEntry || venue.excess === growing || venue.name.startsWith('kraken');
      return {
        ...bare,
        sign,
        mark: entry.times(moved),
        leverage,
        wallet: opened.times(margin),
        fee: noFee ? new Fine(0) : fee,
        caps: venue.byValue ? caps : caps.slice(-1),
        rates: venue.byValue ? rates : rates.slice(0, 1),
        flat: venue.flat,
      };
    });
}

function textOf(venue: Venue, scene: Scene): VenuePosition {
  const base = scene.rates[0] ?? ONE;
  return {
    rules: venue.rules,
    kind: scene.kind,
    size: scene.units.times(scene.sign).toFixed(),
    entry: scene.entry.toFixed(),
    mark: scene.mark.toFixed(),
    leverage: scene.leverage.toFixed(),
    taker: scene.fee.toFixed(),
    tiers: scene.caps.map(
      (cap, index) => [cap.toFixed(), scene.rates[index]?.toFixed() ?? '0'] as const,
    ),
    flat: scene.flat,
    growth: [base.toFixed(), base.toFixed(), GROWTH],
    ...(venue.isolated ? { isolated: scene.wallet.toFixed() } : { cross: scene.wallet.toFixed() }),
  };
}

/** Exact prices on both sides, whether or not the pool is past its line. */
function exactOf(text: VenuePosition): readonly (Fine | undefined)[] {
  const { exactBelow, exactAbove } = venuePool(text).position.liquidation();
  return [exactBelow, exactAbove].map((at) =>
    at.known && at.value.gt(0) ? new Fine(at.value.toFixed()) : undefined,
  );
}

const NEAR = '1e-20';
const POINTS = 12;

describe.each(VENUES)('prices of $name', (venue) => {
  const check = (body: (scene: Scene) => void): void =>
    fc.assert(fc.property(sceneOf(venue), body), { numRuns: RUNS * DEPTH });

  test('[VE1, VE7] safe all the way to the price, breached beyond; without one, safe all the way', () => {
    check((scene) => {
      const here = venue.excess(scene, scene.mark);
      if (here.lte(0) || venuePool(textOf(venue, scene)).pool.status !== 'healthy') return;
      const [below, above] = exactOf(textOf(venue, scene));
      for (const [price, far] of [
        [below, scene.mark.times('1e-6')],
        [above, scene.mark.times('1e6')],
      ] as const) {
        const end = price ?? far;
        for (let step = 0; step < POINTS; step++) {
          // Any points between will do: a float says where.
          const at = scene.mark.times(end.div(scene.mark).toNumber() ** (step / POINTS));
          expect(venue.excess(scene, at).gte(0)).toBe(true);
        }
        if (price === undefined) continue;
        const out = price.lt(scene.mark) ? ONE.minus(NEAR) : ONE.plus(NEAR);
        expect(venue.excess(scene, price.times(out)).lt(0)).toBe(true);
        expect(venue.excess(scene, price.div(out)).gte(0)).toBe(true);
      }
    });
  });

  test('[VE7] more margin never brings a price nearer', () => {
    check((scene) => {
      const richer = { ...scene, wallet: scene.wallet.times('1.1') };
      if (venuePool(textOf(venue, scene)).pool.status !== 'healthy') return;
      const [below, above] = exactOf(textOf(venue, scene));
      const [lower, higher] = exactOf(textOf(venue, richer));
      expect(
        lower === undefined || below === undefined
          ? below !== undefined || lower === undefined
          : lower.lte(below),
      ).toBe(true);
      expect(
        higher === undefined || above === undefined
          ? above !== undefined || higher === undefined
          : higher.gte(above),
      ).toBe(true);
    });
  });
});

describe('mirrors', () => {
  const mirrored = VENUES.filter(({ excess }) => excess === ofEntry || excess === ofMark);
  test.each(mirrored)(
    '[VE7] $name: what stays as it is puts long and short at the same distance',
    (venue) => {
      fc.assert(
        fc.property(sceneOf(venue), (drawn) => {
          const scene: Scene = {
            ...drawn,
            kind: 'linear',
            mark: drawn.entry,
            sign: 1,
            wallet: drawn.units.times(drawn.entry).div(2),
          };
          const [below] = exactOf(textOf(venue, scene));
          const [, above] = exactOf(textOf(venue, { ...scene, sign: -1 }));
          const middle =
            below === undefined || above === undefined ? undefined : below.plus(above).div(2);
          expect(middle?.minus(scene.entry).abs().lt('1e-20')).toBe(true);
        }),
        { numRuns: RUNS * DEPTH },
      );
    },
  );

  test('[VE3, VE8] BitMEX: safe in whole units at the printed price, breached a unit of value beyond', () => {
    const drawn = fc.record({
      size: fc.integer({ min: 1, max: 10_000 }),
      entry: fc.integer({ min: 2_000, max: 200_000 }),
      leverage: fc.integer({ min: 2, max: 50 }),
      short: fc.boolean(),
    });
    fc.assert(
      fc.property(drawn, ({ size, entry, leverage, short }) => {
        const { position, pool, leg } = venuePool({
          rules: bitmexRules,
          kind: 'inverse',
          size: String(short ? -size : size),
          contractSize: '100000000',
          entry: new Fine(entry).div(2).toFixed(),
          leverage: String(leverage),
          taker: '0.00075',
          tick: '0.5',
          tiers: '0.005',
          settle: 'XBt',
          isolated: 'opening',
        });
        const { exactBelow, exactAbove } = position.liquidation();
        const exact = short ? exactAbove : exactBelow;
        if (!exact.known) return;
        const cost = new Fine(leg.position.openValue.abs().toFixed());
        const wallet = new Fine(
          pool.walletBalance.known ? pool.walletBalance.value.toFixed() : 'NaN',
        );
        const asked = new Fine(
          position.maintenanceMargin.known ? position.maintenanceMargin.value.toFixed() : 'NaN',
        );
        const room = wallet.minus(asked);
        const worth = new Fine(size).times('1e8').div(new Fine(exact.value.toFixed()));
        const gone = short ? cost.minus(worth) : worth.minus(cost);
        expect(gone.minus(room).abs().lt('1e-10')).toBe(true);
      }),
      { numRuns: RUNS * DEPTH },
    );
  });
});
