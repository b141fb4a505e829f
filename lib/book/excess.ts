/** What the pool under the lens is worth and has to hold at any prices, and how wrong and how steep that is (SPEC BO1 to BO3). */
import { type Lens } from './lens.ts';
import { TIER_FIELDS, TIER_STRIDE } from './market-columns.ts';

/** [BO1] Share of the gross amounts, and money a row, that a float sum may be wrong by at most. */
export const DOUBT_SHARE = 1e-9;
export const DOUBT_MONEY = 1e-6;

/** Excess, maintenance and equity in the pool's unit; how wrong the excess may be; by how much a unit of radius may change it. */
export const EQUITY = 0;
export const MAINTENANCE = 1;
export const DOUBT = 2;
/** Change of equity and maintenance together per unit of radius, at most. */
export const SLOPE = 3;
/** The same per unit of a log move that all prices make. */
export const REACH = 4;

/**
 * Works the pool's figures out with every coin's prices multiplied by its factor. NaN wherever a price is missing, and so neither
 * surely safe nor surely breached.
 * @param atMarks every factor is 1: what was found of each leg is kept.
 */
export function evaluate(lens: Lens, atMarks: boolean): void {
  const { market, legs, assets, code, size, open, assetOf, coinOf, factor } = lens;
  const { own, required, touched, slope, rowsOf, value, rate, rateTop, paired } = lens;
  const { price, linear, tiers, gain, top } = market;
  for (let place = 0; place < assets; place += 1) {
    const wallet = lens.wallet[place] ?? 0;
    own[place] = wallet;
    touched[place] = Math.abs(wallet);
    required[place] = 0;
    slope[place] = 0;
    rowsOf[place] = 1;
  }
  let before = 0;
  let reach = 0;
  for (let leg = 0; leg < legs; leg += 1) {
    const place = assetOf[leg] ?? 0;
    const contract = code[leg] ?? 0;
    const coin = coinOf[leg] ?? 0;
    const at = (price[contract] ?? 0) * (factor[coin] ?? 1);
    const units = size[leg] ?? 0;
    const worth = linear[contract] === 1 ? units * at : -units / at;
    const notional = Math.abs(worth);
    let tier = contract * TIER_STRIDE;
    while (notional > (tiers[tier] ?? 0)) tier += TIER_FIELDS;
    const tierRate = tiers[tier + 1] ?? 0;
    const cost = notional * tierRate - (tiers[tier + 2] ?? 0);
    const most = notional * (top[coin] ?? 1);
    while (most > (tiers[tier] ?? 0)) tier += TIER_FIELDS;
    const topRate = tiers[tier + 1] ?? 0;
    // Legs on one contract move together: what counts is their net value.
    const net = paired[leg] === 1 ? Math.abs(before + worth) - Math.abs(before) : notional;
    before = paired[leg] === 1 ? before + worth : worth;
    const moves = net + topRate * notional;
    const entry = open[leg] ?? 0;
    own[place] = (own[place] ?? 0) + (worth - entry);
    required[place] = (required[place] ?? 0) + cost;
    touched[place] = (touched[place] ?? 0) + notional + Math.abs(entry);
    slope[place] = (slope[place] ?? 0) + moves * (gain[coin] ?? 0);
    rowsOf[place] = (rowsOf[place] ?? 0) + 1;
    reach += moves;
    if (!atMarks) continue;
    value[leg] = worth;
    rate[leg] = tierRate;
    rateTop[leg] = topRate;
    lens.cost[leg] = cost;
    lens.moves[leg] = moves;
  }
  total(lens, reach);
  if (atMarks) lens.marks.set(lens.figures);
}

