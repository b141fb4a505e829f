/** Steps of a receipt (SPEC RC): what was put in, what came out in full, and how it was rounded. */
import { type Decimal, type RoundingMode, ZERO } from '../units/decimal.ts';
import { type Leg } from './pool.ts';

export interface Operand {
  readonly name: string;
  readonly value: Decimal;
  /** Empty for rates, shares and counts. */
  readonly unit: string;
}

export type Rounding = { readonly mode: RoundingMode } & (
  | { readonly kind: 'decimals' | 'digits'; readonly count: number }
  /** To a multiple of it; or one of it more, where the venue adds one. */
  | { readonly kind: 'step' | 'step-added'; readonly step: Decimal }
  /** To the price at which one contract is worth a whole number of the settle asset's units. */
  | { readonly kind: 'contract-value' }
);

export interface ReceiptStep {
  readonly name: string;
  /** Over the operands by their names; `sum` adds them all. */
  readonly formula: string;
  readonly operands: readonly Operand[];
  /** Before rounding. */
  readonly exact: Decimal;
  /** In their order; empty: none. */
  readonly rounding: readonly Rounding[];
  readonly result: Decimal;
  readonly unit: string;
}

/** A step whose result is what came out. */
export function exactStep(step: Omit<ReceiptStep, 'rounding' | 'result'>): ReceiptStep {
  return { ...step, rounding: [], result: step.exact };
}

/** A sum of what is not zero. */
export function sumStep(name: string, unit: string, operands: readonly Operand[]): ReceiptStep {
  const exact = operands.reduce((sum, { value }) => sum.plus(value), ZERO);
  const told = operands.filter(({ value }) => !value.isZero());
  return exactStep({ name, formula: 'sum', operands: told, exact, unit });
}

export function operand(name: string, value: Decimal, unit = ''): Operand {
  return { name, value, unit };
}

/** `BTCUSDT`, `BTCUSDT long`. */
export function legName({ position, instrument }: Leg): string {
  const { positionSide } = position;
  return positionSide === 'both' ? instrument.id : `${instrument.id} ${positionSide}`;
}
