import { describe, expect, it } from 'vitest';
import { shown, shownTo } from './examples.ts';
import { venuePool, type VenuePosition } from './venue-examples.ts';
import { BYBIT_INVERSE, inForce, RULE_SETS, VERSIONS } from './venues/versions.ts';

describe('the rules of a day', () => {
  it.each([
    ['bybit', '2025-05-31T23:59:59.999Z', 'bybit-1'],
    ['bybit', '2025-06-01T00:00:00.000Z', 'bybit-2'],
    ['gate', '2024-09-23', 'gate-0'],
    ['gate', '2024-09-24', 'gate-1'],
    ['bitget', '2025-11-09', 'bitget-1'],
    ['bitget', '2025-11-10', 'bitget-2'],
    ['binance-usdm', '2022-12-31', 'binance-usdm-0'],
    ['binance-usdm', '2023-01-01', 'binance-usdm-1'],
    ['okx', '2015-01-01', 'okx-1'],
  ] as const)('[VE12] %s at %s: %s', (venue, day, version) => {
    expect(inForce(VERSIONS[venue], day).version).toBe(version);
  });

  it('[VE12] inverse contracts of Bybit had rules of their own', () => {
    expect(inForce(BYBIT_INVERSE, '2024-01-01').version).toBe('bybit-inverse-1');
    expect(inForce(BYBIT_INVERSE, '2026-01-01').version).toBe('bybit-2');
  });

  it('[VE12] versions are listed newest first, each once', () => {
    for (const versions of Object.values(VERSIONS)) {
      const days = versions.map(({ effectiveFrom }) => effectiveFrom);
      expect(days).toEqual(days.toSorted().toReversed());
    }
    expect(new Set(RULE_SETS.map(({ version }) => version)).size).toBe(RULE_SETS.length);
  });
});

describe('what a day changes', () => {
  const btc: VenuePosition = {
    rules: VERSIONS['binance-usdm'][0],
    size: '109.488',
    entry: '32481.98',
    tiers: '0.025',
    isolated: '1535443.01',
  };
  const on = (venue: keyof typeof VERSIONS, day: string) => inForce(VERSIONS[venue], day);

  it('[VE12] Binance printed two decimals in 2019, toward the mark', () => {
    // (109.488 x 32,481.98 - 1,535,443.01) / (109.488 x 0.975)
    const at = (day: string) =>
      shown(venuePool({ ...btc, rules: on('binance-usdm', day) }).position.liquidation().below);
    expect(at('2019-12-31')).toBe('18931.42');
    expect(at('2024-01-01')).toBe('18931.41799631');
  });

  it('[VE12] Bybit asks by the entry until 2025, by the mark since', () => {
    const moved: VenuePosition = {
      ...btc,
      entry: '100',
      mark: '200',
      size: '1',
      leverage: '10',
      tiers: '0.01',
      isolated: '50',
    };
    const at = (day: string) =>
      shown(venuePool({ ...moved, rules: on('bybit', day) }).position.initialMargin);
    expect([at('2025-01-01'), at('2026-01-01')]).toEqual(['10', '20']);
  });

  it('[VE12] Bitget before its progressive tiers: flat for everybody, whenever opened', () => {
    const tiers = [
      ['1000', '0.01'],
      ['1000000', '0.05'],
    ] as const;
    const text: VenuePosition = { ...btc, size: '10', entry: '105', tiers, isolated: '60' };
    const at = (day: string) =>
      shownTo(venuePool({ ...text, rules: on('bitget', day) }).position.maintenanceMargin, 2);
    // 1,050 x 5 %; since then less 1,000 x 4 %
    expect([at('2025-11-09'), at('2025-11-10')]).toEqual(['52.50', '12.50']);
  });
});