/** The figures with one coin's prices multiplied, after they were worked out at the marks. */
export function evaluateOne(lens: Lens, coin: number, times: number): void {
  if (lens.multi) {
    lens.factor[coin] = times;
    evaluate(lens, false);
    lens.factor[coin] = 1;
    return;
  }
  const { market, legs, code, size, coinOf, value, cost, moves, paired, marks, figures } = lens;
  const { price, linear, tiers } = market;
  const top = market.top[coin] ?? 1;
  let equity = 0;
  let maintenance = 0;
  let gross = 0;
  let reach = 0;
  let before = 0;
  for (let leg = 0; leg < legs; leg += 1) {
    if (coinOf[leg] !== coin) continue;
    const contract = code[leg] ?? 0;
    const at = (price[contract] ?? 0) * times;
    const units = size[leg] ?? 0;
    const worth = linear[contract] === 1 ? units * at : -units / at;
    const notional = Math.abs(worth);
    let tier = contract * TIER_STRIDE;
    while (notional > (tiers[tier] ?? 0)) tier += TIER_FIELDS;
    const there = notional * (tiers[tier + 1] ?? 0) - (tiers[tier + 2] ?? 0);
    const most = notional * top;
    while (most > (tiers[tier] ?? 0)) tier += TIER_FIELDS;
    const net = paired[leg] === 1 ? Math.abs(before + worth) - Math.abs(before) : notional;
    before = paired[leg] === 1 ? before + worth : worth;
    equity += worth - (value[leg] ?? 0);
    maintenance += there - (cost[leg] ?? 0);
    gross += Math.abs(worth - (value[leg] ?? 0));
    reach += net + (tiers[tier + 1] ?? 0) * notional - (moves[leg] ?? 0);
  }
  figures[EQUITY] = (marks[EQUITY] ?? 0) + equity;
  figures[MAINTENANCE] = (marks[MAINTENANCE] ?? 0) + maintenance;
  figures[DOUBT] = (marks[DOUBT] ?? 0) + gross * DOUBT_SHARE;
  figures[SLOPE] = (marks[SLOPE] ?? 0) + reach * (market.gain[coin] ?? 0);
  figures[REACH] = (marks[REACH] ?? 0) + reach;
}

function total(lens: Lens, reach: number): void {
  const { own, required, touched, slope, rowsOf, figures } = lens;
  if (lens.multi) {
    totalInUsd(lens);
    return;
  }
  figures[EQUITY] = own[0] ?? 0;
  figures[MAINTENANCE] = required[0] ?? 0;
  figures[DOUBT] = (touched[0] ?? 0) * DOUBT_SHARE + (rowsOf[0] ?? 0) * DOUBT_MONEY;
  figures[SLOPE] = slope[0] ?? 0;
  figures[REACH] = reach;
}

function totalInUsd(lens: Lens): void {
  const { market, own, required, touched, slope, rowsOf, asset, factor, figures } = lens;
  const { usd, weight, gain, top } = market;
  figures.fill(0);
  for (let place = 0; place < lens.assets; place += 1) {
    const coin = asset[place] ?? 0;
    const held = own[place] ?? 0;
    const needed = required[place] ?? 0;
    if (held === 0 && needed === 0 && (rowsOf[place] ?? 0) === 1) continue;
    const worth = (usd[coin] ?? 0) * (factor[coin] ?? 1);
    const gross = worth * (Math.abs(held) + needed);
    figures[EQUITY] = (figures[EQUITY] ?? 0) + held * worth * (held > 0 ? (weight[coin] ?? 1) : 1);
    figures[MAINTENANCE] = (figures[MAINTENANCE] ?? 0) + needed * worth;
    figures[DOUBT] =
      (figures[DOUBT] ?? 0) +
      (touched[place] ?? 0) * worth * DOUBT_SHARE +
      (rowsOf[place] ?? 0) * DOUBT_MONEY * Math.max(1, worth);
    const legSlope = (slope[place] ?? 0) * worth * (top[coin] ?? 1);
    figures[SLOPE] = (figures[SLOPE] ?? 0) + legSlope + gross * (gain[coin] ?? 0);
    figures[REACH] =
      (figures[REACH] ?? 0) + (legSlope + gross * (gain[coin] ?? 0)) / smallestGain(lens);
  }
}

/** The calmest coin's: what a joint log move is worth at most in units of radius. */
function smallestGain({ market, coins, coin }: Lens): number {
  let smallest = Infinity;
  for (let place = 0; place < coins; place += 1)
    smallest = Math.min(smallest, market.gain[coin[place] ?? 0] ?? Number.NaN);
  return smallest;
}
