/** The rules of SPEC.md one by one. That the book and plain exact reading agree is searched for in lib/engine/book.fuzz.ts. */
import { expect, it } from 'vitest';
import { money, rate } from '../units/money.ts';
import { assetId } from '../units/ids.ts';
import { moneyUnits, rateUnits } from '../units/scaled.ts';
import { advance, arm, change, enter, leave, mark, type Book } from './book.ts';
import { judgeQuickly, stateAfter } from './settle.ts';
import {
  CONTRACTS,
  countAssets,
  entered,
  exampleBook,
  FIRST_TICKS,
  LEVELS,
  named,
  randomFrom,
  record,
  settle,
} from './example-pools.ts';
import { coinCodeOf } from './market-columns.ts';
import { beginStamp, bookStamp } from './funding.ts';
import { addLevels, listInstrument, setVolatility } from './market-terms.ts';
import { clockNow } from './motion-clock.ts';
import { recordOf, type PoolRecord } from './pool-columns.ts';

/** Where nothing bounds a radius, moves so far are tried, in scales. */
const FARTHEST = 12;

function moveTo(book: Book, contract: number, factor: number): void {
  mark(book, contract, Math.round(FIRST_TICKS * factor));
}

function randomPool(book: Book, random: () => number): PoolRecord {
  const multi = random() < 0.5;
  const isInverse = !multi && random() < 0.3;
  const contracts = isInverse ? [3] : multi ? [0, 1, 2, 3] : [0, 1, 2];
  const count = 1 + Math.floor(random() * contracts.length);
  const legs = contracts.slice(0, count).map((contract): readonly [number, number] => {
    const usd = Math.exp(random() * 4) * 1_000;
    const size = Math.max(1, Math.round(contract === 3 ? usd / 100 : usd / 2.5));
    return [contract, random() < 0.6 ? size : -size];
  });
  if (random() < 0.3) legs.push([legs[0]?.[0] ?? 0, -(legs[0]?.[1] ?? 1)]);
  const gross = legs.reduce((sum, [at, size]) => sum + Math.abs(size) * (at === 3 ? 100 : 2.5), 0);
  const equity = gross / Math.exp(random() * 3);
  if (isInverse) return record(book, { lots: legs, aaa: equity / 2_500 });
  const coin = multi ? random() - 0.2 : 0;
  return record(book, {
    lots: legs,
    multi,
    usdt: equity * (1 - coin),
    ...(multi ? { aaa: (equity * coin) / 2_500 } : {}),
  });
}

it('[BO2, BO3] inside its radius no pool changes its state, whichever way its prices move', () => {
  const random = randomFrom(7);
  let looked = 0;
  const book = exampleBook();
  for (let turn = 0; turn < 6_000; turn += 1) {
    for (const contract of CONTRACTS.keys()) moveTo(book, contract, 1);
    countAssets(book);
    const slot = entered(book, randomPool(book, random));
    settle(book);
    if (!arm(book, slot)) {
      leave(book, slot);
      continue;
    }
    looked += 1;
    const { fall, rise } = book.examiner.radius;
    const before = book.state[slot] ?? 0;
    const edge = random() < 0.5;
    for (const [contract, { dailyVolatility }] of CONTRACTS.entries()) {
      const part = edge ? Math.sign(random() - 0.5) : random() * 2 - 1;
      const radius = Math.min(part < 0 ? fall : rise, FARTHEST);
      moveTo(book, contract, Math.exp(part * radius * 0.999 * dailyVolatility));
    }
    if ((book.market.ticks[0] ?? 0) > 0) countAssets(book);
    const judged = judgeQuickly(book, slot);
    const after = judged === undefined ? before : stateAfter(before, judged);
    expect(after, `turn ${turn}`).toBe(before);
    leave(book, slot);
  }
  expect(looked).toBeGreaterThan(4_000);
});

