import { describe, expect, test } from 'vitest';
import { binanceContract } from '../market/binance-contracts.ts';
import { money } from '../units/money.ts';
import {
  assess,
  contractOf,
  flatTiers,
  orderOf,
  poolIn,
  positionIn,
  positionOf,
  shown,
  shownTo,
  type Scene,
} from './examples.ts';
import { type Absence, type PoolHealth } from './figures.ts';
import { marginRatioOf } from './pool-totals.ts';
import { binanceUsdmRules } from './venues/binance.ts';

const btc = contractOf({ id: 'BTCUSDT' });
const eth = contractOf({ id: 'ETHUSDT', base: 'ETH' });
const inverse = contractOf({
  id: 'BTCUSD',
  kind: 'inverse',
  contractSize: '100',
  tick: '0.1',
  lot: '1',
  tiers: flatTiers('0.005'),
});

const MARKS = { BTCUSDT: '60000', ETHUSDT: '3000', BTCUSD: '60000' } as const;
const INSTRUMENTS = [btc, eth, inverse];

function pool(scene: Scene, ending = ''): PoolHealth {
  return poolIn(assess({ instruments: INSTRUMENTS, marks: MARKS, ...scene }), ending);
}

function long2(entry = '60000'): Scene {
  return { wallets: { USDT: '12000' }, positions: [positionOf({ on: btc, size: '2', entry })] };
}

describe('a position', () => {
  test('[MR5, MR6] the record of cex.md 1.6: Binance cuts toward zero', () => {
    const contract = binanceContract('BTCUSDT')?.instrument ?? btc;
    const scene: Scene = {
      rules: binanceUsdmRules,
      wallets: { USDT: '100' },
      positions: [positionOf({ on: contract, size: '0.009', entry: '67445.9', leverage: '80' })],
      instruments: [contract],
      marks: { BTCUSDT: '67502.68519858' },
    };
    const position = positionIn(pool(scene));
    expect(shown(position.notional)).toBe('607.52416678');
    expect(shown(position.unrealizedPnl)).toBe('0.51106678');
    expect(shown(position.maintenanceMargin)).toBe('2.43009666');
    expect(shown(position.initialMargin)).toBe('7.59405208');
  });

  test('[MR6] the house rounds what it asks for up, and what it counts down', () => {
    const contract = binanceContract('BTCUSDT')?.instrument ?? btc;
    const scene: Scene = {
      wallets: { USDT: '100' },
      positions: [positionOf({ on: contract, size: '0.009', entry: '67445.9', leverage: '80' })],
      instruments: [contract],
      marks: { BTCUSDT: '67502.68519858' },
    };
    const position = positionIn(pool(scene));
    expect(shown(position.notional)).toBe('607.52416678');
    expect(shown(position.maintenanceMargin)).toBe('2.43009667');
    expect(shown(position.initialMargin)).toBe('7.59405209');
  });

  test('[MR5] linear: size x (mark - entry), the same for a short with the sign turned', () => {
    expect(shown(positionIn(pool(long2('58500'))).unrealizedPnl)).toBe('3000');
    const short: Scene = {
      wallets: { USDT: '1' },
      positions: [positionOf({ on: btc, size: '-2', entry: '58500' })],
    };
    expect(shown(positionIn(pool(short)).unrealizedPnl)).toBe('-3000');
  });

  test('[MR5] inverse: contracts x face x (1/entry - 1/mark), in the coin', () => {
    // 60,000 x (1/50,000 - 1/60,000) = 0.2
    const scene: Scene = {
      wallets: { BTC: '1' },
      positions: [positionOf({ on: inverse, size: '600', entry: '50000' })],
    };
    const position = positionIn(pool(scene));
    expect(shown(position.unrealizedPnl)).toBe('0.2');
    expect(shown(position.notional)).toBe('1');
    expect(position.settle).toBe('BTC');
  });

  test('[MR5, MR6] the house cuts the value, not the difference: a short inverse loses to the last unit what a long wins', () => {
    const marks = { BTCUSD: '70000' };
    // 100 / 70,000 = 0.00142857142857..., cut to 0.00142857; opened at 0.002.
    const at = (size: string): string =>
      shownTo(
        positionIn(
          pool({
            wallets: { BTC: '1' },
            positions: [positionOf({ on: inverse, size, entry: '50000' })],
            marks,
          }),
        ).unrealizedPnl,
        8,
      );
    expect(at('1')).toBe('0.00057143');
    expect(at('-1')).toBe('-0.00057143');
  });

  test('[MR7] return on equity divides by the initial margin at entry', () => {
    // 3,000 x 10 / 117,000
    expect(shownTo(positionIn(pool(long2('58500'))).returnOnEquity, 8)).toBe('0.25641026');
  });

  test('[MR8] break-even pays both taker fees', () => {
    // 60,000 x 1.0005 / 0.9995, and the other way round
    expect(shownTo(positionIn(pool(long2())).breakEvenPrice, 4)).toBe('60060.0300');
    const short: Scene = {
      wallets: { USDT: '9000' },
      positions: [positionOf({ on: btc, size: '-2', entry: '60000' })],
    };
    expect(shownTo(positionIn(pool(short)).breakEvenPrice, 4)).toBe('59940.0300');
  });
});

