import { describe, expect, it } from 'vitest';
import { moneyUnits, type MoneyUnits } from '../units/scaled.ts';
import { conservationOf } from './conservation.ts';
import {
  BTC,
  exampleState,
  fillOf,
  HEDGER,
  INVERSE,
  MIXER,
  TRADER,
  USDT,
  whole,
} from './example-book.ts';
import { applyFill, type FillOutcome } from './fill.ts';
import { applyTransfer } from './cash.ts';
import { seedInsuranceFund, systemAccount, traderOf, walletOf } from './ledger.ts';
import { type FillFact } from './admit-fill.ts';
import { accountId, instrumentId, type AccountId, type AssetId } from '../units/ids.ts';
import { type EngineState, type LedgerAccount, type LedgerPosition } from './state.ts';

function fundedState(amount = 10_000): EngineState {
  const state = exampleState();
  deposit(state, TRADER, USDT, amount);
  return state;
}

function deposit(state: EngineState, id: AccountId, asset: AssetId, amount: number): void {
  const moved = applyTransfer(state, { accountId: id, assetId: asset, amount: whole(amount) }, () =>
    whole(0),
  );
  expect(moved.ok).toBe(true);
}

function booked(state: EngineState, fact: FillFact): FillOutcome {
  const result = applyFill(state, fact);
  if (!result.ok) throw new Error(result.error);
  expect(conservationOf(state).holds).toBe(true);
  return result.value;
}

function trader(state: EngineState, id: AccountId = TRADER): LedgerAccount {
  const account = traderOf(state, id);
  if (account === undefined) throw new Error('the example has its traders');
  return account;
}

function held(state: EngineState, key = 'BTCUSDT|both', id: AccountId = TRADER): LedgerPosition {
  const position = trader(state, id).positions.get(key);
  if (position === undefined) throw new Error(`${key} is not held`);
  return position;
}

const cents = (text: string): MoneyUnits => moneyUnits(BigInt(Math.round(Number(text) * 1e8)));

describe('a cross fill', () => {
  it('opens: value at entry, half a promille of fee, nothing realized', () => {
    const state = fundedState();
    const outcome = booked(state, fillOf({ lots: 2000, price: 60_000 }));
    // 2 BTC x 60,000 = 120,000; fee 0.05 % = 60
    expect(outcome).toMatchObject({ notional: whole(120_000), fee: whole(60), realizedPnl: 0n });
    expect(held(state)).toMatchObject({ lots: 2000n, openValue: whole(120_000) });
    expect(walletOf(trader(state), USDT)).toBe(whole(9_940));
    expect(walletOf(systemAccount(state, 'fees'), USDT)).toBe(whole(60));
  });

  it('reduces: releases its share of the entry and realizes the rest', () => {
    const state = fundedState();
    booked(state, fillOf({ lots: 2000, price: 60_000 }));
    const outcome = booked(state, fillOf({ lots: -500, price: 61_000 }));
    // 0.5 x (61,000 - 60,000) = 500; fee 30,500 x 0.05 % = 15.25
    expect(outcome).toMatchObject({ realizedPnl: whole(500), fee: cents('15.25') });
    expect(held(state)).toMatchObject({ lots: 1500n, openValue: whole(90_000) });
    expect(walletOf(trader(state), USDT)).toBe(whole(10_000 - 60 + 500) - cents('15.25'));
  });

  it('flips: closes what was held, then opens the rest at the price of the fill', () => {
    const state = fundedState();
    booked(state, fillOf({ lots: 1000, price: 60_000 }));
    held(state).fundingReceived = whole(7);
    const outcome = booked(state, fillOf({ lots: -3000, price: 59_000, leverage: 5 }));
    expect(outcome.realizedPnl).toBe(whole(-1_000));
    expect(held(state)).toMatchObject({
      lots: -2000n,
      openValue: whole(-118_000),
      leverage: 5,
      fundingReceived: 0n,
    });
  });

  it('forgets a position that is closed', () => {
    const state = fundedState();
    booked(state, fillOf({ lots: 1000, price: 60_000 }));
    booked(state, fillOf({ lots: -1000, price: 60_000 }));
    expect(trader(state).positions.size).toBe(0);
    expect(systemAccount(state, 'outside').positions.size).toBe(0);
  });

  it('releases toward zero and loses nothing: three lots over an entry that does not divide', () => {
    const state = fundedState();
    booked(state, fillOf({ lots: 1, price: 60_000 }));
    booked(state, fillOf({ lots: 2, price: 60_000.1 }));
    // c = 60 + 120.0002 = 180.0002; a third is 60.00006666..., released 60.00006666
    const outcome = booked(state, fillOf({ lots: -1, price: 60_000 }));
    expect(outcome.realizedPnl).toBe(moneyUnits(-6_666n));
    expect(held(state).openValue).toBe(moneyUnits(12_000_013_334n));
  });

  it('inverse: a long owes coin, and gains coin when the price rises', () => {
    const state = exampleState();
    deposit(state, TRADER, BTC, 1);
    const opened = booked(state, fillOf({ lots: 300, price: 50_000, instrumentId: INVERSE }));
    // 300 x 100 / 50,000 = 0.6 BTC; fee 0.0003
    expect(opened).toMatchObject({ notional: cents('0.6'), fee: cents('0.0003') });
    expect(held(state, 'BTCUSD|both').openValue).toBe(cents('-0.6'));
    const closed = booked(state, fillOf({ lots: -300, price: 60_000, instrumentId: INVERSE }));
    // 0.6 - 0.5 = 0.1
    expect(closed.realizedPnl).toBe(cents('0.1'));
  });

  it('inverse: the magnitude is cut once, and both sides book the same amount', () => {
    const state = exampleState();
    deposit(state, TRADER, BTC, 1);
    const outcome = booked(state, fillOf({ lots: 1, price: 30_000, instrumentId: INVERSE }));
    expect(outcome.notional).toBe(333_333n);
    expect(outcome.fee).toBe(167n); // 166.6665 rounded up
    expect(systemAccount(state, 'outside').positions.get('BTCUSD|both')?.openValue).toBe(333_333n);
  });

  it('a voluntary close beyond everything is a deficit: the fund pays, then bad debt', () => {
    const state = fundedState(1_000);
    seedInsuranceFund(state, USDT, whole(600));
    booked(state, fillOf({ lots: 1000, price: 60_000, leverage: 100 }));
    // 1,000 - 30 - 2,000 - 29 = -1,059
    const outcome = booked(state, fillOf({ lots: -1000, price: 58_000 }));
    expect(outcome.deficit).toMatchObject({
      amount: whole(1_059),
      paidByFund: whole(600),
      badDebt: whole(459),
    });
    expect(walletOf(trader(state), USDT)).toBe(0n);
    expect(walletOf(systemAccount(state, 'badDebt'), USDT)).toBe(whole(-459));
    expect(walletOf(systemAccount(state, 'insuranceFund'), USDT)).toBe(0n);
  });

  it('in multi-asset mode the debt stays, other assets back it', () => {
    const state = exampleState();
    deposit(state, MIXER, BTC, 1);
    const outcome = booked(state, fillOf({ lots: 1000, price: 60_000, accountId: MIXER }));
    expect(outcome.deficit).toBeUndefined();
    expect(walletOf(trader(state, MIXER), USDT)).toBe(whole(-30));
  });
});

