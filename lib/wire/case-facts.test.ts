import { describe, expect, it } from 'vitest';
import { assessAccount } from '../margin/health.ts';
import { binanceUsdmRules } from '../margin/venues/binance.ts';
import { assetId, instrumentId } from '../units/ids.ts';
import { type CaseAccount, type CaseLeg } from './case-account.ts';
import { settleAssetOf } from './case-contract.ts';
import { factsOfCase } from './case-facts.ts';

const leg: CaseLeg = {
  symbol: 'BTCUSDT',
  side: 'long',
  size: '2',
  entryPrice: '60000',
  requirement: { kind: 'flat', rate: '0.005', amount: '50' },
  collateral: { kind: 'cross' },
};
const nothing: CaseAccount = {
  assetMode: 'single',
  legs: [],
  given: [],
  orders: [],
  wallets: [],
  rates: [],
};
function factsOf(part: Partial<CaseAccount>) {
  return factsOfCase({ ...nothing, ...part }, binanceUsdmRules);
}
const BTC = instrumentId('BTCUSDT');

describe('a recorded case as facts', () => {
  it.each([
    ['as given', { ...leg, markPrice: '61000' }, '61000'],
    ['from its notional', { ...leg, notional: '122000' }, '61000'],
    ['the entry where nothing tells', leg, '60000'],
  ] as const)('the mark: %s', (_case, one, expected) => {
    expect(
      factsOf({ legs: [one] })
        .market.marks.get(BTC)
        ?.price.toFixed(),
    ).toBe(expected);
  });

  it.each([
    ['wallet', { kind: 'isolated-wallet', amount: '500' }, '500'],
    ['with PnL: 500 - 2 x 1000', { kind: 'isolated-with-pnl', amount: '500' }, '-1500'],
    ['by leverage: 120000 / 10 + 5', { kind: 'isolated-by-leverage', extra: '5' }, '12005'],
  ] as const)('isolated %s', (_case, collateral, expected) => {
    const one = { ...leg, markPrice: '61000', leverage: '10', collateral };
    const mode = factsOf({ legs: [one] }).account.positions[0]?.marginMode;
    expect(mode?.kind === 'isolated' ? mode.wallet.toFixed() : mode).toBe(expected);
  });

  it.each([
    ['cross', '1000'],
    ['whole', '900'],
    ['with-pnl', '-1100'],
  ] as const)('a balance of 1000 that is %s leaves a cross wallet of %s', (kind, expected) => {
    const eth: CaseLeg = {
      ...leg,
      symbol: 'ETHUSDT',
      collateral: { kind: 'isolated-wallet', amount: '100' },
    };
    const wallets = [{ asset: 'USDT', kind, amount: '1000' }];
    const { account } = factsOf({ legs: [{ ...leg, markPrice: '61000' }, eth], wallets });
    expect(account.wallets.get(assetId('USDT'))?.toFixed()).toBe(expected);
  });

  it('figures without positions come back as they were given', () => {
    const given = [
      {
        asset: 'USDT',
        unrealizedPnl: '-3.5',
        initialMargin: '7',
        maintenanceMargin: '2',
        orderMargin: '31',
      },
    ];
    const wallets = [{ asset: 'USDT', kind: 'cross', amount: '100' } as const];
    const pool = assessAccount(factsOf({ given, wallets })).pools[0];
    const value = (
      key:
        | 'unrealizedPnl'
        | 'initialMargin'
        | 'maintenanceMargin'
        | 'orderMargin'
        | 'availableMargin',
    ) => {
      const figure = pool?.[key];
      return figure?.known === true ? figure.value.toFixed() : undefined;
    };
    expect(value('unrealizedPnl')).toBe('-3.5');
    expect(value('initialMargin')).toBe('7');
    expect(value('maintenanceMargin')).toBe('2');
    expect(value('orderMargin')).toBe('31');
    expect(value('availableMargin')).toBe('58.5');
  });

  it('hedge legs of one symbol keep a rate each, share one mark and move together', () => {
    const short: CaseLeg = {
      ...leg,
      side: 'short',
      size: '1',
      entryPrice: '61000',
      requirement: { kind: 'flat', rate: '0.004', amount: '0' },
    };
    const wallets = [{ asset: 'USDT', kind: 'whole', amount: '10000' } as const];
    const { account, market, rules, legNames } = factsOf({ legs: [leg, short], wallets });
    expect(account.positionMode).toBe('hedge');
    expect(legNames.map((name) => market.marks.get(name)?.price.toFixed())).toEqual([
      '60000',
      '60000',
    ]);
    const prices = assessAccount({ account, market, rules })
      .pools[0]?.positions.map((position) => position.liquidation().below)
      .map((below) => (below.known ? below.value.toFixed() : below.why.kind));
    // (10000 + 50 - 2 x 60000 + 61000) / (2 x 0.005 + 0.004 - 2 + 1)
    expect(prices).toEqual(['49645.03042597', '49645.03042597']);
  });

  it.each([
    ['BTCUSDT', 'USDT'],
    ['ETHUSDC', 'USDC'],
    ['ETHBTC', 'BTC'],
    ['MAIN', 'USDT'],
  ])('%s settles in %s', (symbol, asset) => {
    expect(settleAssetOf(symbol)).toBe(asset);
  });

  it('an ask tells a published index and bid, of eight decimals; an index given is taken exactly', () => {
    const priceOf = (rate: object) =>
      factsOf({
        assetMode: 'multi',
        rates: [{ asset: 'USDT', buffer: '0.0001', ...rate }],
      }).market.assetPrices.get(assetId('USDT'));
    const fromIndex = priceOf({ index: '0.99988078' });
    const fromAsk = priceOf({ ask: '0.9999807699' });
    expect([fromIndex?.bid.toFixed(), fromIndex?.ask.toFixed()]).toEqual([
      '0.999780791922',
      '0.999980768078',
    ]);
    expect([fromAsk?.index.toFixed(), fromAsk?.bid.toFixed(), fromAsk?.ask.toFixed()]).toEqual([
      '0.99988078',
      '0.99978079',
      '0.9999807699',
    ]);
  });
});