describe('orders', () => {
  const reserve = (orders: Scene['orders'], scene: Scene = long2()): string =>
    shown(pool({ ...scene, ...(orders === undefined ? {} : { orders }) }).orderMargin);

  test('[MR4] an order on the side of the position reserves its own notional', () => {
    expect(reserve([orderOf({ on: btc, size: '0.1', price: '50000' })])).toBe('500');
  });

  test('[MR4] the other side reserves only what would be left after turning the position', () => {
    expect(reserve([orderOf({ on: btc, size: '-1', price: '61000' })])).toBe('0');
    expect(reserve([orderOf({ on: btc, size: '-5', price: '61000' })])).toBe('6500');
  });

  test('[MR4] of both sides the larger counts, not the sum', () => {
    const orders = [
      orderOf({ on: btc, size: '0.1', price: '50000' }),
      orderOf({ on: btc, size: '-5', price: '61000' }),
    ];
    expect(reserve(orders)).toBe('6500');
  });

  test('[MR4] reduce-only reserves nothing', () => {
    expect(reserve([orderOf({ on: btc, size: '-5', price: '61000', reduceOnly: true })])).toBe('0');
  });

  test('[MR4] hedge legs: a sale closes the long leg and opens the short one', () => {
    const scene: Scene = {
      wallets: { USDT: '12000' },
      positions: [
        positionOf({ on: btc, size: '1', entry: '60000', side: 'long' }),
        positionOf({ on: btc, size: '-1', entry: '60000', side: 'short' }),
      ],
    };
    expect(reserve([orderOf({ on: btc, size: '-3', price: '60000', side: 'long' })], scene)).toBe(
      '0',
    );
    expect(reserve([orderOf({ on: btc, size: '-3', price: '60000', side: 'short' })], scene)).toBe(
      '18000',
    );
    expect(reserve([orderOf({ on: btc, size: '3', price: '60000', side: 'short' })], scene)).toBe(
      '0',
    );
  });

  test('[MR4] without a position the order brings its leverage, or has none', () => {
    const empty: Scene = { wallets: { USDT: '12000' } };
    expect(
      reserve([orderOf({ on: btc, size: '0.1', price: '50000', leverage: '20' })], empty),
    ).toBe('250');
    expect(reserve([orderOf({ on: btc, size: '0.1', price: '50000' })], empty)).toBe('5000');
  });

  test('[MR4] the tier is that of position and order together', () => {
    // 180,000 alone would be in tier 2; with 120,000 it is in tier 3, which allows 50x.
    const scene: Scene = {
      wallets: { USDT: '100000' },
      positions: [positionOf({ on: btc, size: '2', entry: '60000', leverage: '100' })],
    };
    expect(reserve([orderOf({ on: btc, size: '3', price: '60000' })], scene)).toBe('3600');
  });

  test('[MR4] an order nets with an isolated position and reserves from the cross wallet', () => {
    const scene: Scene = {
      wallets: { USDT: '12000' },
      positions: [
        positionOf({ on: btc, size: '2', entry: '60000', isolated: '12000', leverage: '20' }),
      ],
    };
    const at = (size: string): string =>
      shown(
        pool({ ...scene, orders: [orderOf({ on: btc, size, price: '60000' })] }, 'cross:USDT')
          .orderMargin,
      );
    expect(at('-2')).toBe('0');
    expect(at('1')).toBe('3000');
  });

  test('[MR4] an order counts where its settle asset has no wallet', () => {
    const orders = [orderOf({ on: btc, size: '0.1', price: '50000' })];
    expect(shown(pool({ wallets: {}, orders }).orderMargin)).toBe('5000');
    const multi: Scene = {
      mode: 'multi',
      wallets: { BTC: '1' },
      orders,
      assets: { BTC: ['60000'], USDT: ['1'] },
    };
    expect(shown(pool(multi).orderMargin)).toBe('5000');
    expect(shown(pool(multi).availableMargin)).toBe('55000');
  });

  test('[MR4, MR12] an order on an unknown instrument leaves only what is free unknown', () => {
    const stranger = contractOf({ id: 'XYZUSDT', base: 'XYZ' });
    const orders = [orderOf({ on: stranger, size: '1', price: '1' })];
    const multi = pool({ ...long2(), mode: 'multi', orders, assets: { USDT: ['1'] } });
    expect(multi.status).toBe('healthy');
    expect(shown(multi.orderMargin)).toBe('<instrument-unknown>');
    expect(shown(multi.availableMargin)).toBe('<instrument-unknown>');
    expect(shown(multi.withdrawable)).toBe('<instrument-unknown>');
  });
});

