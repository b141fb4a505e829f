/** The alert levels of rulings B1 as data, and what the measures of one pool say against them. */
import { assert } from '../contract.ts';
import { severityOf, type AlertState, type Measure, type Reading } from './alerts.ts';

type Alarm = Exclude<AlertState, 'healthy'>;

export interface AlertLevel {
  readonly state: Alarm;
  readonly enter: number;
  /** Looser than `enter`: between both the state stays what it is. */
  readonly leave: number;
}

export interface MeasureLevels {
  readonly measure: Measure;
  /** `low`: entered strictly below and left strictly above. `high`: entered at or above, left below. */
  readonly danger: 'low' | 'high';
  readonly levels: readonly AlertLevel[];
}

/** z: the way to liquidation in daily volatilities. */
const DISTANCE_LEVELS: MeasureLevels = {
  measure: 'distance',
  danger: 'low',
  levels: [
    { state: 'watch', enter: 2, leave: 2.3 },
    { state: 'warning', enter: 1, leave: 1.15 },
    { state: 'critical', enter: 0.35, leave: 0.45 },
  ],
};

/** maintenance / margin balance, for pools of several positions: on a single one it says nothing in time. */
const RATIO_LEVELS: MeasureLevels = {
  measure: 'ratio',
  danger: 'high',
  levels: [
    { state: 'watch', enter: 0.5, leave: 0.45 },
    { state: 'warning', enter: 0.7, leave: 0.65 },
    { state: 'critical', enter: 0.85, leave: 0.8 },
  ],
};

/** Probability of being liquidated within an hour. */
const PROBABILITY_LEVELS: MeasureLevels = {
  measure: 'probability',
  danger: 'high',
  levels: [{ state: 'critical', enter: 0.25, leave: 0.2 }],
};

/** What decides when several measures are equally bad: the first. */
const MEASURES: readonly MeasureLevels[] = [DISTANCE_LEVELS, RATIO_LEVELS, PROBABILITY_LEVELS];
const SEVERAL_POSITIONS = 2;

/** What is known of one pool; a measure that does not exist (nothing can liquidate it) is left out. */
export interface PoolMeasures {
  /** |ln(mark / liquidation)| / daily volatility of the deciding distance; 0 when liquidatable. */
  readonly z: number | undefined;
  /** Margin ratio; Infinity when the equity is gone. */
  readonly ratio: number | undefined;
  /** Of being liquidated within an hour, 0 to 1. */
  readonly probability: number | undefined;
  readonly positions: number;
}

function worse(left: AlertState, right: AlertState): AlertState {
  return severityOf(left) >= severityOf(right) ? left : right;
}

interface Judged {
  readonly of: MeasureLevels;
  readonly value: number;
  readonly enter: AlertState;
  readonly stay: AlertState;
}

/** Judges the measures of a pool; the worst decides, and the reading says which (rulings B1). */
export function readingOf(measures: PoolMeasures): Reading {
  const judged = MEASURES.flatMap((of) => {
    const value = valueOf(of.measure, measures);
    return value === undefined ? [] : [judge(of, value)];
  });
  const first = judged[0];
  if (first === undefined) return NOTHING_CAN_LIQUIDATE;
  const decisive = judged.reduce((worst, next) => (isWorse(next, worst) ? next : worst), first);
  return {
    worstEnter: decisive.enter,
    worstStay: judged.reduce<AlertState>((state, { stay }) => worse(state, stay), decisive.enter),
    by: decisive.of.measure,
    value: decisive.value,
    level: enterLevelOf(decisive.of, decisive.enter),
    leaveLevels: leaveLevelsOf(decisive.of),
  };
}

const NOTHING_CAN_LIQUIDATE: Reading = {
  worstEnter: 'healthy',
  worstStay: 'healthy',
  by: 'distance',
  value: undefined,
  level: enterLevelOf(DISTANCE_LEVELS, 'watch'),
  leaveLevels: leaveLevelsOf(DISTANCE_LEVELS),
};

function valueOf(measure: Measure, measures: PoolMeasures): number | undefined {
  switch (measure) {
    case 'distance':
      return measures.z;
    case 'ratio':
      return measures.positions >= SEVERAL_POSITIONS ? measures.ratio : undefined;
    case 'probability':
      return measures.probability;
  }
}

function judge(of: MeasureLevels, value: number): Judged {
  const enter = worstWhere(of, (level) =>
    of.danger === 'low' ? value < level.enter : value >= level.enter,
  );
  const stay = worstWhere(of, (level) =>
    of.danger === 'low' ? value <= level.leave : value >= level.leave,
  );
  return { of, value, enter, stay };
}

function worstWhere(of: MeasureLevels, holds: (level: AlertLevel) => boolean): AlertState {
  return of.levels
    .filter(holds)
    .reduce<AlertState>((state, level) => worse(state, level.state), 'healthy');
}

/** Worse by what it enters, then by what it holds. */
function isWorse(next: Judged, worst: Judged): boolean {
  if (next.enter !== worst.enter) return severityOf(next.enter) > severityOf(worst.enter);
  return severityOf(next.stay) > severityOf(worst.stay);
}

/** The level of a state, or of the mildest worse one: what is crossed, or comes next. */
function enterLevelOf(of: MeasureLevels, state: AlertState): number {
  const level = of.levels.find((each) => severityOf(each.state) >= severityOf(state));
  assert(level !== undefined, 'every measure has a level for critical');
  return level.enter;
}

function leaveLevelsOf(of: MeasureLevels): Reading['leaveLevels'] {
  return Object.fromEntries(of.levels.map((level) => [level.state, level.leave]));
}

/**
 * The levels of a measure that a pool in this state can cross with an effect, rising: those of entering a worse one, and that of
 * leaving its own. What lies beyond the latter is judged when the hold is over.
 */
export function limitsIn(state: AlertState, measure: Measure): readonly number[] {
  const of = MEASURES.find((each) => each.measure === measure);
  const limits = (of?.levels ?? []).flatMap((level) => {
    if (level.state === state) return [level.leave];
    return severityOf(level.state) > severityOf(state) ? [level.enter] : [];
  });
  return limits.toSorted((left, right) => left - right);
}

/** The neighbours of a value among rising limits; 0 and Infinity where there is none. */
export function limitsAround(
  limits: readonly number[],
  value: number,
): { readonly below: number; readonly above: number } {
  return {
    below: limits.findLast((limit) => limit <= value) ?? 0,
    above: limits.find((limit) => limit > value) ?? Infinity,
  };
}
