/**
 * The joint move: every coin of a pool by one percentage, each the way that hurts (rulings A6). Its length in daily volatilities is
 * measured by the mean over the coins, weighted by what each is worth to the pool, and so shifts with prices: by how much it may
 * inside a radius is bounded here (SPEC BO5).
 */
import { hourDistanceOf } from '../market/first-passage.ts';
import { DOUBT_MONEY, DOUBT_SHARE, RATE, RATE_TOP, WORTH } from './excess.ts';
import { LEG_FIGURES, type Lens } from './lens.ts';
import {
  HOUR_SLOPE,
  isBeyondHour,
  likelyLevel,
  limitOf,
  NO_LIMIT,
  type LevelColumns,
} from './level-columns.ts';
import { TIER_FIELDS, TIER_STRIDE } from './market-columns.ts';

/** Exposures may lose a fifth of their sum inside a radius that the joint move takes part in. */
const LOSS_MAX = 0.2;
/** Coins that may change the direction that hurts within this radius are bounded either way instead. */
const DIRECTION_KEPT = 0.05;
/** The pool's joint move at the marks; what it says holds up to the radius `cap`. */
export interface Joint {
  exists: boolean;
  falls: boolean;
  /** Whether any coin falls is in doubt: taken to rise, which is the farther move by one length, it says who is beyond a limit only. */
  vague: boolean;
  gross: number;
  daily: number;
  wildest: number;
  /** NaN where nothing can be said. */
  cap: number;
  /** Of coins whose direction is in doubt: what they change per unit of a log move at most. */
  undirected: number;
  /** The same per unit of radius. */
  undirectedSlope: number;
  /** Log move at the limit last asked for, and by how much it shifts a unit of radius, and at once. */
  log: number;
  shift: number;
  jump: number;
}

/** No joint move. */
export function openJoint(): Joint {
  return {
    exists: false,
    falls: false,
    vague: false,
    gross: 0,
    daily: 0,
    wildest: 0,
    cap: 0,
    undirected: 0,
    undirectedSlope: 0,
    log: 0,
    shift: 0,
    jump: 0,
  };
}

/** Reads the joint move off a lens that was evaluated at the marks. */
export function prepareJoint(lens: Lens, joint: Joint): void {
  joint.exists = lens.coins > 1 && hasClosedForm(lens);
  if (!joint.exists) return;
  const { exposure, exposureSlope, exposureJump, coins } = lens;
  exposure.fill(0, 0, coins);
  exposureSlope.fill(0, 0, coins);
  exposureJump.fill(0, 0, coins);
  lens.exposureReach.fill(0, 0, coins);
  if (lens.multi) findFlips(lens);
  const touched = addLegs(lens) + (lens.multi ? addAssets(lens) : 0);
  sumUp(lens, joint, touched * DOUBT_SHARE + DOUBT_MONEY);
}

/** As `hasClosedForm` of lib/margin: there is no joint move where a contract settles in a coin on its own way. */
function hasClosedForm({ market, legs, code, multi, placeOf }: Lens): boolean {
  for (let leg = 0; leg < legs; leg += 1) {
    const contract = code[leg] ?? 0;
    const moves = multi && (placeOf[market.settle[contract] ?? 0] ?? -1) >= 0;
    if ((market.linear[contract] === 0) !== moves) return false;
  }
  return true;
}

