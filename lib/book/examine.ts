/**
 * What the floats say of the pool under the lens: that nothing about its state can have changed, for how far prices may move before
 * it can, or which state it is in now, or that only the exact engine can tell (SPEC BO2 to BO6).
 */
import {
  jointAt,
  jointRadius,
  moveJointly,
  openJoint,
  prepareJoint,
  undirectedChange,
  type Joint,
} from './joint.ts';
import { DOUBT, EQUITY, evaluate, evaluateOne, MAINTENANCE, REACH, SLOPE } from './excess.ts';
import { type Lens } from './lens.ts';
import { LEAVE, limitOf, LIMITS, NO_LIMIT, type LevelColumns } from './level-columns.ts';
import { RADIUS_MAX } from './market-columns.ts';

/** healthy 0, watch 1, warning 2, critical 3; liquidatable 4. */
export const CRITICAL = 3;
export const LIQUIDATABLE = 4;

/** Where a limit lies may be wrong by this share of the way to it: logarithms and exponentials on either side. */
const WAY_DOUBT = 1.1e-7;

export interface Examiner {
  readonly lens: Lens;
  readonly joint: Joint;
  /** Set by `againstLimit`: radius in which every way stays beyond the limit, in which one stays inside it. Not above 0: unsure. */
  beyond: number;
  inside: number;
  /** Set by `againstLimit`: every way is surely beyond the limit now, one is surely inside it now. */
  isBeyond: boolean;
  isInside: boolean;
  /** Set by `examine`: radius in which the pool stays quiet. */
  radius: number;
  /** Set by `judge`: worst state entered, worst state that may not be left. */
  enter: number;
  stay: number;
}

export function openExaminer(lens: Lens): Examiner {
  const now = { beyond: 0, inside: 0, isBeyond: false, isInside: false };
  return { lens, joint: openJoint(), ...now, radius: 0, enter: 0, stay: 0 };
}

/** What a pool is held against. */
export interface Standing {
  readonly levels: LevelColumns;
  readonly state: number;
  /** It is beyond the limit of leaving its state, and stays so. */
  readonly leaving: boolean;
  /** z under which its row tells of a step; 0 where it does not. */
  readonly step: number;
}

/** True when the pool's state cannot be another than it was; `radius` says for how long. */
export function examine(examiner: Examiner, standing: Standing): boolean {
  const { levels, state, step } = standing;
  const { lens } = examiner;
  evaluate(lens, true);
  const { figures } = lens;
  const excess = (figures[EQUITY] ?? 0) - (figures[MAINTENANCE] ?? 0);
  const doubt = figures[DOUBT] ?? 0;
  const slope = figures[SLOPE] ?? 0;
  const equity = figures[EQUITY] ?? 0;
  const maintenance = figures[MAINTENANCE] ?? 0;
  const room = tierRoom(lens);
  if (state === LIQUIDATABLE) {
    examiner.radius = Math.min(room, (-excess - doubt) / slope);
    return examiner.radius > 0;
  }
  let radius = Math.min(room, (excess - doubt) / slope);
  const countsRatio = lens.legs >= levels.definition.ratioFromPositions;
  const { ratio } = levels.definition;
  const outer = outerLimit(standing);
  const staysInside = state > 0 && !standing.leaving;
  if (outer !== NO_LIMIT && countsRatio) {
    const level = limitOf(ratio, outer);
    radius = Math.min(radius, (level * equity - maintenance - doubt * (1 + level)) / slope);
  }
  if (!(radius > 0)) return false;
  let ratioInside = 0;
  if (staysInside && countsRatio) {
    const level = limitOf(ratio, LEAVE + state - 1);
    ratioInside = (maintenance - level * equity - doubt * (1 + level)) / slope;
  }
  if (lens.coins > 1) prepareJoint(lens, examiner.joint);
  else examiner.joint.exists = false;
  if (outer !== NO_LIMIT || step > 0) {
    againstLimit(examiner, { levels, limit: outer, step }, true);
    radius = Math.min(radius, examiner.beyond);
    if (!(radius > 0)) return false;
  }
  if (staysInside) {
    againstLimit(examiner, { levels, limit: LEAVE + state - 1, step: 0 }, false);
    const { inside } = examiner;
    radius = Math.min(radius, inside > ratioInside ? inside : ratioInside);
  }
  examiner.radius = radius;
  return radius > 0;
}