describe('hedge mode', () => {
  it('keeps both legs apart', () => {
    const state = exampleState();
    deposit(state, HEDGER, USDT, 10_000);
    booked(state, fillOf({ lots: 1000, price: 60_000, accountId: HEDGER, positionSide: 'long' }));
    booked(state, fillOf({ lots: -400, price: 60_500, accountId: HEDGER, positionSide: 'short' }));
    expect(held(state, 'BTCUSDT|long', HEDGER).lots).toBe(1000n);
    expect(held(state, 'BTCUSDT|short', HEDGER).lots).toBe(-400n);
  });

  it('a leg cannot pass through zero', () => {
    const state = exampleState();
    deposit(state, HEDGER, USDT, 10_000);
    booked(state, fillOf({ lots: 10, price: 60_000, accountId: HEDGER, positionSide: 'long' }));
    const result = applyFill(
      state,
      fillOf({ lots: -11, price: 60_000, accountId: HEDGER, positionSide: 'long' }),
    );
    expect(result).toMatchObject({ ok: false, error: expect.stringContaining('long leg') });
  });
});

describe('an isolated fill', () => {
  const isolated = { marginKind: 'isolated' } as const;

  it('takes its initial margin out of the cross wallet, the fee beside it', () => {
    const state = fundedState();
    booked(state, fillOf({ lots: 1000, price: 60_000, ...isolated }));
    expect(held(state).isolatedWallet).toBe(whole(6_000));
    expect(walletOf(trader(state), USDT)).toBe(whole(10_000 - 6_000 - 30));
  });

  it('rounds that margin up', () => {
    const state = fundedState();
    booked(state, fillOf({ lots: 1, price: 60_000, leverage: 7, ...isolated }));
    expect(held(state).isolatedWallet).toBe(moneyUnits(857_142_858n)); // 60 / 7 = 8.571428571...
  });

  it('gives half of it back with the profit when half is closed', () => {
    const state = fundedState();
    booked(state, fillOf({ lots: 1000, price: 60_000, ...isolated }));
    booked(state, fillOf({ lots: -500, price: 62_000, ...isolated }));
    // 3,000 margin + 1,000 profit, fee 15.5
    expect(held(state).isolatedWallet).toBe(whole(3_000));
    expect(walletOf(trader(state), USDT)).toBe(whole(3_970 + 4_000) - cents('15.5'));
  });

  it('a partial close at a loss leaves the rest as well backed as before', () => {
    const state = fundedState();
    booked(state, fillOf({ lots: 1000, price: 60_000, ...isolated }));
    booked(state, fillOf({ lots: -500, price: 56_000, ...isolated }));
    // 3,000 share - 2,000 loss comes back; 3,000 stay behind the other half, whose loss is 2,000 too
    expect(held(state).isolatedWallet).toBe(whole(3_000));
    expect(walletOf(trader(state), USDT)).toBe(whole(3_970 + 1_000 - 14));
  });

  it('a loss beyond the share eats the wallet, and the fee comes from it too', () => {
    const state = fundedState(6_030);
    booked(state, fillOf({ lots: 1000, price: 60_000, ...isolated }));
    booked(state, fillOf({ lots: -500, price: 53_000, ...isolated }));
    // 6,000 - 3,500 loss - 13.25 fee; the cross wallet is left at 0, nobody else pays
    expect(held(state).isolatedWallet).toBe(whole(2_500) - cents('13.25'));
    expect(walletOf(trader(state), USDT)).toBe(0n);
  });

  it('a full close gives everything back, and what it lost beyond its wallet the cross wallet pays', () => {
    const state = fundedState();
    booked(state, fillOf({ lots: 1000, price: 60_000, ...isolated }));
    const outcome = booked(state, fillOf({ lots: -1000, price: 53_000, ...isolated }));
    // 10,000 - 30 - 7,000 - 26.5
    expect(outcome.deficit).toBeUndefined();
    expect(walletOf(trader(state), USDT)).toBe(whole(2_970) - cents('26.5'));
    expect(trader(state).positions.size).toBe(0);
  });

  it('is refused when the cross wallet cannot assign that margin and pay the fee', () => {
    const fact = fillOf({ lots: 1000, price: 60_000, ...isolated });
    expect(applyFill(fundedState(6_029), fact)).toMatchObject({
      ok: false,
      error: 'opening needs 6030 USDT, the wallet holds 6029 USDT',
    });
    expect(applyFill(fundedState(6_030), fact).ok).toBe(true);
  });

  it('a flip may use what it frees: margin and profit of the old side', () => {
    const state = fundedState(6_031);
    booked(state, fillOf({ lots: 1000, price: 60_000, ...isolated }));
    // 1 + 6,000 + 100 free, the other way needs 6,010 and 60.1 of fee
    const flip = fillOf({ lots: -2000, price: 60_100, ...isolated });
    expect(applyFill(state, flip, () => whole(1)).ok).toBe(true);
  });

  it('flips into a new position with its own margin', () => {
    const state = fundedState();
    booked(state, fillOf({ lots: 1000, price: 60_000, ...isolated }));
    booked(state, fillOf({ lots: -1500, price: 60_000, leverage: 20, ...isolated }));
    expect(held(state)).toMatchObject({ lots: -500n, isolatedWallet: whole(1_500), leverage: 20 });
    expect(walletOf(trader(state), USDT)).toBe(whole(10_000 - 30 - 45 - 1_500));
  });
});