function addLegs(lens: Lens): number {
  const { market, legs, code, assetOf, coinOf, asset, own, multi, paired, flips } = lens;
  const { linear, tiers, usd, weight } = market;
  const { gain, top } = lens.span;
  let before = 0;
  let touched = 0;
  for (let leg = 0; leg < legs; leg += 1) {
    const contract = code[leg] ?? 0;
    const coin = coinOf[leg] ?? 0;
    const held = assetOf[leg] ?? 0;
    const settle = asset[held] ?? 0;
    const worth = multi ? (usd[settle] ?? 0) : 1;
    const counts = multi && (own[held] ?? 0) > 0 ? (weight[settle] ?? 1) : 1;
    const at = leg * LEG_FIGURES;
    const value = lens.atMarks[at + WORTH] ?? 0;
    const notional = Math.abs(value);
    const sense = linear[contract] === 1 ? 1 : -1;
    const topRate = lens.atMarks[at + RATE_TOP] ?? 0;
    let tier = contract * TIER_STRIDE;
    const least = notional / (top[coin] ?? 1);
    while (least > (tiers[tier] ?? 0)) tier += TIER_FIELDS;
    const net = paired[leg] === 1 ? Math.abs(before + value) - Math.abs(before) : notional;
    before = paired[leg] === 1 ? before + value : value;
    const gains = (gain[coin] ?? 0) + (multi ? (gain[settle] ?? 0) * (top[coin] ?? 1) : 0);
    const place = lens.placeOf[coin] ?? 0;
    const slope = sense * (value * counts - (lens.atMarks[at + RATE] ?? 0) * notional);
    lens.exposure[place] = (lens.exposure[place] ?? 0) + worth * slope;
    lens.exposureSlope[place] =
      (lens.exposureSlope[place] ?? 0) + worth * (net + 2 * topRate * notional) * gains;
    lens.exposureJump[place] =
      (lens.exposureJump[place] ?? 0) +
      worth *
        ((topRate - (tiers[tier + 1] ?? 0)) * notional + (multi ? (flips[held] ?? 0) * net : 0));
    lens.exposureReach[place] =
      (lens.exposureReach[place] ?? 0) +
      worth * (net + (market.lastRate[contract] ?? 0) * notional);
    touched += worth * notional;
  }
  return touched;
}

/** Assets whose equity may change its sign inside a radius, and so be counted by another weight: what that is worth a unit. */
function findFlips(lens: Lens): void {
  const { market, span, stretch, assets, asset, own, falls, rises, touched, rowsOf, flips } = lens;
  for (let held = 0; held < assets; held += 1) {
    const doubt = (touched[held] ?? 0) * DOUBT_SHARE + (rowsOf[held] ?? 0) * DOUBT_MONEY;
    const slope = ((falls[held] ?? 0) + (rises[held] ?? 0)) * stretch;
    const isSure = Math.abs(own[held] ?? 0) - doubt > slope * span.radiusMax;
    flips[held] = isSure ? 0 : 1 - (market.weight[asset[held] ?? 0] ?? 1);
  }
}

/** Collateral in a coin that the pool has contracts on. */
function addAssets(lens: Lens): number {
  const { market, stretch, assets, asset, own, required, falls, rises, touched, rowsOf } = lens;
  const { usd, weight } = market;
  const { gain, top } = lens.span;
  let gross = 0;
  for (let held = 0; held < assets; held += 1) {
    const coin = asset[held] ?? 0;
    const equity = own[held] ?? 0;
    const needed = required[held] ?? 0;
    if (equity === 0 && needed === 0 && (rowsOf[held] ?? 0) === 1) continue;
    const worth = usd[coin] ?? 0;
    const counts = weight[coin] ?? 1;
    gross += worth * (touched[held] ?? 0);
    const place = lens.placeOf[coin] ?? -1;
    if (place < 0) continue;
    lens.exposureReach[place] =
      (lens.exposureReach[place] ?? 0) + worth * (Math.abs(equity) + needed);
    const whole = equity * (equity > 0 ? counts : 1) - needed;
    lens.exposure[place] = (lens.exposure[place] ?? 0) + worth * whole;
    const slope = ((falls[held] ?? 0) + (rises[held] ?? 0)) * stretch;
    lens.exposureSlope[place] =
      (lens.exposureSlope[place] ?? 0) +
      worth * ((top[coin] ?? 1) * slope + (Math.abs(equity) + needed) * (gain[coin] ?? 0));
  }
  return gross;
}

