/**
 * What the floats say of the pool under the lens: that nothing about its state can have changed, for how far prices may move before
 * it can, or which state it is in now, or that only the exact engine can tell (SPEC BO2 to BO6).
 */
import { DOUBT, EQUITY, evaluate, FALL, MAINTENANCE, ratioAtMost, RISE, WORTH } from './excess.ts';
import { prepareJoint } from './joint.ts';
import { LEG_FIGURES, type Lens } from './lens.ts';
import { LEAVE, limitOf, NO_LIMIT, type LevelColumns } from './level-columns.ts';
import { examineLone, findLoneEnd, isLoneFartherThan, judgeLone } from './lone.ts';
import { type Span } from './market-columns.ts';
import { copyRadius, cut, isOpen, isRoomier, setBoth, shareOut, type Radius } from './radius.ts';
import { CRITICAL, LIQUIDATABLE, outerLimit, type Standing } from './standing.ts';
import { againstLimit, slopes, turned, type Examiner } from './ways.ts';

/**
 * True when the pool's state cannot be another than it was; `radius` says for how long. Near an edge the rough bounds of a far look
 * say nothing, those of a near one may.
 */
export function examine(examiner: Examiner, standing: Standing): boolean {
  const { far, near } = examiner.lens.market;
  if (findLoneEnd(examiner.lens, standing.levels)) return examineLone(examiner, standing);
  if (look(examiner, standing, far)) return true;
  return !examiner.isLost && look(examiner, standing, near);
}

function look(examiner: Examiner, standing: Standing, span: Span): boolean {
  const { levels, state, step } = standing;
  const { lens, radius, own } = examiner;
  examiner.isLost = false;
  begin(lens, levels, span);
  const { figures } = lens;
  const doubt = figures[DOUBT] ?? 0;
  const fall = figures[FALL] ?? 0;
  const rise = figures[RISE] ?? 0;
  const excess = (figures[EQUITY] ?? 0) - (figures[MAINTENANCE] ?? 0);
  if (state === 0 && lens.legs === 0 && !lens.multi && excess >= 0) {
    setBoth(radius, Infinity);
    return true;
  }
  if (state === LIQUIDATABLE) {
    shareOut(radius, -excess - doubt, turned(examiner, fall, rise));
    return bound(examiner);
  }
  shareOut(radius, excess - doubt, slopes(examiner, fall, rise));
  const outer = outerLimit(standing);
  if (outer !== NO_LIMIT && lens.countsRatio) {
    shareOut(
      own,
      beyondRatio(lens, limitOf(levels.definition.ratio, outer)),
      slopes(examiner, fall, rise),
    );
    cut(radius, own);
  }
  if (!isOpen(radius)) return false;
  prepareJoint(lens, examiner.joint);
  if (outer !== NO_LIMIT || step > 0) {
    againstLimit(examiner, { levels, limit: outer, step }, true);
    cut(radius, examiner.beyond);
    examiner.isLost = examiner.isInside;
    if (!isOpen(radius)) return false;
  }
  if (state > 0 && !standing.leaving) keepInside(examiner, levels, LEAVE + state - 1);
  return bound(examiner);
}

/** The figures at the marks, with bounds as far as asked for. */
function begin(lens: Lens, levels: LevelColumns, span: Span): void {
  lens.span = span;
  lens.countsRatio = lens.legs >= levels.definition.ratioFromPositions;
  lens.leastShare = lens.countsRatio ? levels.leastRatio : 1;
  evaluate(lens, true);
}

/** What equity and maintenance are beyond a margin ratio by, without doubt. */
function beyondRatio({ figures }: Lens, level: number): number {
  const doubt = (figures[DOUBT] ?? 0) * (1 + level);
  return level * (figures[EQUITY] ?? 0) - (figures[MAINTENANCE] ?? 0) - doubt;
}

/** A pool that may not leave its state has to stay inside the limit of leaving it, one way or by its ratio. */
function keepInside(examiner: Examiner, levels: LevelColumns, limit: number): void {
  const { lens, inside, own } = examiner;
  const { marks } = lens;
  againstLimit(examiner, { levels, limit, step: 0 }, false);
  if (lens.countsRatio) {
    const level = limitOf(levels.definition.ratio, limit);
    const doubt = (marks[DOUBT] ?? 0) * (1 + level);
    const into = (marks[MAINTENANCE] ?? 0) - level * (marks[EQUITY] ?? 0) - doubt;
    shareOut(own, into, turned(examiner, marks[FALL] ?? 0, marks[RISE] ?? 0));
    if (isRoomier(own, inside, examiner.tilt)) copyRadius(inside, own);
  }
  cut(examiner.radius, inside);
}

