/**
 * The scaled-integer back end for `house` rules: the same figures as `assessAccount`, to the last unit (integer.fuzz.ts), from
 * the ledger's own integers. What a million accounts are scanned with; nothing here allocates a Decimal.
 */
import {
  integerTierAt,
  LEVERAGE_SCALE,
  gridValue,
  notionalFraction,
  type InstrumentGrid,
  type IntegerTier,
  type NotionalFraction,
} from '../market/grid.ts';
import {
  divide,
  MONEY_SCALE,
  moneyUnits,
  NO_UNITS,
  RATE_SCALE,
  type Lots,
  type MoneyUnits,
  type RateUnits,
  type Ticks,
} from '../units/scaled.ts';

export interface IntegerPosition {
  readonly grid: InstrumentGrid;
  readonly lots: Lots;
  readonly openValue: MoneyUnits;
  readonly markTicks: Ticks;
  /** Chosen leverage in 1e-4, above zero. */
  readonly leverageUnits: bigint;
}

/** One settle asset of a pool: its wallet (isolated: the position's own) and the positions that it backs. */
export interface IntegerAsset {
  readonly wallet: MoneyUnits;
  readonly positions: readonly IntegerPosition[];
  /** Multi-asset mode: USD per unit in 1e-8, and the share of positive equity that counts. Undefined: counted in itself. */
  readonly conversion: { readonly price: MoneyUnits; readonly weight: RateUnits } | undefined;
}

/** In 1e-8 of the pool's unit: its settle asset, or USD. */
export interface IntegerFigures {
  readonly marginBalance: MoneyUnits;
  readonly maintenanceMargin: MoneyUnits;
  readonly initialMargin: MoneyUnits;
}

const NOTHING: IntegerFigures = {
  marginBalance: NO_UNITS,
  maintenanceMargin: NO_UNITS,
  initialMargin: NO_UNITS,
};

function sumOfFigures(left: IntegerFigures, right: IntegerFigures): IntegerFigures {
  return {
    marginBalance: moneyUnits(left.marginBalance + right.marginBalance),
    maintenanceMargin: moneyUnits(left.maintenanceMargin + right.maintenanceMargin),
    initialMargin: moneyUnits(left.initialMargin + right.initialMargin),
  };
}

/** Figures of one pool; undefined when a position lies above the last tier, where maintenance has no meaning. */
export function assessUnits(assets: readonly IntegerAsset[]): IntegerFigures | undefined {
  let total = NOTHING;
  for (const asset of assets) {
    const own = assetFigures(asset);
    if (own === undefined) return undefined;
    total = sumOfFigures(
      total,
      asset.conversion === undefined ? own : inUsd(own, asset.conversion),
    );
  }
  return total;
}

function assetFigures(asset: IntegerAsset): IntegerFigures | undefined {
  let total: IntegerFigures = { ...NOTHING, marginBalance: asset.wallet };
  for (const position of asset.positions) {
    const own = positionFigures(position);
    if (own === undefined) return undefined;
    total = sumOfFigures(total, own);
  }
  return total;
}

/** A position's part: its unrealized PnL as balance, its requirements rounded up each. */
function positionFigures(position: IntegerPosition): IntegerFigures | undefined {
  const { grid, lots, markTicks } = position;
  const notional = notionalFraction(grid, lots, markTicks);
  const tier = integerTierAt(grid, notional);
  if (tier === undefined) return undefined;
  return {
    marginBalance: moneyUnits(gridValue(grid, lots, markTicks) - position.openValue),
    maintenanceMargin: maintenanceUnits(tier, notional),
    initialMargin: initialUnits(tier, notional, position.leverageUnits),
  };
}

/** ceil(notional x rate - deduction). */
function maintenanceUnits(tier: IntegerTier, notional: NotionalFraction): MoneyUnits {
  const { numerator, denominator } = notional;
  const fine = numerator * tier.maintenanceMarginRate - tier.deductionFine * denominator;
  return moneyUnits(divide(fine, denominator * RATE_SCALE, 'up'));
}

/** ceil(notional / leverage), the chosen leverage bounded by the tier's. */
function initialUnits(tier: IntegerTier, notional: NotionalFraction, chosen: bigint): MoneyUnits {
  const leverage = chosen < tier.leverageMaxUnits ? chosen : tier.leverageMaxUnits;
  return moneyUnits(
    divide(notional.numerator * LEVERAGE_SCALE, notional.denominator * leverage, 'up'),
  );
}

/** Credits are floored by the number line and cut by the weight while they are positive, requirements are rounded up. */
function inUsd(
  own: IntegerFigures,
  p: { readonly price: MoneyUnits; readonly weight: RateUnits },
): IntegerFigures {
  const weight = own.marginBalance > NO_UNITS ? p.weight : RATE_SCALE;
  const debit = (amount: MoneyUnits): MoneyUnits =>
    moneyUnits(divide(amount * p.price, MONEY_SCALE, 'ceil'));
  return {
    marginBalance: moneyUnits(
      divide(own.marginBalance * p.price * weight, MONEY_SCALE * RATE_SCALE, 'floor'),
    ),
    maintenanceMargin: debit(own.maintenanceMargin),
    initialMargin: debit(own.initialMargin),
  };
}

/** House rule: strictly below maintenance; equality is safe. */
export function isBreached(figures: IntegerFigures): boolean {
  return figures.marginBalance < figures.maintenanceMargin;
}
