/** A contract's terms as floats: enough to size a made-up trader. What the trader then owes is for the margin engine to say. */
import { assert } from '../contract.ts';
import { type Instrument } from '../market/instrument.ts';

interface TermTier {
  readonly cap: number;
  readonly leverageMax: number;
  readonly maintenanceRate: number;
  readonly deduction: number;
}

export interface ContractTerms {
  readonly instrument: Instrument;
  /** Worth of one lot at a price of one tick, in the settle asset. */
  readonly lotTick: number;
  readonly tiers: readonly TermTier[];
  readonly takerFeeRate: number;
}

export function termsOf(instrument: Instrument): ContractTerms {
  assert(
    instrument.kind === 'linear',
    `${instrument.id}: made-up traders trade linear contracts only`,
  );
  const { tickSize, lotSize, contractSize } = instrument;
  return {
    instrument,
    lotTick: tickSize.times(lotSize).times(contractSize).toNumber(),
    takerFeeRate: instrument.takerFeeRate.toNumber(),
    tiers: instrument.tiers.map((tier) => ({
      cap: tier.notionalCap.toNumber(),
      leverageMax: tier.leverageMax.toNumber(),
      maintenanceRate: tier.maintenanceMarginRate.toNumber(),
      deduction: tier.maintenanceDeduction.toNumber(),
    })),
  };
}

function tierAt(terms: ContractTerms, notional: number): TermTier {
  const tier = terms.tiers.find(({ cap }) => notional <= cap) ?? terms.tiers.at(-1);
  assert(tier !== undefined, 'a tier table has a tier');
  return tier;
}

export function maintenanceOf(terms: ContractTerms, notional: number): number {
  const tier = tierAt(terms, notional);
  return notional * tier.maintenanceRate - tier.deduction;
}

export function leverageMaxAt(terms: ContractTerms, notional: number): number {
  return tierAt(terms, notional).leverageMax;
}

/** The largest notional at which a leverage is still allowed; 0 where no tier allows it. */
export function notionalMaxAt(terms: ContractTerms, leverage: number): number {
  return terms.tiers.findLast(({ leverageMax }) => leverageMax >= leverage)?.cap ?? 0;
}
