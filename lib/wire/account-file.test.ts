import { describe, expect, it } from 'vitest';
import { assert } from '../contract.ts';
import { assessAccount } from '../margin/health.ts';
import { decimalText } from '../units/decimal.ts';
import { assetId, instrumentId } from '../units/ids.ts';
import { ACCOUNT_FILE_BYTES_MAX, parseAccountFile, toFacts } from './account-file.ts';

const position = {
  symbol: 'BTCUSDT',
  size: '2.70',
  entryPrice: '61740.0',
  marginMode: 'cross',
  positionSide: 'both',
  leverage: '10',
  isolatedMargin: null,
};
const mark = { symbol: 'BTCUSDT', price: '60750.0', time: '2026-01-14T11:59:59.600Z' };
const file = {
  venue: 'binance-usdm',
  account: 'main',
  asOf: '2026-01-14T12:00:00Z',
  balances: [{ asset: 'USDT', wallet: '24810.22' }],
  positions: [position],
  marks: [mark],
};
const isolated = { ...position, marginMode: 'isolated' };
const hedged = { ...file, positionMode: 'hedge' };
const tier = {
  notionalFloor: '0',
  notionalCap: '1000',
  leverageMax: '20',
  maintenanceMarginRate: '0.01',
};

function problemsOf(content: unknown): readonly string[] {
  const parsed = parseAccountFile(typeof content === 'string' ? content : JSON.stringify(content));
  return parsed.ok ? [] : parsed.error;
}
function factsOf(content: unknown) {
  const parsed = parseAccountFile(JSON.stringify(content));
  assert(parsed.ok, parsed.ok ? '' : parsed.error.join('; '));
  return toFacts(parsed.value);
}

const NUMBER = 'expected a decimal text';
const SIZE = `${NUMBER} such as "-2.7": long above zero, short below, never zero`;

