import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { assert } from '../contract.ts';
import { BINANCE_SYMBOLS, binanceContract } from './binance-contracts.ts';
import { checkInstrument } from './instrument.ts';

describe('Binance contracts', () => {
  it('are 42, each with a grid that can be booked and tiers that follow from one another', () => {
    expect(BINANCE_SYMBOLS).toHaveLength(42);
    for (const symbol of BINANCE_SYMBOLS) {
      const contract = binanceContract(symbol);
      assert(contract !== undefined, symbol);
      expect(checkInstrument(contract.instrument)).toMatchObject({ ok: true });
    }
  });

  it('BTCUSDT: tier 3 runs from 600,000 to 3,000,000 at 0.65 % less 950', () => {
    const tier = binanceContract('BTCUSDT')?.instrument.tiers[2];
    expect([
      tier?.notionalFloor.toFixed(),
      tier?.notionalCap.toFixed(),
      tier?.maintenanceMarginRate.toFixed(),
      tier?.maintenanceDeduction.toFixed(),
      tier?.leverageMax.toFixed(),
    ]).toEqual(['600000', '3000000', '0.0065', '950', '75']);
  });

  it('says where a grid is supposed, and knows no contract of another name', () => {
    expect(binanceContract('BTCUSDT')?.gridKnown).toBe(true);
    expect(binanceContract('WLDUSDT')?.gridKnown).toBe(false);
    expect(binanceContract('constructor')).toBeUndefined();
  });
});

interface TierRow {
  readonly notionalFloor: string;
  readonly notionalCap: string;
  readonly maxLeverage: string;
  readonly maintenanceMarginRate: string;
  readonly maintenanceAmount: string;
}

const shared = process.env.PLIMSOLL_SHARED;
const published = `${shared ?? ''}/venues/binance-usdm-tiers.json`;
const found = shared !== undefined && existsSync(published);
if (!found) console.warn('skipped: published tiers need PLIMSOLL_SHARED');

describe.skipIf(!found)('Binance tiers as published', () => {
  it('equal ours in every figure, deductions included', () => {
    const tables: Readonly<Record<string, readonly TierRow[]>> = JSON.parse(
      readFileSync(published, 'utf8'),
    );
    expect(Object.keys(tables)).toEqual(BINANCE_SYMBOLS);
    for (const [symbol, rows] of Object.entries(tables)) {
      const ours = binanceContract(symbol)?.instrument.tiers.map((tier) => [
        tier.notionalFloor.toFixed(),
        tier.notionalCap.toFixed(),
        tier.leverageMax.toFixed(),
        tier.maintenanceMarginRate.toFixed(),
        tier.maintenanceDeduction.toFixed(),
      ]);
      const theirs = rows.map((row) => [
        row.notionalFloor,
        row.notionalCap,
        row.maxLeverage,
        row.maintenanceMarginRate,
        row.maintenanceAmount,
      ]);
      expect(ours, symbol).toEqual(theirs);
    }
  });
});
