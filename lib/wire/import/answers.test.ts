import { describe, expect, it } from 'vitest';
import { assert } from '../../contract.ts';
import { assessAccount } from '../../margin/health.ts';
import { timestampMs } from '../../units/time.ts';
import { toFacts } from '../account-file.ts';
import { compareWithVenue } from '../venue-differences.ts';
import { type Imported } from './assemble.ts';
import { readInput } from './read-input.ts';

const READ_AT = timestampMs(Date.UTC(2026, 0, 14, 12));

function read(...answers: readonly unknown[]): Imported {
  const texts = answers.map((answer, index) => ({
    name: `${index + 1}.json`,
    text: typeof answer === 'string' ? answer : JSON.stringify(answer),
  }));
  const imported = readInput(texts, READ_AT);
  assert(imported.ok, imported.ok ? '' : imported.error.join('; '));
  return imported.value;
}

/** Places of the venue's figures that ours do not agree with. */
function differencesOf({ file }: Imported): readonly string[] {
  const { venueFigures } = file.record;
  assert(venueFigures !== undefined, 'the venue printed figures');
  const facts = toFacts(file);
  return compareWithVenue(assessAccount(facts), facts.account, venueFigures).differences.map(
    ({ place }) => place,
  );
}

function rowsOf(imported: Imported, list: string): unknown {
  return imported.content[list];
}

