/** What no market should bring and some day does, and changes that come in parts. Rules are cited from SPEC.md. */
import { expect, it } from 'vitest';
import { type Instrument } from '../market/instrument.ts';
import { fundingUnits } from '../market/funding.ts';
import { gridOf } from '../market/grid.ts';
import { Decimal } from '../units/decimal.ts';
import { assetId, instrumentId } from '../units/ids.ts';
import { rate } from '../units/money.ts';
import { lots, moneyUnits, NO_UNITS, rateUnits, ticks } from '../units/scaled.ts';
import { change, leave, mark } from './book.ts';
import {
  CONTRACTS,
  entered,
  exampleBook,
  FIRST_TICKS,
  named,
  randomFrom,
  record,
  settle,
} from './example-pools.ts';
import { isBreachedExactly } from './exact.ts';
import { bookStamp } from './funding.ts';
import { coinCodeOf } from './market-columns.ts';
import { listInstrument, setVolatility } from './market-terms.ts';
import { shows } from './motion-clock.ts';
import { recordOf } from './pool-columns.ts';

function firstContract(): Instrument {
  const [first] = CONTRACTS;
  if (first === undefined) throw new Error('there is a contract');
  return first;
}

/** Every rate of the first contract, times something. */
function tiersTimes(factor: string): Instrument {
  const first = firstContract();
  const tiers = first.tiers.map((tier) => ({
    ...tier,
    maintenanceMarginRate: rate(tier.maintenanceMarginRate.times(factor)),
  }));
  return { ...first, tiers };
}

it('[BO8] a contract that is listed while the book runs is watched from its first mark on', () => {
  const book = exampleBook();
  entered(book, record(book, { lots: [[0, 4_000]], usdt: 3_000 }));
  settle(book);
  const id = instrumentId('DDDUSDT');
  const listed = listInstrument(book, { ...firstContract(), id, base: assetId('DDD') });
  if (!listed.ok) throw new Error(listed.error);
  const pool = record(book, { lots: [[0, 4_000]], usdt: 1_300 });
  const slot = entered(book, {
    ...pool,
    positions: pool.positions.map((position) => ({ ...position, instrument: listed.value })),
  });
  expect(settle(book)).toEqual([]);
  mark(book, listed.value, FIRST_TICKS);
  expect(settle(book)).toEqual([]);
  expect(named(book)).toEqual([]);
  mark(book, listed.value, Math.round(FIRST_TICKS * 0.88));
  expect(settle(book)).toEqual([`${slot}: 0-3`]);
});

it('[BO8] who holds a delisted contract stays named and undecided, nobody else is', () => {
  const book = exampleBook();
  const gone = entered(book, record(book, { lots: [[1, 4_000]], usdt: 3_000 }));
  const other = entered(book, record(book, { lots: [[0, 4_000]], usdt: 1_300 }));
  settle(book);
  mark(book, 1, Number.NaN);
  for (let turn = 0; turn < 50; turn += 1) {
    mark(book, 0, Math.round(FIRST_TICKS * (1 - turn * 0.0001)));
    expect(settle(book)).toEqual([]);
  }
  expect(named(book)).toEqual([gone]);
  mark(book, 0, Math.round(FIRST_TICKS * 0.88));
  expect(settle(book)).toEqual([`${other}: 0-3`]);
});

it('[BO8] higher rates are found at once, lower ones too', () => {
  const book = exampleBook();
  const slot = entered(book, record(book, { lots: [[0, 3_900]], usdt: 1_300 }));
  settle(book);
  expect(listInstrument(book, tiersTimes('40')).ok).toBe(true);
  expect(settle(book)).toEqual([`${slot}: 0-4`]);
  expect(listInstrument(book, tiersTimes('1')).ok).toBe(true);
  expect(settle(book)).toEqual([`${slot}: 4-0`]);
});

it('[BO13] other terms call so many pools at each visit, in order, and prices do not wait for them', () => {
  const book = exampleBook(10);
  for (let turn = 0; turn < 35; turn += 1)
    entered(book, record(book, { lots: [[0, 3_900]], usdt: 1_300 }));
  const near = entered(book, record(book, { lots: [[0, 3_900]], usdt: 600 }));
  settle(book);
  expect(book.state[near]).toBe(1);
  expect(listInstrument(book, tiersTimes('40')).ok).toBe(true);
  expect(settle(book)).toEqual(Array.from({ length: 10 }, (_, slot) => `${slot}: 0-4`));
  // 3 % down: the last one is near by its price alone, and is judged by the new terms.
  mark(book, 0, Math.round(FIRST_TICKS * 0.97));
  expect(settle(book)).toContain(`${near}: 1-4`);
  settle(book);
  settle(book);
  expect(Array.from(book.state.subarray(0, 36))).toEqual(Array.from({ length: 36 }, () => 4));
  expect(named(book)).toEqual([]);
});