/** Infinity for a quotient by zero of nothing. */
function lesser(cap: number, next: number): number {
  return next < cap ? next : Number.isNaN(next) ? Number.NaN : cap;
}

function sumUp(lens: Lens, joint: Joint, doubt: number): void {
  const { market, coins, coin, exposure, exposureSlope, exposureJump } = lens;
  let gross = 0;
  let daily = 0;
  let wildest = 0;
  let slopes = 0;
  let jumps = 0;
  let doubtful = 0;
  joint.falls = false;
  joint.cap = Infinity;
  joint.undirected = 0;
  joint.undirectedSlope = 0;
  for (let place = 0; place < coins; place += 1) {
    const code = coin[place] ?? 0;
    const worth = exposure[place] ?? 0;
    const size = Math.abs(worth);
    const slope = exposureSlope[place] ?? 0;
    const jump = (exposureJump[place] ?? 0) + doubt;
    exposureJump[place] = jump;
    gross += size;
    daily += size * (market.daily[code] ?? Number.NaN);
    wildest += size * (market.wildest[code] ?? Number.NaN);
    slopes += slope;
    jumps += jump;
    const kept = (size - jump) / slope;
    if (kept > DIRECTION_KEPT) {
      if (worth > 0) joint.falls = true;
      joint.cap = lesser(joint.cap, kept);
    } else {
      doubtful += 1;
      joint.undirected += lens.exposureReach[place] ?? 0;
      joint.undirectedSlope += (lens.exposureReach[place] ?? 0) * (lens.span.gain[code] ?? 0);
      exposure[place] = Number.NaN;
    }
  }
  joint.vague = doubtful > 0 && !joint.falls;
  joint.gross = gross;
  joint.daily = daily / gross;
  joint.wildest = wildest / gross;
  joint.cap = lesser(joint.cap, (LOSS_MAX * gross - jumps) / slopes);
}

/**
 * How far the joint move goes at a limit, and how that shifts.
 * @param step z that has to be kept clear of beside the limit; 0 for none.
 */
export function jointAt(
  lens: Lens,
  joint: Joint,
  p: { readonly levels: LevelColumns; readonly limit: number; readonly step: number },
): void {
  const { definition } = p.levels;
  const { distance } = definition;
  const value = p.limit === NO_LIMIT ? 0 : limitOf(distance, p.limit);
  const isZ = distance.measure === 'z';
  const z = Math.max(isZ ? value : 0, p.step);
  const share = isZ ? 0 : joint.falls || joint.vague ? -Math.log1p(-value) : Math.log1p(value);
  let log = Math.max(share, z * joint.daily);
  const likely = likelyLevel(definition, p.limit);
  const hours = likely !== undefined && !isBeyondHour(joint.wildest, log);
  if (hours && (joint.falls || joint.vague))
    log = Math.max(log, hourDistanceOf(likely, 'below', joint.wildest));
  if (hours && !joint.falls) log = Math.max(log, hourDistanceOf(likely, 'above', joint.wildest));
  joint.log = log;
  shiftOf(lens, joint, z, likely === undefined ? 0 : HOUR_SLOPE);
}

/** [BO5] The mean volatility shifts with the exposures that it is weighted by. */
function shiftOf(lens: Lens, joint: Joint, z: number, hours: number): void {
  const { market, coins, coin, exposureSlope, exposureJump } = lens;
  let shift = 0;
  let jump = 0;
  for (let place = 0; place < coins; place += 1) {
    const code = coin[place] ?? 0;
    const apart = Math.max(
      z * Math.abs((market.daily[code] ?? Number.NaN) - joint.daily),
      hours * Math.abs((market.wildest[code] ?? Number.NaN) - joint.wildest),
    );
    shift += (exposureSlope[place] ?? 0) * apart;
    jump += (exposureJump[place] ?? 0) * apart;
  }
  const kept = (1 - LOSS_MAX) * joint.gross;
  joint.shift = shift / kept;
  joint.jump = jump / kept;
}