describe('a pool', () => {
  test('[MR10] single-asset mode: a cross pool for each asset, one for each isolated position', () => {
    const health = assess({
      wallets: { USDT: '12000', BTC: '1' },
      positions: [
        positionOf({ on: btc, size: '1', entry: '59000' }),
        positionOf({ on: eth, size: '1', entry: '3000', isolated: '300' }),
        positionOf({ on: inverse, size: '100', entry: '60000' }),
      ],
      instruments: INSTRUMENTS,
      marks: MARKS,
    });
    expect(health.pools.map(({ id }) => id)).toEqual([
      'A0001/cross:USDT',
      'A0001/cross:BTC',
      'A0001/isolated:ETHUSDT:both',
    ]);
    expect(health.pools.map(({ marginBalance }) => shown(marginBalance))).toEqual([
      '13000',
      '1',
      '300',
    ]);
  });

  test('[MR10] balances add up: wallet and PnL, maintenance and what is left', () => {
    const both = pool({
      wallets: { USDT: '12000' },
      positions: [
        positionOf({ on: btc, size: '2', entry: '60500' }),
        positionOf({ on: eth, size: '-10', entry: '3100' }),
      ],
    });
    expect(shown(both.unrealizedPnl)).toBe('0');
    expect(shown(both.marginBalance)).toBe('12000');
    expect(shown(both.maintenanceMargin)).toBe('670');
    expect(shown(both.marginExcess)).toBe('11330');
    expect(shown(both.effectiveLeverage)).toBe('12.5');
    expect(shownTo(positionIn(both, 1).maintenanceShare, 6)).toBe('0.179104');
  });

  test('[MR10] the record of an account with two isolated positions', () => {
    const health = assess({
      rules: binanceUsdmRules,
      wallets: { USDT: '36.63621669' },
      positions: [
        positionOf({
          on: eth,
          size: '-0.005',
          entry: '1205.51',
          leverage: '2',
          isolated: '3.01391398',
        }),
        positionOf({
          on: btc,
          size: '0.001',
          entry: '21225.9',
          leverage: '2',
          isolated: '10.60786327',
        }),
      ],
      instruments: [btc, contractOf({ id: 'ETHUSDT', base: 'ETH', tiers: flatTiers('0.005') })],
      marks: { ETHUSDT: '1203.012808', BTCUSDT: '21200.1' },
      assets: { USDT: ['1'] },
    });
    // The record says one unit less, 50.24467989: its marks have more digits than its notionals.
    expect(shown(health.marginBalanceUsd)).toBe('50.2446799');
    expect(shown(health.unrealizedPnlUsd)).toBe('-0.01331404');
    expect(shown(health.maintenanceMarginUsd)).toBe('0.11487572');
    expect(shown(health.initialMarginUsd)).toBe('13.60758202');
  });

  test('[MR11] row 5 of liquidation.md: 7,500 may leave with a profit of 3,000, 4,500 with a loss of 3,000', () => {
    const orders = [orderOf({ on: btc, size: '0.1', price: '50000' })];
    const withPnl = (entry: string): PoolHealth =>
      pool({ ...long2(entry), wallets: { USDT: '20000' }, orders });
    expect(shown(withPnl('58500').withdrawable)).toBe('7500');
    expect(shown(withPnl('58500').availableMargin)).toBe('10500');
    expect(shown(withPnl('61500').withdrawable)).toBe('4500');
    expect(shown(withPnl('61500').availableMargin)).toBe('4500');
  });

  test('[MR11] nothing is free below zero', () => {
    const thin = pool({ ...long2(), wallets: { USDT: '1000' } });
    expect(shown(thin.availableMargin)).toBe('0');
    expect(shown(thin.withdrawable)).toBe('0');
  });

  test('[MR9] the ratio is maintenance over margin balance, or the reason why it says nothing', () => {
    expect(marginRatioOf(money('550'), money('12000'))).toMatchObject({ kind: 'ratio' });
    const ratio = marginRatioOf(money('550'), money('12000'));
    expect(ratio.kind === 'ratio' ? ratio.value.toFixed(6) : ratio.kind).toBe('0.045833');
    expect(marginRatioOf(money('550'), money('0'))).toEqual({ kind: 'equity-gone' });
    expect(marginRatioOf(money('550'), money('-1'))).toEqual({ kind: 'equity-gone' });
    expect(marginRatioOf(money('0'), money('-1'))).toEqual({ kind: 'deficit' });
    const none = marginRatioOf(money('0'), money('0'));
    expect(none.kind === 'ratio' ? none.value.toFixed() : none.kind).toBe('0');
  });

  test('[MR9] statuses: empty, deficit, bankrupt', () => {
    expect(pool({ wallets: { USDT: '0' } }).status).toBe('empty');
    expect(pool({ wallets: { USDT: '-0' } }).status).toBe('empty');
    expect(pool({ wallets: { USDT: '-0.00000001' } }).status).toBe('deficit');
    expect(pool({ ...long2(), wallets: { USDT: '0' } }).status).toBe('bankrupt');
    expect(pool({ ...long2(), wallets: { USDT: '0.00000001' } }).status).toBe('liquidatable');
    expect(assess({}).worstPool).toBeUndefined();
  });

  test('[MR9] the account shows its worst pool', () => {
    const scene = (isolated: string): Scene => ({
      wallets: { USDT: '12000' },
      positions: [
        positionOf({ on: btc, size: '2', entry: '60000' }),
        positionOf({ on: eth, size: '1', entry: '3000', isolated }),
      ],
      instruments: INSTRUMENTS,
      marks: MARKS,
    });
    expect(assess(scene('300')).worstPool?.id).toBe('A0001/cross:USDT');
    expect(assess(scene('100')).worstPool?.id).toBe('A0001/isolated:ETHUSDT:both');
    expect(assess({ ...scene('300'), stale: ['ETHUSDT'] }).worstPool?.status).toBe('unknown');
    expect(assess({ ...scene('11'), stale: ['BTCUSDT'] }).worstPool?.status).toBe('liquidatable');
  });
});

