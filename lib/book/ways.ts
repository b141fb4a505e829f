/** Every way to liquidation held against a limit: each coin alone, all together, or any move at all (SPEC BO4). */
import {
  DOUBT,
  EQUITY,
  evaluate,
  evaluateOne,
  FALL,
  LEG_REACH,
  MAINTENANCE,
  REACH,
  RISE,
} from './excess.ts';
import { jointSpan, jumpChange, moveJointly, shiftChange, undirectedChange } from './joint-move.ts';
import { jointAt, openJoint, type Joint } from './joint.ts';
import { LEG_FIGURES, type Lens } from './lens.ts';
import { LIMITS, NO_LIMIT, type LevelColumns } from './level-columns.ts';
import {
  copyRadius,
  cut,
  cutBoth,
  isOpen,
  isRoomier,
  openRadius,
  setBoth,
  shareOut,
  type Radius,
  type Slopes,
} from './radius.ts';

/** Where a limit lies may be wrong by this share of the way to it: logarithms and exponentials on either side. */
export const WAY_DOUBT = 1.1e-7;

/** What a look at a pool works with and finds: one a book, overwritten by the next look. */
export interface Examiner {
  readonly lens: Lens;
  readonly joint: Joint;
  /** Set by `againstLimit`: radius in which every way stays beyond the limit, in which one stays inside it. Not above 0: unsure. */
  readonly beyond: Radius;
  readonly inside: Radius;
  /** Set by `againstLimit`: every way is surely beyond the limit now, one is surely inside it now. */
  isBeyond: boolean;
  isInside: boolean;
  /** Set by `examine`: the state is surely another. */
  isLost: boolean;
  /** Set by `examine`: radius in which the pool stays quiet. */
  readonly radius: Radius;
  /** What one way or one bound says, before it is put with the others. */
  readonly own: Radius;
  /** What part of a way is left to falls: more where prices fall. Any is right. */
  tilt: number;
  /** See `slopes`. */
  readonly by: { fall: number; rise: number; tilt: number };
  /** Set by `judge`: worst state entered, worst state that may not be left. */
  enter: number;
  stay: number;
  /** Set by `judge` where it is liquidatable: its margin ratio is no more; Infinity where its equity may be gone. */
  ratioMost: number;
}

/** Nothing looked at yet. */
export function openExaminer(lens: Lens): Examiner {
  return {
    lens,
    joint: openJoint(),
    beyond: openRadius(),
    inside: openRadius(),
    isBeyond: false,
    isInside: false,
    isLost: false,
    radius: openRadius(),
    own: openRadius(),
    tilt: 0.5,
    by: { fall: 0, rise: 0, tilt: 0.5 },
    enter: 0,
    stay: 0,
    ratioMost: 0,
  };
}

/** What takes from an excess. Never kept: the next call writes over it. */
export function slopes({ by, tilt }: Examiner, fall: number, rise: number): Slopes {
  by.fall = fall;
  by.rise = rise;
  by.tilt = tilt;
  return by;
}

/** What adds to an excess: rises where falls take, and a little more. */
export function turned(examiner: Examiner, fall: number, rise: number): Slopes {
  const { stretch } = examiner.lens;
  return slopes(examiner, rise * stretch, fall * stretch);
}

/**
 * Holds every way to liquidation against a limit. A state's limit of entering the next one has its number; where there is none it
 * is the step alone.
 */
export function againstLimit(
  examiner: Examiner,
  at: { readonly levels: LevelColumns; readonly limit: number; readonly step: number },
  onlyBeyond: boolean,
): void {
  const { lens } = examiner;
  const { market, coin, hurtsDown, hurtsUp } = lens;
  const { levels, limit, step } = at;
  const isStepOnly = limit === NO_LIMIT;
  setBoth(examiner.beyond, Infinity);
  setBoth(examiner.inside, -Infinity);
  examiner.isBeyond = true;
  examiner.isInside = false;
  const wide = lens.coins > 1 ? anyWay(lens, at) : -Infinity;
  if (wide > 0 && wide >= lens.span.radiusMax) {
    setBoth(examiner.beyond, wide);
    return;
  }
  if (examiner.joint.exists) takeJoint(examiner, at);
  if (onlyBeyond && !isOpen(examiner.beyond)) return;
  for (let place = 0; place < lens.coins; place += 1) {
    const code = coin[place] ?? 0;
    const telling = step * (market.daily[code] ?? Number.NaN);
    const row = code * LIMITS + limit;
    const down = isStepOnly ? 0 : (levels.down[row] ?? 0);
    const up = isStepOnly ? 0 : (levels.up[row] ?? 0);
    if (isPlainlyBeyond(examiner, place, Math.max(down, up, step > 0 ? telling : 0))) continue;
    if (hurtsDown[place] === 1) {
      const isOwn = !isStepOnly && !(telling > down);
      evaluateOne(lens, place, isOwn ? (levels.fall[row] ?? 1) : Math.exp(-telling));
      takeWay(examiner, isOwn ? down : telling);
    }
    if (hurtsUp[place] === 1) {
      const isOwn = !isStepOnly && !(telling > up);
      evaluateOne(lens, place, isOwn ? (levels.rise[row] ?? 1) : Math.exp(telling));
      takeWay(examiner, isOwn ? up : telling);
    }
    if (onlyBeyond && !isOpen(examiner.beyond)) return;
  }
  setBoth(examiner.own, wide);
  if (wide > 0 && isRoomier(examiner.own, examiner.beyond, examiner.tilt))
    setBoth(examiner.beyond, wide);
}

