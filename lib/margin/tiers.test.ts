import { describe, expect, test } from 'vitest';
import { binanceContract } from '../market/binance-contracts.ts';
import { money, rate } from '../units/money.ts';
import { contractOf } from './examples.ts';
import { initialMarginOf, maintenanceOf, tierOf, tierReaching } from './tiers.ts';
import { binanceUsdmRules } from './venues/binance.ts';
import { houseRules } from './venues/house.ts';

const btc = contractOf({ id: 'BTCUSDT' });

function tierNumber(notional: string): number | string {
  const found = tierOf(btc, money(notional));
  return found.ok ? found.value.tier : found.error.kind;
}

function maintenance(notional: string): string {
  return maintenanceOf(tierReaching(btc, money(notional)), money(notional)).toFixed();
}

describe('tiers', () => {
  test('[MR1] a cap belongs to its tier, one unit more to the next', () => {
    expect(tierNumber('0')).toBe(1);
    expect(tierNumber('50000')).toBe(1);
    expect(tierNumber('50000.00000001')).toBe(2);
    expect(tierNumber('250000')).toBe(2);
    expect(tierNumber('250000.00000001')).toBe(3);
    expect(tierNumber('50000000')).toBe(6);
  });

  test('[MR1] above the last cap there is no tier, and the outcome says so', () => {
    const found = tierOf(btc, money('50000000.00000001'));
    expect(found.ok ? 'a tier' : found.error).toMatchObject({
      kind: 'above-last-tier',
      instrumentId: 'BTCUSDT',
    });
    expect(tierReaching(btc, money('50000000.00000001')).tier).toBe(6);
  });

  test('[MR2] maintenance of the BTC table of liquidation.md 1.2', () => {
    expect(maintenance('120000')).toBe('550');
    expect(maintenance('50000')).toBe('200');
    expect(maintenance('250000')).toBe('1200');
    expect(maintenance('1000000')).toBe('8700');
    expect(maintenance('1200000')).toBe('13700');
    expect(maintenance('10000000')).toBe('233700');
  });

  test('[MR2] both tiers of an edge give the same maintenance', () => {
    for (const [index, tier] of btc.tiers.entries()) {
      const next = btc.tiers[index + 1];
      if (next === undefined) continue;
      expect(maintenanceOf(next, tier.notionalCap).eq(maintenanceOf(tier, tier.notionalCap))).toBe(
        true,
      );
    }
  });

  test('[MR2] deductions follow from floors and rates: 0, 50, 1,300, 16,300, 266,300, 1,266,300', () => {
    expect(btc.tiers.map((tier) => tier.maintenanceDeduction.toFixed())).toEqual([
      '0',
      '50',
      '1300',
      '16300',
      '266300',
      '1266300',
    ]);
  });

  test('[MR2] the Binance table: a million of BTC requires 5,550', () => {
    const contract = binanceContract('BTCUSDT')?.instrument ?? btc;
    const tier = tierReaching(contract, money('1000000'));
    expect(tier.tier).toBe(3);
    expect(maintenanceOf(tier, money('1000000')).toFixed()).toBe('5550');
  });

  test('[MR3] the house bounds leverage by the tier, Binance takes the chosen one', () => {
    const tier = tierReaching(btc, money('300000'));
    expect(tier.leverageMax.toFixed()).toBe('50');
    expect(initialMarginOf(houseRules, tier, money('300000'), rate('125')).toFixed()).toBe('6000');
    expect(initialMarginOf(binanceUsdmRules, tier, money('300000'), rate('125')).toFixed()).toBe(
      '2400',
    );
    expect(initialMarginOf(houseRules, tier, money('300000'), rate('10')).toFixed()).toBe('30000');
  });
});
