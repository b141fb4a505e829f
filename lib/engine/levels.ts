/** The alert levels of rulings B1 as data, and what the measures of one pool say against them. */
import { assert } from '../contract.ts';
import { type AssetId } from '../units/ids.ts';
import { severityOf, type AlertState, type Measure, type Reading } from './alert-row.ts';

export type Alarm = Exclude<AlertState, 'healthy'>;

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
export const PROBABILITY_LEVELS: MeasureLevels = {
  measure: 'probability',
  danger: 'high',
  levels: [{ state: 'critical', enter: 0.25, leave: 0.2 }],
};

/** The levels that hold for one pool. */
export interface PoolLevels {
  /** For a way to liquidation of one coin, where the coin has levels of its own. */
  readonly byCoin: ReadonlyMap<AssetId, MeasureLevels>;
  /** For every other way, the joint move of all coins among them. */
  readonly distance: MeasureLevels;
  readonly ratio: MeasureLevels;
  /** Positions from which on the ratio counts. */
  readonly ratioFromPositions: number;
}

export const DEFAULT_LEVELS: PoolLevels = {
  byCoin: new Map(),
  distance: DISTANCE_LEVELS,
  ratio: RATIO_LEVELS,
  ratioFromPositions: 2,
};

/** One way to liquidation: one coin's move, or the joint move of all. */
export interface Way {
  /** The coin that moves; undefined for the joint move. */
  readonly base: AssetId | undefined;
  /** |ln(price there / price now)| / daily volatility; 0 when liquidatable. */
  readonly z: number;
  /** Share of the mark by which prices would have to move; 0 when liquidatable. */
  readonly share: number;
}

/** What is known of one pool. */
export interface PoolMeasures {
  /** Nearest first, by z; none where nothing can liquidate the pool. */
  readonly ways: readonly Way[];
  /** Margin ratio; Infinity when the equity is gone. */
  readonly ratio: number | undefined;
  /** Of being liquidated within an hour, 0 to 1. */
  readonly probability: number | undefined;
  readonly positions: number;
}

/** The levels that a way is judged by: those of its coin, where that has its own. */
export function levelsOfWay({ byCoin, distance }: PoolLevels, { base }: Way): MeasureLevels {
  return (base === undefined ? undefined : byCoin.get(base)) ?? distance;
}

/** How far a way is, in the measure that it is judged by. */
function valueOfWay(way: Way, { measure }: MeasureLevels): number {
  return measure === 'percent' ? way.share : way.z;
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

/** Judges the measures of a pool; the worst decides, the first of equals, and the reading says which (rulings B1). */
export function readingOf(measures: PoolMeasures, levels: PoolLevels): Reading {
  const judged = judgedOf(measures, levels);
  const first = judged[0];
  if (first === undefined) return nothingCanLiquidate(levels.distance);
  const decisive = judged.reduce((worst, next) => (isWorse(next, worst) ? next : worst), first);
  return {
    worstEnter: decisive.enter,
    worstStay: judged.reduce<AlertState>((state, { stay }) => worse(state, stay), decisive.enter),
    by: decisive.of.measure,
    value: decisive.value,
    z: measures.ways[0]?.z,
    level: enterLevelOf(decisive.of, decisive.enter),
    leaveLevels: leaveLevelsOf(decisive.of),
  };
}

/** Why a pool is in its state: the measure that keeps it there, and the level of that state. */
export interface LevelReason {
  readonly by: Measure;
  /** Infinity once equity is gone. */
  readonly value: number;
  /** `entered`: what is below holds now. `not-left`: its leave level is not passed. `held`: passed, and waits for its hold. */
  readonly because: 'entered' | 'not-left' | 'held';
  /** What was entered, or has to be left. */
  readonly level: number;
}

/** undefined where no measure exists. */
export function reasonIn(
  state: Alarm,
  measures: PoolMeasures,
  levels: PoolLevels,
): LevelReason | undefined {
  const judged = judgedOf(measures, levels);
  const entered = judged.find(({ enter }) => severityOf(enter) >= severityOf(state));
  const kept = judged.find(({ stay }) => severityOf(stay) >= severityOf(state));
  const decisive = entered ?? kept ?? judged[0];
  if (decisive === undefined) return undefined;
  const { of, value } = decisive;
  const because = entered === undefined ? (kept === undefined ? 'held' : 'not-left') : 'entered';
  const { enter, leave } = levelOf(of, state);
  return { by: of.measure, value, because, level: because === 'entered' ? enter : leave };
}

function nothingCanLiquidate(of: MeasureLevels): Reading {
  return {
    worstEnter: 'healthy',
    worstStay: 'healthy',
    by: of.measure,
    value: undefined,
    z: undefined,
    level: enterLevelOf(of, 'watch'),
    leaveLevels: leaveLevelsOf(of),
  };
}

function judgedOf(measures: PoolMeasures, levels: PoolLevels): readonly Judged[] {
  const { ways, probability, positions } = measures;
  const judged = ways.map((way) => {
    const of = levelsOfWay(levels, way);
    return judge(of, valueOfWay(way, of));
  });
  // A ratio that does not count is not worked out.
  const ratio = positions >= levels.ratioFromPositions ? measures.ratio : undefined;
  if (ratio !== undefined) judged.push(judge(levels.ratio, ratio));
  if (probability !== undefined) judged.push(judge(PROBABILITY_LEVELS, probability));
  return judged;
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
  let worst: AlertState = 'healthy';
  for (const level of of.levels) if (holds(level)) worst = worse(worst, level.state);
  return worst;
}

/** Worse by what it enters, then by what it holds. */
function isWorse(next: Judged, worst: Judged): boolean {
  if (next.enter !== worst.enter) return severityOf(next.enter) > severityOf(worst.enter);
  return severityOf(next.stay) > severityOf(worst.stay);
}

/** The level of a state, or of the mildest worse one: what is crossed, or comes next. */
function enterLevelOf(of: MeasureLevels, state: AlertState): number {
  return levelOf(of, state).enter;
}

function levelOf(of: MeasureLevels, state: AlertState): AlertLevel {
  const level = of.levels.find((each) => severityOf(each.state) >= severityOf(state));
  assert(level !== undefined, 'every measure has a level for critical');
  return level;
}

const leaveLevels = new WeakMap<MeasureLevels, Reading['leaveLevels']>();

function leaveLevelsOf(of: MeasureLevels): Reading['leaveLevels'] {
  const kept = leaveLevels.get(of);
  if (kept !== undefined) return kept;
  const made = Object.fromEntries(of.levels.map((level) => [level.state, level.leave]));
  leaveLevels.set(of, made);
  return made;
}
