/** What one position receives at a funding stamp, in the ledger's integers. */
import {
  moneyUnits,
  RATE_SCALE,
  type Lots,
  type MoneyUnits,
  type RateUnits,
  type Ticks,
} from '../units/scaled.ts';
import { gridValue, magnitudeOf, type InstrumentGrid } from './grid.ts';

/** Notional x rate, rounded half-even in magnitude: with a rate above zero longs pay shorts. Received > 0, paid < 0. */
export function fundingUnits(
  grid: InstrumentGrid,
  lots: Lots,
  p: { readonly rate: RateUnits; readonly markTicks: Ticks },
): MoneyUnits {
  const notional = magnitudeOf(gridValue(grid, lots, p.markTicks));
  const amount = halfEven(notional * magnitudeOf(p.rate), RATE_SCALE);
  const pays = lots > 0n === p.rate > 0n;
  return moneyUnits(pays ? -amount : amount);
}

/** Quotient of two numbers that are not negative, ties to the even neighbour. */
function halfEven(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  const twice = (dividend % divisor) * 2n;
  if (twice === divisor) return quotient % 2n === 0n ? quotient : quotient + 1n;
  return twice > divisor ? quotient + 1n : quotient;
}
