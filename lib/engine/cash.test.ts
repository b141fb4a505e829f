import { describe, expect, it } from 'vitest';
import { accountId, instrumentId } from '../units/ids.ts';
import { lots, moneyUnits, rateUnits, ticks, type MoneyUnits } from '../units/scaled.ts';
import { applyTransfer, cancelOrder, placeOrder } from './cash.ts';
import { conservationOf } from './conservation.ts';
import {
  exampleState,
  fillOf,
  INVERSE,
  LINEAR,
  linearContract,
  RIVAL,
  TRADER,
  USDT,
  whole,
} from './example-book.ts';
import { settledStamps } from './example-run.ts';
import { applyFill } from './fill.ts';
import { systemAccount, traderOf, walletOf } from './ledger.ts';
import { type EngineState, type LedgerAccount } from './state.ts';

const nothing = (): MoneyUnits => whole(0);

function trader(state: EngineState, id = TRADER): LedgerAccount {
  const account = traderOf(state, id);
  if (account === undefined) throw new Error('the example has its traders');
  return account;
}

function transfer(
  state: EngineState,
  amount: number,
  withdrawable: () => MoneyUnits | undefined = nothing,
) {
  return applyTransfer(
    state,
    { accountId: TRADER, assetId: USDT, amount: whole(amount) },
    withdrawable,
  );
}

describe('transfers', () => {
  it('a deposit comes from the treasury', () => {
    const state = exampleState();
    expect(transfer(state, 500)).toMatchObject({
      ok: true,
      value: { from: 'TREASURY', to: TRADER, reason: 'DEPOSIT' },
    });
    expect(walletOf(trader(state), USDT)).toBe(whole(500));
    expect(walletOf(systemAccount(state, 'treasury'), USDT)).toBe(whole(-500));
  });

  it.each([
    ['as much as may leave', -200, 200, true],
    ['one more than may leave', -201, 200, false],
    ['no more than the wallet, whatever the figures let out', -501, 9_000, false],
  ])('a withdrawal of %s', (_case, amount, free, passes) => {
    const state = exampleState();
    transfer(state, 500);
    expect(transfer(state, amount, () => whole(free)).ok).toBe(passes);
    expect(walletOf(trader(state), USDT)).toBe(passes ? whole(500 + amount) : whole(500));
  });

  it('refuses what it does not know', () => {
    const state = exampleState();
    transfer(state, 500);
    expect(transfer(state, -1, () => undefined)).toMatchObject({
      ok: false,
      error: expect.stringContaining('unknown'),
    });
    expect(transfer(state, 0)).toMatchObject({ ok: false });
    const ghost = { accountId: accountId('A9'), assetId: USDT, amount: whole(1) };
    expect(applyTransfer(state, ghost, nothing)).toMatchObject({
      ok: false,
      error: 'account A9 is not known',
    });
  });
});

