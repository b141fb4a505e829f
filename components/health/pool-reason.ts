/** Which measure keeps a pool in its state, in words (rulings B1: the worst decides, and the row says which). Pure. */
import { type Format } from '#lib/display/format.ts';
import { stateWord } from '#lib/display/words.ts';
import { severityOf, type AlertState } from '#lib/engine/alerts.ts';
import { readingOf } from '#lib/engine/levels.ts';
import { type PoolHealth } from '#lib/margin/figures.ts';
import { type DailyMoves } from './daily-moves.ts';

/** "by distance: 0.56 daily moves (Critical below 0.35)". Undefined while healthy: nothing decides. */
export function reasonOf(p: {
  readonly state: AlertState;
  readonly health: PoolHealth;
  readonly moves: DailyMoves | undefined;
  /** The level holds at every plausible price of a coin that is silent (rulings C3). */
  readonly bounded: boolean;
  readonly format: Format;
}): string | undefined {
  const { state, health, moves, format } = p;
  if (p.bounded) return 'bounded: no plausible price of the silent coin changes this';
  if (health.status === 'unknown') return 'as of the last prices';
  if (state === 'healthy') return undefined;
  if (health.status === 'liquidatable' || health.status === 'bankrupt')
    return 'maintenance is no longer covered';
  const reading = readingOf({
    z: moves?.value,
    ratio: ratioNumber(health),
    probability: undefined,
    positions: health.positions.length,
  });
  if (severityOf(reading.worstEnter) < severityOf(state))
    return heldReason(state, reading.worstStay);
  return reading.by === 'ratio'
    ? `by ${format.convention.word} (${stateWord(state)} ${format.convention.from(reading.level)})`
    : `by distance (${stateWord(state)} below ${format.measure(reading.level, reading.level < 1 ? 2 : 0)} daily moves)`;
}

/** Neither distance nor ratio enters the state now: it is held by hysteresis, or entered by the hour's probability. */
function heldReason(state: AlertState, worstStay: AlertState): string {
  if (severityOf(worstStay) >= severityOf(state)) return 'not yet past its leave level';
  return state === 'critical'
    ? 'by the chance of liquidation within an hour'
    : 'held until it has been better for a while';
}

function ratioNumber(health: PoolHealth): number | undefined {
  const ratio = health.marginRatio;
  if (!ratio.known) return undefined;
  return ratio.value.kind === 'ratio' ? ratio.value.value.toNumber() : Infinity;
}
