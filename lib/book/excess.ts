/** What the pool under the lens is worth and has to hold at any prices, and how wrong and how steep that is (SPEC BO1 to BO3). */
import { ASSET_FIGURES, LEG_FIGURES, type Lens } from './lens.ts';
import { TIER_FIELDS, TIER_STRIDE } from './market-columns.ts';

/** [BO1] Share of the gross amounts, and money a row, that a float sum may be wrong by at most. */
export const DOUBT_SHARE = 1e-9;
export const DOUBT_MONEY = 1e-6;

/** Figures of a pool, in its unit: equity, maintenance, and how wrong the excess of the one over the other may be. */
export const EQUITY = 0;
export const MAINTENANCE = 1;
export const DOUBT = 2;
/**
 * What a unit of radius takes off the excess at most where all bases fall, and where they rise. The other way it adds no more than
 * that times `stretch` of the lens.
 */
export const FALL = 3;
export const RISE = 4;
/** By how much a log move that all prices make changes equity and maintenance together, at most, in whichever tier. */
export const REACH = 5;

/** Figures of a leg, in its settle asset: worth, maintenance, its tier's rate, and the largest rate inside any radius. */
export const WORTH = 0;
const COST = 1;
export const RATE = 2;
export const RATE_TOP = 3;
/** What it adds to `FALL` and `RISE`, and to `REACH`. */
const LEG_FALL = 4;
const LEG_RISE = 5;
export const LEG_REACH = 6;
/** What legs on its contract lose by a fall so far, itself among them: they move together. */
const TOGETHER = 7;

/** [BO3] Works one leg's figures out at a price. Legs on one contract are weighed one after the other. */
function weigh(lens: Lens, leg: number, price: number): void {
  const { market, leg: found, code, size, coinOf, paired, span } = lens;
  const { linear, tiers, lastRate, settle, weight, scale } = market;
  const contract = code[leg] ?? 0;
  const units = size[leg] ?? 0;
  const isLinear = linear[contract] === 1;
  const worth = isLinear ? units * price : -units / price;
  const notional = Math.abs(worth);
  let tier = contract * TIER_STRIDE;
  while (notional > (tiers[tier] ?? 0)) tier += TIER_FIELDS;
  const rate = tiers[tier + 1] ?? 0;
  found[WORTH] = worth;
  found[COST] = notional * rate - (tiers[tier + 2] ?? 0);
  found[RATE] = rate;
  const most = notional * (span.top[coinOf[leg] ?? 0] ?? 1);
  while (most > (tiers[tier] ?? 0)) tier += TIER_FIELDS;
  const rateTop = tiers[tier + 1] ?? 0;
  const isPaired = paired[leg] === 1;
  const before = isPaired ? (found[TOGETHER] ?? 0) : 0;
  const together = before + (isLinear ? worth : -worth);
  const falls = Math.max(0, together) - Math.max(0, before);
  const rises = Math.max(0, -together) - Math.max(0, -before);
  // A requirement grows with the value, by less than what a lone leg gains there counts for.
  const weighed = lens.multi ? Math.min(1, weight[settle[contract] ?? 0] ?? 1) : 1;
  const counted = weighed * lens.leastShare;
  const grows = rateTop * notional;
  const isAlone = !isPaired && paired[leg + 1] === 0 && (lastRate[contract] ?? 0) <= counted;
  const covered = isAlone && isLinear === together > 0;
  found[RATE_TOP] = rateTop;
  // What shrinks does so by no more than the log of the move.
  const coin = coinOf[leg] ?? 0;
  const shrinks = span.radiusMax === 0 ? 0 : (scale[coin] ?? 0);
  const gain = span.gain[coin] ?? 0;
  found[LEG_FALL] = isLinear ? falls * shrinks : (falls + (covered ? 0 : grows)) * gain;
  found[LEG_RISE] = isLinear ? (rises + (covered ? 0 : grows)) * gain : rises * shrinks;
  found[LEG_REACH] = falls + rises + (lastRate[contract] ?? 0) * notional;
  found[TOGETHER] = together;
}

