/** Notional to risk tier, maintenance and initial margin (SPEC MR). Exact: rounding is the caller's, by its rule set. */
import { assert, fail, ok, type Result } from '../contract.ts';
import { type Instrument, type RiskTier } from '../market/instrument.ts';
import { compareDecimals, minOf, type Decimal } from '../units/decimal.ts';
import { money, type Money, type Rate } from '../units/money.ts';
import { type Absence } from './figures.ts';
import { type VenueRules } from './venues/rules.ts';

/** [MR1] The tier with floor < notional <= cap; a notional of zero is in the first. */
export function tierOf(instrument: Instrument, notional: Money): Result<RiskTier, Absence> {
  const tier = tierHolding(instrument, notional);
  return tier === undefined
    ? fail({ kind: 'above-last-tier', instrumentId: instrument.id, notional })
    : ok(tier);
}

function tierHolding({ tiers }: Instrument, notional: Decimal): RiskTier | undefined {
  return tiers.find(({ notionalCap }) => compareDecimals(notional, notionalCap) <= 0);
}

/** As `tierOf`, with the last tier reaching on without end: what a solver needs when it looks past the table. */
export function tierReaching(instrument: Instrument, notional: Decimal): RiskTier {
  const tier = tierHolding(instrument, notional) ?? instrument.tiers.at(-1);
  assert(tier !== undefined, 'a tier table has a tier');
  return tier;
}

/** [MR2] notional x rate - deduction, in the settle asset. */
export function maintenanceOf(tier: RiskTier, notional: Money): Money {
  return money(notional.times(tier.maintenanceMarginRate).minus(tier.maintenanceDeduction));
}

/** [MR3] notional / leverage, where the house bounds the chosen leverage by the tier's. */
export function initialMarginOf(
  rules: VenueRules,
  tier: RiskTier,
  notional: Money,
  leverage: Rate,
): Money {
  const bounded =
    rules.initialMarginLeverage === 'chosen' ? leverage : minOf(leverage, tier.leverageMax);
  return money(notional.div(bounded));
}
