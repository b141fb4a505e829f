/**
 * Decimal and scaled integers give one answer, to the last unit, for every pool of the house. Each runs on facts in its own
 * notation. fast-check prints the seed of what it finds.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { gridOf, gridValue, leverageUnitsOf } from '../market/grid.ts';
import { valueOf, type Instrument, type RiskTier } from '../market/instrument.ts';
import { type MarkReading } from '../market/mark.ts';
import { Decimal } from '../units/decimal.ts';
import { accountId, assetId, instrumentId, type AssetId } from '../units/ids.ts';
import { money, price, quantity, rate } from '../units/money.ts';
import {
  lots,
  moneyFromUnits,
  moneyToUnits,
  moneyUnits,
  priceFromTicks,
  quantityFromLots,
  rateFromUnits,
  rateUnits,
  ticks,
  type Lots,
  type MoneyUnits,
  type RateUnits,
  type Ticks,
} from '../units/scaled.ts';
import { timestampMs } from '../units/time.ts';
import { type Account, type AssetPrice, type Market, type Position } from './account.ts';
import { type Figure, type PoolHealth } from './figures.ts';
import { assessAccount } from './health.ts';
import {
  assessUnits,
  isBreached,
  type IntegerAsset,
  type IntegerFigures,
  type IntegerPosition,
} from './integer.ts';
import { houseRules } from './venues/house.ts';

const USDT = assetId('USDT');
const BTC = assetId('BTC');

function tiersFrom(
  rows: readonly (readonly [
    cap: string,
    maintenance: string,
    deduction: string,
    leverage: number,
  ])[],
): RiskTier[] {
  return rows.map(([cap, maintenance, deduction, leverage], index) => ({
    tier: index + 1,
    notionalFloor: money(rows[index - 1]?.[0] ?? 0),
    notionalCap: money(cap),
    leverageMax: rate(leverage),
    maintenanceMarginRate: rate(maintenance),
    maintenanceDeduction: money(deduction),
  }));
}

const TERMS = {
  expiry: { kind: 'perpetual' },
  base: BTC,
  takerFeeRate: rate('0.0005'),
  makerFeeRate: rate('0.0002'),
  liquidationFeeRate: rate('0.005'),
  funding: undefined,
  dailyVolatility: 0.03,
} as const satisfies Partial<Instrument>;

const QUOTE_TIERS = tiersFrom([
  ['50000', '0.004', '0', 125],
  ['250000', '0.005', '50', 100],
  ['1000000', '0.01', '1300', 50],
  ['10000000', '0.025', '16300', 20],
]);

function linear(id: string, tickSize: string, lotSize: string): Instrument {
  return {
    ...TERMS,
    id: instrumentId(id),
    kind: 'linear',
    quote: USDT,
    settle: USDT,
    contractSize: new Decimal(1),
    tickSize: price(tickSize),
    lotSize: quantity(lotSize),
    tiers: QUOTE_TIERS,
  };
}

const INSTRUMENTS: readonly Instrument[] = [
  linear('BTCUSDT', '0.1', '0.001'),
  linear('DOGEUSDT', '0.00001', '1'),
  linear('ODDUSDT', '0.05', '0.25'),
  {
    ...TERMS,
    id: instrumentId('BTCUSD'),
    kind: 'inverse',
    quote: assetId('USD'),
    settle: BTC,
    contractSize: new Decimal(100),
    tickSize: price('0.1'),
    lotSize: quantity('1'),
    // A rate that divides by three meets prices that do: the product is whole although the notional is not.
    tiers: tiersFrom([
      ['5', '0.003', '0', 125],
      ['10', '0.006', '0.015', 100],
      ['100', '0.015', '0.105', 25],
    ]),
  },
];

interface PositionDraw {
  readonly instrument: number;
  readonly count: bigint;
  readonly entry: bigint;
  readonly slip: bigint;
  readonly leverage: number;
}

interface PoolDraw {
  readonly positions: readonly PositionDraw[];
  readonly marks: readonly bigint[];
  readonly wallets: readonly [bigint, bigint];
  readonly prices: readonly [bigint, bigint];
  readonly weights: readonly [bigint, bigint];
  readonly multi: boolean;
}

const count = fc.oneof(
  fc.bigInt({ min: 1n, max: 60n }),
  fc.bigInt({ min: 1n, max: 60_000n }),
  fc.constantFrom(-1n, -7n, -3000n),
);
/** Round prices meet tier edges and whole results more often than random ones. */
const tickCount = fc.oneof(
  fc.bigInt({ min: 1n, max: 1_000_000n }),
  fc.constantFrom(300_000n, 600_000n, 450_000n, 500_000n, 100_000n, 750_000n),
);
const amount = fc.oneof(
  fc.constant(0n),
  fc.bigInt({ min: -(10n ** 13n), max: 10n ** 13n }),
  fc.bigInt({ min: -500n, max: 500n }),
);

