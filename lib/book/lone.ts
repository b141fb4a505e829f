/**
 * A pool of one position and one asset, the commonest there is: its excess is a line of one price that bends at tiers only. So where
 * it ends is solved for, and each state is a stretch of the way there: no bound has to be taken anew on that way (SPEC BO14).
 */
import { DOUBT_MONEY, DOUBT_SHARE, ratioAtMost } from './excess.ts';
import { type Lens } from './lens.ts';
import { LEAVE, LIMITS, NO_LIMIT, type LevelColumns } from './level-columns.ts';
import {
  LONE_RADIUS_MAX,
  LONE_RATE_MAX,
  TIER_FIELDS,
  TIER_STRIDE,
  type MarketColumns,
} from './market-columns.ts';
import { isOpen } from './radius.ts';
import { CRITICAL, LIQUIDATABLE, outerLimit, type Standing } from './standing.ts';
import { WAY_DOUBT, type Examiner } from './ways.ts';

/** How much farther than its doubt the end of an excess may lie, as rates below `LONE_RATE_MAX` let it, with room to spare. */
const END_DOUBT = 1.5;

/** Solves for the end of the pool under the lens; false where it has to be bounded like any other. */
export function findLoneEnd(lens: Lens, levels: LevelColumns): boolean {
  if (lens.legs !== 1 || lens.multi || levels.definition.ratioFromPositions <= 1) return false;
  const { market, lone: end } = lens;
  const code = lens.code[0] ?? 0;
  const units = lens.size[0] ?? 0;
  const isLinear = market.linear[code] === 1;
  const price = market.price[code] ?? Number.NaN;
  const worth = isLinear ? units * price : -units / price;
  const notional = Math.abs(worth);
  if (!(notional > 0) || market.bends[code] !== 1) return false;
  const wallet = lens.wallet[0] ?? 0;
  const open = lens.open[0] ?? 0;
  const cash = wallet - open;
  const there = worth > 0 ? lastOfGaining(market, code, -cash) : lastOfLosing(market, code, cash);
  const most = Math.max(notional, there);
  let tier = code * TIER_STRIDE;
  while (notional > (market.tiers[tier] ?? 0)) tier += TIER_FIELDS;
  end.maintenance = notional * (market.tiers[tier + 1] ?? 0) - (market.tiers[tier + 2] ?? 0);
  while (most > (market.tiers[tier] ?? 0)) tier += TIER_FIELDS;
  if (!((market.tiers[tier + 1] ?? 1) <= LONE_RATE_MAX)) return false;
  end.isLong = units > 0;
  end.equity = cash + worth;
  end.doubt = (Math.abs(wallet) + Math.abs(open) + most) * DOUBT_SHARE + 2 * DOUBT_MONEY;
  const apart = END_DOUBT * end.doubt;
  const least = there - apart;
  end.near = worth > 0 ? Math.log(notional / (there + apart)) : logOf(least / notional);
  end.far = worth > 0 ? -logOf(least / notional) : Math.log((there + apart) / notional);
  const cap = (market.lastCap[code] ?? 0) / (notional * (1 + DOUBT_SHARE));
  end.growth = Math.log(cap) / (market.scale[lens.coinOf[0] ?? 0] ?? 1);
  return true;
}

function logOf(share: number): number {
  return share > 0 ? Math.log(share) : -Infinity;
}

/** Value at which one that gains with its value still covers a debt beside what it has to hold; 0 where there is none. */
function lastOfGaining({ tiers }: MarketColumns, code: number, debt: number): number {
  if (!(debt > 0)) return 0;
  let tier = code * TIER_STRIDE;
  for (;;) {
    const cap = tiers[tier] ?? Infinity;
    const counts = 1 - (tiers[tier + 1] ?? 0);
    const covered = (debt - (tiers[tier + 2] ?? 0)) / counts;
    if (!(covered > cap)) return covered;
    tier += TIER_FIELDS;
  }
}

