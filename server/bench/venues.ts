/**
 * What one account costs at each venue: every figure of a position in a three-tier table, both liquidation prices and the bankruptcy
 * price, in exact decimals. The baseline is the same at Binance USDⓈ-M.
 */
import { memoryUsage } from 'node:process';
import { assert } from '#lib/contract.ts';
import { assessAccount } from '#lib/margin/health.ts';
import { binanceCoinmRules, binanceUsdmRules } from '#lib/margin/venues/binance.ts';
import { bitgetRules } from '#lib/margin/venues/bitget.ts';
import { bitmexRules } from '#lib/margin/venues/bitmex.ts';
import { bybitRules } from '#lib/margin/venues/bybit.ts';
import { deribitRules } from '#lib/margin/venues/deribit.ts';
import { gateRules } from '#lib/margin/venues/gate.ts';
import { krakenInverseRules, krakenLinearRules } from '#lib/margin/venues/kraken.ts';
import { okxRules } from '#lib/margin/venues/okx.ts';
import { type VenueRules } from '#lib/margin/venues/rules.ts';
import { type CaseAccount } from '#lib/wire/case-account.ts';
import { factsOfCase, type CaseFacts } from '#lib/wire/case-facts.ts';
import { type Bench, type BenchResult } from './result.ts';
import { percentile, percentilesOf } from './samples.ts';

const WARM = 200;
const TIMES = 2_000;
const MEGABYTE = 2 ** 20;
const TIERS = [
  { floor: '0', cap: '50000', rate: '0.004' },
  { floor: '50000', cap: '600000', rate: '0.005' },
  { floor: '600000', cap: '3000000', rate: '0.0065' },
];
const BASE: readonly [string, VenueRules, 'linear' | 'inverse'] = [
  'binance-usdm',
  binanceUsdmRules,
  'linear',
];
const VENUES: readonly (typeof BASE)[] = [
  BASE,
  ['binance-coinm', binanceCoinmRules, 'inverse'],
  ['bybit', bybitRules, 'linear'],
  ['okx', okxRules, 'linear'],
  ['deribit', deribitRules, 'inverse'],
  ['gate', gateRules, 'linear'],
  ['bitget', bitgetRules, 'linear'],
  ['bitmex', bitmexRules, 'inverse'],
  ['kraken linear', krakenLinearRules, 'linear'],
  ['kraken inverse', krakenInverseRules, 'inverse'],
];

function factsOf([, rules, kind]: typeof BASE): CaseFacts {
  const linear = kind === 'linear';
  const account: CaseAccount = {
    assetMode: 'single',
    legs: [
      {
        symbol: 'CONTRACT',
        side: 'long',
        size: linear ? '10' : '600000',
        entryPrice: '60000',
        markPrice: '61000.5',
        leverage: '10',
        requirement: { kind: rules.venue === 'okx' ? 'flat-table' : 'table', rows: TIERS },
        collateral: { kind: 'cross' },
        contract: {
          kind,
          settle: 'COIN',
          takerFeeRate: '0.0005',
          growth: { initialBase: '0.02', maintenanceBase: '0.01', perCoin: '0.00005' },
        },
      },
    ],
    given: [],
    orders: [],
    wallets: [{ asset: 'COIN', kind: 'cross', amount: linear ? '60000' : '1' }],
    rates: [],
  };
  return factsOfCase(account, rules);
}

function once(facts: CaseFacts): void {
  const position = assessAccount(facts).pools[0]?.positions[0];
  assert(position !== undefined, 'the account has a position');
  assert(position.liquidation().nearest.known, `${facts.rules.venue} gives a price`);
  position.bankruptcyPrice();
}

function timesOf(venue: typeof BASE): readonly number[] {
  const facts = factsOf(venue);
  for (let warm = 0; warm < WARM; warm += 1) once(facts);
  return Array.from({ length: TIMES }, () => {
    const start = performance.now();
    once(facts);
    return performance.now() - start;
  });
}

function measured(): readonly BenchResult[] {
  const half = 0.5;
  const base = percentile(timesOf(BASE), half);
  return VENUES.map((venue) => {
    const times = timesOf(venue);
    return {
      bench: 'venues',
      case: venue[0],
      ...percentilesOf(times),
      peakMb: memoryUsage().rss / MEGABYTE,
      ratio: percentile(times, half) / base,
      baseline: 'binance-usdm',
      seed: 'none',
      input: `${TIMES} times one account with one position`,
    };
  });
}

export const venues: Bench = {
  question: 'what does one account cost at each venue?',
  sizes: [],
  run: () => Promise.resolve(measured()),
};