/** Shapes as documented; figures of recorded answers where there are some (venues/cex-cases.json). */
describe('a venue’s own answers', () => {
  it('Binance USDⓈ-M: account and positions are one account; rows of nothing are no rows', () => {
    const account = {
      multiAssetsMargin: false,
      totalWalletBalance: '100.00000000',
      assets: [
        {
          asset: 'USDT',
          walletBalance: '100.00000000',
          crossWalletBalance: '100.00000000',
          crossUnPnl: '0.51106678',
          marginBalance: '100.51106678',
          maintMargin: '2.43009666',
          positionInitialMargin: '7.59405208',
          openOrderInitialMargin: '0.00000000',
          availableBalance: '92.91701470',
          updateTime: 1768391999600,
        },
        { asset: 'BNB', walletBalance: '0.00000000', crossWalletBalance: '0.00000000' },
      ],
      positions: [
        {
          symbol: 'BTCUSDT',
          positionAmt: '0.009',
          positionSide: 'BOTH',
          leverage: '80',
          isolated: false,
        },
        { symbol: 'ETHUSDT', positionAmt: '0.000', positionSide: 'BOTH', leverage: '20' },
      ],
    };
    const risk = [
      {
        symbol: 'BTCUSDT',
        positionSide: 'BOTH',
        positionAmt: '0.009',
        entryPrice: '67445.9',
        markPrice: '67502.68519858',
        unRealizedProfit: '0.51106678',
        liquidationPrice: '0',
        notional: '607.52416678',
        maintMargin: '2.43009666',
        positionInitialMargin: '7.59405208',
      },
    ];
    const imported = read(account, risk);
    expect(imported.rejected).toEqual([]);
    expect(rowsOf(imported, 'balances')).toEqual([{ asset: 'USDT', wallet: '100' }]);
    expect(rowsOf(imported, 'positions')).toEqual([
      {
        symbol: 'BTCUSDT',
        size: '0.009',
        entryPrice: '67445.9',
        marginMode: 'cross',
        positionSide: 'both',
        leverage: '80',
      },
    ]);
    expect(imported.content['asOf']).toBe('2026-01-14T11:59:59.600Z');
    // A printed 0 says that there is no liquidation price: a hundred dollars say otherwise.
    expect(differencesOf(imported)).toEqual(['venueFigures.positions[0].liquidationPrice']);
  });

  it('Binance USDⓈ-M: the newest account answer alone, where entry and leverage follow from what it prints', () => {
    const imported = read({
      totalWalletBalance: '100',
      assets: [{ asset: 'USDT', walletBalance: '100', crossWalletBalance: '100' }],
      positions: [
        {
          symbol: 'WLDUSDT',
          positionSide: 'SHORT',
          positionAmt: '-849',
          notional: '-1992.46079250',
          unrealizedProfit: '11.17920750',
          positionInitialMargin: '99.62303962',
          isolatedWallet: '0',
        },
      ],
    });
    expect(rowsOf(imported, 'positions')).toMatchObject([
      { size: '-849', positionSide: 'short', leverage: '20', entryPrice: '2.36' },
    ]);
    expect(imported.content['positionMode']).toBe('hedge');
    expect(imported.notes.join()).toContain(
      'WLDUSDT: leverage, entry or margin mode is not in the answer',
    );
  });

  it('two answers that differ: the first counts, and that is said', () => {
    const row = { asset: 'USDT', crossWalletBalance: '1', maxWithdrawAmount: '1' };
    const imported = read([{ ...row, balance: '100' }], [{ ...row, balance: '99' }]);
    expect(rowsOf(imported, 'balances')).toEqual([{ asset: 'USDT', wallet: '100' }]);
    expect(imported.notes).toContain(
      '2.json: [0]: wallet differs from 1.json: [0]; the first is taken',
    );
  });

  it('Binance USDⓈ-M: open orders with what is left of them, triggers and their price', () => {
    const imported = read([
      {
        orderId: 7,
        symbol: 'BTCUSDT',
        side: 'SELL',
        origQty: '2',
        executedQty: '0.5',
        price: '70000',
        stopPrice: '69000',
        workingType: 'MARK_PRICE',
        reduceOnly: true,
      },
      {
        orderId: 8,
        symbol: 'BTCUSDT',
        side: 'BUY',
        origQty: '0',
        price: '0',
        stopPrice: '1',
        closePosition: true,
      },
    ]);
    expect(rowsOf(imported, 'orders')).toEqual([
      {
        id: '7',
        symbol: 'BTCUSDT',
        positionSide: 'both',
        size: '-1.5',
        price: '70000',
        reduceOnly: true,
        triggerPrice: '69000',
        triggerPriceType: 'mark',
      },
    ]);
  });

  it('Binance COIN-M: face and coin by the name, the rate by maintenance over value', () => {
    const imported = read(
      {
        assets: [{ asset: 'BTC', walletBalance: '0.5', crossWalletBalance: '0.5' }],
        positions: [
          {
            symbol: 'BTCUSD_PERP',
            positionAmt: '-3',
            entryPrice: '68911.00000037',
            leverage: '20',
            isolated: false,
            notionalValue: '-0.00439662',
            maintMargin: '0.00001758',
            unrealizedProfit: '0.00004318',
          },
        ],
      },
      [{ symbol: 'BTCUSD_PERP', positionAmt: '-3', markPrice: '68234.2' }],
    );
    expect(imported.venue).toBe('binance-coinm');
    expect(rowsOf(imported, 'instruments')).toMatchObject([
      {
        kind: 'inverse',
        base: 'BTC',
        contractSize: '100',
        tiers: [{ maintenanceMarginRate: '0.004' }],
      },
    ]);
    expect(differencesOf(imported)).toEqual([]);
  });

  it('Bybit: a unified wallet counts in USD, sizes are signed by their side', () => {
    const wallet = {
      retCode: 0,
      result: {
        list: [
          {
            accountType: 'UNIFIED',
            totalMarginBalance: '18070.32797922',
            coin: [
              { coin: 'USDT', equity: '18067.5', usdValue: '18067.5', walletBalance: '18069.33' },
            ],
          },
        ],
      },
      time: 1672243256000,
    };
    const positions = {
      retCode: 0,
      result: {
        category: 'linear',
        list: [
          {
            positionIdx: 0,
            symbol: 'XRPUSDT',
            side: 'Sell',
            size: '100',
            avgPrice: '0.3615',
            tradeMode: 0,
            leverage: '10',
            markPrice: '0.3432',
            liqPrice: '',
            positionIM: '3.634521',
            unrealisedPnl: '1.83',
          },
          { positionIdx: 0, symbol: 'BTCUSDT', side: '', size: '0', avgPrice: '' },
        ],
      },
      time: 1672243256100,
    };
    const imported = read(`${JSON.stringify(wallet)}\n${JSON.stringify(positions)}`);
    expect(imported.content).toMatchObject({
      assetMode: 'multi',
      asOf: '2022-12-28T16:00:56.100Z',
    });
    expect(rowsOf(imported, 'positions')).toMatchObject([{ size: '-100', marginMode: 'cross' }]);
    expect(rowsOf(imported, 'assetPrices')).toEqual([{ asset: 'USDT', price: '1' }]);
    expect(toFacts(imported.file).rules.version).toBe('bybit-1');
  });

  it('OKX: contract size and rate follow from what it prints; what is no future is rejected by name', () => {
    const positions = {
      code: '0',
      data: [
        {
          instType: 'FUTURES',
          instId: 'ETH-USD-210430',
          mgnMode: 'isolated',
          posSide: 'long',
          pos: '1',
          avgPx: '2566.31',
          lever: '10',
          liqPx: '2352.8496681818233',
          markPx: '2565.656',
          margin: '0.0003896645377994',
          mmr: '0.0000311811092368',
          upl: '-0.0000009932766034',
          notionalUsd: '10',
        },
        {
          instType: 'OPTION',
          instId: 'BTC-USD-1',
          mgnMode: 'cross',
          posSide: 'net',
          pos: '1',
          avgPx: '1',
        },
      ],
    };
    const balance = {
      code: '0',
      data: [
        {
          totalEq: '5000',
          adjEq: '',
          details: [
            {
              ccy: 'ETH',
              cashBal: '1',
              eq: '1.0003886712611960',
              isoEq: '0.0003886712611960',
              isoUpl: '-0.0000009932766034',
              eqUsd: '2566',
            },
          ],
        },
      ],
    };
    const imported = read(balance, positions);
    expect(rowsOf(imported, 'instruments')).toMatchObject([
      {
        kind: 'inverse',
        contractSize: '10',
        deliveryTime: '2021-04-30T08:00:00.000Z',
        tiers: [{ maintenanceMarginRate: '0.008' }],
      },
    ]);
    expect(rowsOf(imported, 'balances')).toEqual([{ asset: 'ETH', wallet: '1.0003896645377994' }]);
    expect(imported.rejected).toEqual([
      { place: '2.json: data[1]', reason: 'instType is "OPTION"; expected "SWAP" or "FUTURES"' },
    ]);
  });

  it('Deribit: entries of the session, rates that grow', () => {
    const imported = read(
      '{"result":{"currency":"BTC","balance":0.02,"session_rpl":1.0E-5,"margin_balance":0.02002,"maintenance_margin":0.000143783},"usOut":1768391999600000}',
      '{"result":[{"instrument_name":"BTC-PERPETUAL","kind":"future","size":50,"average_price":7440.18,"mark_price":7476.65,"floating_profit_loss":0.00001,"initial_margin":0.000197283,"maintenance_margin":0.000143783,"leverage":34},{"instrument_name":"BTC-1-C","kind":"option","size":1,"average_price":1,"mark_price":1}]}',
    );
    expect(rowsOf(imported, 'balances')).toEqual([{ asset: 'BTC', wallet: '0.02001' }]);
    expect(rowsOf(imported, 'instruments')).toMatchObject([
      { marginGrowth: { initialBase: '0.0295', maintenanceBase: '0.0215', perCoin: '0.00005' } },
    ]);
    expect(differencesOf(imported)).toEqual([]);
    expect(imported.rejected).toEqual([
      { place: '2.json: result[1]', reason: 'kind is "option"; expected "future"' },
    ]);
  });

  it('Gate: a leverage of zero is cross, the multiplier follows from the value, 99999999 says that there is none', () => {
    const imported = read(
      { user: 1, total: '50', order_margin: '0', available: '40', currency: 'USDT' },
      [
        {
          contract: 'ETH_USDT',
          size: 1,
          leverage: '5',
          entry_price: '1203.45',
          mark_price: '1192.57',
          liq_price: '665.69',
          value: '11.9257',
          margin: '5.415925875',
          maintenance_rate: '0.005',
          mode: 'single',
          update_time: 1684994406,
        },
        {
          contract: 'BTC_USDT',
          size: -9440,
          leverage: '0',
          cross_leverage_limit: '25',
          entry_price: '3779.55',
          mark_price: '3780.32',
          liq_price: '99999999',
          value: '3568.62208',
          maintenance_rate: '0.005',
          mode: 'single',
        },
      ],
    );
    expect(rowsOf(imported, 'positions')).toMatchObject([
      { symbol: 'ETH_USDT', marginMode: 'isolated', isolatedMargin: '5.415925875' },
      { symbol: 'BTC_USDT', marginMode: 'cross', leverage: '25', size: '-9440' },
    ]);
    expect(rowsOf(imported, 'instruments')).toMatchObject([
      { contractSize: '0.01' },
      { contractSize: '0.0001' },
    ]);
    // 99999999 says that there is none: fifty dollars say otherwise.
    expect(differencesOf(imported)).toEqual(['venueFigures.positions[1].liquidationPrice']);
  });

  it('Bitget: the recorded account comes out to the last digit', () => {
    const imported = read(
      {
        code: '00000',
        requestTime: 1768391999600,
        data: [
          {
            marginCoin: 'USDT',
            accountEquity: '11.611761395166',
            unrealizedPL: '0.007',
            crossedUnrealizedPL: '0.007',
          },
        ],
      },
      {
        code: '00000',
        data: [
          {
            marginCoin: 'USDT',
            symbol: 'BTCUSDT',
            holdSide: 'long',
            total: '0.002',
            leverage: '20',
            openPriceAvg: '37355.5',
            marginMode: 'crossed',
            posMode: 'one_way_mode',
            marginSize: '3.73555',
            unrealizedPL: '0.007',
            liquidationPrice: '31724.970702417',
            keepMarginRate: '0.004',
            markPrice: '37359',
          },
        ],
      },
    );
    expect(rowsOf(imported, 'balances')).toEqual([{ asset: 'USDT', wallet: '11.604761395166' }]);
    expect(differencesOf(imported)).toEqual([]);
  });

  it('BitMEX: whole units become coins, the recorded short comes out to the tick', () => {
    const imported = read({ currency: 'XBt', walletBalance: 1000000, marginBalance: 999610 }, [
      {
        symbol: 'XBTUSD',
        currency: 'XBt',
        underlying: 'XBT',
        quoteCurrency: 'USD',
        commission: 0.00075,
        maintMarginReq: 0.005,
        leverage: 10,
        crossMargin: false,
        currentQty: -10,
        avgEntryPrice: 10948,
        markPrice: 10995.09,
        posCost: 91340,
        posInit: 9134,
        posMargin: 9210,
        posMaint: 533,
        markValue: 90950,
        unrealisedPnl: -390,
        liquidationPrice: 12096,
      },
    ]);
    expect(rowsOf(imported, 'positions')).toMatchObject([
      { size: '-10', isolatedMargin: '0.0000921', cost: '0.0009134' },
    ]);
    expect(differencesOf(imported)).toEqual([]);
  });

  it('Kraken Futures: coins of the multi-collateral wallet with price and weight; contracts by prefix', () => {
    const imported = read(
      {
        result: 'success',
        serverTime: '2026-01-14T11:59:59.600Z',
        accounts: {
          flex: {
            type: 'multiCollateralMarginAccount',
            currencies: {
              XBT: {
                quantity: 0.1185308247,
                value: 4998.721054420551,
                collateral: 4886.49976674881,
              },
            },
          },
        },
      },
      {
        result: 'success',
        openPositions: [
          {
            side: 'long',
            symbol: 'PF_LTCUSD',
            price: 66.5,
            size: 0.5,
            fillTime: '2026-01-10T14:39:12.376Z',
            unrealizedFunding: 1.0e-5,
          },
        ],
      },
      {
        result: 'success',
        tickers: [
          { symbol: 'PF_LTCUSD', markPrice: 68.80433882446 },
          { symbol: 'PF_ADAUSD', markPrice: 0.5 },
        ],
      },
      {
        result: 'success',
        instruments: [
          {
            symbol: 'PF_LTCUSD',
            tickSize: 0.01,
            contractSize: 1,
            contractValueTradePrecision: 2,
            marginLevels: [{ initialMargin: 0.02, maintenanceMargin: 0.01 }],
          },
        ],
      },
    );
    expect(rowsOf(imported, 'collateralWeights')).toEqual([{ asset: 'XBT', weight: '0.97755' }]);
    expect(rowsOf(imported, 'marks')).toEqual([{ symbol: 'PF_LTCUSD', price: '68.80433882446' }]);
    expect(toFacts(imported.file).rules.version).toBe('kraken-linear-1');
  });
});
