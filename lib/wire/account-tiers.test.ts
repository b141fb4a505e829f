import { describe, expect, it } from 'vitest';
import { assert } from '../contract.ts';
import { assessAccount } from '../margin/health.ts';
import { type PositionHealth } from '../margin/figures.ts';
import { timestampMs } from '../units/time.ts';
import { parseAccountFile, toFacts } from './account-file.ts';
import { accountText } from './import/account-text.ts';
import { readInput } from './import/read-input.ts';

const asOf = '2026-01-14T12:00:00Z';
const tier = (floor: string, cap: string, rate: string, more: object = {}) => ({
  notionalFloor: floor,
  notionalCap: cap,
  leverageMax: '50',
  maintenanceMarginRate: rate,
  ...more,
});
const contract = { kind: 'linear', quote: 'USDT', tickSize: '0.01', lotSize: '0.01' } as const;

/** One isolated long of one coin at 60,000 with 9,000 behind it. */
function fileOf(venue: string, instrument: object, size = '1') {
  const symbol = 'A-USDT';
  const isolated = { marginMode: 'isolated', isolatedMargin: '9000' };
  return {
    venue,
    account: 'a',
    asOf,
    balances: [{ asset: 'USDT', wallet: '9000' }],
    positions: [{ symbol, size, entryPrice: '60000', leverage: '5', ...isolated }],
    marks: [{ symbol, price: '60000' }],
    instruments: [{ symbol, base: 'A', ...contract, ...instrument }],
  };
}

function positionIn(file: object): PositionHealth {
  const parsed = parseAccountFile(JSON.stringify(file));
  assert(parsed.ok, parsed.ok ? '' : parsed.error.join('; '));
  const position = assessAccount(toFacts(parsed.value)).pools.flatMap((one) => one.positions)[0];
  assert(position !== undefined, 'a position');
  return position;
}

function figuresOf(file: object): readonly (string | undefined)[] {
  const { maintenanceMargin, liquidation } = positionIn(file);
  const { nearest } = liquidation();
  return [
    maintenanceMargin.known ? maintenanceMargin.value.toFixed() : undefined,
    nearest.known ? nearest.value.toFixed(6) : undefined,
  ];
}

function problemsOf(file: object): readonly string[] {
  const parsed = parseAccountFile(JSON.stringify(file));
  return parsed.ok ? [] : parsed.error;
}

const byNotional = [tier('0', '50000', '0.01'), tier('50000', '1000000', '0.05')];

describe('tier tables of an account file', () => {
  it('flat: the rate of the tier reached is of everything', () => {
    const flat = { tierTable: 'flat', tiers: byNotional };
    expect(figuresOf(fileOf('bitget', flat))).toEqual([
      '3000', // 60,000 x 5 %
      '53684.210526', // 9,000 - (60,000 - P) = 0.05 P
    ]);
  });

  it('progressive: what lies below the tier keeps its rate', () => {
    const progressive = { tierTable: 'progressive', tiers: byNotional };
    expect(figuresOf(fileOf('bitget', progressive))).toEqual([
      '1000', // 60,000 x 5 % - 50,000 x 4 %
      '51578.947368', // 51,000 - 2,000 = P x (1 - 0.05)
    ]);
  });

  it('flat by contracts, as at OKX without being told', () => {
    const tiers = [tier('0', '100', '0.004'), tier('100', '1000', '0.01')];
    const swap = { contractSize: '0.01', tiers };
    expect(figuresOf(fileOf('okx', swap, '100'))[0]).toBe('240'); // 100 contracts are in the first
    expect(figuresOf(fileOf('okx', swap, '100.01'))[0]).toBe('600.06'); // one more step: 1 % of all
  });

  it('growing with the coins held: base and slope instead of a table', () => {
    const marginGrowth = { initialBase: '0.02', maintenanceBase: '0.01', perCoin: '0.00005' };
    const file = fileOf('deribit', { marginGrowth }, '10');
    const cross = { marginMode: 'cross', isolatedMargin: null };
    const positions = file.positions.map((one) => ({ ...one, ...cross }));
    const indexPrices = [{ symbol: 'A-USDT', price: '60000' }];
    // 10 coins x 60,000 x (1 % + 10 x 0.005 %)
    expect(figuresOf({ ...file, positions, indexPrices })[0]).toBe('6300');
  });

  it.each([
    [
      'a deduction in a flat table',
      'okx',
      {
        tiers: [
          tier('0', '100', '0.004'),
          tier('100', '1000', '0.01', { maintenanceDeduction: '0.6' }),
        ],
      },
      'instruments[0] does not hold together: A-USDT: tier 2 has deduction 0.6, its floors and rates give 0 in a flat table',
    ],
    [
      'a deduction that does not follow',
      'bybit',
      {
        tiers: [
          tier('0', '50000', '0.01'),
          tier('50000', '90000', '0.05', { maintenanceDeduction: '1999' }),
        ],
      },
      'instruments[0] does not hold together: A-USDT: tier 2 has deduction 1999, its floors and rates give 2000',
    ],
    [
      'a flat table where the venue has none',
      'binance-usdm',
      { tierTable: 'flat', tiers: byNotional },
      'instruments[0].tierTable is "flat"; expected "progressive" at binance-usdm',
    ],
    [
      'a kind of table without its rows',
      'okx',
      { tierTable: 'flat' },
      'instruments[0].tierTable is "flat" without tiers; expected them beside it',
    ],
    [
      'growth where the venue has tables',
      'bybit',
      { marginGrowth: { initialBase: '0.02', maintenanceBase: '0.01', perCoin: '0' } },
      'instruments[0].marginGrowth is given; expected tiers at bybit',
    ],
  ])('%s is refused, the row named', (_case, venue, instrument, sentence) => {
    expect(problemsOf(fileOf(venue, instrument))).toEqual([sentence]);
  });

  it.each([
    ['okx', { tiers: byNotional }],
    ['bitget', { tierTable: 'flat', tiers: byNotional }],
    ['gate', { tierTable: 'progressive', tiers: byNotional }],
    ['kraken-futures', { tierTable: 'flat', tiers: byNotional }],
  ])('of %s comes back value for value', (venue, instrument) => {
    const text = JSON.stringify(fileOf(venue, instrument));
    const read = (name: string, of: string) => {
      const imported = readInput([{ name, text: of }], timestampMs(0));
      assert(imported.ok, imported.ok ? '' : imported.error.join('; '));
      return imported.value;
    };
    const first = read('a.json', text);
    const exported = accountText(first.content);
    const again = read('b.json', exported);
    expect([again.rejected, again.file.record]).toEqual([[], first.file.record]);
    expect(JSON.parse(exported)).toMatchObject({ instruments: [instrument] });
    expect(accountText(again.content)).toBe(exported);
  });
});
