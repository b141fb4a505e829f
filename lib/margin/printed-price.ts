/** How a venue prints a solved price (SPEC LQ5, LQ6, VE8). */
import { maxOf, minOf, roundTo, roundToStep, type Decimal } from '../units/decimal.ts';
import { price, type Price } from '../units/money.ts';
import { type Leg } from './pool.ts';
import { type Rounding } from './receipt-step.ts';
import { type VenueRules } from './venues/rules.ts';

/** Digits of a solved price that count: the last ones carry the solver's own rounding and must not move it by a whole tick. */
const SETTLED_DIGITS = 32;

/**
 * [LQ5] Rounded toward the mark, and never past it: at the printed price the pool may still be safe, one step beyond it is not.
 */
export function printedPrice(rules: VenueRules, leg: Leg, exact: Price): Price {
  const mark = leg.mark.price;
  const falls = exact.lt(mark);
  const rounded = onGrid(rules, leg, exact, falls ? 'ceil' : 'floor');
  return price(falls ? minOf(rounded, mark) : maxOf(rounded, mark));
}

/** Rounded away from the mark: a breached pool is safe there. */
export function safePrice(rules: VenueRules, leg: Leg, exact: Price): Price {
  const rounded = onGrid(rules, leg, exact, exact.lt(leg.mark.price) ? 'floor' : 'ceil');
  return rounded.gt(0) ? price(rounded) : exact;
}

/** What printing a price does, for receipts. @param mode toward the mark, or away from it */
export function roundingsOfPrice(
  rules: VenueRules,
  leg: Leg,
  mode: 'ceil' | 'floor',
): readonly Rounding[] {
  const grid = rules.liquidationPriceGrid;
  const settling = { mode: 'half-even', kind: 'digits', count: SETTLED_DIGITS } as const;
  const tick = { mode, kind: 'step', step: leg.instrument.tickSize } as const;
  switch (grid.kind) {
    case 'tick':
      return [settling, tick];
    case 'nearest-tick':
      return [settling, { ...tick, mode: 'half-up' }];
    case 'decimals':
      return [settling, { mode, kind: 'decimals', count: grid.decimals }];
    case 'exact':
      return [settling];
    case 'tick-added':
      return leg.position.marginMode.kind === 'isolated' ? [{ ...tick, kind: 'step-added' }] : [];
    case 'contract-value':
      return [{ mode, kind: 'contract-value' }, tick];
  }
}

function onGrid(rules: VenueRules, leg: Leg, exact: Price, mode: 'ceil' | 'floor'): Decimal {
  const grid = rules.liquidationPriceGrid;
  const settled = exact.toSignificantDigits(SETTLED_DIGITS);
  const { tickSize } = leg.instrument;
  switch (grid.kind) {
    case 'tick':
      return roundToStep(settled, tickSize, mode);
    case 'nearest-tick':
      return roundToStep(settled, tickSize, 'half-up');
    case 'decimals':
      return roundTo(settled, grid.decimals, mode);
    case 'exact':
      return settled;
    case 'tick-added':
      return leg.position.marginMode.kind === 'isolated'
        ? exact.plus(mode === 'ceil' ? tickSize : tickSize.negated())
        : exact;
    case 'contract-value':
      return roundToStep(priceOfWholeValue(rules, leg, exact, mode), tickSize, mode);
  }
}

/** [VE8] The value of one contract is a whole number of units: the price of the next one toward the mark. */
function priceOfWholeValue(
  rules: VenueRules,
  { instrument }: Leg,
  exact: Price,
  mode: 'ceil' | 'floor',
): Decimal {
  const decimals = rules.terms?.unitDecimals?.[instrument.settle];
  if (decimals === undefined) return exact;
  const { contractSize, kind } = instrument;
  if (kind === 'linear') {
    return roundTo(contractSize.times(exact), decimals, mode).div(contractSize);
  }
  const other = mode === 'floor' ? 'ceil' : 'floor';
  const value = roundTo(contractSize.div(exact), decimals, other);
  return value.isZero() ? exact : contractSize.div(value).toSignificantDigits(SETTLED_DIGITS);
}