/** What it has to stay beyond: the limit of the next worse state, or that of leaving its own. */
function outerLimit({ state, leaving }: Standing): number {
  if (leaving) return LEAVE + state - 1;
  return state < CRITICAL ? state : NO_LIMIT;
}

/** [BO6] Radius in which every position stays below its last tier's cap. */
function tierRoom({ market, legs, code, coinOf, value }: Lens): number {
  let room = RADIUS_MAX;
  for (let leg = 0; leg < legs; leg += 1) {
    const cap = market.lastCap[code[leg] ?? 0] ?? 0;
    const notional = Math.abs(value[leg] ?? 0) * (1 + 1e-9);
    const coin = coinOf[leg] ?? 0;
    if (notional * (market.top[coin] ?? 1) < cap) continue;
    const own = Math.log(cap / notional) / (market.scale[coin] ?? 1);
    if (!(own >= room)) room = own;
  }
  return room;
}

/**
 * Holds every way to liquidation against a limit. A state's limit of entering the next one has its number; where there is none it
 * is the step alone.
 */
function againstLimit(
  examiner: Examiner,
  at: { readonly levels: LevelColumns; readonly limit: number; readonly step: number },
  onlyBeyond: boolean,
): void {
  const { lens } = examiner;
  const { market, coin, hurtsDown, hurtsUp } = lens;
  const { levels, limit, step } = at;
  const isStepOnly = limit === NO_LIMIT;
  examiner.beyond = Infinity;
  examiner.inside = -Infinity;
  examiner.isBeyond = true;
  examiner.isInside = false;
  for (let place = 0; place < lens.coins; place += 1) {
    const code = coin[place] ?? 0;
    const telling = step * (market.daily[code] ?? Number.NaN);
    const row = code * LIMITS + limit;
    if (hurtsDown[place] === 1) {
      const own = isStepOnly ? 0 : (levels.down[row] ?? 0);
      const isOwn = !isStepOnly && !(telling > own);
      evaluateOne(lens, code, isOwn ? (levels.fall[row] ?? 1) : Math.exp(-telling));
      takeWay(examiner, isOwn ? own : telling);
    }
    if (hurtsUp[place] === 1) {
      const own = isStepOnly ? 0 : (levels.up[row] ?? 0);
      const isOwn = !isStepOnly && !(telling > own);
      evaluateOne(lens, code, isOwn ? (levels.rise[row] ?? 1) : Math.exp(telling));
      takeWay(examiner, isOwn ? own : telling);
    }
    if (onlyBeyond && !(examiner.beyond > 0)) return;
  }
  if (examiner.joint.exists) takeJoint(examiner, at);
}

function takeWay(examiner: Examiner, log: number): void {
  const { figures } = examiner.lens;
  const excess = (figures[EQUITY] ?? 0) - (figures[MAINTENANCE] ?? 0);
  const slope = figures[SLOPE] ?? 0;
  const doubt = (figures[DOUBT] ?? 0) + (figures[REACH] ?? 0) * log * WAY_DOUBT;
  const beyond = (excess - doubt) / slope;
  const inside = (-excess - doubt) / slope;
  if (!(excess > doubt)) examiner.isBeyond = false;
  if (excess < -doubt) examiner.isInside = true;
  if (!(beyond >= examiner.beyond)) examiner.beyond = beyond;
  if (inside > examiner.inside) examiner.inside = inside;
}

