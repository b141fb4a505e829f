/** Tiers as floats, for what decides nothing, or is beyond any doubt. */
import { type Instrument } from '../market/instrument.ts';

export interface FloatTier {
  readonly cap: number;
  readonly rate: number;
  readonly deduction: number;
}

const floatTiers = new WeakMap<Instrument, readonly FloatTier[]>();

export function floatTiersOf(instrument: Instrument): readonly FloatTier[] {
  const kept = floatTiers.get(instrument);
  if (kept !== undefined) return kept;
  const tiers = instrument.tiers.map((tier) => ({
    cap: tier.notionalCap.toNumber(),
    rate: tier.maintenanceMarginRate.toNumber(),
    deduction: tier.maintenanceDeduction.toNumber(),
  }));
  floatTiers.set(instrument, tiers);
  return tiers;
}

export function tierAt(tiers: readonly FloatTier[], notional: number): FloatTier {
  for (const tier of tiers) if (notional <= tier.cap) return tier;
  return tiers.at(-1) ?? NO_TIER;
}
const NO_TIER: FloatTier = { cap: NaN, rate: NaN, deduction: NaN };

export function maintenanceAt(tiers: readonly FloatTier[], notional: number): number {
  const { rate, deduction } = tierAt(tiers, notional);
  return notional * rate - deduction;
}
