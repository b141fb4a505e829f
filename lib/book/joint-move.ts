/** The end of a joint move, and by how much what is found there may change (SPEC BO5). */
import { EQUITY, evaluateOne, MAINTENANCE } from './excess.ts';
import { type Joint } from './joint.ts';
import { type Lens } from './lens.ts';

/** exp(x) - 1 over x for what is left over in any span. */
const SHIFT_GAIN = 1.03;

/** Multiplies every coin's prices by its part of a joint move of that log length. */
export function moveJointly(lens: Lens, joint: Joint): void {
  const { coins, coin, exposure, factor } = lens;
  const there = Math.exp(joint.falls ? -joint.log : joint.log);
  for (let place = 0; place < coins; place += 1) {
    const worth = exposure[place] ?? 0;
    const own = worth > 0 || !joint.falls ? there : 2 - there;
    factor[coin[place] ?? 0] = Number.isNaN(worth) ? 1 : own;
  }
}

/**
 * What coins whose direction is in doubt can add or take at the end of the joint move: where each coin stands for itself, what either
 * direction does at the marks, else a bound that needs no direction.
 */
export function undirectedChange(lens: Lens, { undirected, log, falls }: Joint): number {
  if (undirected === 0) return 0;
  if (lens.span.radiusMax > 0 || !isSeparable(lens)) return undirected * Math.expm1(log);
  const before = (lens.marks[EQUITY] ?? 0) - (lens.marks[MAINTENANCE] ?? 0);
  let most = 0;
  for (let place = 0; place < lens.coins; place += 1) {
    if (!Number.isNaN(lens.exposure[place])) continue;
    const there = Math.exp(-log);
    const change = Math.max(
      Math.abs(excessAt(lens, place, there) - before),
      Math.abs(excessAt(lens, place, 2 - there) - before),
      falls ? 0 : Math.abs(excessAt(lens, place, 1 / there) - before),
    );
    most += change;
  }
  return most;
}

function excessAt(lens: Lens, place: number, times: number): number {
  evaluateOne(lens, place, times);
  return (lens.figures[EQUITY] ?? 0) - (lens.figures[MAINTENANCE] ?? 0);
}

/** Whether the excess is a sum of what each coin does: no haircut looks at what two coins did. */
function isSeparable({ multi, market, legs, code, coinOf, assetOf, asset }: Lens): boolean {
  if (!multi) return true;
  for (let leg = 0; leg < legs; leg += 1) {
    const settle = asset[assetOf[leg] ?? 0] ?? 0;
    if (settle !== coinOf[leg] && market.weight[settle] !== 1) return false;
    if (settle !== coinOf[leg] && market.linear[code[leg] ?? 0] !== 1) return false;
  }
  return true;
}

/** [BO5] What an excess at the end of the joint move may change by at once, because the mean volatility jumps. */
export function jumpChange(joint: Joint, reach: number): number {
  return (reach + joint.undirected * Math.exp(joint.log)) * SHIFT_GAIN * joint.jump;
}

/** What a unit of radius changes there, on top of what moves of prices do; by a fall and by a rise alike. */
export function shiftChange(joint: Joint, reach: number): number {
  const there = Math.exp(joint.log);
  return (
    joint.undirectedSlope * there + (reach + joint.undirected * there) * SHIFT_GAIN * joint.shift
  );
}

/** The radius in which all of that holds; not above 0 where nothing can be said. */
export function jointSpan({ span }: Lens, joint: Joint): number {
  const spare = Math.log(span.spareFactor) - joint.jump;
  if (!(spare > 0)) return Number.NaN;
  return Math.min(joint.cap, joint.shift > 0 ? spare / joint.shift : Infinity);
}