/**
 * Works the pool's figures out with every coin's prices multiplied by its factor. NaN wherever a price is missing, and so neither
 * surely safe nor surely breached.
 * @param atMarks every factor is 1: what was found of each leg is kept.
 */
export function evaluate(lens: Lens, atMarks: boolean): void {
  const { market, legs, assets, code, open, assetOf, coinOf, factor } = lens;
  const { own, required, touched, falls, rises, reaches, rowsOf, leg: found } = lens;
  for (let place = 0; place < assets; place += 1) {
    const wallet = lens.wallet[place] ?? 0;
    own[place] = wallet;
    touched[place] = Math.abs(wallet);
    required[place] = 0;
    falls[place] = 0;
    rises[place] = 0;
    reaches[place] = 0;
    rowsOf[place] = 1;
  }
  for (let leg = 0; leg < legs; leg += 1) {
    const place = assetOf[leg] ?? 0;
    const coin = coinOf[leg] ?? 0;
    weigh(lens, leg, (market.price[code[leg] ?? 0] ?? 0) * (factor[coin] ?? 1));
    const worth = found[WORTH] ?? 0;
    const entry = open[leg] ?? 0;
    own[place] = (own[place] ?? 0) + (worth - entry);
    required[place] = (required[place] ?? 0) + (found[COST] ?? 0);
    touched[place] = (touched[place] ?? 0) + Math.abs(worth) + Math.abs(entry);
    falls[place] = (falls[place] ?? 0) + (found[LEG_FALL] ?? 0);
    rises[place] = (rises[place] ?? 0) + (found[LEG_RISE] ?? 0);
    rowsOf[place] = (rowsOf[place] ?? 0) + 1;
    reaches[place] = (reaches[place] ?? 0) + (found[LEG_REACH] ?? 0);
    if (!atMarks) continue;
    const at = leg * LEG_FIGURES;
    for (let figure = 0; figure < LEG_FIGURES; figure += 1)
      lens.atMarks[at + figure] = found[figure] ?? 0;
  }
  total(lens);
  if (atMarks) keepMarks(lens);
}

function keepMarks(lens: Lens): void {
  const { own, required, touched, falls, rises, reaches, assetMarks } = lens;
  lens.marks.set(lens.figures);
  lens.stretch = 1;
  for (let place = 0; place < lens.coins; place += 1)
    lens.stretch = Math.max(lens.stretch, lens.span.stretch[lens.coin[place] ?? 0] ?? 1);
  for (let place = 0; place < lens.assets; place += 1) {
    const at = place * ASSET_FIGURES;
    assetMarks[at] = own[place] ?? 0;
    assetMarks[at + 1] = required[place] ?? 0;
    assetMarks[at + 2] = touched[place] ?? 0;
    assetMarks[at + 3] = falls[place] ?? 0;
    assetMarks[at + 4] = rises[place] ?? 0;
    assetMarks[at + 5] = reaches[place] ?? 0;
  }
}

/** The figures with one coin's prices multiplied, after they were worked out at the marks. */
export function evaluateOne(lens: Lens, at: number, times: number): void {
  const { market, code, assetOf, nextOnCoin, atMarks, leg: found } = lens;
  const coin = lens.coin[at] ?? 0;
  restoreAssets(lens);
  for (let leg = lens.firstLeg[at] ?? -1; leg >= 0; leg = nextOnCoin[leg] ?? -1) {
    const place = assetOf[leg] ?? 0;
    weigh(lens, leg, (market.price[code[leg] ?? 0] ?? 0) * times);
    const before = leg * LEG_FIGURES;
    const change = (found[WORTH] ?? 0) - (atMarks[before] ?? 0);
    lens.own[place] = (lens.own[place] ?? 0) + change;
    lens.touched[place] = (lens.touched[place] ?? 0) + Math.abs(change);
    lens.required[place] =
      (lens.required[place] ?? 0) + ((found[COST] ?? 0) - (atMarks[before + COST] ?? 0));
    lens.falls[place] =
      (lens.falls[place] ?? 0) + ((found[LEG_FALL] ?? 0) - (atMarks[before + LEG_FALL] ?? 0));
    lens.rises[place] =
      (lens.rises[place] ?? 0) + ((found[LEG_RISE] ?? 0) - (atMarks[before + LEG_RISE] ?? 0));
    lens.reaches[place] =
      (lens.reaches[place] ?? 0) + ((found[LEG_REACH] ?? 0) - (atMarks[before + LEG_REACH] ?? 0));
  }
  lens.factor[coin] = times;
  total(lens);
  lens.factor[coin] = 1;
}