it('[BO4] a long is near by a fall, a short by a rise, a hedge by both', () => {
  for (const [side, factor] of [
    [1, 0.88],
    [-1, 1.12],
  ] as const) {
    const book = exampleBook();
    entered(book, record(book, { lots: [[0, 4_000 * side]], usdt: 1_300 }));
    entered(book, record(book, { lots: [[0, 4_000 * -side]], usdt: 1_300 }));
    settle(book);
    expect(Array.from(book.state.subarray(0, 2))).toEqual([0, 0]);
    moveTo(book, 0, factor);
    settle(book);
    expect(Array.from(book.state.subarray(0, 2))).toEqual([3, 0]);
  }
});

it('[BO3] a hedge is liquidated by a rise, which takes nothing but what has to be held', () => {
  const book = exampleBook();
  const legs: readonly (readonly [number, number])[] = [
    [0, 3_000],
    [0, -3_000],
  ];
  // Maintenance of twice 0.4 % of 7,500 is 60.
  const slot = entered(book, record(book, { lots: legs, usdt: 61 }));
  settle(book);
  expect(book.state[slot]).toBe(3);
  moveTo(book, 0, 1.02);
  expect(settle(book)).toEqual([`${slot}: 3-4`]);
});

it('[BO4, BO5] ten times the pool that one coin would not move is near by the joint move', () => {
  const book = exampleBook();
  const three: readonly (readonly [number, number])[] = [
    [0, 4_000],
    [1, 4_000],
    [2, 4_000],
  ];
  const slot = entered(book, record(book, { lots: three, usdt: 3_000 }));
  // 10 % of 30,000 less maintenance of 120: 9.6 % to liquidation jointly, 1.9 times the mean volatility of 5.3 %.
  expect(settle(book)).toEqual([`${slot}: 0-1`]);
  const alone = exampleBook();
  const [first] = three;
  entered(alone, record(alone, { lots: first === undefined ? [] : [first], usdt: 2_000 }));
  expect(settle(alone)).toEqual([]);
});

it('[BO4] a coin that is watched from farther off is near by itself while the joint move is not', () => {
  const book = exampleBook();
  const farther = { measure: 'z', enter: [5, 1, 0.35], leave: [5.5, 1.15, 0.45] } as const;
  const levels = addLevels(book, { ...LEVELS, byCoin: new Map([[assetId('CCC'), farther]]) });
  const pool = record(book, {
    lots: [
      [0, 4_000],
      [2, 4_000],
    ],
    usdt: 3_500,
  });
  const slot = enter(book, pool, { state: 0, levels });
  // Five times 8 % down costs 3,297 of 3,500 less maintenance of 67; twice the mean of 5.5 % costs 2,083 of it.
  expect(settle(book)).toEqual([]);
  // 3,165 of 3,100.
  moveTo(book, 2, 0.96);
  expect(slot.ok && settle(book)).toEqual([`${slot.ok ? slot.value : -1}: 0-1`]);
});

it.each([
  { of: 'a lone position', lots: [[0, 4_000]] as const },
  {
    of: 'two legs',
    lots: [
      [0, 2_000],
      [0, 2_000],
    ] as const,
  },
])(
  '[BO1, BO11, BO14] inside the doubt of floats a breach of $of is decided by integers, to the last unit',
  ({ lots }) => {
    const book = exampleBook();
    // Equity 10,000 - 10,000 x 0.6 % below the entry; maintenance 0.4 % of 9,940 = 39.76.
    const pool = record(book, { lots, usdt: 99.76 });
    const [wallet] = pool.wallets;
    if (wallet === undefined) throw new Error('there is a wallet');
    const slot = entered(book, pool);
    moveTo(book, 0, 0.994);
    const exact = { ...pool, wallets: [wallet] };
    const less = { ...pool, wallets: [{ ...wallet, amount: moneyUnits(wallet.amount - 1n) }] };
    expect(change(book, slot, exact).ok).toBe(true);
    expect(arm(book, slot)).toBe(false);
    expect(judgeQuickly(book, slot)).toMatchObject({ enter: 3, stay: 3 });
    expect(change(book, slot, less).ok).toBe(true);
    expect(judgeQuickly(book, slot)).toMatchObject({ enter: 4, stay: 4 });
    expect(book.counts.byInteger).toBe(2);
    expect(book.counts.byFloat).toBe(0);
  },
);