describe('several assets in one pool', () => {
  const assets = { BTC: ['60000', '0.95'], USDT: ['1'] } as const;

  test('[MA1] the record of cex.md 1.3: balances at the bid, requirements at the ask', () => {
    const wld = contractOf({ id: 'WLDUSDT', base: 'WLD', tiers: flatTiers('0.006') });
    const total = pool({
      mode: 'multi',
      rules: binanceUsdmRules,
      wallets: { USDT: '0' },
      positions: [positionOf({ on: wld, size: '-849', entry: '2.36', leverage: '20' })],
      instruments: [wld],
      marks: { WLDUSDT: '2.3468325' },
      // Ask 0.9999807699 with 0.0001 on each side of the index.
      assets: { USDT: ['0.999880781821817818', '1', '0.0001'] },
    });
    expect(shown(total.maintenanceMargin)).toBe('11.95453485');
    expect(shownTo(total.unrealizedPnl, 5)).toBe('11.17676');
  });

  test('[MA1] the house converts at the index, both ways', () => {
    const total = pool({
      mode: 'multi',
      wallets: { USDT: '12000' },
      positions: [positionOf({ on: btc, size: '2', entry: '60000' })],
      assets: { USDT: ['0.99', '1', '0.01'] },
    });
    expect(shown(total.marginBalance)).toBe('11880');
    expect(shown(total.maintenanceMargin)).toBe('544.5');
    expect(shown(total.initialMargin)).toBe('11880');
  });

  test('[MA2] a haircut bites on what is there, a debt counts in full', () => {
    const total = (wallets: Record<string, string>): string =>
      shown(pool({ mode: 'multi', wallets, assets }).marginBalance);
    expect(total({ BTC: '1', USDT: '-1000' })).toBe('56000');
    expect(total({ BTC: '-1', USDT: '100000' })).toBe('40000');
  });

  test('[MA2] the house cuts equity, Binance the balance', () => {
    // 0.2 BTC of profit on 60,000 contracts from 50,000.
    const scene: Scene = {
      mode: 'multi',
      wallets: { BTC: '1' },
      positions: [positionOf({ on: inverse, size: '600', entry: '50000' })],
      assets,
    };
    expect(shown(pool(scene).marginBalance)).toBe('68400');
    expect(shown(pool({ ...scene, rules: binanceUsdmRules }).marginBalance)).toBe('69000');
    const lost: Scene = { ...scene, wallets: { BTC: '-0.5' } };
    expect(shown(pool(lost).marginBalance)).toBe('-18000');
  });

  test('[MA2] collateral in the coin falls with it: liquidation comes earlier than for dollars', () => {
    const scene: Scene = {
      mode: 'multi',
      wallets: { BTC: '1' },
      positions: [positionOf({ on: btc, size: '2', entry: '60000' })],
      assets,
    };
    // House: 0.95 P + 2 (P - 60,000) = 0.01 P - 50. Binance lets the contract move alone: 57,000 + 2 (P - 60,000).
    expect(shown(positionIn(pool(scene)).liquidation().below)).toBe('40799.32');
    const alone = positionIn(pool({ ...scene, rules: binanceUsdmRules })).liquidation();
    expect(shownTo(alone.below, 2)).toBe('31633.17');
    const dollars: Scene = { ...scene, wallets: { USDT: '57000' } };
    expect(shown(positionIn(pool(dollars)).liquidation().below)).toBe('31633.17');
  });

  test('[MA2] an inverse long backed by its coin, with a haircut: 30,166.67', () => {
    const scene: Scene = {
      mode: 'multi',
      wallets: { BTC: '1' },
      positions: [positionOf({ on: inverse, size: '600', entry: '60000' })],
      assets: { BTC: ['60000', '0.9'] },
    };
    // House: 0.9 (2 P - 60,000) = 300. Binance: 54,000 + 60,000 = 60,000 x 60,300 / P.
    expect(shown(positionIn(pool(scene)).liquidation().below)).toBe('30166.7');
    const alone = positionIn(pool({ ...scene, rules: binanceUsdmRules })).liquidation();
    expect(shownTo(alone.below, 4)).toBe('31736.8421');
  });

  test('[MA2] the haircut ends where equity of the coin turns into a debt', () => {
    const scene: Scene = {
      mode: 'multi',
      wallets: { BTC: '0.5', USDT: '20000' },
      positions: [positionOf({ on: inverse, size: '600', entry: '60000' })],
      assets: { BTC: ['60000', '0.5'], USDT: ['1'] },
    };
    // Equity of the coin is 1.5 P - 60,000: below 40,000 it is a debt in full. 20,000 + 1.5 P - 60,000 = 300.
    expect(shown(positionIn(pool(scene)).liquidation().below)).toBe('26866.7');
  });

  test('[MA3] the house floors credits and raises requirements, Binance cuts both toward zero', () => {
    const of = (wallet: string, scene: Scene = {}): string =>
      shown(
        pool({ mode: 'multi', wallets: { USDT: wallet }, assets: { USDT: ['0.5'] }, ...scene })
          .marginBalance,
      );
    expect(of('0.00000003')).toBe('0.00000001');
    expect(of('-0.00000003')).toBe('-0.00000002');
    expect(of('-0.00000003', { rules: binanceUsdmRules })).toBe('-0.00000001');
    const required = (scene: Scene): string =>
      shown(
        pool({
          mode: 'multi',
          wallets: { USDT: '1' },
          positions: [positionOf({ on: btc, size: '0.00000001', entry: '60000' })],
          assets: { USDT: ['0.7'] },
          ...scene,
        }).maintenanceMargin,
      );
    // 0.0000024 x 0.7 = 0.00000168
    expect(required({})).toBe('0.00000168');
    expect(required({ assets: { USDT: ['0.702'] } })).toBe('0.00000169');
    expect(required({ assets: { USDT: ['0.702'] }, rules: binanceUsdmRules })).toBe('0.00000168');
  });
});

