import { describe, expect, it } from 'vitest';
import { decimalText, Decimal } from '../units/decimal.ts';
import { assetId } from '../units/ids.ts';
import { lots, ticks } from '../units/scaled.ts';
import { conservationOf } from './conservation.ts';
import { type EngineEvent } from './event.ts';
import { INVERSE, LINEAR } from './example-book.ts';
import {
  bodiesOf,
  depositEvent,
  ETHER,
  exampleRun,
  longOfOne,
  markOf,
  openEvent,
  take,
  tradeEvent,
  traderId,
  units,
} from './example-run.ts';
import { systemAccount, traderOf, walletOf } from './ledger.ts';
import { type JournalRow, type RowBody } from './row.ts';
import { type EngineState } from './state.ts';

type Settled = Extract<RowBody, { readonly kind: 'liquidation-settled' }>;
const USDT = assetId('USDT');
const BTC = assetId('BTC');
const ONE = traderId(1);
const TWO = traderId(2);

function settledIn(groups: readonly (readonly JournalRow[])[]): Settled {
  const [settled] = bodiesOf(groups, 'liquidation-settled');
  if (settled === undefined) throw new Error('something was liquidated');
  return settled;
}

/** What the statement leaves unexplained: nothing, exactly. */
function unexplained(settled: Settled): readonly string[] {
  const sum = (...parts: readonly string[]): Decimal =>
    parts.reduce((total, part) => total.plus(part), new Decimal(0));
  const { equityAtDecision, fee, conversionCost, left, deficit, paidByFund, badDebt } = settled;
  return [
    decimalText(sum(fee, conversionCost, left).minus(deficit).minus(equityAtDecision)),
    decimalText(sum(paidByFund, badDebt).minus(deficit)),
  ];
}
const NOTHING = ['0', '0'];

function traderWallet(state: EngineState, asset = USDT, id = ONE): bigint {
  const account = traderOf(state, id);
  if (account === undefined) throw new Error('the trader has an account');
  return walletOf(account, asset);
}

