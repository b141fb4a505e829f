import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CATALOGUE, COLLATERAL_WEIGHTS } from './catalogue.ts';
import { checkInstrument, type Instrument } from './instrument.ts';

function instrumentNamed(id: string): Instrument {
  const found = CATALOGUE.find((instrument) => instrument.id === id);
  if (found === undefined) throw new Error(`no ${id}`);
  return found;
}

describe('catalogue', () => {
  it('offers twelve contracts, each sound, none twice', () => {
    expect(CATALOGUE).toHaveLength(12);
    expect(new Set(CATALOGUE.map(({ id }) => id)).size).toBe(12);
    for (const instrument of CATALOGUE) expect(checkInstrument(instrument).ok).toBe(true);
  });

  it('carries BTCUSDT as recorded', () => {
    const bitcoin = instrumentNamed('BTCUSDT');
    expect(bitcoin.tickSize.toString()).toBe('0.1');
    expect(bitcoin.lotSize.toString()).toBe('0.001');
    expect(bitcoin.liquidationFeeRate.toString()).toBe('0.0125');
    expect(bitcoin.funding?.cap.toString()).toBe('0.003');
    expect(bitcoin.tiers).toHaveLength(12);
    expect(bitcoin.tiers[3]?.maintenanceDeduction.toString()).toBe('11450');
  });

  it('caps funding at 0.75 x the first maintenance rate where no cap was recorded', () => {
    const aave = instrumentNamed('AAVEUSDT');
    expect(aave.funding?.cap.toString()).toBe('0.0075'); // 0.75 x 1 %
    expect(aave.funding?.floor.toString()).toBe('-0.0075');
  });

  it('never lets a tier allow more than its maintenance rate could bear', () => {
    for (const { tiers } of CATALOGUE) {
      for (const tier of tiers) {
        expect(tier.leverageMax.times(tier.maintenanceMarginRate).lt(1)).toBe(true);
      }
    }
  });

  it('weighs no collateral above its price', () => {
    expect(COLLATERAL_WEIGHTS.map(({ asset }) => asset)).toEqual(['USDT', 'USDC', 'BTC', 'ETH']);
    for (const { collateralWeight } of COLLATERAL_WEIGHTS)
      expect(collateralWeight.lte(1)).toBe(true);
  });
});

const shared = process.env['PLIMSOLL_SHARED'];
const tierFile = shared === undefined ? undefined : join(shared, 'venues/binance-usdm-tiers.json');
const hasTierFile = tierFile !== undefined && existsSync(tierFile);
if (!hasTierFile)
  console.warn('skipped: catalogue tiers against the recorded file (PLIMSOLL_SHARED is not set)');

describe.skipIf(!hasTierFile)('catalogue against the recorded tiers', () => {
  it('has every tier as recorded', () => {
    const recorded: unknown = JSON.parse(readFileSync(tierFile ?? '', 'utf8'));
    for (const { id, tiers } of CATALOGUE) {
      const expected = tiers.map((tier) => ({
        tier: tier.tier,
        notionalFloor: tier.notionalFloor.toFixed(),
        notionalCap: tier.notionalCap.toFixed(),
        maxLeverage: tier.leverageMax.toFixed(),
        maintenanceMarginRate: tier.maintenanceMarginRate.toFixed(),
        maintenanceAmount: tier.maintenanceDeduction.toFixed(),
      }));
      expect(recorded).toHaveProperty(id, expected);
    }
  });
});