it.each([
  { of: 'a lone position', beside: [] },
  { of: 'one of two legs', beside: [[1, 1]] as const },
])(
  '[BO6, BO14] $of above its last tier is always due, and one below it before it gets there',
  ({ beside }) => {
    const book = exampleBook();
    const usdt = 5_000_000;
    const above = entered(book, record(book, { lots: [[0, 201_000], ...beside], usdt }));
    const below = entered(book, record(book, { lots: [[0, 199_000], ...beside], usdt }));
    expect(named(book)).toEqual([above, below]);
    expect(named(book)).toEqual([above]);
    expect(judgeQuickly(book, above)).toBeUndefined();
    moveTo(book, 0, 1.006);
    expect(named(book)).toEqual([above, below]);
    expect(named(book)).toEqual([above, below]);
  },
);

it('[BO7] the clock counts how far prices are, not how far they went', () => {
  const book = exampleBook();
  entered(book, record(book, { lots: [[0, 4_000]], usdt: 3_000 }));
  expect(named(book)).toEqual([0]);
  const start = clockNow(book.clock);
  for (let turn = 0; turn < 200; turn += 1) {
    moveTo(book, 0, turn % 2 === 0 ? 1.0002 : 0.9998);
    expect(named(book)).toEqual([]);
  }
  expect(clockNow(book.clock) - start).toBeLessThan(0.03);
});

it('[BO7] pools that are looked at while prices are away are due when they are as far on the other side', () => {
  const book = exampleBook();
  advance(book);
  moveTo(book, 0, 1.00028);
  advance(book);
  // Breached 0.00043 below: inside what the clock may be away without anchoring anew.
  const alone = entered(book, record(book, { lots: [[0, 4_000]], usdt: 41.5 }));
  const beside = entered(
    book,
    record(book, {
      lots: [
        [0, 4_000],
        [1, 1],
      ],
      usdt: 41.51,
    }),
  );
  settle(book);
  expect(Array.from(book.state.subarray(0, 2))).toEqual([3, 3]);
  moveTo(book, 0, 0.9998);
  expect(settle(book)).toEqual([`${alone}: 3-4`, `${beside}: 3-4`]);
});

it('[BO7] a price that rises is nothing to a long, another coin nothing to a pool of one', () => {
  const book = exampleBook();
  entered(book, record(book, { lots: [[0, 4_000]], usdt: 1_300 }));
  entered(book, record(book, { lots: [[0, -4_000]], usdt: 1_300 }));
  named(book);
  moveTo(book, 1, 0.5);
  moveTo(book, 2, 2);
  expect(named(book)).toEqual([]);
  moveTo(book, 0, 1.055);
  expect(named(book)).toEqual([1]);
  moveTo(book, 0, 0.95);
  expect(named(book)).toEqual([0]);
});

it('[BO8] volatility that moves a limit past a pool names it; other terms, a price that goes and one that comes name who holds it', () => {
  const book = exampleBook();
  entered(book, record(book, { lots: [[0, 4_000]], usdt: 900 }));
  entered(book, record(book, { lots: [[1, 4_000]], usdt: 9_000 }));
  named(book);
  const first = coinCodeOf(book.market, assetId('AAA'));
  setVolatility(book, first, { daily: 0.0301, wildest: 0.0301 });
  expect(named(book)).toEqual([]);
  setVolatility(book, first, { daily: 0.06, wildest: 0.06 });
  expect(named(book)).toContain(0);
  const [terms] = CONTRACTS;
  if (terms === undefined) throw new Error('there is a contract');
  expect(listInstrument(book, { ...terms, liquidationFeeRate: rate('0.01') }).ok).toBe(true);
  expect(named(book)).toContain(0);
  mark(book, 1, Number.NaN);
  expect(named(book)).toContain(1);
  expect(named(book)).toContain(1);
  moveTo(book, 1, 1);
  expect(named(book)).toContain(1);
  expect(named(book)).not.toContain(1);
});

