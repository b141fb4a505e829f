/** Which measure keeps a pool in its state, in words (rulings B1: the worst decides, and the row says which). Pure. */
import { type Format } from '#lib/display/format.ts';
import { stateWord } from '#lib/display/words.ts';
import { type PoolHealth } from '#lib/margin/figures.ts';
import { rate } from '#lib/units/money.ts';
import { type PoolReason, type PoolText } from '#lib/wire/protocol.ts';

/** "by distance (Critical below 0.35 daily moves)". Undefined while healthy: nothing decides. */
export function reasonOf(
  row: PoolText,
  health: Pick<PoolHealth, 'status'>,
  format: Format,
): string | undefined {
  if (row.bounded) return 'bounded: no plausible price of the silent coin changes this';
  if (health.status === 'unknown') return 'as of the last prices';
  if (row.alertState === 'healthy') return undefined;
  if (health.status === 'liquidatable' || health.status === 'bankrupt')
    return 'maintenance is no longer covered';
  return row.reason === null ? undefined : reasonWords(row.reason, row.alertState, format);
}

function reasonWords(
  reason: PoolReason,
  state: PoolText['alertState'],
  { convention, measure }: Format,
): string {
  const { by, level } = reason;
  if (reason.because === 'held') return 'held until it has been better for a while';
  const entered = reason.because === 'entered';
  if (by === 'ratio') {
    const words = entered ? convention.from(level) : `until past ${convention.level(rate(level))}`;
    return `by ${convention.word} (${stateWord(state)} ${words})`;
  }
  const figure = levelWords(reason, measure);
  if (!entered) return `by ${MEASURE_WORDS[by]} (${stateWord(state)} until past ${figure})`;
  return `by ${MEASURE_WORDS[by]} (${stateWord(state)} ${by === 'probability' ? 'from' : 'below'} ${figure})`;
}

const MEASURE_WORDS = {
  distance: 'distance',
  percent: 'distance',
  probability: 'the chance of liquidation within an hour',
} as const;

function levelWords({ by, level }: PoolReason, measure: Format['measure']): string {
  const shown = by === 'distance' ? level : Number((level * 100).toFixed(FLOAT_DECIMALS));
  const figure = measure(shown, Number.isInteger(shown) ? 0 : 2);
  if (by === 'distance') return `${figure} ${level === 1 ? 'daily move' : 'daily moves'}`;
  return `${figure}\u202f%`;
}

/** Levels are typed in: what multiplying by a hundred adds behind this is not part of them. */
const FLOAT_DECIMALS = 9;
