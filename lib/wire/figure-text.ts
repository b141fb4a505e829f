/** Figures as they leave: decimals as text, and an absent figure always in one shape. */
import { assertNever } from '../contract.ts';
import { type Absence, type Figure, type MarginRatio } from '../margin/figures.ts';
import { type Decimal, decimalText } from '../units/decimal.ts';

/** A figure that does not exist: the kind for programs, the sentence for people. */
export interface AbsentText {
  readonly absent: string;
  readonly why: string;
}

export type FigureText = string | AbsentText;

export function figureText(figure: Figure<Decimal>): FigureText {
  return figure.known ? decimalText(figure.value) : absentText(figure.why);
}

export function absentText(why: Absence): AbsentText {
  return { absent: why.kind, why: reasonOf(why) };
}

/** The ratio as a number; a pool whose equity is gone, or that only owes, has none. */
export function ratioText(figure: Figure<MarginRatio>): FigureText {
  if (!figure.known) return absentText(figure.why);
  const ratio = figure.value;
  switch (ratio.kind) {
    case 'ratio':
      return decimalText(ratio.value);
    case 'equity-gone':
      return {
        absent: 'equity-gone',
        why: 'margin balance is zero or below while maintenance is due',
      };
    case 'deficit':
      return { absent: 'deficit', why: 'the pool owes and holds no position' };
    default:
      return assertNever(ratio);
  }
}

function reasonOf(why: Absence): string {
  switch (why.kind) {
    case 'mark-missing':
      return `no mark price of ${why.instrumentId} is given`;
    case 'mark-stale':
      return `the mark price of ${why.instrumentId} is too old`;
    case 'asset-price-missing':
      return `no price of ${why.assetId} in USD is given`;
    case 'instrument-unknown':
      return `the contract ${why.instrumentId} is unknown`;
    case 'terms-invalid':
      return `leverage or contract size of ${why.instrumentId} is not above zero`;
    case 'above-last-tier':
      return `notional ${decimalText(why.notional)} of ${why.instrumentId} is above its last risk tier`;
    case 'margin-covers-loss':
      return 'no price of this contract alone can use up the margin';
    case 'already-liquidatable':
      return 'maintenance is already missing, so there is no price left to wait for';
    case 'price-cancels':
      return 'long and short legs are equal, so the price cancels out';
    case 'no-equity':
      return 'margin balance is zero or below';
    case 'balance-missing':
      return `no balance of ${why.assetId} is given`;
    case 'rows-left-out':
      return `rows that could not be read might change it: ${why.rows} left out`;
    case 'not-recorded':
      return 'the facts that it needs are not recorded';
    default:
      return assertNever(why);
  }
}