describe('funding', () => {
  const stamp = { instrumentId: LINEAR, rate: rateUnits(100_000_000n), markTicks: ticks(600_000n) }; // 0.01 %

  it('longs pay shorts what the rate says, and both remember it', () => {
    const state = exampleState();
    applyFill(state, fillOf({ lots: 2000, price: 60_000 }));
    applyFill(state, fillOf({ lots: -500, price: 60_000, accountId: RIVAL }));
    const before = {
      long: walletOf(trader(state), USDT),
      short: walletOf(trader(state, RIVAL), USDT),
    };
    const settled = settledStamps(state, [stamp])[0];
    // 120,000 x 0.01 % = 12, a quarter of it for the short, the rest at the outside market
    expect(walletOf(trader(state), USDT) - before.long).toBe(whole(-12));
    expect(walletOf(trader(state, RIVAL), USDT) - before.short).toBe(whole(3));
    expect(settled).toMatchObject({ ok: true, value: { residue: 0n } });
    expect(trader(state).positions.get('BTCUSDT|both')?.fundingReceived).toBe(whole(-12));
  });

  it('below zero the shorts pay', () => {
    const state = exampleState();
    applyFill(state, fillOf({ lots: 2000, price: 60_000 }));
    const before = walletOf(trader(state), USDT);
    settledStamps(state, [{ ...stamp, rate: rateUnits(-100_000_000n) }]);
    expect(walletOf(trader(state), USDT) - before).toBe(whole(12));
  });

  it('an isolated position pays out of its own wallet', () => {
    const state = exampleState();
    transfer(state, 20_000);
    applyFill(state, fillOf({ lots: 2000, price: 60_000, marginKind: 'isolated' }));
    const cross = walletOf(trader(state), USDT);
    settledStamps(state, [stamp]);
    expect(walletOf(trader(state), USDT)).toBe(cross);
    expect(trader(state).positions.get('BTCUSDT|both')?.isolatedWallet).toBe(whole(11_988));
  });

  it('ties go to the even unit, and what rounding leaves goes to the residual account', () => {
    const state = exampleState();
    applyFill(state, fillOf({ lots: 1, price: 60_000 }));
    applyFill(state, fillOf({ lots: 1, price: 60_000, accountId: RIVAL }));
    // 1 lot at 0.1 = 10,000 units; x 0.05 % = 5 units; x 0.045 % = 4.5, even 4; two lots outside 9
    const tie = settledStamps(state, [
      { instrumentId: LINEAR, rate: rateUnits(450_000_000n), markTicks: ticks(1n) },
    ])[0];
    expect(tie).toMatchObject({ ok: true, value: { residue: -1n } });
    expect(walletOf(systemAccount(state, 'fundingResidue'), USDT)).toBe(moneyUnits(-1n));
    expect(conservationOf(state).holds).toBe(true);
  });

  it('a dated contract has none', () => {
    const state = exampleState();
    state.instruments.set(LINEAR, {
      ...linearContract,
      expiry: { kind: 'dated', deliveryTime: state.time },
    });
    expect(settledStamps(state, [stamp])[0]).toMatchObject({
      ok: false,
      error: expect.stringContaining('dated'),
    });
    expect(settledStamps(state, [{ ...stamp, instrumentId: instrumentId('X') }])[0]?.ok).toBe(
      false,
    );
  });
});

describe('resting orders', () => {
  const order = {
    accountId: TRADER,
    orderId: 'o-1',
    instrumentId: LINEAR,
    positionSide: 'both',
    lots: lots(100n),
    priceTicks: ticks(600_000n),
    reduceOnly: false,
  } as const;

  it('rest until they are cancelled, and change no money', () => {
    const state = exampleState();
    expect(placeOrder(state, order).ok).toBe(true);
    expect(placeOrder(state, order)).toMatchObject({ ok: false, error: 'order o-1 rests already' });
    expect(cancelOrder(state, order)).toMatchObject({
      ok: true,
      value: { orderId: 'o-1', lots: 100n },
    });
    expect(cancelOrder(state, order)).toMatchObject({
      ok: false,
      error: 'order o-1 does not rest',
    });
    expect(trader(state).orders.size).toBe(0);
  });

  it.each([
    ['without a position it reserves in full', 5_999, false],
    ['which may be all that is free', 6_000, true],
  ])('%s', (_case, free, passes) => {
    expect(placeOrder(exampleState(), order, () => whole(free)).ok).toBe(passes);
  });

  it('beside a position it reserves at that leverage, reduce-only nothing', () => {
    const state = exampleState();
    applyFill(state, fillOf({ lots: 10, price: 60_000, leverage: 10 }));
    expect(placeOrder(state, order, () => whole(600)).ok).toBe(true);
    expect(placeOrder(state, { ...order, orderId: 'o-2' }, () => whole(599)).ok).toBe(false);
    expect(
      placeOrder(state, { ...order, orderId: 'o-3', reduceOnly: true }, () => undefined).ok,
    ).toBe(true);
  });

  it.each([
    ['no lots', { lots: lots(0n) }],
    ['no price', { priceTicks: ticks(0n) }],
    ['a leg in one-way mode', { positionSide: 'short' }],
    ['an unknown instrument', { instrumentId: instrumentId('X') }],
    ['an unknown account', { accountId: accountId('A9') }],
  ] as const)('refuses %s', (_case, change) => {
    expect(placeOrder(exampleState(), { ...order, ...change }).ok).toBe(false);
  });

  it('rests on an inverse contract as well', () => {
    expect(placeOrder(exampleState(), { ...order, instrumentId: INVERSE }).ok).toBe(true);
  });
});
