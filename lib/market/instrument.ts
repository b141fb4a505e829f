/** What is traded: a linear or inverse contract, perpetual or dated, with its grid, its fees and its risk tiers. */
import { assert, fail, ok, type Result } from '../contract.ts';
import { type Decimal } from '../units/decimal.ts';
import { type AssetId, type InstrumentId } from '../units/ids.ts';
import {
  money,
  NO_MONEY,
  price,
  type Money,
  type Price,
  type Quantity,
  type Rate,
} from '../units/money.ts';
import { MONEY_DECIMALS } from '../units/scaled.ts';
import { type TimestampMs } from '../units/time.ts';

/** Whether a tier's rate applies to what lies in the tier, or to the whole position once it is reached. */
export type TierTable = 'progressive' | 'flat';

/** One step of a maintenance table. Notionals are in the settle asset: quote (linear) or coin (inverse). */
export interface RiskTier {
  /** From 1. */
  readonly tier: number;
  readonly notionalFloor: Money;
  /** The largest notional of this tier, inclusive. */
  readonly notionalCap: Money;
  readonly leverageMax: Rate;
  readonly maintenanceMarginRate: Rate;
  /** Makes maintenance continuous from one tier to the next; 0 in every row of a flat table. */
  readonly maintenanceDeduction: Money;
}

export interface FundingTerms {
  readonly intervalMs: number;
  readonly cap: Rate;
  readonly floor: Rate;
}

/** Rates that grow with the coins held instead of a table: base + perCoin x coins, as a fraction. */
export interface MarginGrowth {
  readonly initialBase: Rate;
  readonly maintenanceBase: Rate;
  readonly perCoin: Rate;
}

export interface Instrument {
  readonly id: InstrumentId;
  /** linear: PnL in quote, size in base. inverse: PnL in base, size in contracts of a quote face value. */
  readonly kind: 'linear' | 'inverse';
  readonly expiry:
    | { readonly kind: 'perpetual' }
    | { readonly kind: 'dated'; readonly deliveryTime: TimestampMs };
  readonly base: AssetId;
  readonly quote: AssetId;
  /** The asset of PnL and margin: quote (linear) or base (inverse). */
  readonly settle: AssetId;
  /** linear: base units per unit of size (1 at Binance). inverse: face value of one contract, in quote. */
  readonly contractSize: Decimal;
  readonly tickSize: Price;
  readonly lotSize: Quantity;
  readonly tiers: readonly RiskTier[];
  /** Where the venue has no table. */
  readonly marginGrowth?: MarginGrowth;
  readonly takerFeeRate: Rate;
  readonly makerFeeRate: Rate;
  /** Charged on the notional that a liquidation closes. */
  readonly liquidationFeeRate: Rate;
  readonly funding: FundingTerms | undefined;
  /** Standard deviation of one day's log return, used until enough history is measured. */
  readonly dailyVolatility: number;
}

/**
 * Signed value of a size at a price, in the settle asset, such that unrealized PnL is always `value(mark) - value(entry)`.
 * linear: size x multiplier x price. inverse: -(contracts x face / price), since a long inverse contract owes coin.
 */
export function valueOf(instrument: Instrument, signedSize: Quantity, at: Price): Money {
  assert(at.gt(0), 'a price above zero');
  return instrument.kind === 'linear'
    ? money(signedSize.times(instrument.contractSize).times(at))
    : money(signedSize.times(instrument.contractSize).div(at).negated());
}

/** Value without sign, in the settle asset: what rates of margin and fees apply to. Never negative. */
export function notionalOf(instrument: Instrument, signedSize: Quantity, at: Price): Money {
  return money(valueOf(instrument, signedSize, at).abs());
}

/** Average entry of an open position: value / size (linear), face / value owed (inverse). Exact to 40 digits. */
export function entryPriceOf(
  instrument: Instrument,
  position: { readonly signedSize: Quantity; readonly openValue: Money },
): Price {
  const { signedSize, openValue } = position;
  assert(!signedSize.isZero() && !openValue.isZero(), 'an open position has a size and a value');
  const face = signedSize.times(instrument.contractSize);
  return price(instrument.kind === 'linear' ? openValue.div(face) : face.div(openValue).negated());
}

const KIND_WORDS = { linear: 'a linear contract', inverse: 'an inverse contract' } as const;

/**
 * Refuses an instrument that the ledger could not hold exactly: price and size grids together finer than 1e-8, a step of
 * zero, PnL in another asset than its kind pays, no tier, or a tier table that does not follow from its own floors and rates (cex.md 0.4).
 */
export function checkInstrument(
  instrument: Instrument,
  table: TierTable = 'progressive',
): Result<Instrument> {
  const { id, tickSize, lotSize, contractSize, tiers } = instrument;
  if (!tickSize.gt(0) || !lotSize.gt(0) || !contractSize.gt(0)) {
    return fail(`${id}: tick, lot and contract size must be above zero`);
  }
  const decimals =
    tickSize.decimalPlaces() + lotSize.decimalPlaces() + contractSize.decimalPlaces();
  if (instrument.kind === 'linear' && decimals > MONEY_DECIMALS) {
    return fail(
      `${id}: tick and lot decimals add up to ${decimals}, at most ${MONEY_DECIMALS} can be booked exactly`,
    );
  }
  const margined = instrument.kind === 'linear' ? instrument.quote : instrument.base;
  if (instrument.settle !== margined) {
    return fail(
      `${id}: ${KIND_WORDS[instrument.kind]} settles in ${margined}, not in ${instrument.settle}`,
    );
  }
  const problem = tierProblem(tiers, table);
  return problem === undefined ? ok(instrument) : fail(`${id}: ${problem}`);
}

/** The deduction that continuity demands: previous + floor x (rate - previous rate). Source: cex.md 0.4. */
export function deductionAfter(
  previous: RiskTier,
  floor: Money,
  maintenanceMarginRate: Rate,
): Money {
  return money(
    previous.maintenanceDeduction.plus(
      floor.times(maintenanceMarginRate.minus(previous.maintenanceMarginRate)),
    ),
  );
}

function tierProblem(tiers: readonly RiskTier[], table: TierTable): string | undefined {
  const first = tiers[0];
  if (first === undefined) return 'a tier table has a tier';
  if (!first.notionalFloor.isZero() || !first.maintenanceDeduction.isZero()) {
    return 'tier 1 must start at 0 with a deduction of 0';
  }
  for (const [index, tier] of tiers.entries()) {
    if (!tier.notionalCap.gt(tier.notionalFloor)) return `tier ${tier.tier} ends before it begins`;
    const previous = tiers[index - 1];
    if (previous === undefined) continue;
    if (!tier.notionalFloor.eq(previous.notionalCap))
      return `tier ${tier.tier} does not begin where the one before ends`;
    if (tier.maintenanceMarginRate.lt(previous.maintenanceMarginRate))
      return `tier ${tier.tier} lowers the maintenance rate`;
    const expected =
      table === 'flat'
        ? NO_MONEY
        : deductionAfter(previous, tier.notionalFloor, tier.maintenanceMarginRate);
    if (!expected.eq(tier.maintenanceDeduction)) {
      return `tier ${tier.tier} has deduction ${tier.maintenanceDeduction.toFixed()}, its floors and rates give ${expected.toFixed()}${table === 'flat' ? ' in a flat table' : ''}`;
    }
  }
  return undefined;
}