const position: fc.Arbitrary<PositionDraw> = fc.record({
  instrument: fc.nat({ max: INSTRUMENTS.length - 1 }),
  count,
  entry: tickCount,
  slip: fc.bigInt({ min: -3n, max: 3n }),
  leverage: fc.constantFrom(1, 3, 7, 12.5, 20, 33.3333, 75, 125),
});

const pool: fc.Arbitrary<PoolDraw> = fc.record({
  positions: fc.uniqueArray(position, { maxLength: 4, selector: (draw) => draw.instrument }),
  marks: fc.tuple(tickCount, tickCount, tickCount, tickCount),
  wallets: fc.tuple(amount, amount),
  prices: fc.tuple(
    fc.bigInt({ min: 90_000_000n, max: 101_000_000n }),
    fc.bigInt({ min: 10n ** 11n, max: 10n ** 13n }),
  ),
  weights: fc.tuple(
    fc.bigInt({ min: 0n, max: 10n ** 12n }),
    fc.constantFrom(950_000_000_000n, 10n ** 12n),
  ),
  multi: fc.boolean(),
});

interface Fact {
  readonly instrument: Instrument;
  readonly lots: Lots;
  readonly openValue: MoneyUnits;
  readonly markTicks: Ticks;
  readonly leverage: number;
}

function factsOf(draw: PoolDraw): readonly Fact[] {
  return draw.positions.map((each) => {
    const instrument = INSTRUMENTS[each.instrument];
    if (instrument === undefined) throw new Error('drawn from the list');
    const openValue = gridValue(gridOf(instrument), lots(each.count), ticks(each.entry));
    return {
      instrument,
      lots: lots(each.count),
      openValue: moneyUnits(openValue + each.slip),
      markTicks: ticks(draw.marks[each.instrument] ?? 1n),
      leverage: each.leverage,
    };
  });
}

interface AssetFact {
  readonly asset: AssetId;
  readonly wallet: MoneyUnits;
  readonly price: MoneyUnits;
  readonly weight: RateUnits;
}

function assetsOf(draw: PoolDraw): readonly AssetFact[] {
  return ([USDT, BTC] as const).map((asset, index) => ({
    asset,
    wallet: moneyUnits(draw.wallets[index] ?? 0n),
    price: moneyUnits(draw.prices[index] ?? 1n),
    weight: rateUnits(draw.weights[index] ?? 0n),
  }));
}

function decimalPools(draw: PoolDraw): readonly PoolHealth[] {
  const facts = factsOf(draw);
  const account: Account = {
    id: accountId('A1'),
    positionMode: 'one-way',
    assetMode: draw.multi ? 'multi' : 'single',
    wallets: new Map(assetsOf(draw).map(({ asset, wallet }) => [asset, moneyFromUnits(wallet)])),
    positions: facts.map(decimalPosition),
    orders: [],
  };
  const market: Market = {
    instruments: new Map(INSTRUMENTS.map((instrument) => [instrument.id, instrument])),
    marks: new Map(facts.map((fact) => [fact.instrument.id, decimalMark(fact)])),
    assetPrices: new Map(assetsOf(draw).map((asset) => [asset.asset, decimalAssetPrice(asset)])),
  };
  return assessAccount({ account, market, rules: houseRules }).pools;
}

