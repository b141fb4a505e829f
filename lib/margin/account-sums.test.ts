import { describe, expect, it } from 'vitest';
import { binanceContract } from '../market/binance-contracts.ts';
import { assert } from '../contract.ts';
import { accountId, assetId } from '../units/ids.ts';
import { money, price, quantity, rate, type Money, type Rate } from '../units/money.ts';
import { timestampMs } from '../units/time.ts';
import { accountSumsOf } from './account-sums.ts';
import { type Account, type Market } from './account.ts';
import { type Figure } from './figures.ts';
import { assessAccount } from './health.ts';
import { houseRules } from './venues/house.ts';

const contract = binanceContract('BTCUSDT')?.instrument;
assert(contract !== undefined, 'BTCUSDT is built in');
const half = price('0.5');
const market: Market = {
  instruments: new Map([[contract.id, contract]]),
  marks: new Map([[contract.id, { price: price(100), time: timestampMs(0), status: 'fresh' }]]),
  assetPrices: new Map([
    [contract.settle, { index: half, bid: half, ask: half, collateralWeight: rate(1) }],
  ]),
};
const long = {
  instrumentId: contract.id,
  positionSide: 'both',
  signedSize: quantity(10),
  entryPrice: price(100),
  openValue: money(1000),
  leverage: rate(10),
} as const;
const account: Account = {
  id: accountId('a'),
  positionMode: 'one-way',
  assetMode: 'single',
  wallets: new Map([[contract.settle, money(50)]]),
  positions: [{ ...long, marginMode: { kind: 'isolated', wallet: money(350) } }],
  orders: [],
};

function textOf(figure: Figure<Money> | Figure<Rate>): string {
  return figure.known ? figure.value.toFixed() : figure.why.kind;
}

describe('sums over an account, USDT at 0.50', () => {
  it('50 in the cross wallet, 350 behind 1000 of notional at 10x', () => {
    const health = assessAccount({ account, market, rules: houseRules });
    const sums = accountSumsOf(health, market);
    expect(textOf(sums.notional)).toBe('500');
    expect(textOf(sums.marginExcess)).toBe('198'); // (50 + 350 - 1000 x 0.4 %) / 2
    expect(textOf(sums.availableMargin)).toBe('150'); // (50 + 350 - 100) / 2
    expect(textOf(sums.effectiveLeverage)).toBe('2.5');
  });

  it('without a price of an asset that counts there is no sum', () => {
    const priceless = { ...market, assetPrices: new Map() };
    const health = assessAccount({ account, market: priceless, rules: houseRules });
    expect(textOf(accountSumsOf(health, priceless).notional)).toBe('asset-price-missing');
    expect(textOf(accountSumsOf(health, priceless).orderMargin)).toBe('0');
  });

  it('without equity there is no leverage', () => {
    const poor = { ...account, wallets: new Map([[assetId('USDT'), money(-350)]]) };
    const health = assessAccount({ account: poor, market, rules: houseRules });
    expect(textOf(accountSumsOf(health, market).effectiveLeverage)).toBe('no-equity');
  });
});
