/** One figure of the venue beside ours, and how far they agree. */
import { type Decimal } from '../units/decimal.ts';
import { type FigureText } from './figure-text.ts';

/**
 * `equal`: not further apart than the tolerance. `as-printed`: less than one unit of the last decimal that the venue printed, where
 * it cut its figure and the file names no tolerance. `differs`: everything else.
 */
export type Agreement = 'equal' | 'as-printed' | 'differs';

export interface PriceSides {
  readonly below: string;
  readonly above: string;
}

export interface Pair {
  readonly place: string;
  /** Contract and leg, or the asset of the pool. */
  readonly subject: string;
  readonly figure: string;
  /** Null: the venue says that there is none. */
  readonly theirs: Decimal | null;
  readonly ours: FigureText;
  /** Rows that could not be read and might change the pool that it is of. */
  readonly leftOut: number;
  readonly sides?: PriceSides;
}

/** One figure of the venue beside ours. */
export interface ComparedFigure extends Pair {
  /** ours - theirs; undefined where one of the two does not exist. */
  readonly difference: Decimal | undefined;
  readonly agreement: Agreement;
}
