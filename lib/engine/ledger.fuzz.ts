/** Searches for sums that do not hold: any mix of events, any split of a fill. fast-check prints the seed of what it finds. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { gridOf } from '../market/grid.ts';
import { lots, moneyUnits, rateUnits, ticks, type MoneyUnits } from '../units/scaled.ts';
import { type FillFact } from './admit-fill.ts';
import { applyTransfer } from './cash.ts';
import { conservationOf } from './conservation.ts';
import {
  BTC,
  exampleInstrument,
  exampleState,
  HEDGER,
  INVERSE,
  LINEAR,
  MIXER,
  RIVAL,
  TRADER,
  USDT,
} from './example-book.ts';
import { settledStamps } from './example-run.ts';
import { applyFill } from './fill.ts';
import { hasCrossPosition, systemAccount, traderOf, walletOf } from './ledger.ts';
import {
  chargeLiquidationFee,
  closeAtMark,
  coverDeficit,
  liquidationFee,
  sellCollateral,
} from './settlement.ts';
import { type EngineState, type LedgerAccount } from './state.ts';

type Draw =
  | { readonly kind: 'fill'; readonly fact: FillFact }
  | {
      readonly kind: 'transfer';
      readonly who: number;
      readonly coin: boolean;
      readonly amount: bigint;
    }
  | {
      readonly kind: 'funding';
      readonly inverse: boolean;
      readonly rate: bigint;
      readonly mark: bigint;
    }
  | { readonly kind: 'force'; readonly who: number; readonly nth: number; readonly mark: bigint }
  | { readonly kind: 'sell'; readonly needed: bigint };

const TRADERS = [TRADER, RIVAL, HEDGER, MIXER];
const who = fc.nat({ max: TRADERS.length - 1 });
const mark = fc.bigInt({ min: 200_000n, max: 900_000n });
const size = fc.bigInt({ min: -1500n, max: 1500n });

const fill: fc.Arbitrary<Draw> = fc
  .record({
    who,
    inverse: fc.boolean(),
    side: fc.constantFrom('both', 'long', 'short'),
    count: size,
    at: mark,
    leverage: fc.constantFrom(1, 3, 7, 12.5, 20, 75),
    isolated: fc.boolean(),
  })
  .map((draw) => ({
    kind: 'fill',
    fact: {
      accountId: TRADERS[draw.who] ?? TRADER,
      instrumentId: draw.inverse ? INVERSE : LINEAR,
      positionSide: TRADERS[draw.who] === HEDGER ? draw.side : 'both',
      lots: lots(draw.count),
      priceTicks: ticks(draw.at),
      leverage: draw.leverage,
      marginKind: draw.isolated ? 'isolated' : 'cross',
    } as const,
  }));

const event: fc.Arbitrary<Draw> = fc.oneof(
  { weight: 6, arbitrary: fill },
  fc.record({
    kind: fc.constant('transfer'),
    who,
    coin: fc.boolean(),
    amount: fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
  }),
  fc.record({
    kind: fc.constant('funding'),
    inverse: fc.boolean(),
    rate: fc.bigInt({ min: -3_000_000_001n, max: 3_000_000_001n }),
    mark,
  }),
  fc.record({ kind: fc.constant('force'), who, nth: fc.nat({ max: 3 }), mark }),
  fc.record({ kind: fc.constant('sell'), needed: fc.bigInt({ min: 1n, max: 10n ** 11n }) }),
);

function trader(state: EngineState, index: number): LedgerAccount {
  const account = traderOf(state, TRADERS[index] ?? TRADER);
  if (account === undefined) throw new Error('the example has its traders');
  return account;
}

/** Everything an account is worth that no price can change: wallets less values at entry. */
function bookOf(account: LedgerAccount, asset: typeof USDT): bigint {
  let total: bigint = walletOf(account, asset);
  for (const position of account.positions.values()) {
    if (exampleInstrument(position.instrumentId).settle !== asset) continue;
    total += position.isolatedWallet - position.openValue;
  }
  return total;
}

function force(state: EngineState, draw: Extract<Draw, { kind: 'force' }>): void {
  const account = trader(state, draw.who);
  const position = [...account.positions.values()][draw.nth];
  if (position === undefined) return;
  const close = closeAtMark(state, { account, position, markTicks: ticks(draw.mark) });
  const asset = close.instrument.settle;
  const equityLeft =
    position.marginKind === 'isolated' ? close.releasedMargin : walletOf(account, asset);
  const rate = gridOf(close.instrument).liquidationFeeRate;
  const amount = liquidationFee({ notional: close.notional, rate, equityLeft });
  chargeLiquidationFee(state, { account, asset, amount });
  if (equityLeft < 0n) coverDeficit(state, { account, asset, amount: moneyUnits(-equityLeft) });
}

/** Carries out one draw; a refusal must leave everything as it was. */
function play(state: EngineState, draw: Draw): void {
  const before = structuredClone([...state.accounts.values()]);
  const result = attempt(state, draw);
  const untouched = result?.ok === false ? before : [...state.accounts.values()];
  expect([...state.accounts.values()]).toEqual(untouched);
}