describe('a refused fill says why and changes nothing', () => {
  const free = (amount: number) => (): MoneyUnits => whole(amount);
  const longHeld = { lots: 1000, price: 60_000 };
  it.each([
    [
      'no such account',
      fillOf({ lots: 1, price: 60_000, accountId: accountId('A9') }),
      'A9 is not known',
    ],
    [
      'the house itself',
      fillOf({ lots: 1, price: 60_000, accountId: accountId('FUND') }),
      'FUND is not known',
    ],
    [
      'no such instrument',
      fillOf({ lots: 1, price: 60_000, instrumentId: instrumentId('X') }),
      'X is not known',
    ],
    ['no lots', fillOf({ lots: 0, price: 60_000 }), 'no lots'],
    ['no price', fillOf({ lots: 1, price: 0 }), 'above zero'],
    [
      'hedge side in one-way mode',
      fillOf({ lots: 1, price: 60_000, positionSide: 'long' }),
      'side long',
    ],
    [
      'another margin kind than is held',
      fillOf({ ...longHeld, marginKind: 'isolated' }),
      'must be closed',
    ],
    ['above the last tier', fillOf({ lots: 170_000, price: 60_000 }), 'above the last risk tier'],
    [
      'leverage above the tier',
      fillOf({ lots: 4000, price: 60_000, leverage: 75 }),
      'maximum of risk tier 3',
    ],
    ['leverage of zero', fillOf({ ...longHeld, leverage: 0 }), 'leverage 0'],
    [
      'no margin left',
      fillOf({ lots: 1000, price: 60_000 }),
      'needs 6030 USDT, free are 6029 USDT',
    ],
  ] as const)('%s', (_case, fact, sentence) => {
    const state = fundedState();
    booked(state, fillOf(longHeld));
    const before = structuredClone([...state.accounts.values()]);
    const result = applyFill(state, fact, free(6_029));
    expect(result).toMatchObject({ ok: false, error: expect.stringContaining(sentence) });
    expect([...state.accounts.values()]).toEqual(before);
  });

  it('free margin that cannot be told refuses what opens, never what closes', () => {
    const state = fundedState();
    booked(state, fillOf(longHeld));
    expect(applyFill(state, fillOf(longHeld), () => undefined).ok).toBe(false);
    expect(applyFill(state, fillOf({ lots: -1000, price: 60_000 }), () => undefined).ok).toBe(true);
  });

  it('exactly what is free passes', () => {
    expect(applyFill(fundedState(), fillOf(longHeld), free(6_030)).ok).toBe(true);
  });
});