it('[BO9] a coin that jumps alone is nothing to who does not hold it, from 1 to 1,000,000 too', () => {
  const book = exampleBook();
  for (let turn = 0; turn < 500; turn += 1)
    entered(book, record(book, { lots: [[turn % 2, 4_000]], usdt: 3_000 }));
  const one = entered(book, record(book, { lots: [[2, 4]], usdt: 30_000 }));
  named(book);
  Object.assign(book.density, { named: 500, gone: 1 });
  moveTo(book, 2, 1.5);
  expect(named(book)).toEqual([one]);
  expect(book.counts.anchoredApart).toBe(1);
  mark(book, 2, 100);
  named(book);
  mark(book, 2, 100_000_000);
  expect(named(book)).toEqual([one]);
});

it('[BO10] what does not fit is refused and changes nothing; what fits comes out as it went in', () => {
  const book = exampleBook();
  const pool = record(book, { lots: [[0, 4_000]], usdt: 3_000 });
  const slot = entered(book, pool);
  const [position] = pool.positions;
  const [wallet] = pool.wallets;
  if (position === undefined || wallet === undefined) throw new Error('there is one of each');
  const withLots = (count: bigint): PoolRecord => ({
    ...pool,
    positions: [{ ...position, lots: count as typeof position.lots }],
  });
  expect(change(book, slot, withLots(2n ** 53n)).ok).toBe(false);
  expect(
    change(book, slot, { ...pool, wallets: [{ ...wallet, amount: moneyUnits(2n ** 63n) }] }).ok,
  ).toBe(false);
  expect(
    enter(
      book,
      { ...pool, positions: Array.from({ length: 65_536 }, () => position) },
      { state: 0, levels: 0 },
    ).ok,
  ).toBe(false);
  expect(recordOf(book.pools, slot)).toEqual(pool);
  const largest = withLots(2n ** 53n - 1n);
  expect(change(book, slot, largest).ok).toBe(true);
  expect(recordOf(book.pools, slot)).toEqual(largest);
  const least = { ...pool, wallets: [{ ...wallet, amount: moneyUnits(-(2n ** 63n)) }] };
  expect(change(book, slot, least).ok).toBe(true);
  expect(recordOf(book.pools, slot)).toEqual(least);
});

it("[BO10] pools grow, shrink, go and come in place; nobody else's rows change", () => {
  const random = randomFrom(11);
  const book = exampleBook();
  const kept = new Map<number, PoolRecord>();
  for (let turn = 0; turn < 2_000; turn += 1) {
    const slots = [...kept.keys()];
    const slot = slots[Math.floor(random() * slots.length)];
    const size = random() < 0.02 ? 500 : Math.floor(random() * 6);
    const legs = Array.from({ length: size }, (_, at): readonly [number, number] => [
      Math.min(2, at),
      turn + 1,
    ]);
    const pool = record(book, { lots: legs, usdt: turn });
    if (slot === undefined || random() < 0.4) kept.set(entered(book, pool), pool);
    else if (random() < 0.3) {
      leave(book, slot);
      kept.delete(slot);
    } else {
      change(book, slot, pool);
      kept.set(slot, pool);
    }
  }
  for (const [slot, pool] of kept) expect(recordOf(book.pools, slot)).toEqual(pool);
  expect(book.pools.open).toBe(kept.size);
  expect(named(book).length).toBe(kept.size);
});

it('[BO1] a price that is missing leaves nothing decided', () => {
  const book = exampleBook();
  const slot = entered(book, record(book, { lots: [[0, 4_000]], usdt: 3_000 }));
  mark(book, 0, Number.NaN);
  expect(settle(book)).toEqual([]);
  expect(judgeQuickly(book, slot)).toBeUndefined();
});

it('[BO12] a stamp is paid to the unit, in parts, and who it brings to a limit is named', () => {
  const book = exampleBook();
  // 10,000 long; Critical from a distance of 1.055 %: equity of 40 + 105.4 or so.
  const near = entered(book, record(book, { lots: [[0, 4_000]], usdt: 146 }));
  const short = entered(book, record(book, { lots: [[0, -4_000]], usdt: 3_000 }));
  settle(book);
  expect(Array.from(book.state.subarray(0, 2))).toEqual([2, 0]);
  const rates = new Map([[0, rateUnits(300_000_000n)]]);
  beginStamp(book, rates);
  const next = bookStamp(book, rates, 0, 1);
  expect(bookStamp(book, rates, next, 1)).toBe(book.pools.end);
  expect(recordOf(book.pools, near).wallets[0]?.amount).toBe(14_300_000_000n);
  expect(recordOf(book.pools, short).wallets[0]?.amount).toBe(300_300_000_000n);
  expect(settle(book)).toEqual([`${near}: 2-3`]);
});