function takeJoint(
  examiner: Examiner,
  at: { readonly levels: LevelColumns; readonly limit: number; readonly step: number },
): void {
  const { lens, joint } = examiner;
  jointAt(lens, joint, at);
  moveJointly(lens, joint);
  evaluate(lens, false);
  for (let place = 0; place < lens.coins; place += 1) lens.factor[lens.coin[place] ?? 0] = 1;
  const { figures } = lens;
  const excess = (figures[EQUITY] ?? 0) - (figures[MAINTENANCE] ?? 0);
  const slope = figures[SLOPE] ?? 0;
  const reach = figures[REACH] ?? 0;
  const undirected = undirectedChange(joint);
  const doubt = (figures[DOUBT] ?? 0) + reach * joint.log * WAY_DOUBT + undirected;
  if (!(excess > doubt) || Number.isNaN(joint.cap)) examiner.isBeyond = false;
  if (excess < -doubt && !joint.vague && !Number.isNaN(joint.cap)) examiner.isInside = true;
  const beyond = jointRadius(joint, excess - doubt, { slope, reach });
  const inside = jointRadius(joint, -excess - doubt, { slope, reach });
  if (!(beyond >= examiner.beyond)) examiner.beyond = beyond;
  if (inside > examiner.inside && !joint.vague) examiner.inside = inside;
}

/**
 * Which state the pool is in, where floats can tell for sure.
 * @param breached from the exact figures; undefined leaves it to the floats.
 */
export function judge(
  examiner: Examiner,
  levels: LevelColumns,
  breached: boolean | undefined,
): boolean {
  const { lens } = examiner;
  evaluate(lens, true);
  const { figures } = lens;
  const excess = (figures[EQUITY] ?? 0) - (figures[MAINTENANCE] ?? 0);
  const doubt = figures[DOUBT] ?? 0;
  const marks: RatioMarks = {
    counts: lens.legs >= levels.definition.ratioFromPositions,
    equity: figures[EQUITY] ?? 0,
    maintenance: figures[MAINTENANCE] ?? 0,
    doubt,
  };
  if (!(tierRoom(lens) > 0)) return false;
  if (breached ?? excess < -doubt) {
    examiner.enter = LIQUIDATABLE;
    examiner.stay = LIQUIDATABLE;
    return true;
  }
  if (breached === undefined && !(excess > doubt)) return false;
  if (lens.coins > 1) prepareJoint(lens, examiner.joint);
  else examiner.joint.exists = false;
  const enter = worstInside(examiner, { levels, marks, from: 0, above: 0 });
  if (enter === undefined) return false;
  const stay = worstInside(examiner, { levels, marks, from: LEAVE, above: enter });
  if (stay === undefined) return false;
  examiner.enter = enter;
  examiner.stay = stay;
  return true;
}

interface RatioMarks {
  readonly counts: boolean;
  readonly equity: number;
  readonly maintenance: number;
  readonly doubt: number;
}

/** The worst state, above a given one, inside whose limit something is; undefined where that is in doubt. */
function worstInside(
  examiner: Examiner,
  p: {
    readonly levels: LevelColumns;
    readonly marks: RatioMarks;
    readonly from: number;
    readonly above: number;
  },
): number | undefined {
  for (let state = CRITICAL; state > p.above; state -= 1) {
    const limit = p.from + state - 1;
    const byRatio = ratioSense(p.levels, limit, p.marks);
    if (byRatio === 'inside') return state;
    againstLimit(examiner, { levels: p.levels, limit, step: 0 }, false);
    if (examiner.isInside) return state;
    if (!examiner.isBeyond || byRatio === 'unsure') return undefined;
  }
  return p.above;
}

function ratioSense(
  { definition }: LevelColumns,
  limit: number,
  { counts, equity, maintenance, doubt }: RatioMarks,
): 'inside' | 'beyond' | 'unsure' {
  if (!counts) return 'beyond';
  const level = limitOf(definition.ratio, limit);
  const into = maintenance - level * equity;
  const unsure = doubt * (1 + level);
  if (into > unsure) return 'inside';
  return into < -unsure ? 'beyond' : 'unsure';
}
