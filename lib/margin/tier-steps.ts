/** Where a position's tier changes: by price with its size, by size at its mark. */
import { valueOf, type Instrument, type RiskTier } from '../market/instrument.ts';
import {
  money,
  plus,
  minus,
  price,
  quantity,
  type Money,
  type Price,
  type Quantity,
} from '../units/money.ts';
import { type Account, type Position } from './account.ts';
import { type Leg } from './pool.ts';

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

/** The account with one position grown to a notional at its mark, without a fee: its unrealized PnL stays what it is. */
export function accountGrownTo(account: Account, leg: Leg, notional: Money): Account {
  const { position } = leg;
  const grown = grownTo(leg, notional);
  return {
    ...account,
    positions: account.positions.map((one) => (one === position ? grown : one)),
  };
}

function grownTo({ position, instrument, mark }: Leg, notional: Money): Position {
  const valueNow = valueOf(instrument, position.signedSize, mark.price);
  const factor = notional.div(valueNow.abs());
  const signedSize = quantity(position.signedSize.times(factor));
  const added = minus(money(valueNow.times(factor)), valueNow);
  return { ...position, signedSize, openValue: plus(position.openValue, added) };
}