it('[BO14] a lone position is left alone up to the very price at which its state changes, and no farther', () => {
  const cases = [
    // Debt of 8,700 is covered down to a value of 8,700 / 0.996: ln(10,000 / 8,734.94) is 4.508 daily volatilities of 3 %, Watch begins at 2.
    { contract: 0, lots: 4_000, usdt: 1_300, way: 'fall', radius: 2.5084 },
    // Cash of 11,300 covers a value of (11,300 + 60) / 1.01 = 11,247.52: 3.9183 volatilities.
    { contract: 0, lots: -4_000, usdt: 1_300, way: 'rise', radius: 1.9185 },
    // 4 coins short of USD at 2,500 each and 0.6 to back them: 4.6 cover (4.6 + 0.024) / 1.01 = 4.57822 coins, at 2,184.26; 4.5 volatilities.
    { contract: 3, lots: 100, aaa: 0.6, way: 'fall', radius: 2.5004 },
  ] as const;
  for (const { contract, lots, way, radius, ...cash } of cases) {
    const book = exampleBook();
    const slot = entered(book, record(book, { lots: [[contract, lots]], ...cash }));
    settle(book);
    expect(arm(book, slot)).toBe(true);
    expect(book.examiner.radius[way]).toBeCloseTo(radius, 3);
    const to = (scales: number) => Math.exp((way === 'fall' ? -0.03 : 0.03) * scales);
    moveTo(book, contract, to(radius - 0.01));
    expect(named(book)).toEqual([]);
    moveTo(book, contract, to(radius + 0.01));
    expect(settle(book)).toEqual([`${slot}: 0-1`]);
    // Watch ends at 2.3.
    moveTo(book, contract, to(radius - 0.3 + 0.01));
    expect(settle(book)).toEqual([]);
    moveTo(book, contract, to(radius - 0.3 - 0.01));
    expect(settle(book)).toEqual([`${slot}: 1-0`]);
  }
});

it('[BO12, BO14] what a lone position pays far from liquidation brings its end nearer by more than the payment is of its value', () => {
  const book = exampleBook();
  // 10,000 long at 8 % a day: a debt of 6,016 ends it 6.3 volatilities below. Five payments of 200 bring that to 4.38, Watch is at 2.
  const slot = entered(book, record(book, { lots: [[2, 4_000]], usdt: 3_984 }));
  settle(book);
  expect(arm(book, slot)).toBe(true);
  const rates = new Map([[2, rateUnits(20_000_000_000n)]]);
  for (let stamp = 0; stamp < 5; stamp += 1) {
    beginStamp(book, rates);
    bookStamp(book, rates, 0, 1);
  }
  moveTo(book, 2, Math.exp(-0.08 * 2.45));
  expect(settle(book)).toEqual([`${slot}: 0-1`]);
});

it('[BO14] where maintenance jumps at a tier nothing is solved for, and the same is decided', () => {
  const book = exampleBook();
  const [first] = CONTRACTS;
  if (first === undefined) throw new Error('there is a contract');
  const tiers = first.tiers.map((tier) => ({ ...tier, maintenanceDeduction: money(0) }));
  expect(listInstrument(book, { ...first, tiers }).ok).toBe(true);
  // 12,000 long at 1 % of all of it and a debt of 9,950: at 10,080 there are 130 of 100.8, at 10,040 there are 90 of 100.4; below
  // 10,000 it would be 40.
  const slot = entered(book, record(book, { lots: [[0, 4_800]], usdt: 2_050 }));
  settle(book);
  moveTo(book, 0, 0.84);
  settle(book);
  expect(book.state[slot]).toBe(3);
  moveTo(book, 0, 10_040 / 12_000);
  settle(book);
  expect(book.state[slot]).toBe(4);
});