describe('an account file with one thing wrong', () => {
  it.each([
    [
      'a bare number',
      { positions: [{ ...position, size: 2.7 }] },
      `positions[0].size is the bare number 2.7; ${SIZE}`,
    ],
    [
      'a comma',
      { positions: [position, { ...position, symbol: 'ETHUSDT', size: '2,7' }] },
      `positions[1].size is "2,7"; ${SIZE}`,
    ],
    [
      'a size of zero',
      { positions: [{ ...position, size: '0.00' }] },
      `positions[0].size is "0.00"; ${SIZE}`,
    ],
    [
      'an exponent',
      { balances: [{ asset: 'USDT', wallet: '1e9' }] },
      `balances[0].wallet is "1e9"; ${NUMBER} such as "-12.5"`,
    ],
    [
      'NaN',
      { marks: [{ ...mark, price: 'NaN' }] },
      `marks[0].price is "NaN"; ${NUMBER} above zero, such as "61740.5"`,
    ],
    [
      'a price below zero',
      { marks: [{ ...mark, price: '-1' }] },
      `marks[0].price is "-1"; ${NUMBER} above zero, such as "61740.5"`,
    ],
    [
      'no size',
      { positions: [{ ...position, size: undefined }] },
      `positions[0].size is missing; ${SIZE}`,
    ],
    [
      'no account',
      { account: undefined },
      'account is missing; expected a text of 1 to 64 characters',
    ],
    [
      'an unknown key',
      { balnces: [] },
      'balnces is not a key here; expected only version, venue, account, asOf, positionMode, assetMode, balances, debts, positions, orders, marks, indexPrices, lastPrices, assetPrices, collateralWeights, funding, feeTier, instruments, venueFigures',
    ],
    [
      'an unknown key inside',
      { balances: [{ asset: 'USDT', wallet: '1', free: '1' }] },
      'balances[0].free is not a key here; expected only asset, wallet',
    ],
    [
      'another venue',
      { venue: 'ftx' },
      'venue is "ftx"; expected "binance-usdm" or "binance-coinm" or "bybit" or "okx" or "deribit" or "gate" or "bitget" or "bitmex" or "kraken-futures" or "house"',
    ],
    ['another version', { version: '2' }, 'version is "2"; expected "1"'],
    [
      'a word for a flag',
      { orders: [{ symbol: 'BTCUSDT', size: '1', price: '1', reduceOnly: 'no' }] },
      'orders[0].reduceOnly is "no"; expected true or false',
    ],
    ['an object for a list', { positions: {} }, 'positions is {}; expected a list'],
    [
      'too many positions',
      { positions: Array.from({ length: 1001 }, () => position) },
      'positions has 1001 entries; expected at most 1000',
    ],
    [
      'a local time',
      { asOf: '2026-01-14T12:00:00+01:00' },
      'asOf is "2026-01-14T12:00:00+01:00"; expected a UTC time such as "2026-01-14T12:00:00Z"',
    ],
    [
      'leverage of zero',
      { positions: [{ ...position, leverage: '0' }] },
      `positions[0].leverage is "0"; ${NUMBER} from 1 to 1000`,
    ],
    [
      'an unknown symbol',
      { marks: [mark, { ...mark, symbol: 'NOSUCH' }] },
      'marks[1].symbol is "NOSUCH"; expected one of the 42 built-in symbols, or a description of it under instruments',
    ],
    [
      'half a description',
      { instruments: [{ symbol: 'NOSUCH', kind: 'linear', base: 'NO', tiers: [tier] }] },
      'instruments[0] describes "NOSUCH" without quote, tickSize, lotSize; expected them, since the built-in table has no such symbol',
    ],
    [
      'a deduction that jumps',
      {
        instruments: [
          {
            symbol: 'BTCUSDT',
            tiers: [
              tier,
              {
                ...tier,
                notionalFloor: '1000',
                notionalCap: '2000',
                maintenanceMarginRate: '0.02',
                maintenanceDeduction: '9',
              },
            ],
          },
        ],
      },
      'instruments[0] does not hold together: BTCUSDT: tier 2 has deduction 9, its floors and rates give 10',
    ],
    [
      'a mark from the future',
      { marks: [{ ...mark, time: '2026-01-14T12:00:00.001Z' }] },
      'marks[0].time is "2026-01-14T12:00:00.001Z"; expected no later than asOf, "2026-01-14T12:00:00.000Z"',
    ],
    [
      'a mark twice',
      { marks: [mark, mark] },
      'marks[1] is "BTCUSDT" again; expected it once, it stands at marks[0]',
    ],
    [
      'an asset twice',
      { balances: [file.balances[0], file.balances[0]] },
      'balances[1] is "USDT" again; expected it once, it stands at balances[0]',
    ],
    [
      'a position twice',
      { positions: [position, position] },
      'positions[1] is "BTCUSDT both" again; expected it once, it stands at positions[0]',
    ],
    [
      'a hedge side in one-way mode',
      { positions: [{ ...position, positionSide: 'long' }] },
      'positions[0].positionSide is "long"; expected "both" in one-way mode, or a positionMode of "hedge"',
    ],
    [
      'no side in hedge mode',
      { positionMode: 'hedge' },
      'positions[0].positionSide is "both"; expected "long" or "short" in hedge mode',
    ],
    [
      'a short side held long',
      { ...hedged, positions: [{ ...position, positionSide: 'short' }] },
      'positions[0].size is "2.7"; expected below zero on the short side',
    ],
    [
      'a long side held short',
      { ...hedged, positions: [{ ...position, positionSide: 'long', size: '-1' }] },
      'positions[0].size is "-1"; expected above zero on the long side',
    ],
    [
      'isolated margin on a cross position',
      { positions: [{ ...position, isolatedMargin: '5' }] },
      'positions[0].isolatedMargin is "5"; expected null on a cross position',
    ],
    [
      'isolated in multi asset mode',
      { assetMode: 'multi', positions: [isolated] },
      'positions[0].marginMode is "isolated"; expected "cross" in multi asset mode',
    ],
    [
      'more assigned than there is',
      { positions: [{ ...isolated, isolatedMargin: '30000' }] },
      'balances[0].wallet is "24810.22"; expected at least "30000", which isolated positions hold of it',
    ],
    [
      'assigned out of nothing',
      { balances: [], positions: [isolated] },
      'balances of USDT is "0"; expected at least "16669.8", which isolated positions hold of it',
    ],
    [
      'a cost of another size',
      { positions: [{ ...position, cost: '61740' }] },
      'positions[0].cost is "61740"; expected within 0.1 % of size at entryPrice, "166698"',
    ],
    [
      'an order without a price',
      { orders: [{ symbol: 'BTCUSDT', size: '1' }] },
      'orders[0].price is missing; expected a price, or a triggerPrice',
    ],
    [
      'a bid above its price',
      { assetPrices: [{ asset: 'USDT', price: '1', bid: '1.1' }] },
      'assetPrices[0].price is "1"; expected from its bid "1.1" to its ask "1"',
    ],
  ])('%s', (_case, change, sentence) => {
    expect(problemsOf({ ...file, ...change })).toEqual([sentence]);
  });

  it('is no JSON, no object, too long, or says a key twice', () => {
    expect(problemsOf('{')).toEqual([expect.stringMatching(/^the account file is not JSON: /)]);
    expect(problemsOf('[]')).toEqual(['the account file is []; expected an object']);
    expect(problemsOf(' '.repeat(ACCOUNT_FILE_BYTES_MAX + 1))).toEqual([
      'the account file has 5000001 characters; expected at most 5000000',
    ]);
    const twice = JSON.stringify(file).replace('"wallet":', '"wallet":"1","wallet":');
    expect(problemsOf(twice)).toEqual([
      'the account file says "wallet" twice in one object; expected it once',
    ]);
    expect(problemsOf(JSON.stringify(file).replace('"main"', '"a\\"wallet\\":{"'))).toEqual([]);
  });

  it('says all problems of its form, and all of its parts, at once', () => {
    const form = { ...file, venue: 'x', positions: [{ ...position, size: '', leverage: '' }] };
    expect(problemsOf(form)).toHaveLength(3);
    const parts = {
      ...file,
      marks: [mark, mark],
      positions: [position, position, { ...position, symbol: 'X' }],
    };
    expect(problemsOf(parts)).toHaveLength(3);
  });
});