function restoreAssets({
  assets,
  own,
  required,
  touched,
  falls,
  rises,
  reaches,
  assetMarks,
}: Lens): void {
  for (let place = 0; place < assets; place += 1) {
    const at = place * ASSET_FIGURES;
    own[place] = assetMarks[at] ?? 0;
    required[place] = assetMarks[at + 1] ?? 0;
    touched[place] = assetMarks[at + 2] ?? 0;
    falls[place] = assetMarks[at + 3] ?? 0;
    rises[place] = assetMarks[at + 4] ?? 0;
    reaches[place] = assetMarks[at + 5] ?? 0;
  }
}

function total(lens: Lens): void {
  const { own, required, touched, falls, rises, reaches, rowsOf, figures } = lens;
  if (lens.multi) {
    totalInUsd(lens);
    return;
  }
  figures[EQUITY] = own[0] ?? 0;
  figures[MAINTENANCE] = required[0] ?? 0;
  figures[DOUBT] = (touched[0] ?? 0) * DOUBT_SHARE + (rowsOf[0] ?? 0) * DOUBT_MONEY;
  figures[FALL] = falls[0] ?? 0;
  figures[RISE] = rises[0] ?? 0;
  figures[REACH] = reaches[0] ?? 0;
}

/** [BO3] An asset's price moves too: what is held loses by its fall, what is owed or required grows by its rise. */
function totalInUsd(lens: Lens): void {
  const { market, span, own, required, touched, rowsOf, asset, factor, figures } = lens;
  const { usd, weight } = market;
  let equity = 0;
  let maintenance = 0;
  let doubt = 0;
  let fall = 0;
  let rise = 0;
  let reach = 0;
  for (let place = 0; place < lens.assets; place += 1) {
    const coin = asset[place] ?? 0;
    const held = own[place] ?? 0;
    const needed = required[place] ?? 0;
    if (held === 0 && needed === 0 && (rowsOf[place] ?? 0) === 1) continue;
    const worth = (usd[coin] ?? 0) * (factor[coin] ?? 1);
    const moves = worth * (span.gain[coin] ?? 0);
    const legs = worth * (span.top[coin] ?? 1);
    equity += held * worth * (held > 0 ? (weight[coin] ?? 1) : 1);
    maintenance += needed * worth;
    doubt +=
      (touched[place] ?? 0) * worth * DOUBT_SHARE +
      (rowsOf[place] ?? 0) * DOUBT_MONEY * Math.max(1, worth);
    fall += (lens.falls[place] ?? 0) * legs + Math.max(0, held) * moves;
    rise += (lens.rises[place] ?? 0) * legs + (Math.max(0, -held) + needed) * moves;
    reach += (lens.reaches[place] ?? 0) * legs + (Math.abs(held) + needed) * worth;
  }
  figures[EQUITY] = equity;
  figures[MAINTENANCE] = maintenance;
  figures[DOUBT] = doubt;
  figures[FALL] = fall;
  figures[RISE] = rise;
  figures[REACH] = reach;
}

/** What a quotient of floats may be wrong by, as a share. */
const QUOTIENT_DOUBT = 1e-12;

/** What the margin ratio is at most; Infinity where the equity may be gone. */
export function ratioAtMost(p: {
  readonly equity: number;
  readonly maintenance: number;
  readonly doubt: number;
}): number {
  const least = p.equity - p.doubt;
  return least > 0 ? ((p.maintenance + p.doubt) / least) * (1 + QUOTIENT_DOUBT) : Infinity;
}
