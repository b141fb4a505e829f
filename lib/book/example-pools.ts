/** A small market and pools for the tests of this room. */
import { assert } from '../contract.ts';
import { type Instrument, type RiskTier } from '../market/instrument.ts';
import { Decimal } from '../units/decimal.ts';
import { assetId, instrumentId } from '../units/ids.ts';
import { money, price, quantity, rate } from '../units/money.ts';
import { lots, moneyUnits } from '../units/scaled.ts';
import { advance, arm, enter, mark, openBook, visitNamed, type Book } from './book.ts';
import { type LevelDefinition } from './level-columns.ts';
import { coinCodeOf } from './market-columns.ts';
import { addLevels, listInstrument, priceAsset } from './market-terms.ts';
import { type PoolRecord } from './pool-columns.ts';
import { settleNamed } from './settle.ts';

/** Watch, warning, critical by z and by ratio; no coin has its own. */
export const LEVELS: LevelDefinition = {
  byCoin: new Map(),
  distance: { measure: 'z', enter: [2, 1, 0.35], leave: [2.3, 1.15, 0.45] },
  ratio: { enter: [0.5, 0.7, 0.85], leave: [0.45, 0.65, 0.8] },
  ratioFromPositions: 2,
  likely: { enter: 0.25, leave: 0.2 },
};

function tiersTimes(unit: number): readonly RiskTier[] {
  const row = (tier: number, from: number, to: number, own: string, less: number): RiskTier => ({
    tier,
    notionalFloor: money(from * unit),
    notionalCap: money(to * unit),
    leverageMax: rate(50),
    maintenanceMarginRate: rate(own),
    maintenanceDeduction: money(less * unit),
  });
  return [
    row(1, 0, 10_000, '0.004', 0),
    row(2, 10_000, 50_000, '0.01', 60),
    row(3, 50_000, 500_000, '0.05', 2_060),
  ];
}

function contract(
  base: string,
  p: { readonly inverse: boolean; readonly daily: number },
): Instrument {
  return {
    id: instrumentId(`${base}${p.inverse ? 'USD' : 'USDT'}`),
    kind: p.inverse ? 'inverse' : 'linear',
    expiry: { kind: 'perpetual' },
    base: assetId(base),
    quote: assetId(p.inverse ? 'USD' : 'USDT'),
    settle: assetId(p.inverse ? base : 'USDT'),
    contractSize: new Decimal(p.inverse ? 100 : 1),
    tickSize: price('0.01'),
    lotSize: quantity(p.inverse ? 1 : '0.001'),
    tiers: tiersTimes(p.inverse ? 0.0004 : 1),
    takerFeeRate: rate('0.0005'),
    makerFeeRate: rate('0.0002'),
    liquidationFeeRate: rate('0.005'),
    funding: undefined,
    dailyVolatility: p.daily,
  };
}

/** Linear on three coins, inverse on the first; every mark at 2,500. */
export const CONTRACTS: readonly Instrument[] = [
  contract('AAA', { inverse: false, daily: 0.03 }),
  contract('BBB', { inverse: false, daily: 0.05 }),
  contract('CCC', { inverse: false, daily: 0.08 }),
  contract('AAA', { inverse: true, daily: 0.03 }),
];
export const FIRST_TICKS = 250_000;

/** No pools yet; `pace` as in `openBook`. */
export function exampleBook(pace = Infinity): Book {
  const book = openBook({ pools: 4, positions: 4, pace });
  addLevels(book, LEVELS);
  for (const instrument of CONTRACTS) {
    const listed = listInstrument(book, instrument);
    assert(listed.ok, 'the example fits');
    mark(book, listed.value, FIRST_TICKS);
  }
  countAssets(book);
  return book;
}

/** USDT at par, AAA at the mark of its first contract with a haircut of a tenth. */
export function countAssets(book: Book): void {
  for (const [asset, at, weight] of [
    ['USDT', '1', '1'],
    ['AAA', ((book.market.ticks[0] ?? 0) / 100).toFixed(2), '0.9'],
  ] as const) {
    const index = price(at);
    const own = { index, bid: index, ask: index, collateralWeight: rate(weight) };
    priceAsset(book, assetId(asset), own);
  }
}

/** One pool: lots by contract at an entry of 2,500, and wallets in hundredths of a cent of a unit. */
export function record(
  book: Book,
  p: {
    readonly lots: readonly (readonly [contract: number, lots: number])[];
    readonly usdt?: number;
    readonly aaa?: number;
    readonly multi?: boolean;
  },
): PoolRecord {
  const coin = (name: string): number => coinCodeOf(book.market, assetId(name));
  const units = (amount: number) => moneyUnits(BigInt(Math.round(amount * 1e8)));
  const wallets = [
    ...(p.usdt === undefined ? [] : [{ coin: coin('USDT'), amount: units(p.usdt) }]),
    ...(p.aaa === undefined ? [] : [{ coin: coin('AAA'), amount: units(p.aaa) }]),
  ];
  return {
    multi: p.multi ?? false,
    positions: p.lots.map(([instrument, count]) => ({
      instrument,
      lots: lots(BigInt(count)),
      openValue:
        CONTRACTS[instrument]?.kind === 'inverse'
          ? moneyUnits(-BigInt(count) * 4_000_000n)
          : moneyUnits(BigInt(count) * 250_000_000n),
    })),
    wallets,
  };
}

/** Slot of a pool that enters as Healthy. */
export function entered(book: Book, pool: PoolRecord): number {
  const slot = enter(book, pool, { state: 0, levels: 0 });
  assert(slot.ok, 'the example fits');
  return slot.value;
}

/** Every named pool gets the state that it is in; what nobody can tell keeps its own. */
export function settle(book: Book): readonly string[] {
  advance(book);
  const changes: string[] = [];
  settleNamed(book, {
    exactly: () => undefined,
    onChange: (slot, from, to) => changes.push(`${slot}: ${from}-${to}`),
  });
  return changes;
}

/** Pools that are named at the marks, in their order; each is looked at and settled no further. */
export function named(book: Book): readonly number[] {
  advance(book);
  const slots: number[] = [];
  visitNamed(book, (slot) => {
    slots.push(slot);
    arm(book, slot);
  });
  return slots;
}

/** Small and fast, seeded. */
export function randomFrom(seed: number): () => number {
  let word = seed >>> 0;
  return () => {
    word = (Math.imul(word, 1_664_525) + 1_013_904_223) >>> 0;
    return word / 2 ** 32;
  };
}
