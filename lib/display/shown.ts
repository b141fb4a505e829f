/** A figure as text, and how it is spelled. */
import { type Decimal, type RoundingMode } from '../units/decimal.ts';

/** What the eye gets, and the uncut value for the title, for copying and for assistive technology. */
export interface Shown {
  readonly text: string;
  readonly full: string;
}

/** Spells a value with so many decimals, rounded by a named mode. */
export type Cut = (value: Decimal, decimals: number, mode: RoundingMode) => string;