it('[BO13] the clock goes on in parts for volatility, and by all of it in the end', () => {
  const book = exampleBook(1);
  for (let turn = 0; turn < 50; turn += 1)
    entered(book, record(book, { lots: [[0, 3_900]], usdt: 1_300 }));
  for (let turn = 0; turn < 60; turn += 1) settle(book);
  const coin = coinCodeOf(book.market, assetId('AAA'));
  const before = shows(book.clock.fall);
  setVolatility(book, coin, { daily: 0.0303, wildest: 0.0303 });
  settle(book);
  // A visit bears one pool of 50: a hundredth of a unit.
  expect(shows(book.clock.fall) - before).toBeCloseTo(0.01, 9);
  for (let turn = 0; turn < 20; turn += 1) settle(book);
  // A limit of 2.3 volatilities is 2.3 x 0.0003 farther; twice that, in scales of 0.03.
  expect(shows(book.clock.fall) - before).toBeCloseTo((2 * 2.3 * 0.0003) / 0.03, 3);
  expect(book.terms.isOwing).toBe(false);
});

it('[BO8] a volatility that is not known, and comes, leaves the clock a number', () => {
  const book = exampleBook();
  const slot = entered(book, record(book, { lots: [[0, 4_000]], usdt: 1_300 }));
  settle(book);
  const coin = coinCodeOf(book.market, assetId('AAA'));
  setVolatility(book, coin, { daily: Number.NaN, wildest: Number.NaN });
  expect(named(book)).toEqual([slot]);
  setVolatility(book, coin, { daily: 0.03, wildest: 0.03 });
  expect(named(book)).toEqual([slot]);
  expect(named(book)).toEqual([]);
  expect(shows(book.clock.fall)).toBeLessThan(Infinity);
});

it('[BO10] 500 positions in one pool, and none, are judged like any other', () => {
  const book = exampleBook();
  const many = Array.from({ length: 500 }, (_, at): readonly [number, number] => [
    at % 3,
    at % 2 === 0 ? 40 : 39,
  ]);
  // Some 16,500 on each coin.
  const desk = entered(book, record(book, { lots: many, usdt: 9_000 }));
  const none = entered(book, record(book, { lots: [], usdt: 0 }));
  const debt = entered(book, record(book, { lots: [], usdt: -1 }));
  settle(book);
  expect(book.pools.positionCount[desk]).toBe(500);
  for (const code of [0, 1, 2]) mark(book, code, Math.round(FIRST_TICKS * 0.85));
  settle(book);
  expect(Array.from(book.state.subarray(0, 3))).toEqual([2, 0, 4]);
  expect(named(book)).not.toContain(none);
  expect(isBreachedExactly(book, debt)).toBe(true);
  expect(recordOf(book.pools, desk).positions).toHaveLength(500);
});

it('[BO11] a mark that goes from 1 to 1,000,000 and back: a long is safe, a short is liquidated, and both are again what they were', () => {
  const book = exampleBook();
  mark(book, 0, 100);
  const long = entered(book, {
    ...record(book, { lots: [[0, 1]], usdt: 1 }),
    positions: [{ instrument: 0, lots: lots(1n), openValue: moneyUnits(100_000n) }],
  });
  const short = entered(book, {
    ...record(book, { lots: [[0, 1]], usdt: 1 }),
    positions: [{ instrument: 0, lots: lots(-1n), openValue: moneyUnits(-100_000n) }],
  });
  expect(settle(book)).toEqual([]);
  mark(book, 0, 100_000_000);
  expect(settle(book)).toEqual([`${short}: 0-4`]);
  mark(book, 0, 100);
  expect(settle(book)).toEqual([`${short}: 4-0`]);
  expect(book.state[long]).toBe(0);
});

