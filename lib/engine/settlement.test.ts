import { describe, expect, it } from 'vitest';
import { moneyUnits, rateUnits, ticks } from '../units/scaled.ts';
import { applyTransfer } from './cash.ts';
import { conservationOf } from './conservation.ts';
import { BTC, exampleState, fillOf, MIXER, TRADER, USDT, whole } from './example-book.ts';
import { applyFill } from './fill.ts';
import { seedInsuranceFund, systemAccount, traderOf, walletOf } from './ledger.ts';
import {
  chargeLiquidationFee,
  closeAtMark,
  coverDeficit,
  liquidationFee,
  sellCollateral,
} from './settlement.ts';
import { type EngineState, type LedgerAccount } from './state.ts';

function traderWith(p: {
  readonly state: EngineState;
  readonly deposit: number;
  readonly marginKind: 'cross' | 'isolated';
}): LedgerAccount {
  const { state, marginKind } = p;
  applyTransfer(state, { accountId: TRADER, assetId: USDT, amount: whole(p.deposit) }, () =>
    whole(0),
  );
  const filled = applyFill(state, fillOf({ lots: 1000, price: 60_000, leverage: 20, marginKind }));
  const account = traderOf(state, TRADER);
  if (!filled.ok || account === undefined) throw new Error('the example trader is filled');
  return account;
}

function closeAt(
  state: EngineState,
  account: LedgerAccount,
  dollars: number,
): ReturnType<typeof closeAtMark> {
  const position = account.positions.get('BTCUSDT|both');
  if (position === undefined) throw new Error('the example trader holds a position');
  return closeAtMark(state, { account, position, markTicks: ticks(BigInt(dollars * 10)) });
}

describe('closing at the mark', () => {
  it('cross: realizes the loss in the wallet, without a taker fee', () => {
    const state = exampleState();
    const account = traderWith({ state, deposit: 4_000, marginKind: 'cross' });
    const close = closeAt(state, account, 57_000);
    expect(close).toMatchObject({
      tradedLots: -1000n,
      notional: whole(57_000),
      realizedPnl: whole(-3_000),
      releasedMargin: 0n,
    });
    expect(close.movements).toEqual([
      { from: TRADER, to: 'EXT', asset: USDT, amount: whole(3_000), reason: 'PNL' },
    ]);
    expect(walletOf(account, USDT)).toBe(whole(4_000 - 30 - 3_000));
    expect(conservationOf(state).holds).toBe(true);
  });

  it('isolated and bankrupt: fund and bad debt fill exactly its hole, the cross wallet is where it was', () => {
    const state = exampleState();
    seedInsuranceFund(state, USDT, whole(300));
    const account = traderWith({ state, deposit: 4_000, marginKind: 'isolated' });
    const crossBefore = walletOf(account, USDT);
    const close = closeAt(state, account, 56_500);
    // 3,000 wallet - 3,500 loss
    expect(close.releasedMargin).toBe(whole(-500));
    const cover = coverDeficit(state, { account, asset: USDT, amount: whole(500) });
    expect(cover).toMatchObject({ paidByFund: whole(300), badDebt: whole(200) });
    expect(cover.movements.map(({ reason }) => reason)).toEqual(['INSURANCE', 'BAD_DEBT']);
    expect(walletOf(account, USDT)).toBe(crossBefore);
    expect(conservationOf(state).holds).toBe(true);
  });

  it('isolated and solvent: what is left comes home after the fee', () => {
    const state = exampleState();
    const account = traderWith({ state, deposit: 4_000, marginKind: 'isolated' });
    const crossBefore = walletOf(account, USDT);
    const close = closeAt(state, account, 57_100);
    const amount = liquidationFee({
      notional: close.notional,
      rate: rateUnits(5_000_000_000n),
      equityLeft: close.releasedMargin,
    });
    // 0.5 % of 57,100 would be 285.5, only 100 are left
    expect(amount).toBe(whole(100));
    chargeLiquidationFee(state, { account, asset: USDT, amount });
    expect(walletOf(systemAccount(state, 'insuranceFund'), USDT)).toBe(whole(100));
    expect(walletOf(account, USDT)).toBe(crossBefore);
  });
});

describe('the liquidation fee', () => {
  const halfPercent = rateUnits(5_000_000_000n);
  it.each([
    ['rate x notional while it is there', 200n, 10n, 1n],
    ['rounded up', 201n, 10n, 2n],
    ['no more than the equity left', 20_000n, 3n, 3n],
    ['nothing from a bankrupt pool', 20_000n, -3n, 0n],
  ])('%s', (_case, notional, equityLeft, expected) => {
    const fee = liquidationFee({
      notional: moneyUnits(notional),
      rate: halfPercent,
      equityLeft: moneyUnits(equityLeft),
    });
    expect(fee).toBe(expected);
  });
});

describe('selling collateral', () => {
  const sale = {
    asset: BTC,
    into: USDT,
    price: whole(60_000),
    intoPrice: whole(1),
    surcharge: rateUnits(20_000_000_000n),
  };

  function mixerWith(btc: number): { state: EngineState; account: LedgerAccount } {
    const state = exampleState();
    applyTransfer(state, { accountId: MIXER, assetId: BTC, amount: whole(btc) }, () => whole(0));
    const account = traderOf(state, MIXER);
    if (account === undefined) throw new Error('the example has its mixer');
    return { state, account };
  }

  it('sells what is needed, at two percent below the price', () => {
    const { state, account } = mixerWith(2);
    // 58,800 / (60,000 x 0.98) = 1 BTC
    const sold = sellCollateral(state, { ...sale, account, needed: whole(58_800) });
    expect(sold).toMatchObject({ amount: whole(1), proceeds: whole(58_800) });
    expect(walletOf(account, BTC)).toBe(whole(1));
    expect(conservationOf(state).holds).toBe(true);
  });

  it('rounds the amount up and the proceeds down, and still brings in what is needed', () => {
    const { state, account } = mixerWith(2);
    const sold = sellCollateral(state, { ...sale, account, needed: moneyUnits(100_000_001n) });
    // 1.00000001 / 58,800 = 0.0000170068...: 1,701 units bring 1.000188
    expect(sold).toMatchObject({ amount: 1_701n, proceeds: 100_018_800n });
  });

  it('cuts the proceeds: a third of a unit stays with the buyer', () => {
    const { state, account } = mixerWith(1);
    const order = {
      ...sale,
      account,
      price: whole(1),
      intoPrice: whole(3),
      surcharge: rateUnits(0n),
    };
    expect(sellCollateral(state, { ...order, needed: whole(1) })).toMatchObject({
      amount: whole(1),
      proceeds: 33_333_333n,
    });
  });

  it('sells all there is when that is not enough, and nothing of what is not there', () => {
    const { state, account } = mixerWith(1);
    expect(sellCollateral(state, { ...sale, account, needed: whole(70_000) })).toMatchObject({
      amount: whole(1),
      proceeds: whole(58_800),
    });
    expect(sellCollateral(state, { ...sale, account, needed: whole(1) })).toMatchObject({
      amount: 0n,
      movements: [],
    });
  });
});