describe('one asset', () => {
  it('[LI3, LI7] a fee beyond the equity left takes what is left, and the fund earns it', () => {
    const state = longOfOne();
    const settled = settledIn(take(state, 2, [markOf(LINEAR, 56_100, { second: 2 })]));
    expect(settled).toMatchObject({
      equityAtDecision: '70',
      notional: '56100',
      fee: '70',
      left: '0',
      deficit: '0',
    });
    expect(unexplained(settled)).toEqual(NOTHING);
    expect(walletOf(systemAccount(state, 'insuranceFund'), USDT)).toBe(units(70));
    expect(traderWallet(state)).toBe(0n);
  });

  it('[LI3] a fee within the equity is rate x notional, and the rest stays with the trader', () => {
    const state = exampleRun();
    take(state, 1, [
      markOf(LINEAR, 60_000, { second: 1 }),
      openEvent(ONE),
      depositEvent(ONE, 35_000),
      tradeEvent({ of: ONE, in: LINEAR, lots: 10_000, price: 60_000 }),
    ]);
    // E = 35,000 - 300 - 30,350 = 4,350 under MM = 569,650 x 1 % - 1,300 = 4,396.5.
    take(state, 2, [markOf(LINEAR, 56_965, { second: 2 })]);
    const settled = settledIn(take(state, 3, [markOf(LINEAR, 56_965, { second: 3 })]));
    expect(settled).toMatchObject({ equityAtDecision: '4350', fee: '2848.25', left: '1501.75' });
    expect(unexplained(settled)).toEqual(NOTHING);
    expect(traderWallet(state)).toBe(units(1501.75));
  });

  it('[LI4, LI7] what is missing is paid by the fund', () => {
    const state = longOfOne({ fund: 5_000 });
    const settled = settledIn(take(state, 2, [markOf(LINEAR, 55_000, { second: 2 })]));
    expect(settled).toMatchObject({
      equityAtDecision: '-1030',
      fee: '0',
      deficit: '1030',
      paidByFund: '1030',
      badDebt: '0',
    });
    expect(settled.fundAfter).toBe('3970');
    expect(unexplained(settled)).toEqual(NOTHING);
    expect(traderWallet(state)).toBe(0n);
  });

  it('[LI4, DG4] a fund that is short pays all it has; the rest is bad debt, and nothing is made or lost', () => {
    const state = longOfOne({ fund: 500 });
    const settled = settledIn(take(state, 2, [markOf(LINEAR, 55_000, { second: 2 })]));
    expect(settled).toMatchObject({
      deficit: '1030',
      paidByFund: '500',
      badDebt: '530',
      fundAfter: '0',
    });
    expect(walletOf(systemAccount(state, 'badDebt'), USDT)).toBe(units(-530));
    expect(unexplained(settled)).toEqual(NOTHING);
    expect(conservationOf(state).holds).toBe(true);
  });

  it('[LI5] the hole of an isolated position never reaches the cross wallet', () => {
    const state = longOfOne({ fund: 500, isolated: true });
    take(state, 2, [depositEvent(ONE, 900)]);
    const cross = traderWallet(state);
    const settled = settledIn(take(state, 3, [markOf(LINEAR, 50_000, { second: 3 })]));
    expect(Number(settled.deficit)).toBeGreaterThan(500);
    expect(traderWallet(state)).toBe(cross);
    expect(unexplained(settled)).toEqual(NOTHING);
  });

  it('[LI7] an inverse position is stated in its coin, equal to the plan to the last unit', () => {
    const state = exampleRun();
    take(state, 1, [
      markOf(INVERSE, 60_000, { second: 1 }),
      openEvent(ONE),
      depositEvent(ONE, 0.1, 'BTC'),
      tradeEvent({ of: ONE, in: INVERSE, lots: 700, price: 60_000 }),
    ]);
    const groups = take(state, 2, [markOf(INVERSE, 55_411.3, { second: 2 })]);
    const settled = settledIn(groups);
    expect(settled.unit).toBe('BTC');
    expect(settled.equityAtDecision).toBe(
      bodiesOf(groups, 'liquidation-planned')[0]?.marginBalance,
    );
    expect(unexplained(settled)).toEqual(NOTHING);
    expect(traderWallet(state, BTC)).toBe(units(Number(settled.left)));
  });

  it('[LI2] resting orders are cancelled before anything is closed', () => {
    const state = longOfOne();
    const order: EngineEvent = {
      kind: 'order-placed',
      accountId: ONE,
      orderId: 'O1',
      instrumentId: LINEAR,
      positionSide: 'both',
      lots: lots(100n),
      priceTicks: ticks(500_000n),
      reduceOnly: false,
    };
    take(state, 2, [markOf(LINEAR, 60_000, { second: 2 }), order]);
    const groups = take(state, 3, [markOf(LINEAR, 56_100, { second: 3 })]);
    expect(bodiesOf(groups, 'liquidation-planned')[0]?.cancelOrders).toEqual(['O1']);
    const kinds = groups.flat().map(({ body }) => body.kind);
    expect(kinds.slice(-4)).toEqual([
      'order-cancelled',
      'liquidation-step',
      'liquidation-settled',
      'transition',
    ]);
    expect(traderOf(state, ONE)?.orders.size).toBe(0);
  });
});

/** 0.2 BTC as collateral, long 100 ETH at 2,500 with no dollar of its own: the fee alone leaves a debt in USDT. */
function poolOfCoins(p: { readonly fund?: number } = {}): EngineState {
  const state = exampleRun(p);
  take(state, 1, [
    markOf(LINEAR, 60_000, { second: 1 }),
    markOf(ETHER, 2_500, { second: 1 }),
    openEvent(ONE, { multi: true }),
    depositEvent(ONE, 0.25, 'BTC'),
    depositEvent(ONE, 200),
    tradeEvent({ of: ONE, in: ETHER, lots: 50_000, price: 2_500, leverage: 10 }),
  ]);
  return state;
}

