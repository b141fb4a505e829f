import { describe, expect, it } from 'vitest';
import { assessAccount } from '../margin/health.ts';
import { parseAccountFile, toFacts } from './account-file.ts';
import { VENUES } from './account-schema.ts';
import { figureText } from './figure-text.ts';

type Venue = (typeof VENUES)[number];
type Json = Readonly<Record<string, unknown>>;

const TIER = {
  notionalFloor: '0',
  notionalCap: '1000000000',
  leverageMax: '50',
  maintenanceMarginRate: '0.01',
};
const GROWTH = { initialBase: '0.02', maintenanceBase: '0.01', perCoin: '0' };

interface Change {
  readonly kind?: 'linear' | 'inverse';
  readonly symbol?: string;
  readonly tiers?: readonly Json[];
  readonly contract?: Json;
  readonly position?: Json;
  readonly other?: Json;
  readonly file?: Json;
  readonly balance?: string;
}

/** One contract opened at 100, described in full, and what is wrong with it. */
function fileOf(venue: Venue, change: Change): string {
  const { kind = 'linear', tiers = [TIER] } = change;
  const growth = venue === 'deribit' && change.tiers === undefined ? { marginGrowth: GROWTH } : {};
  const contract = {
    symbol: 'X',
    kind,
    base: 'COIN',
    quote: 'USDT',
    contractSize: '1',
    tickSize: '0.01',
    lotSize: '1',
    tiers,
    ...growth,
    ...change.contract,
  };
  const held = {
    symbol: change.symbol ?? 'X',
    positionSide: 'both',
    size: '10',
    entryPrice: '100',
    marginMode: 'cross',
    isolatedMargin: null,
    leverage: '10',
  };
  const both = change.other === undefined ? [] : [{ ...held, ...change.other }];
  return JSON.stringify({
    venue,
    account: 'A1',
    asOf: '2026-09-01T00:00:00.000Z',
    balances: [{ asset: kind === 'linear' ? 'USDT' : 'COIN', wallet: change.balance ?? '50' }],
    positions: [{ ...held, ...change.position }, ...both],
    marks: [{ symbol: 'X', price: '100' }],
    instruments: [contract],
    ...change.file,
  });
}

/** What a reader of the file is told: the refusal, or what the first position's pool lacks, or says. */
function outcomeOf(
  venue: Venue,
  change: Change,
  asked: 'missing' | 'above' | 'status' | 'bankruptcy',
): string {
  const file = parseAccountFile(fileOf(venue, change));
  if (!file.ok) return file.error.join('; ');
  const pool = assessAccount(toFacts(file.value)).pools.find(
    ({ positions }) => positions.length > 0,
  );
  const position = pool?.positions[0];
  if (pool === undefined || position === undefined) return 'no position';
  const textOf = (figure: Parameters<typeof figureText>[0]): string => {
    const text = figureText(figure);
    return typeof text === 'string' ? text : text.absent;
  };
  switch (asked) {
    case 'missing':
      return pool.missing[0]?.kind ?? `nothing, ${pool.status}`;
    case 'above':
      return textOf(position.liquidation().above);
    case 'status':
      return `${pool.status}, ${textOf(position.liquidation().nearest)}`;
    case 'bankruptcy':
      return textOf(position.bankruptcyPrice());
  }
}

describe.each(VENUES)('bad input in an account file of %s', (venue) => {
  const table = (outcome: string, atDeribit: string): string =>
    venue === 'deribit' ? atDeribit : outcome;
  const twoTiers = [
    { ...TIER, notionalCap: '1000' },
    { ...TIER, notionalFloor: '1000', maintenanceMarginRate: '0.05', maintenanceDeduction: '41' },
  ];

  it.each<[string, Change, 'missing' | 'above' | 'status' | 'bankruptcy', string | RegExp]>([
    [
      'unknown symbol',
      { symbol: 'NOWHERE' },
      'missing',
      /^positions\[0\]\.symbol is "NOWHERE"; expected one of/,
    ],
    ['a mark that never came', { file: { marks: [] } }, 'missing', 'mark-missing'],
    ['missing tier', { tiers: [] }, 'missing', /without tiers|a tier table has a tier/],
    [
      'size over the last tier',
      { contract: { tiers: [{ ...TIER, notionalCap: '5' }] } },
      'missing',
      table('above-last-tier', 'nothing, healthy'),
    ],
    [
      'a deduction that does not follow',
      { contract: { tiers: twoTiers, tierTable: 'progressive' } },
      'missing',
      /deduction/,
    ],
    [
      'zero leverage',
      { position: { leverage: '0' } },
      'missing',
      /^positions\[0\]\.leverage is "0"; expected/,
    ],
    [
      'negative leverage',
      { position: { leverage: '-5' } },
      'missing',
      /^positions\[0\]\.leverage is "-5"; expected/,
    ],
    [
      'inverse without face value',
      { kind: 'inverse', contract: { contractSize: undefined, quote: 'USD' } },
      'missing',
      'instruments[0] describes "X", an inverse contract, without contractSize; expected its face value',
    ],
    [
      'inverse with a face value of zero',
      { kind: 'inverse', contract: { contractSize: '0', quote: 'USD' } },
      'missing',
      /^instruments\[0\]\.contractSize is "0"; expected/,
    ],
    [
      'a hedge pair that cancels',
      {
        file: { positionMode: 'hedge' },
        position: { positionSide: 'long' },
        other: { positionSide: 'short', size: '-10' },
      },
      'bankruptcy',
      'price-cancels',
    ],
    [
      'an inverse short that cannot be liquidated',
      { kind: 'inverse', contract: { quote: 'USD' }, position: { size: '-100' }, balance: '2' },
      'above',
      'margin-covers-loss',
    ],
    [
      'an account under water',
      { file: { marks: [{ symbol: 'X', price: '90' }] } },
      'status',
      'bankrupt, already-liquidatable',
    ],
  ])('[VE10] %s is named', (_name, change, asked, expected) => {
    expect(outcomeOf(venue, change, asked)).toMatch(expected);
  });
});

describe('the rules of the file’s day', () => {
  const rulesAt = (venue: Venue, asOf: string) => {
    const file = parseAccountFile(fileOf(venue, { file: { asOf } }));
    if (!file.ok) return { version: file.error.join('; '), older: [] };
    const { rules, assumptions } = toFacts(file.value);
    return { version: rules.version, older: assumptions.filter((text) => text.startsWith('asOf')) };
  };

  it.each([
    ['bybit', '2025-05-31T23:59:59.000Z', 'bybit-1'],
    ['bybit', '2025-06-01T00:00:00.000Z', 'bybit-2'],
    ['gate', '2024-09-23T00:00:00.000Z', 'gate-0'],
    ['bitget', '2025-11-09T00:00:00.000Z', 'bitget-1'],
    ['bitget', '2025-11-10T00:00:00.000Z', 'bitget-2'],
    ['binance-usdm', '2019-12-01T00:00:00.000Z', 'binance-usdm-0'],
  ] as const)('[VE12] %s at %s: %s', (venue, asOf, version) => {
    expect(rulesAt(venue, asOf)).toEqual({ version, older: [] });
  });

  it('[VE12] a file older than all rules that are known says so', () => {
    expect(rulesAt('okx', '2018-01-01T00:00:00.000Z')).toEqual({
      version: 'okx-1',
      older: [
        'asOf is "2018-01-01T00:00:00.000Z": rules okx-1, in force from 2021-01-01, are the oldest that are known',
      ],
    });
  });
});
