/** Words of receipts: how a result was rounded. */
import { type RoundingMode } from '../units/decimal.ts';

const MODES: Readonly<Record<RoundingMode, string>> = {
  up: 'away from zero',
  down: 'toward zero',
  ceil: 'upward',
  floor: 'downward',
  'half-up': 'half away from zero',
  'half-even': 'half to even',
};

interface RoundingWords {
  readonly mode: RoundingMode;
  /** `8 decimals`, `a multiple of 0.1`. */
  readonly to: string;
}

/** `Rounded away from zero to 8 decimals`, several in their order; `Not rounded` without one. */
export function roundingSentence(roundings: readonly RoundingWords[]): string {
  if (roundings.length === 0) return 'Not rounded';
  return `Rounded ${roundings.map(({ mode, to }) => `${MODES[mode]} to ${to}`).join(', then ')}`;
}