/**
 * [BO4] Radius in which no move of all coins, each whichever way and as far as the limit of any, takes the excess: rough, but there
 * is no way that it leaves out. Not above 0 where that says nothing.
 */
function anyWay(
  { market, span, coins, coin, assets, asset, multi, marks }: Lens,
  at: { readonly levels: LevelColumns; readonly limit: number; readonly step: number },
): number {
  const { levels, limit, step } = at;
  let log = 0;
  let gain = 0;
  for (let place = 0; place < coins; place += 1) {
    const code = coin[place] ?? 0;
    const own = limit === NO_LIMIT ? 0 : (levels.farthest[code * LIMITS + limit] ?? 0);
    log = Math.max(log, own, step * (market.daily[code] ?? Number.NaN));
    gain = Math.max(gain, span.gain[code] ?? 0);
  }
  if (multi)
    for (let place = 0; place < assets; place += 1)
      gain = Math.max(gain, span.gain[asset[place] ?? 0] ?? 0);
  // In several assets both what is held and what it counts for move.
  const times = timesOf(multi ? 2 * log : log);
  const reach = marks[REACH] ?? 0;
  const kept = leastKept(marks, reach, times);
  return kept > 0 ? kept / (reach * times * span.spareFactor * gain) : -Infinity;
}

/** Whether a coin's own way, however it goes, leaves more room than was found already: than the joint move does, mostly. */
function isPlainlyBeyond(examiner: Examiner, place: number, log: number): boolean {
  const { lens, own, beyond } = examiner;
  if (lens.multi || beyond.fall === Infinity) return false;
  const { marks, atMarks, nextOnCoin } = lens;
  let reach = 0;
  for (let leg = lens.firstLeg[place] ?? -1; leg >= 0; leg = nextOnCoin[leg] ?? -1)
    reach += atMarks[leg * LEG_FIGURES + LEG_REACH] ?? 0;
  const times = timesOf(log);
  const kept = leastKept(marks, reach, times);
  const more = reach * times * (lens.span.gain[lens.coin[place] ?? 0] ?? 0);
  shareOut(own, kept, slopes(examiner, (marks[FALL] ?? 0) + more, (marks[RISE] ?? 0) + more));
  return kept > 0 && own.fall >= beyond.fall && own.rise >= beyond.rise;
}

/** What a price is multiplied or divided by at most, by a log move, with the doubt of where that ends. */
function timesOf(log: number): number {
  return Math.exp(log) * (1 + WAY_DOUBT * 10);
}

/** What is left of an excess at least where prices are so many times as high or as low. */
function leastKept(marks: Float64Array, reach: number, times: number): number {
  const excess = (marks[EQUITY] ?? 0) - (marks[MAINTENANCE] ?? 0) - (marks[DOUBT] ?? 0);
  return excess - reach * (times - 1);
}

function takeWay(examiner: Examiner, log: number): void {
  const { lens, own } = examiner;
  const { figures } = lens;
  const excess = (figures[EQUITY] ?? 0) - (figures[MAINTENANCE] ?? 0);
  const fall = figures[FALL] ?? 0;
  const rise = figures[RISE] ?? 0;
  const doubt = (figures[DOUBT] ?? 0) + (figures[REACH] ?? 0) * log * WAY_DOUBT;
  if (!(excess > doubt)) examiner.isBeyond = false;
  if (excess < -doubt) examiner.isInside = true;
  shareOut(own, excess - doubt, slopes(examiner, fall, rise));
  cut(examiner.beyond, own);
  shareOut(own, -excess - doubt, turned(examiner, fall, rise));
  if (isRoomier(own, examiner.inside, examiner.tilt)) copyRadius(examiner.inside, own);
}

function takeJoint(
  examiner: Examiner,
  at: { readonly levels: LevelColumns; readonly limit: number; readonly step: number },
): void {
  const { lens, joint, own } = examiner;
  jointAt(lens, joint, at);
  const undirected = undirectedChange(lens, joint);
  moveJointly(lens, joint);
  evaluate(lens, false);
  for (let place = 0; place < lens.coins; place += 1) lens.factor[lens.coin[place] ?? 0] = 1;
  const { figures } = lens;
  const excess = (figures[EQUITY] ?? 0) - (figures[MAINTENANCE] ?? 0);
  const reach = figures[REACH] ?? 0;
  const shift = shiftChange(joint, reach);
  const fall = (figures[FALL] ?? 0) * lens.span.spareFactor + shift;
  const rise = (figures[RISE] ?? 0) * lens.span.spareFactor + shift;
  const rounded = (figures[DOUBT] ?? 0) + reach * joint.log * WAY_DOUBT;
  const doubt = rounded + undirected + jumpChange(joint, reach);
  const most = jointSpan(lens, joint);
  if (!(excess > doubt && most > 0)) examiner.isBeyond = false;
  if (excess < -doubt && !joint.vague && most > 0) examiner.isInside = true;
  shareOut(own, excess - doubt, slopes(examiner, fall, rise));
  cutBoth(own, most);
  cut(examiner.beyond, own);
  if (joint.vague) return;
  shareOut(own, -excess - doubt, turned(examiner, fall, rise));
  cutBoth(own, most);
  if (isRoomier(own, examiner.inside, examiner.tilt)) copyRadius(examiner.inside, own);
}
