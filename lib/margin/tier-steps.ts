/** Where a position's tier changes: by price with its size. */
import { type Instrument, type RiskTier } from '../market/instrument.ts';
import { price, type Price, type Quantity } from '../units/money.ts';

export interface TierStep {
  readonly tier: RiskTier;
  /** Price at which this position, with its present size, reaches the lower end of the tier. */
  readonly from: Price;
}

/** Tiers above the first with the price at which a size enters them, rising in notional: falling in price for inverse contracts. */
export function tierStepsOf(instrument: Instrument, signedSize: Quantity): readonly TierStep[] {
  const face = signedSize.times(instrument.contractSize).abs();
  return instrument.tiers
    .filter(({ notionalFloor }) => notionalFloor.gt(0))
    .map((tier) => ({
      tier,
      from: price(
        instrument.kind === 'linear' ? tier.notionalFloor.div(face) : face.div(tier.notionalFloor),
      ),
    }));
}
