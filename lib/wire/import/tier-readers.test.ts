import { describe, expect, it } from 'vitest';
import { assert } from '../../contract.ts';
import { assessAccount } from '../../margin/health.ts';
import { timestampMs } from '../../units/time.ts';
import { toFacts } from '../account-file.ts';
import { withDoubts } from './doubt.ts';
import { type Imported } from './assemble.ts';
import { readInput } from './read-input.ts';

function read(...answers: readonly unknown[]): Imported {
  const text = answers.map((answer) => JSON.stringify(answer)).join('\n');
  const imported = readInput([{ name: 'f', text }], timestampMs(0));
  assert(imported.ok, imported.ok ? '' : imported.error.join('; '));
  return imported.value;
}

const okxPosition = {
  instType: 'SWAP',
  instId: 'BTC-USDT-SWAP',
  mgnMode: 'cross',
  posSide: 'net',
  pos: '150',
  avgPx: '60000',
  lever: '10',
  markPx: '60000',
  notionalUsd: '90000',
  mmr: '900',
};
const okxTiers = (minSz: string) => ({
  code: '0',
  data: [
    { instFamily: 'BTC-USDT', minSz: '0', maxSz: '100', mmr: '0.004', maxLever: '100' },
    { instFamily: 'BTC-USDT', minSz, maxSz: '500', mmr: '0.01', maxLever: '50' },
    { instFamily: 'ETH-USDT', minSz: '7', maxSz: '5', mmr: '0.01', maxLever: '50' },
  ],
});
const gatePosition = {
  contract: 'BTC_USDT',
  size: 10,
  leverage: '10',
  entry_price: '60000',
  mark_price: '60000',
  liq_price: '50000',
  value: '60',
  margin: '6',
};
const gateTier = { tier: 1, contract: 'BTC_USDT', maintenance_rate: '0.004', leverage_max: '125' };
const bitgetPosition = {
  marginCoin: 'USDT',
  symbol: 'BTCUSDT',
  holdSide: 'long',
  total: '1',
  leverage: '10',
  openPriceAvg: '60000',
  marginMode: 'crossed',
  markPrice: '60000',
};
const bitmexPosition = {
  symbol: 'XBTUSD',
  currency: 'XBt',
  underlying: 'XBT',
  quoteCurrency: 'USD',
  currentQty: 1000,
  avgEntryPrice: 60000,
  markPrice: 60000,
  markValue: -1666667,
  leverage: 10,
  crossMargin: false,
  posMargin: 170000,
};
const bitmexInstrument = {
  symbol: 'XBTUSD',
  settlCurrency: 'XBt',
  riskLimit: 20000000000,
  riskStep: 10000000000,
  initMargin: 0.5,
  maintMargin: 0.25,
};
const krakenPosition = { side: 'long', symbol: 'PI_XBTUSD', price: 60000, size: 100 };
const krakenInstrument = {
  symbol: 'PI_XBTUSD',
  tickSize: 0.5,
  contractSize: 1,
  marginLevels: [
    { contracts: 0, initialMargin: 0.02, maintenanceMargin: 0.01 },
    { contracts: 500000, initialMargin: 0.04, maintenanceMargin: 0.02 },
  ],
};

describe('a venue’s own tier answer beside its positions', () => {
  it.each([
    ['OKX', 'flat', '100, 0.01', [{ code: '0', data: [okxPosition] }, okxTiers('101')]],
    [
      'Gate',
      'progressive',
      '500000, 0.005',
      [
        [gatePosition],
        [
          { ...gateTier, risk_limit: '500000' },
          { ...gateTier, tier: 2, risk_limit: '1000000', maintenance_rate: '0.005' },
        ],
      ],
    ],
    [
      'Bitget',
      'progressive',
      '50000, 0.005',
      [
        { code: '00000', data: [bitgetPosition] },
        {
          code: '00000',
          data: [
            {
              symbol: 'BTCUSDT',
              startUnit: '0',
              endUnit: '50000',
              leverage: '125',
              keepMarginRate: '0.004',
            },
            {
              symbol: 'BTCUSDT',
              startUnit: '50000',
              endUnit: '200000',
              leverage: '100',
              keepMarginRate: '0.005',
            },
          ],
        },
      ],
    ],
    // 200 and 300 coins of a hundred million units each
    ['BitMEX', 'flat', '200, 0.5', [[bitmexPosition], [bitmexInstrument]]],
    [
      'Kraken',
      'flat',
      '500000, 0.02',
      [
        { result: 'success', openPositions: [krakenPosition] },
        { result: 'success', instruments: [krakenInstrument] },
      ],
    ],
  ])('%s: %s', (_venue, tierTable, second, answers) => {
    const imported = read(...answers);
    const [instrument] = imported.file.record.instruments;
    const tier = instrument?.tiers?.[1];
    expect(imported.rejected).toEqual([]);
    expect(instrument?.tierTable).toBe(tierTable);
    expect(`${tier?.notionalFloor.toFixed()}, ${tier?.maintenanceMarginRate.toFixed()}`).toBe(
      second,
    );
    expect(imported.notes.join()).not.toContain('no tier table is given');
  });

  it('whose rows do not follow is left out, the row named, and its contract’s pool is unknown', () => {
    const imported = read({ code: '0', data: [okxPosition] }, okxTiers('300'));
    expect(imported.rejected).toEqual([
      {
        place: 'answer 2: tiers',
        reason: 'BTC-USDT, row 2: it begins at 300, the one before ends at 100',
      },
    ]);
    const health = withDoubts(assessAccount(toFacts(imported.file)), imported);
    expect(health.pools.map(({ status }) => status)).toEqual(['unknown']);
  });
});
