/**
 * How likely, and how soon, a price that wanders reaches a barrier (liquidation.md 1.8). Time in days, volatility per square
 * root of a day. Floats: a probability warns, it never liquidates (rulings D4).
 */

/** Below this the sum of the tail's series loses digits and the continued fraction takes over. */
const SERIES_LIMIT = 3;
const SERIES_TERMS_MAX = 200;
const FRACTION_DEPTH = 120;
const SQRT_TWO_PI = Math.sqrt(2 * Math.PI);
/** N(0.67449) = 75 %: half of all driftless paths have reached a barrier that many deviations away. */
const QUARTILE = 0.674_489_750_196_081_7;
const INTEGRATION_STEPS = 400;

/** Share of a standard normal that lies below x. Absolute error below 1e-15. */
export function normalCdf(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  if (x > SERIES_LIMIT) return 1 - upperTail(x);
  if (x < -SERIES_LIMIT) return upperTail(-x);
  return 0.5 + density(x) * oddSeries(x);
}

function density(x: number): number {
  return Math.exp((-x * x) / 2) / SQRT_TWO_PI;
}

/** x + x^3/3 + x^5/(3x5) + ...: all terms of one sign, so nothing cancels. */
function oddSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let odd = 3; odd < SERIES_TERMS_MAX && sum + term !== sum; odd += 2) {
    term *= (x * x) / odd;
    sum += term;
  }
  return sum;
}

function upperTail(x: number): number {
  return density(x) * millsRatio(x);
}

/** Upper tail / density for x > 0: 1/(x + 1/(x + 2/(x + 3/(x + ...)))). Never overflows. */
function millsRatio(x: number): number {
  let inner = x;
  for (let depth = FRACTION_DEPTH; depth >= 1; depth -= 1) inner = x + depth / inner;
  return 1 / inner;
}

export interface Passage {
  /** |ln(mark / barrier)|; zero or less means it is reached already. */
  readonly distance: number;
  readonly dailyVolatility: number;
  /** Drift of the log price per day, toward safety > 0. See `driftlessPrice`. */
  readonly driftPerDay: number;
}

/**
 * Drift of the log price of a price without drift: -s^2/2, toward the barrier of a long, away from a short's. Only with this
 * one is the probability sure to rise with volatility (rulings D5).
 */
export function driftlessPrice(barrier: 'below' | 'above', dailyVolatility: number): number {
  const half = dailyVolatility ** 2 / 2;
  return barrier === 'below' ? -half : half;
}

/** Probability, 0 to 1, that the barrier is reached within so many days. */
export function hitProbability(passage: Passage, days: number): number {
  if (passage.distance <= 0) return 1;
  if (days <= 0) return 0;
  const spread = passage.dailyVolatility * Math.sqrt(days);
  if (spread <= 0) return passage.driftPerDay * days <= -passage.distance ? 1 : 0;
  const drifted = passage.driftPerDay * days;
  const straight = (-passage.distance - drifted) / spread;
  const mirrored = (-passage.distance + drifted) / spread;
  return clamped(normalCdf(straight) + mirroredPart({ passage, straight, mirrored }));
}

/** exp(-2vd/s^2) x N(mirrored). Where the exponential would overflow, it is exp(-straight^2/2) x the scaled tail instead. */
function mirroredPart(p: {
  readonly passage: Passage;
  readonly straight: number;
  readonly mirrored: number;
}): number {
  const { distance, driftPerDay, dailyVolatility } = p.passage;
  const exponent = (-2 * driftPerDay * distance) / dailyVolatility ** 2;
  if (exponent <= 0 || p.mirrored > -SERIES_LIMIT)
    return Math.exp(exponent) * normalCdf(p.mirrored);
  return density(p.straight) * millsRatio(-p.mirrored);
}

function clamped(probability: number): number {
  return Math.min(1, Math.max(0, probability));
}

/** Days after which half of all paths have reached the barrier, log price without drift. Zero when it is reached already. */
export function medianDaysToHit(distance: number, dailyVolatility: number): number {
  return distance <= 0 ? 0 : (distance / (QUARTILE * dailyVolatility)) ** 2;
}

/** Expected days until the barrier, counting what is left after `days` as `days`: the mean alone is infinite. */
export function expectedDaysWithin(passage: Passage, days: number): number {
  const step = days / INTEGRATION_STEPS;
  let total = 0;
  for (let index = 0; index < INTEGRATION_STEPS; index += 1) {
    total += 1 - hitProbability(passage, (index + 0.5) * step);
  }
  return total * step;
}

const HOUR_DAYS = 1 / 24;
const BISECTIONS = 50;
/** Farther than this many deviations of the hour nothing has a probability worth a level. */
const FARTHEST_DEVIATIONS = 8;

/** Log distance at which a barrier is hit within the hour with a probability of `level`. For screens. */
export function hourDistanceOf(
  level: number,
  barrier: 'below' | 'above',
  dailyVolatility: number,
): number {
  const driftPerDay = driftlessPrice(barrier, dailyVolatility);
  let near = 0;
  let far = FARTHEST_DEVIATIONS * dailyVolatility * Math.sqrt(HOUR_DAYS);
  for (let round = 0; round < BISECTIONS; round += 1) {
    const distance = (near + far) / 2;
    const hit = hitProbability({ distance, dailyVolatility, driftPerDay }, HOUR_DAYS);
    if (hit >= level) near = distance;
    else far = distance;
  }
  return far;
}