describe('what is missing', () => {
  const kinds = (of: PoolHealth): readonly Absence['kind'][] => of.missing.map(({ kind }) => kind);

  test('[MR12] a mark that never came', () => {
    const blind = pool({ ...long2(), marks: {} });
    expect(blind.status).toBe('unknown');
    expect(kinds(blind)).toEqual(['mark-missing']);
    expect(shown(blind.marginBalance)).toBe('<mark-missing>');
    expect(shown(positionIn(blind).liquidation().nearest)).toBe('<mark-missing>');
    expect(shown(positionIn(blind).bankruptcyPrice())).toBe('<mark-missing>');
    expect(blind.decidingDistance()).toMatchObject({ known: false, why: { kind: 'mark-missing' } });
  });

  test('[MR12] an old mark leaves the figures and takes the status', () => {
    const old = pool({ ...long2(), stale: ['BTCUSDT'] });
    expect(old.status).toBe('unknown');
    expect(kinds(old)).toEqual(['mark-stale']);
    expect(shown(old.marginBalance)).toBe('12000');
  });

  test('[MR12] an unknown instrument', () => {
    const stranger = contractOf({ id: 'XYZUSDT', base: 'XYZ' });
    const lost = pool({ positions: [positionOf({ on: stranger, size: '1', entry: '1' })] });
    expect(lost.status).toBe('unknown');
    expect(kinds(lost)).toEqual(['instrument-unknown']);
    const isolated = assess({
      positions: [positionOf({ on: stranger, size: '1', entry: '1', isolated: '1' })],
      instruments: INSTRUMENTS,
    });
    expect(shown(isolated.marginBalanceUsd)).toBe('<instrument-unknown>');
  });

  test('[MR12] a position above the last tier', () => {
    const huge = pool({
      wallets: { USDT: '1e9' },
      positions: [positionOf({ on: btc, size: '1000', entry: '60000' })],
    });
    expect(huge.status).toBe('unknown');
    expect(kinds(huge)).toEqual(['above-last-tier']);
    expect(shown(positionIn(huge).unrealizedPnl)).toBe('0');
    expect(shown(positionIn(huge).maintenanceMargin)).toBe('<above-last-tier>');
  });

  test('[MR12] the price of an asset', () => {
    const poor = pool({ ...long2(), mode: 'multi', assets: {} });
    expect(poor.status).toBe('unknown');
    expect(kinds(poor)).toEqual(['asset-price-missing']);
    const sums = assess({ ...long2(), instruments: INSTRUMENTS, marks: MARKS });
    expect(shown(sums.marginBalanceUsd)).toBe('<asset-price-missing>');
    expect(poolIn(sums).status).toBe('healthy');
  });

  test('[MR12] one blind coin takes the cross pool, and leaves an isolated one alone', () => {
    const health = assess({
      wallets: { USDT: '12000' },
      positions: [
        positionOf({ on: btc, size: '2', entry: '60000' }),
        positionOf({ on: eth, size: '1', entry: '3000', isolated: '300' }),
      ],
      instruments: INSTRUMENTS,
      marks: { ETHUSDT: '3000' },
    });
    expect(health.pools.map(({ status }) => status)).toEqual(['unknown', 'healthy']);
  });
});