/** No radius is longer than its bounds hold; where nothing is lost in a direction there is nothing to bound. */
function bound(examiner: Examiner): boolean {
  const { lens, radius, own } = examiner;
  const { radiusMax } = lens.span;
  if (lens.multi || radius.fall < Infinity) radius.fall = Math.min(radius.fall, radiusMax);
  if (lens.multi || radius.rise < Infinity) radius.rise = Math.min(radius.rise, radiusMax);
  tierRoom(lens, own);
  cut(radius, own);
  return isOpen(radius);
}

/** [BO6] Radius in which every position stays below its last tier's cap. */
function tierRoom({ market, legs, code, coinOf, atMarks }: Lens, room: Radius): void {
  setBoth(room, Infinity);
  for (let leg = 0; leg < legs; leg += 1) {
    const contract = code[leg] ?? 0;
    const cap = market.lastCap[contract] ?? 0;
    const notional = Math.abs(atMarks[leg * LEG_FIGURES + WORTH] ?? 0) * (1 + 1e-9);
    // No more than the logarithm of cap / notional, and little less near the cap.
    const log = (2 * (cap - notional)) / (cap + notional);
    const own = log / (market.scale[coinOf[leg] ?? 0] ?? 1);
    const isLinear = market.linear[contract] === 1;
    if (isLinear && !(own >= room.rise)) room.rise = own;
    if (!isLinear && !(own >= room.fall)) room.fall = own;
  }
}

/**
 * Which state the pool is in, where floats can tell for sure. On the very edge of a tier the bounds around it say more than those of
 * the mark alone.
 * @param breached from the exact figures; undefined leaves it to the floats.
 */
export function judge(
  examiner: Examiner,
  levels: LevelColumns,
  breached: boolean | undefined,
): boolean {
  const { here, near } = examiner.lens.market;
  if (findLoneEnd(examiner.lens, levels)) return judgeLone(examiner, levels, breached);
  return judgeWith(examiner, levels, breached, here) || judgeWith(examiner, levels, breached, near);
}

function judgeWith(
  examiner: Examiner,
  levels: LevelColumns,
  breached: boolean | undefined,
  span: Span,
): boolean {
  const { lens, own } = examiner;
  begin(lens, levels, span);
  const { figures } = lens;
  const excess = (figures[EQUITY] ?? 0) - (figures[MAINTENANCE] ?? 0);
  const doubt = figures[DOUBT] ?? 0;
  const marks: RatioMarks = {
    counts: lens.countsRatio,
    equity: figures[EQUITY] ?? 0,
    maintenance: figures[MAINTENANCE] ?? 0,
    doubt,
  };
  tierRoom(lens, own);
  if (!isOpen(own)) return false;
  if (breached ?? excess < -doubt) {
    examiner.enter = LIQUIDATABLE;
    examiner.stay = LIQUIDATABLE;
    examiner.ratioMost = ratioAtMost(marks);
    return true;
  }
  if (breached === undefined && !(excess > doubt)) return false;
  prepareJoint(lens, examiner.joint);
  const enter = worstInside(examiner, { levels, marks, from: 0, above: 0 });
  if (enter === undefined) return false;
  const stay = worstInside(examiner, { levels, marks, from: LEAVE, above: enter });
  if (stay === undefined) return false;
  examiner.enter = enter;
  examiner.stay = stay;
  return true;
}

/** Whether every way to liquidation is surely as many daily volatilities away. For a pool that was judged not to be liquidatable. */
export function isFartherThan(examiner: Examiner, levels: LevelColumns, z: number): boolean {
  const { lens, joint } = examiner;
  if (findLoneEnd(lens, levels)) return isLoneFartherThan(lens, z);
  begin(lens, levels, lens.market.here);
  prepareJoint(lens, joint);
  againstLimit(examiner, { levels, limit: NO_LIMIT, step: z }, true);
  return examiner.isBeyond;
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
