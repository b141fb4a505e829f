/**
 * Measured volatility of one coin, exponentially weighted on run time (rulings B1). Floats are lawful here: volatility places
 * alert levels and probabilities, it never decides a breach (rulings D4).
 */
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../units/time.ts';

export interface VolatilityState {
  /** Weighted sum of squared log returns and of elapsed days; their ratio is the daily variance. Half-life 24 h. */
  weightedSquares: number;
  weightedDays: number;
  /** The same with a half-life of one hour: for probabilities, which must feel a crash at once. */
  hourSquares: number;
  hourDays: number;
  /** Log return and run time not yet a whole sample. */
  pendingReturn: number;
  pendingMs: number;
}

const DAY_HALF_LIFE_MS = DAY_MS;
const HOUR_HALF_LIFE_MS = HOUR_MS;
/**
 * Returns are squared once they span a minute: squared second by second, the bounce of quotes and of the tick would count as
 * volatility.
 */
const SAMPLE_MS = MINUTE_MS;
const DAYS_PER_YEAR = 365;
/** 20 % a year, as the standard deviation of a day. */
export const DAILY_VOLATILITY_MIN = 0.2 / Math.sqrt(DAYS_PER_YEAR);
/** What a half-life of a day weighs in all, in days: 1 / ln 2. What has not been measured of it counts at the table value. */
const FULL_HISTORY_DAYS = 1 / Math.LN2;
/** The hourly measure needs a quarter of an hour. */
const HOUR_HISTORY_DAYS_MIN = 0.25 / 24;

const NO_HISTORY: VolatilityState = {
  weightedSquares: 0,
  weightedDays: 0,
  hourSquares: 0,
  hourDays: 0,
  pendingReturn: 0,
  pendingMs: 0,
};

/**
 * Takes the move from one mark to the next of the same instrument.
 * @param step log return between them and the run time that passed; time that does not advance changes nothing.
 */
export function advanceVolatility(
  state: VolatilityState | undefined,
  step: { readonly logReturn: number; readonly elapsedMs: number },
): VolatilityState {
  const before = state ?? NO_HISTORY;
  if (!(step.elapsedMs > 0) || !Number.isFinite(step.logReturn)) return before;
  const pending = {
    ...before,
    pendingReturn: before.pendingReturn + step.logReturn,
    pendingMs: before.pendingMs + step.elapsedMs,
  };
  return pending.pendingMs < SAMPLE_MS ? pending : withSample(pending);
}

function withSample(state: VolatilityState): VolatilityState {
  const square = state.pendingReturn ** 2;
  const days = state.pendingMs / DAY_MS;
  const slow = 2 ** (-state.pendingMs / DAY_HALF_LIFE_MS);
  const fast = 2 ** (-state.pendingMs / HOUR_HALF_LIFE_MS);
  return {
    weightedSquares: state.weightedSquares * slow + square,
    weightedDays: state.weightedDays * slow + days,
    hourSquares: state.hourSquares * fast + square,
    hourDays: state.hourDays * fast + days,
    pendingReturn: 0,
    pendingMs: 0,
  };
}

/**
 * Standard deviation of one day's log return: the unit of z. Measured as if the coin had always moved as the instrument's table
 * says before the first mark, so that the measure takes over from the table by degrees. Never below the floor.
 */
export function dailyVolatilityOf(state: VolatilityState | undefined, tableValue: number): number {
  if (state === undefined) return Math.max(DAILY_VOLATILITY_MIN, tableValue);
  const unmeasuredDays = Math.max(0, FULL_HISTORY_DAYS - state.weightedDays);
  const squares = state.weightedSquares + tableValue ** 2 * unmeasuredDays;
  return Math.max(DAILY_VOLATILITY_MIN, Math.sqrt(squares / (state.weightedDays + unmeasuredDays)));
}

/** As `dailyVolatilityOf`, or the last hour's where that is wilder: for the probability of being hit soon (LQ 1.8). */
export function wildestVolatilityOf(
  state: VolatilityState | undefined,
  tableValue: number,
): number {
  const slow = dailyVolatilityOf(state, tableValue);
  const enough = state !== undefined && state.hourDays >= HOUR_HISTORY_DAYS_MIN;
  return enough ? Math.max(slow, Math.sqrt(state.hourSquares / state.hourDays)) : slow;
}
