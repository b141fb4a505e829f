import { expect, test } from 'vitest';
import { price } from '../units/money.ts';
import { contractOf, marketFrom } from './examples.ts';
import { marketAt } from './moved-market.ts';
import { binanceUsdmRules } from './venues/binance.ts';
import { houseRules } from './venues/house.ts';

const btc = contractOf({ id: 'BTCUSDT' });
const coin = contractOf({ id: 'BTCUSD', kind: 'inverse', tick: '0.5' });
const eth = contractOf({ id: 'ETHUSDT', base: 'ETH' });
const market = marketFrom({
  instruments: [btc, coin, eth],
  marks: { BTCUSDT: '60000', BTCUSD: '60010', ETHUSDT: '3000' },
  assets: { USDT: ['1'], BTC: ['60020', '0.95'] },
});

function prices(rules: typeof houseRules | typeof binanceUsdmRules): readonly string[] {
  const there = marketAt(market, rules, { instrumentId: btc.id, price: price('54000') });
  return [...there.marks.values()]
    .map((mark) => mark.price)
    .concat([...there.assetPrices.values()].map(({ index }) => index))
    .map((value) => value.toFixed());
}

test('at the house a coin moves as a whole, by one share, each contract on its tick', () => {
  expect(prices(houseRules)).toEqual(['54000', '54009', '3000', '1', '54018']);
});

test('at Binance one contract moves', () => {
  expect(prices(binanceUsdmRules)).toEqual(['54000', '60010', '3000', '1', '60020']);
});