function attempt(state: EngineState, draw: Draw): { readonly ok: boolean } | undefined {
  switch (draw.kind) {
    case 'fill':
      return applyFill(state, draw.fact);
    case 'transfer':
      return applyTransfer(
        state,
        {
          accountId: TRADERS[draw.who] ?? TRADER,
          assetId: draw.coin ? BTC : USDT,
          amount: moneyUnits(draw.amount),
        },
        () => moneyUnits(10n ** 11n),
      );
    case 'funding':
      return settledStamps(state, [
        {
          instrumentId: draw.inverse ? INVERSE : LINEAR,
          rate: rateUnits(draw.rate),
          markTicks: ticks(draw.mark),
        },
      ])[0];
    case 'force':
      force(state, draw);
      return undefined;
    case 'sell':
      sellCollateral(state, {
        account: trader(state, TRADERS.indexOf(MIXER)),
        asset: BTC,
        into: USDT,
        needed: moneyUnits(draw.needed),
        price: moneyUnits(6_000_012_345_678n),
        intoPrice: moneyUnits(99_987_654n),
        surcharge: rateUnits(20_000_000_000n),
      });
      return undefined;
  }
}

it('L1, L2: lots and money sum to zero after every event, whatever happens', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 60, size: 'max' }), (draws) => {
      const state = exampleState();
      for (const draw of draws) {
        play(state, draw);
        expect(conservationOf(state)).toMatchObject({ holds: true });
        for (const asset of [USDT, BTC]) {
          expect(walletOf(systemAccount(state, 'insuranceFund'), asset) >= 0n).toBe(true);
        }
      }
    }),
  );
});

it('L3: a fill leaves no single-asset pool without positions below zero, and no isolated wallet', () => {
  fc.assert(
    fc.property(fc.array(fill, { maxLength: 40, size: 'max' }), (draws) => {
      const state = exampleState();
      for (const draw of draws) {
        play(state, draw);
        for (const [index] of TRADERS.entries()) {
          expect(hiddenDebtsOf(state, trader(state, index))).toEqual([]);
        }
      }
    }),
  );
});

/** Isolated wallets below zero, empty positions, and debts of pools that hold nothing. */
function hiddenDebtsOf(state: EngineState, account: LedgerAccount): readonly string[] {
  const positions = [...account.positions.values()];
  const broken = positions.filter(
    ({ isolatedWallet, lots: count }) => isolatedWallet < 0n || count === 0n,
  );
  const indebted = [USDT, BTC].filter(
    (asset) => walletOf(account, asset) < 0n && !hasCrossPosition(state, account, asset),
  );
  const debts = account.assetMode === 'multi' ? [] : indebted;
  return [...broken.map(({ instrumentId }) => String(instrumentId)), ...debts];
}

it('a fill moves wallet - open value by its value and its fee, and by nothing else', () => {
  fc.assert(
    fc.property(fc.array(fill, { minLength: 1, maxLength: 30, size: 'max' }), (draws) => {
      const state = exampleState();
      for (const draw of draws) {
        if (draw.kind !== 'fill') continue;
        const account = trader(state, TRADERS.indexOf(draw.fact.accountId));
        const { settle } = exampleInstrument(draw.fact.instrumentId);
        const before = bookOf(account, settle);
        const result = applyFill(state, draw.fact);
        if (!result.ok) continue;
        const { notional, fee, deficit } = result.value;
        const bought = draw.fact.lots > 0n === (draw.fact.instrumentId === LINEAR);
        const expected = (bought ? -notional : BigInt(notional)) - fee + (deficit?.amount ?? 0n);
        expect(bookOf(account, settle) - before).toBe(expected);
      }
    }),
  );
});

interface Booked {
  readonly book: bigint;
  readonly fees: MoneyUnits;
}

function bookParts(past: readonly Draw[], fact: FillFact, parts: readonly bigint[]): Booked {
  const state = exampleState();
  for (const draw of past) play(state, draw);
  const { settle } = exampleInstrument(fact.instrumentId);
  const account = trader(state, 0);
  let fees = 0n;
  for (const count of parts) {
    const result = applyFill(state, { ...fact, lots: lots(count) });
    if (!result.ok) throw new Error(result.error);
    fees += result.value.fee - (result.value.deficit?.amount ?? 0n);
  }
  return { book: bookOf(account, settle) + fees, fees: moneyUnits(fees) };
}

it('one fill, or the same fill in parts at one price: the same wallet - open value', () => {
  const cuts = fc.array(fc.bigInt({ min: 1n, max: 200n }), { minLength: 2, maxLength: 5 });
  fc.assert(
    fc.property(
      fc.array(fill, { maxLength: 8 }),
      cuts,
      fc.boolean(),
      fc.boolean(),
      mark,
      (past, counts, sell, inverse, at) => {
        const parts = counts.map((count) => (sell ? -count : count));
        const total = parts.reduce((sum, count) => sum + count, 0n);
        const fact: FillFact = {
          accountId: TRADER,
          instrumentId: inverse ? INVERSE : LINEAR,
          positionSide: 'both',
          lots: lots(total),
          priceTicks: ticks(at),
          leverage: 1,
          marginKind: 'cross',
        };
        const crossOnly = past.map((draw) => asCross(draw));
        const once = bookParts(crossOnly, fact, [total]);
        const split = bookParts(crossOnly, fact, parts);
        const apart = once.book - split.book;
        const bound = inverse ? BigInt(parts.length) : 0n;
        expect(apart <= bound && apart >= -bound).toBe(true);
      },
    ),
  );
});

/** Cross and small enough never to meet the last tier. */
function asCross(draw: Draw): Draw {
  if (draw.kind !== 'fill') return draw;
  return { kind: 'fill', fact: { ...draw.fact, marginKind: 'cross', leverage: 1 } };
}