it('[BO10, BO11] at the limit of the columns integers still tell one unit', () => {
  const book = exampleBook();
  const most = 2n ** 53n - 1n;
  const tiers = firstContract().tiers.map((tier) => ({
    ...tier,
    notionalCap: new Decimal(tier.tier).times('1e17') as typeof tier.notionalCap,
  }));
  expect(listInstrument(book, { ...firstContract(), tiers }).ok).toBe(true);
  mark(book, 0, 10_000);
  // A lot is worth 0.1: 10,000,000 units. Of 2^53 lots that is more than 64 bits of money hold.
  const worth = most * 10_000_000n;
  const pool = record(book, { lots: [[0, 1]], usdt: 1 });
  const slot = entered(book, pool);
  const tooMuch = {
    ...pool,
    positions: [{ instrument: 0, lots: lots(most), openValue: moneyUnits(worth) }],
  };
  expect(change(book, slot, tooMuch)).toEqual({
    ok: false,
    error: `${worth} units of money; they have 64 bits`,
  });
  const fits = (2n ** 63n - 1n) / 10_000_000n;
  const held = {
    ...pool,
    positions: [{ instrument: 0, lots: lots(fits), openValue: moneyUnits(fits * 10_000_000n) }],
  };
  // Maintenance of 0.4 %, rounded up to a unit.
  const needed = (fits * 10_000_000n * 4n + 999n) / 1_000n;
  const [wallet] = pool.wallets;
  if (wallet === undefined) throw new Error('there is one');
  for (const [amount, breached] of [
    [needed + 1n, false],
    [needed - 1n, true],
  ] as const) {
    const wallets = [{ ...wallet, amount: moneyUnits(amount) }];
    expect(change(book, slot, { ...held, wallets }).ok).toBe(true);
    expect(isBreachedExactly(book, slot)).toBe(breached);
    settle(book);
    expect(book.state[slot]).toBe(breached ? 4 : 3);
  }
});

it('[BO12] a stamp pays every pool what the ledger pays, whatever lots, marks and rates', () => {
  const random = randomFrom(3);
  const book = exampleBook();
  const draw = (most: number): number => Math.floor(Math.exp(random() * Math.log(most)));
  for (let turn = 0; turn < 300; turn += 1) {
    for (const code of CONTRACTS.keys()) mark(book, code, draw(turn % 2 === 0 ? 1e4 : 1e12));
    const rates = new Map(
      [...CONTRACTS.keys()].map((code) => [code, rateUnits(BigInt(draw(3e9) - 1e8))]),
    );
    const legs = Array.from({ length: 6 }, (): readonly [number, number] => [
      turn % 5 === 0 ? 3 : Math.floor(random() * 3),
      draw(turn % 3 === 0 ? 1e13 : 1e5) * (random() < 0.5 ? 1 : -1),
    ]);
    const pool = record(book, turn % 5 === 0 ? { lots: legs, aaa: 1 } : { lots: legs, usdt: 1 });
    const slot = entered(book, {
      ...pool,
      positions: pool.positions.map((position) => ({ ...position, openValue: NO_UNITS })),
    });
    const received = legs.reduce((sum, [code, count]) => {
      const contract = CONTRACTS[code];
      if (contract === undefined) throw new Error('there is one');
      const markTicks = ticks(BigInt(book.market.ticks[code] ?? 0));
      const own = rates.get(code) ?? rateUnits(0n);
      return sum + fundingUnits(gridOf(contract), lots(BigInt(count)), { rate: own, markTicks });
    }, 0n);
    if (received > 2n ** 60n || received < -(2n ** 60n)) continue;
    bookStamp(book, rates, slot, 1);
    expect(recordOf(book.pools, slot).wallets[0]?.amount, `turn ${turn}`).toBe(
      100_000_000n + received,
    );
    leave(book, slot);
  }
});

it('[BO10] a stamp that a wallet has no room for is refused', () => {
  const book = exampleBook();
  const pool = record(book, { lots: [[0, 4_000]], usdt: 1 });
  const [wallet] = pool.wallets;
  if (wallet === undefined) throw new Error('there is one');
  const most = { ...pool, wallets: [{ ...wallet, amount: moneyUnits(2n ** 63n - 1n) }] };
  const slot = entered(book, most);
  const rates = new Map([[0, rateUnits(-300_000_000n)]]);
  expect(() => bookStamp(book, rates, slot, 1)).toThrow('they have 64 bits');
  expect(recordOf(book.pools, slot)).toEqual(most);
});