function decimalPosition(fact: Fact): Position {
  const { instrument, leverage } = fact;
  return {
    instrumentId: instrument.id,
    positionSide: 'both',
    signedSize: quantityFromLots(fact.lots, instrument.lotSize),
    entryPrice: price(1),
    openValue: moneyFromUnits(fact.openValue),
    marginMode: { kind: 'cross' },
    leverage: rate(leverage),
  };
}

function decimalMark(fact: Fact): MarkReading {
  return {
    price: priceFromTicks(fact.markTicks, fact.instrument.tickSize),
    time: timestampMs(0),
    status: 'fresh',
  };
}

function decimalAssetPrice(asset: AssetFact): AssetPrice {
  const index = price(moneyFromUnits(asset.price));
  return { index, bid: index, ask: index, collateralWeight: rateFromUnits(asset.weight) };
}

function integerAssets(draw: PoolDraw): readonly (IntegerAsset & { readonly asset: AssetId })[] {
  const facts = factsOf(draw);
  return assetsOf(draw).map(({ asset, wallet, price: usd, weight }) => ({
    asset,
    wallet,
    positions: facts.filter((fact) => fact.instrument.settle === asset).map(integerPosition),
    conversion: draw.multi ? { price: usd, weight } : undefined,
  }));
}

function integerPosition(fact: Fact): IntegerPosition {
  return {
    grid: gridOf(fact.instrument),
    lots: fact.lots,
    openValue: fact.openValue,
    markTicks: fact.markTicks,
    leverageUnits: leverageUnitsOf(fact.leverage) ?? 1n,
  };
}

function unitsOf(figure: Figure<ReturnType<typeof money>>): MoneyUnits | undefined {
  return figure.known ? moneyToUnits(figure.value, 'exact') : undefined;
}

function decimalFigures(health: PoolHealth): IntegerFigures | undefined {
  const marginBalance = unitsOf(health.marginBalance);
  const maintenanceMargin = unitsOf(health.maintenanceMargin);
  const initialMargin = unitsOf(health.initialMargin);
  if (marginBalance === undefined || maintenanceMargin === undefined || initialMargin === undefined)
    return undefined;
  return { marginBalance, maintenanceMargin, initialMargin };
}

it('both back ends agree to the last unit on every figure and on the breach', () => {
  fc.assert(
    fc.property(pool, (draw) => {
      const assets = integerAssets(draw);
      for (const health of decimalPools(draw)) {
        const own = draw.multi ? assets : assets.filter(({ asset }) => asset === health.unit);
        const figures = assessUnits(own);
        expect(figures).toEqual(decimalFigures(health));
        const held = health.positions.length > 0;
        const breached = figures === undefined ? undefined : held && isBreached(figures);
        const judged = health.status === 'liquidatable' || health.status === 'bankrupt';
        expect(breached).toBe(figures === undefined ? undefined : judged);
      }
    }),
  );
});

it('a requirement that is whole stays whole although its notional is not: 57 x 100 / 45,000 x 0.3 %', () => {
  const draw: PoolDraw = {
    positions: [{ instrument: 3, count: 57n, entry: 300_000n, slip: 0n, leverage: 1 }],
    marks: [1n, 1n, 1n, 450_000n],
    wallets: [0n, 0n],
    prices: [100_000_000n, 10n ** 12n],
    weights: [10n ** 12n, 10n ** 12n],
    multi: false,
  };
  // 5,700 / 45,000 = 0.12666...; x 0.003 = 0.00038 exactly. Cut first, the product would end in ...01 and round up.
  const health = decimalPools(draw).find(({ unit }) => unit === BTC);
  expect(assessUnits(integerAssets(draw).slice(1))?.maintenanceMargin).toBe(38_000n);
  expect(health === undefined ? undefined : unitsOf(health.maintenanceMargin)).toBe(38_000n);
});

it('the value of a size at a price is the same number in both notations', () => {
  fc.assert(
    fc.property(fc.constantFrom(...INSTRUMENTS), count, tickCount, (instrument, size, at) => {
      const exact = valueOf(
        instrument,
        quantityFromLots(lots(size), instrument.lotSize),
        priceFromTicks(ticks(at), instrument.tickSize),
      );
      expect(gridValue(gridOf(instrument), lots(size), ticks(at))).toBe(
        moneyToUnits(exact, 'down'),
      );
    }),
  );
});