/** The same for one that loses, and cash; 0 where it has none. */
function lastOfLosing({ tiers }: MarketColumns, code: number, cash: number): number {
  if (!(cash > 0)) return 0;
  let tier = code * TIER_STRIDE;
  for (;;) {
    const cap = tiers[tier] ?? Infinity;
    const covered = (cash + (tiers[tier + 2] ?? 0)) / (1 + (tiers[tier + 1] ?? 0));
    if (!(covered > cap)) return covered;
    tier += TIER_FIELDS;
  }
}

/** As `examine`, of a pool whose end was found: how far its price may go on towards it, and back. */
export function examineLone({ lens, radius }: Examiner, standing: Standing): boolean {
  const { lone } = lens;
  const { levels, state, leaving } = standing;
  let on = Infinity;
  let back = Infinity;
  if (state === LIQUIDATABLE) back = -lone.far;
  else on = lone.near - outerWay(lens, standing);
  if (state > 0 && state < LIQUIDATABLE && !leaving)
    back = limitAt(lens, levels, LEAVE + state - 1) * (1 - WAY_DOUBT) - lone.far;
  const onScales = inScales(lens, on);
  const backScales = inScales(lens, back);
  radius.fall = lone.isLong ? onScales : backScales;
  radius.rise = lone.isLong ? backScales : onScales;
  if (lens.market.linear[lens.code[0] ?? 0] === 1) radius.rise = Math.min(radius.rise, lone.growth);
  else radius.fall = Math.min(radius.fall, lone.growth);
  return isOpen(radius);
}

/** What the way to liquidation has to be longer than. */
function outerWay(lens: Lens, standing: Standing): number {
  const { levels, step } = standing;
  const outer = outerLimit(standing);
  const limit = outer === NO_LIMIT ? 0 : limitAt(lens, levels, outer);
  const daily = lens.market.daily[lens.coinOf[0] ?? 0] ?? Number.NaN;
  return (step > 0 ? Math.max(limit, step * daily) : limit) * (1 + WAY_DOUBT);
}

function limitAt({ coinOf, lone }: Lens, levels: LevelColumns, limit: number): number {
  const at = (coinOf[0] ?? 0) * LIMITS + limit;
  return (lone.isLong ? levels.down[at] : levels.up[at]) ?? Number.NaN;
}

/** Infinity, which nothing ends, stays; no other is longer than a stamp counts on (BO12). */
function inScales({ market, coinOf }: Lens, log: number): number {
  return log === Infinity
    ? log
    : Math.min(log / (market.scale[coinOf[0] ?? 0] ?? 1), LONE_RADIUS_MAX);
}

/** As `judge`. */
export function judgeLone(
  examiner: Examiner,
  levels: LevelColumns,
  breached: boolean | undefined,
): boolean {
  const { lens } = examiner;
  const { lone } = lens;
  if (!(lone.growth > 0)) return false;
  if (breached ?? lone.far < 0) {
    examiner.enter = LIQUIDATABLE;
    examiner.stay = LIQUIDATABLE;
    examiner.ratioMost = ratioAtMost(lone);
    return true;
  }
  if (breached === undefined && !(lone.near > 0)) return false;
  const enter = worstWithin(lens, levels, { from: 0, above: 0 });
  const stay =
    enter === undefined ? undefined : worstWithin(lens, levels, { from: LEAVE, above: enter });
  if (enter === undefined || stay === undefined) return false;
  examiner.enter = enter;
  examiner.stay = stay;
  return true;
}

/** As `worstInside`: the way is the only one. */
function worstWithin(
  lens: Lens,
  levels: LevelColumns,
  { from, above }: { readonly from: number; readonly above: number },
): number | undefined {
  const { near, far } = lens.lone;
  for (let state = CRITICAL; state > above; state -= 1) {
    const limit = limitAt(lens, levels, from + state - 1);
    if (far < limit * (1 - WAY_DOUBT)) return state;
    if (!(near > limit * (1 + WAY_DOUBT))) return undefined;
  }
  return above;
}

/** As `isFartherThan`. */
export function isLoneFartherThan({ lone, market, coinOf }: Lens, z: number): boolean {
  return lone.near > z * (market.daily[coinOf[0] ?? 0] ?? Number.NaN) * (1 + WAY_DOUBT);
}
