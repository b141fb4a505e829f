/**
 * An instrument in the ledger's integers: what one lot at one tick is worth, its rates and its tiers, worked out once. Same
 * meaning as `valueOf` in instrument.ts, held equal by grid.fuzz.ts.
 */
import { assert } from '../contract.ts';
import { Decimal, roundTo } from '../units/decimal.ts';
import { rate } from '../units/money.ts';
import {
  divide,
  MONEY_DECIMALS,
  moneyToUnits,
  moneyUnits,
  RATE_DECIMALS,
  rateToUnits,
  type Lots,
  type MoneyUnits,
  type RateUnits,
  type Ticks,
} from '../units/scaled.ts';
import { type Instrument, type RiskTier } from './instrument.ts';

/** Leverage counts in ten-thousandths, so that 12.5x and 33.3333x stay integers. */
export const LEVERAGE_DECIMALS = 4;
export const LEVERAGE_SCALE = 10_000n;
/** Money times a rate, before it is rounded back to money. */
const FINE_DECIMALS = MONEY_DECIMALS + RATE_DECIMALS;

export interface IntegerTier {
  /** From 1. */
  readonly tier: number;
  /** The largest notional of this tier, inclusive. */
  readonly notionalCap: MoneyUnits;
  readonly maintenanceMarginRate: RateUnits;
  /** In 1e-20 of the settle asset, so that the product of notional and rate meets it exactly. */
  readonly deductionFine: bigint;
  /** In 1e-4, rounded down. */
  readonly leverageMaxUnits: bigint;
}

export interface InstrumentGrid {
  readonly kind: 'linear' | 'inverse';
  /**
   * linear: value in money units = lots x ticks x numerator. inverse: -(lots x numerator) / (ticks x denominator).
   * The denominator of a linear grid is 1.
   */
  readonly numerator: bigint;
  readonly denominator: bigint;
  readonly takerFeeRate: RateUnits;
  readonly liquidationFeeRate: RateUnits;
  readonly tiers: readonly IntegerTier[];
}

const grids = new WeakMap<Instrument, InstrumentGrid>();

/** The grid of an instrument, worked out on first use and kept as long as the instrument object lives. */
export function gridOf(instrument: Instrument): InstrumentGrid {
  const known = grids.get(instrument);
  if (known !== undefined) return known;
  const grid = makeGrid(instrument);
  grids.set(instrument, grid);
  return grid;
}

function makeGrid(instrument: Instrument): InstrumentGrid {
  return {
    kind: instrument.kind,
    ...valueFactors(instrument),
    takerFeeRate: rateToUnits(instrument.takerFeeRate),
    liquidationFeeRate: rateToUnits(instrument.liquidationFeeRate),
    tiers: instrument.tiers.map(integerTierOf),
  };
}

function valueFactors(instrument: Instrument): { numerator: bigint; denominator: bigint } {
  const perLot = instrument.lotSize.times(instrument.contractSize);
  if (instrument.kind === 'linear') {
    return {
      numerator: integerOf(perLot.times(instrument.tickSize), MONEY_DECIMALS),
      denominator: 1n,
    };
  }
  const shift = Math.max(perLot.decimalPlaces(), instrument.tickSize.decimalPlaces());
  return {
    numerator: integerOf(perLot, shift + MONEY_DECIMALS),
    denominator: integerOf(instrument.tickSize, shift),
  };
}

function integerTierOf(tier: RiskTier): IntegerTier {
  return {
    tier: tier.tier,
    notionalCap: moneyToUnits(tier.notionalCap, 'floor'),
    maintenanceMarginRate: rateToUnits(tier.maintenanceMarginRate),
    deductionFine: integerOf(tier.maintenanceDeduction, FINE_DECIMALS),
    leverageMaxUnits: integerOf(
      roundTo(tier.leverageMax, LEVERAGE_DECIMALS, 'floor'),
      LEVERAGE_DECIMALS,
    ),
  };
}

/** value x 10^decimals, which must be whole. */
function integerOf(value: Decimal, decimals: number): bigint {
  const scaled = value.times(new Decimal(10).pow(decimals));
  assert(scaled.isInteger(), `${value.toFixed()} fits into ${decimals} decimals`);
  return BigInt(scaled.toFixed(0));
}

/** Leverage in 1e-4; undefined when it is not above zero or finer than that. */
export function leverageUnitsOf(leverage: number): bigint | undefined {
  if (!Number.isFinite(leverage) || leverage <= 0) return undefined;
  const scaled = rate(leverage).times(LEVERAGE_SCALE.toString());
  return scaled.isInteger() ? BigInt(scaled.toFixed(0)) : undefined;
}

/**
 * Signed value of a size at a price, in 1e-8 of the settle asset: unrealized PnL is value(mark) - openValue. Linear is exact;
 * inverse cuts the magnitude once toward zero and then takes the sign, so that both sides of a trade book the same amount.
 */
export function gridValue(grid: InstrumentGrid, count: Lots, at: Ticks): MoneyUnits {
  assert(at > 0n, 'a price above zero');
  if (grid.kind === 'linear') return moneyUnits(count * at * grid.numerator);
  // BigInt division cuts toward zero: magnitude first, whatever the sign.
  return moneyUnits(-((count * grid.numerator) / (at * grid.denominator)));
}

/** The exact notional in money units as a fraction: an inverse one is rarely whole. */
export interface NotionalFraction {
  readonly numerator: bigint;
  /** Above zero; 1 for linear. */
  readonly denominator: bigint;
}

export function notionalFraction(grid: InstrumentGrid, count: Lots, at: Ticks): NotionalFraction {
  assert(at > 0n, 'a price above zero');
  const size = magnitudeOf(count);
  return grid.kind === 'linear'
    ? { numerator: size * at * grid.numerator, denominator: 1n }
    : { numerator: size * grid.numerator, denominator: at * grid.denominator };
}

/** `gridValue` of an instrument. */
function valueUnits(instrument: Instrument, count: Lots, at: Ticks): MoneyUnits {
  return gridValue(gridOf(instrument), count, at);
}

/** Value without sign, never negative. */
export function notionalUnits(instrument: Instrument, count: Lots, at: Ticks): MoneyUnits {
  return magnitudeOf(valueUnits(instrument, count, at));
}

export function magnitudeOf(amount: bigint): MoneyUnits {
  return moneyUnits(amount < 0n ? -amount : amount);
}

/** The tier of a notional: the first whose cap is not below it. Undefined above the last one. */
export function integerTierAt(
  grid: InstrumentGrid,
  notional: NotionalFraction,
): IntegerTier | undefined {
  return grid.tiers.find((tier) => notional.numerator <= tier.notionalCap * notional.denominator);
}

/** notional / leverage, rounded up: what opening it takes out of the free margin. */
export function marginAtLeverage(notional: MoneyUnits, leverageUnits: bigint): MoneyUnits {
  return moneyUnits(divide(notional * LEVERAGE_SCALE, leverageUnits, 'up'));
}