describe('several assets', () => {
  it('[LI6, LI7] collateral is sold at a surcharge of 1 % before anything is missing', () => {
    const state = poolOfCoins({ fund: 1_000 });
    const settled = settledIn(
      take(state, 2, [markOf(LINEAR, 60_000, { second: 2 }), markOf(ETHER, 2_220, { second: 2 })]),
    );
    // 200 - 62.5 - 14,000 = -13,862.5 USDT: 13,862.5 / 59,400 BTC pay it, then the fee of 555 likewise.
    expect(settled.collateralSold.map(({ asset, price }) => [asset, price])).toEqual([
      ['BTC', '60000'],
      ['BTC', '60000'],
    ]);
    expect(settled.collateralSold[0]?.amount).toBe('0.23337543');
    expect(settled.fee).toBe('555');
    expect(settled.deficit).toBe('0');
    expect(unexplained(settled)).toEqual(NOTHING);
    expect(traderWallet(state)).toBeGreaterThanOrEqual(0n);
    expect(traderWallet(state, BTC)).toBeGreaterThan(0n);
  });

  it('[LI4, LI6] only when all of it is sold the rest is a deficit', () => {
    const state = poolOfCoins({ fund: 100 });
    const settled = settledIn(
      take(state, 2, [markOf(LINEAR, 60_000, { second: 2 }), markOf(ETHER, 2_100, { second: 2 })]),
    );
    // -19,862.5 USDT, 0.25 BTC bring in 14,850.
    expect(settled).toMatchObject({
      fee: '0',
      deficit: '5012.5',
      paidByFund: '100',
      badDebt: '4912.5',
      left: '0',
    });
    expect(settled.conversionCost).toBe('150');
    expect(unexplained(settled)).toEqual(NOTHING);
    expect([traderWallet(state), traderWallet(state, BTC)]).toEqual([0n, 0n]);
  });
});

describe('several pools', () => {
  it('[LI1] below zero the largest deficit goes first, then the lowest health', () => {
    const state = exampleRun({ fund: 1_000 });
    const deposits = [4_000, 3_920, 3_900, 3_500, 3_400];
    take(state, 1, [
      markOf(LINEAR, 60_000, { second: 1 }),
      ...deposits.flatMap((amount, index) => {
        const of = traderId(index + 1);
        return [
          openEvent(of),
          depositEvent(of, amount),
          tradeEvent({ of, in: LINEAR, lots: 1000, price: 60_000 }),
        ];
      }),
    ]);
    // Equities at 56,300: 270, 190, 170, -230, -330; the first one is still safe.
    const groups = take(state, 2, [markOf(LINEAR, 56_300, { second: 2 })]);
    expect(bodiesOf(groups, 'liquidation-settled').map(({ poolId }) => poolId)).toEqual([
      'A0005/cross:USDT',
      'A0004/cross:USDT',
      'A0003/cross:USDT',
      'A0002/cross:USDT',
    ]);
  });

  it('[LI8] what an isolated position leaves may save the cross pool of the same account', () => {
    const state = exampleRun();
    take(state, 1, [
      markOf(LINEAR, 60_000, { second: 1 }),
      markOf(ETHER, 2_500, { second: 1 }),
      openEvent(TWO),
      depositEvent(TWO, 60_000),
      tradeEvent({
        of: TWO,
        in: LINEAR,
        lots: 10_000,
        price: 60_000,
        leverage: 20,
        isolated: true,
      }),
      tradeEvent({ of: TWO, in: ETHER, lots: 20_000, price: 2_500, leverage: 20 }),
    ]);
    const free = traderWallet(state, USDT, TWO);
    // Isolated: E = 30,000 - 25,700 = 4,300 under MM 4,443. Cross: E = 3,000 - 2,814 = 186 under MM 188.744, the better health.
    // After the isolated fee of 2,871.5 its 1,428.5 go to the cross wallet.
    take(state, 2, [
      {
        kind: 'transfer',
        accountId: TWO,
        assetId: USDT,
        amount: units(3_000 - Number(free) / 1e8),
      },
    ]);
    const prices = (second: number): readonly EngineEvent[] => [
      markOf(LINEAR, 57_430, { second }),
      markOf(ETHER, 2_359.3, { second }),
    ];
    const groups = [3, 4, 5].flatMap((second) => take(state, second, prices(second)));
    expect(bodiesOf(groups, 'liquidation-settled').map(({ poolId }) => poolId)).toEqual([
      'A0002/isolated:BTCUSDT:both',
    ]);
    expect(traderWallet(state, USDT, TWO)).toBe(units(3_000 + 1_428.5));
    expect(traderOf(state, TWO)?.positions.has('ETHUSDT|both')).toBe(true);
  });
});