describe('facts of an account file', () => {
  it('cross wallet = wallet - isolated margins - debts, each in its asset', () => {
    const { account } = factsOf({
      ...file,
      balances: [{ asset: 'USDT', wallet: '20000' }],
      debts: [{ asset: 'ETH', amount: '0.5' }],
      positions: [
        { ...isolated, isolatedMargin: '17000' },
        { ...position, symbol: 'ETHUSDT' },
      ],
    });
    expect(account.wallets.get(assetId('USDT'))?.toFixed()).toBe('3000');
    expect(account.wallets.get(assetId('ETH'))?.toFixed()).toBe('-0.5');
    expect(account.positions[0]?.marginMode).toMatchObject({ kind: 'isolated' });
  });

  it('isolated without margin: value at entry / leverage, and says so', () => {
    const { account, assumptions } = factsOf({ ...file, positions: [isolated] });
    const mode = account.positions[0]?.marginMode;
    assert(mode?.kind === 'isolated', 'isolated');
    expect(decimalText(mode.wallet)).toBe('16669.8'); // 2.7 x 61740 / 10
    expect(assumptions).toContain(
      'BTCUSDT both: isolated margin is not given; value at entry / leverage, 16669.8 USDT, is supposed',
    );
  });

  it.each([
    ['2.999 s', '2026-01-14T11:59:57.001Z', 'fresh'],
    ['3 s', '2026-01-14T11:59:57.000Z', 'lagging'],
    ['10 s', '2026-01-14T11:59:50.000Z', 'lagging'],
    ['10.001 s', '2026-01-14T11:59:49.999Z', 'stale'],
  ])('a mark %s old', (_age, time, status) => {
    const { market } = factsOf({ ...file, marks: [{ ...mark, time }] });
    expect(market.marks.get(instrumentId('BTCUSDT'))?.status).toBe(status);
  });

  it('cost counts where the printed entry is cut; paid funding is funding not received', () => {
    const { account } = factsOf({
      ...file,
      positions: [{ ...position, size: '-2.7', cost: '166698.12345678' }],
      funding: [{ symbol: 'BTCUSDT', rate: '0.0001', paid: '3.5' }],
    });
    expect(account.positions[0]?.openValue.toFixed()).toBe('-166698.12345678');
    expect(account.positions[0]?.fundingReceived?.toFixed()).toBe('-3.5');
  });

  it('an order that waits for a trigger reserves nothing', () => {
    const orders = [
      {
        id: 'stop',
        symbol: 'BTCUSDT',
        size: '-2.7',
        triggerPrice: '58000',
        triggerPriceType: 'mark',
      },
      { id: 'dip', symbol: 'BTCUSDT', size: '1', price: '59000' },
    ];
    const { account, assumptions } = factsOf({ ...file, orders });
    expect(account.orders.map((order) => order.id)).toEqual(['dip']);
    expect(assumptions).toContain(
      'orders[0] of BTCUSDT waits for the mark price 58000; it reserves nothing until then',
    );
  });

  it('fees: of the contract in the file, else of the fee tier, else built in', () => {
    const takerOf = (change: object): string | undefined =>
      factsOf({ ...file, ...change })
        .market.instruments.get(instrumentId('BTCUSDT'))
        ?.takerFeeRate.toFixed();
    const feeTier = { takerFeeRate: '0.0003', makerFeeRate: '-0.0001' };
    const instruments = [{ symbol: 'BTCUSDT', takerFeeRate: '0.0002' }];
    expect([takerOf({}), takerOf({ feeTier }), takerOf({ feeTier, instruments })]).toEqual([
      '0.0005',
      '0.0003',
      '0.0002',
    ]);
  });

  it('says what it supposes: tiers of a date, a grid that was not found, a missing wallet, time and bid', () => {
    const { assumptions } = factsOf({
      ...file,
      assetMode: 'multi',
      balances: [],
      positions: [{ ...position, symbol: 'WLDUSDT' }],
      marks: [{ symbol: 'WLDUSDT', price: '2' }],
      assetPrices: [{ asset: 'USDT', price: '1' }],
    });
    expect(assumptions).toEqual([
      'WLDUSDT: risk tiers of Binance, 2024-10-24',
      'WLDUSDT: tick 0.00001, lot 0.001 and liquidation fee are supposed; give them under instruments',
      'USDT: no balance is given; the wallet counts as 0',
      "WLDUSDT: the mark has no time; it is taken as of the file's",
      'USDT: bid or ask is not given; the price stands for it',
    ]);
  });

  it('a described inverse contract settles in its base', () => {
    const described = {
      symbol: 'BTCUSD_261225',
      kind: 'inverse',
      base: 'BTC',
      quote: 'USD',
      contractSize: '100',
      tickSize: '0.1',
      lotSize: '1',
      deliveryTime: '2026-12-25T08:00:00Z',
      tiers: [tier],
    };
    const { market, account, rules } = factsOf({
      ...file,
      venue: 'house',
      instruments: [described],
      balances: [{ asset: 'BTC', wallet: '1' }],
      positions: [{ ...position, symbol: 'BTCUSD_261225', size: '-400', entryPrice: '60000' }],
      marks: [{ ...mark, symbol: 'BTCUSD_261225', price: '60000' }],
    });
    const contract = market.instruments.get(instrumentId('BTCUSD_261225'));
    expect([contract?.settle, contract?.expiry.kind, rules.venue]).toEqual([
      'BTC',
      'dated',
      'house',
    ]);
    const pool = assessAccount({ account, market, rules }).pools[0];
    expect(pool?.positions[0]?.notional).toMatchObject({ known: true }); // 400 x 100 / 60000
    expect(account.positions[0]?.openValue.toFixed()).toBe('0.66666666');
  });
});
