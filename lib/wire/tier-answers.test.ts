import { describe, expect, it } from 'vitest';
import { tiersFromAnswer } from './tier-answers.ts';
import { type TierVenue } from './tier-rows.ts';

const bracketOf = (floor: number, cap: number, maintMarginRatio: number, cum: number) => ({
  bracket: 1,
  initialLeverage: 20,
  notionalFloor: floor,
  notionalCap: cap,
  maintMarginRatio,
  cum,
});
const binanceOf = (cum: number) => [
  {
    symbol: 'BTCUSDT',
    brackets: [bracketOf(0, 50000, 0.004, 0), bracketOf(50000, 600000, 0.005, cum)],
  },
];
const bybitOf = (mmDeduction: string) => ({
  result: {
    list: [
      {
        id: 1,
        symbol: 'BTCUSDT',
        riskLimitValue: '300000',
        maintenanceMargin: '0.0033',
        maxLeverage: '150.00',
        mmDeduction: '',
      },
      {
        id: 2,
        symbol: 'BTCUSDT',
        riskLimitValue: '2000000',
        maintenanceMargin: '0.005',
        maxLeverage: '100.00',
        mmDeduction,
      },
    ],
  },
});
const coinOf = (cum: number) => [
  {
    symbol: 'BTCUSD_PERP',
    brackets: [
      { initialLeverage: 50, qtyFloor: 0, qtyCap: 50, maintMarginRatio: 0.025, cum: 0 },
      { initialLeverage: 20, qtyFloor: 50, qtyCap: 100, maintMarginRatio: 0.05, cum },
    ],
  },
];
const gateOf = (deduction: string) => [
  {
    tier: 1,
    contract: 'BTC_USDT',
    risk_limit: '500000',
    maintenance_rate: '0.004',
    leverage_max: '125',
    deduction: '0',
  },
  {
    tier: 2,
    contract: 'BTC_USDT',
    risk_limit: '1000000',
    maintenance_rate: '0.005',
    leverage_max: '100',
    deduction,
  },
];
const okxOf = (minSz: string) => ({
  data: [
    { instFamily: '0G-USDT', minSz: '0', maxSz: '20000', mmr: '0.02', maxLever: '20' },
    { instFamily: '0G-USDT', minSz, maxSz: '42000', mmr: '0.03', maxLever: '15' },
  ],
});
const bitgetOf = (startUnit: string) => ({
  data: [
    {
      symbol: 'BTCUSDT',
      level: '1',
      startUnit: '0',
      endUnit: '50000',
      leverage: '125',
      keepMarginRate: '0.004',
    },
    {
      symbol: 'BTCUSDT',
      level: '2',
      startUnit,
      endUnit: '200000',
      leverage: '100',
      keepMarginRate: '0.005',
    },
  ],
});
const krakenOf = (maintenanceMargin: number) => ({
  instruments: [
    { symbol: 'rr_xbtusd' },
    {
      symbol: 'PI_XBTUSD',
      marginLevels: [
        { contracts: 0, initialMargin: 0.02, maintenanceMargin: 0.01 },
        { contracts: 500000, initialMargin: 0.04, maintenanceMargin },
      ],
    },
  ],
});

function textOf(venue: TierVenue, answer: unknown): readonly string[] {
  const tables = tiersFromAnswer(venue, answer);
  if (!tables.ok) return tables.error;
  return [...tables.value].flatMap(([symbol, tiers]) =>
    tiers.map(
      (tier) =>
        `${symbol} ${tier.notionalFloor.toFixed()} ${tier.notionalCap.toFixed()} ${tier.maintenanceMarginRate.toFixed()} ${tier.maintenanceDeduction.toFixed()}`,
    ),
  );
}

describe('the tier answer of each venue', () => {
  it.each([
    ['binance-usdm', binanceOf(50), 'BTCUSDT 50000 600000 0.005 50'],
    ['binance-coinm', coinOf(1.25), 'BTCUSD_PERP 50 100 0.05 1.25'],
    ['bybit', bybitOf('510'), 'BTCUSDT 300000 2000000 0.005 510'],
    ['okx', okxOf('20001'), '0G-USDT 20000 42000 0.03 0'],
    ['gate', gateOf('500'), 'BTC_USDT 500000 1000000 0.005 500'],
    ['bitget', bitgetOf('50000'), 'BTCUSDT 50000 200000 0.005 50'],
    ['kraken-futures', krakenOf(0.02), 'PI_XBTUSD 500000 1000000000000000000 0.02 0'],
  ] as const)('%s', (venue, answer, second) => {
    expect(textOf(venue, answer)[1]).toBe(second);
  });

  it('BitMEX gives a base and a step: every step adds the base rates', () => {
    const rows = textOf('bitmex', [
      {
        symbol: 'XBTUSD',
        riskLimit: 20000000000,
        riskStep: 10000000000,
        initMargin: 0.01,
        maintMargin: 0.005,
      },
    ]);
    expect(rows).toHaveLength(100);
    expect(rows[2]).toBe('XBTUSD 30000000000 40000000000 0.015 0');
  });

  it.each([
    [
      'binance-usdm',
      binanceOf(51),
      'BTCUSDT, row 2: deduction 51 does not follow: floors and rates give 50',
    ],
    [
      'binance-coinm',
      coinOf(1),
      'BTCUSD_PERP, row 2: deduction 1 does not follow: floors and rates give 1.25',
    ],
    [
      'bybit',
      bybitOf('500'),
      'BTCUSDT, row 2: deduction 500 does not follow: floors and rates give 510',
    ],
    [
      'gate',
      gateOf('0'),
      'BTC_USDT, row 2: deduction 0 does not follow: floors and rates give 500',
    ],
    ['okx', okxOf('30001'), '0G-USDT, row 2: it begins at 30001, the one before ends at 20000'],
    [
      'bitget',
      bitgetOf('40000'),
      'BTCUSDT, row 2: it begins at 40000, the one before ends at 50000',
    ],
    ['kraken-futures', krakenOf(0.005), 'PI_XBTUSD, row 2: it lowers the maintenance rate'],
  ] as const)('%s: a row that does not follow is refused by name', (venue, answer, sentence) => {
    expect(textOf(venue, answer)).toEqual([sentence]);
  });

  it('an answer of another shape says where', () => {
    expect(textOf('bybit', { result: { list: [{ symbol: 'X' }] } })[0]).toMatch(
      /^result\.list\.0\.riskLimitValue: /,
    );
    expect(textOf('okx', okxOf('many'))[0]).toBe('data.1.minSz: expected a decimal number');
  });
});
