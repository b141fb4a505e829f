/**
 * A Float64 screen in front of the exact engine (design R7): it says which pools may have changed their reading since they were
 * last assessed exactly. It may name too many, never too few; it decides nothing.
 */
import { type PoolDistance } from '../margin/figures.ts';
import { type AssetId } from '../units/ids.ts';
import { type Volatilities } from './distance-reading.ts';
import {
  floatExcess,
  isWithinTiers,
  maintenanceAt,
  SLACK_SHARE,
  slackOf,
  tierAt,
  type FloatAsset,
  type FloatExcess,
  type FloatLeg,
  type FloatMarket,
  type FloatPool,
} from './float-pool.ts';

/** A distance to liquidation, in daily volatilities or as a share of the mark. */
export interface DistanceLimit {
  readonly measure: 'z' | 'share';
  readonly value: number;
}

/** What the last exact assessment found, as limits inside which nothing has to be looked at again. */
export interface Bracket {
  readonly pool: FloatPool;
  /** Nothing comes nearer than this: a coin where it has a limit of its own, every other coin and the joint move. */
  readonly below: DistanceLimit;
  readonly belowByCoin: ReadonlyMap<string, DistanceLimit>;
  /** z under which the row tells of a step; 0 where it does not. */
  readonly stepBelow: number;
  /** `nearest` goes no farther than this; Infinity for a pool that nothing comes near. */
  readonly above: DistanceLimit;
  /** The thought experiment that decided; undefined when there was none. */
  readonly nearest: PoolDistance | undefined;
  readonly ratioBelow: number;
  readonly ratioAbove: number;
  /** Levels of the probability between which it was; 0 and Infinity where none is near or where it cannot matter. */
  readonly likelyBelow: number;
  readonly likelyAbove: number;
}

/** All that a bracket is held against at one step. */
export interface FloatScene {
  readonly market: FloatMarket;
  readonly daily: Volatilities['daily'];
  /** |ln(price there / price now)| at which a coin's barrier is hit within the hour with a probability of `level`. */
  readonly hourDistance: (base: string, level: number, barrier: 'below' | 'above') => number;
}

/** Limits are narrowed by this share: far beyond the errors of the logarithms on either side. */
const NARROWING = 1e-7;
/**
 * A joint move has the mean volatility of its coins, each level lying where the coin with the largest share of last hour's to daily
 * volatility puts it, or nearer; what the drift adds to that is far below this share.
 */
const JOINT_MARGIN = 0.02;

/** True when the pool's reading cannot have changed. NaN (a missing price) is never quiet. */
export function isQuiet(bracket: Bracket, scene: FloatScene): boolean {
  const { pool } = bracket;
  if (!isWithinTiers(pool, scene.market)) return false;
  const { equity, maintenance, slack } = floatExcess(pool, scene.market, unmoved);
  if (!(equity - maintenance > slack)) return false;
  const lowest = (maintenance - slack) / (equity + slack);
  const highest = (maintenance + slack) / (equity - slack);
  if (!(lowest >= bracket.ratioBelow || bracket.ratioBelow === 0)) return false;
  if (!(highest < bracket.ratioAbove)) return false;
  return staysBeyond(bracket, scene) && staysWithin(bracket, scene);
}

function unmoved(): number {
  return 1;
}

/** No way to liquidation is nearer than its lower limit, nor than where a step or the next level of the probability begins. */
function staysBeyond(bracket: Bracket, scene: FloatScene): boolean {
  const { pool, below, belowByCoin } = bracket;
  const telling = tellingZ(bracket, scene);
  for (const base of pool.bases) {
    const limit = belowByCoin.get(base) ?? below;
    if (limit.value === 0 && telling === 0) continue;
    const daily = scene.daily.get(base) ?? NaN;
    const down = Math.min(factorAt(limit, daily, 'down', 1), Math.exp(-telling * daily));
    const up = Math.max(factorAt(limit, daily, 'up', 1), Math.exp(telling * daily));
    if (!isSafeAfter(pool, scene.market, base, down)) return false;
    if (!isSafeAfter(pool, scene.market, base, up)) return false;
  }
  if (pool.bases.length < 2 || (below.value === 0 && telling === 0)) return true;
  const there = jointExcess(pool, scene, (average, falls) =>
    Math.max(shareAt(below, average, falls, 1), shareOfZ(telling, average, falls)),
  );
  return there.equity - there.maintenance > there.slack;
}

/** z above which neither the next step nor the next level of the probability is reached; 0 where there is neither. */
function tellingZ({ pool, likelyAbove, stepBelow }: Bracket, scene: FloatScene): number {
  if (likelyAbove === Infinity) return stepBelow * (1 + NARROWING);
  const margin = pool.bases.length > 1 ? 1 + JOINT_MARGIN : 1;
  let highest = stepBelow;
  for (const base of pool.bases) {
    const likely =
      (scene.hourDistance(base, likelyAbove, 'below') / (scene.daily.get(base) ?? NaN)) * margin;
    if (!(likely <= highest)) highest = likely;
  }
  return highest * (1 + NARROWING);
}

/** Prices there over prices now. `sense`: 1 puts the limit a little farther, -1 a little nearer. */
function factorAt(
  { measure, value }: DistanceLimit,
  daily: number,
  direction: 'down' | 'up',
  sense: 1 | -1,
): number {
  const way = (direction === 'down' ? -value : value) * (1 + sense * NARROWING);
  return measure === 'share' ? 1 + way : Math.exp(way * daily);
}

/** Share of a joint move at a limit: of the mark, or as `sigmaOf` in distance-reading.ts reads its z. */
function shareAt(
  { measure, value }: DistanceLimit,
  average: number,
  falls: boolean,
  sense: 1 | -1,
): number {
  const way = value * (1 + sense * NARROWING);
  return measure === 'share' ? way : shareOfZ(way, average, falls);
}

function shareOfZ(z: number, average: number, falls: boolean): number {
  return falls ? 1 - Math.exp(-z * average) : Math.exp(z * average) - 1;
}

function isSafeAfter(pool: FloatPool, market: FloatMarket, base: string, factor: number): boolean {
  const there = floatExcess(pool, market, (other) => (other === base ? factor : 1));
  return there.equity - there.maintenance > there.slack;
}

/** The joint move by a share that depends on the pool's weighted volatility and on whether any coin falls in it. */
function jointExcess(
  pool: FloatPool,
  { market, daily }: FloatScene,
  shareOf: (average: number, falls: boolean) => number,
): FloatExcess {
  const exposures = netExposures(pool, market);
  const gross = exposures.reduce((sum, { value }) => sum + Math.abs(value), 0);
  const average = exposures.reduce(
    (sum, { base, value }) => sum + (Math.abs(value) / gross) * (daily.get(base) ?? NaN),
    0,
  );
  const falls = exposures.some(({ value }) => value >= 0);
  const share = shareOf(average, falls);
  const directions = new Map(
    exposures.map(({ base, value }) => [base as string, value < 0 ? 1 : -1]),
  );
  return floatExcess(pool, market, (base) => 1 + (directions.get(base) ?? 0) * share);
}

interface FloatExposure {
  readonly base: AssetId;
  /** Change of the excess when the coin rises by its own price; NaN where its sign is in doubt. */
  readonly value: number;
}

/** As `exposuresOf` in liquidation-price.ts: maintenance, and collateral in the coin itself, count. */
function netExposures(pool: FloatPool, market: FloatMarket): readonly FloatExposure[] {
  const net = new Map<AssetId, number>(pool.bases.map((base) => [base, 0]));
  let gross = 0;
  const add = (base: AssetId, value: number): void => {
    const before = net.get(base);
    if (before !== undefined) net.set(base, before + value);
    gross += Math.abs(value);
  };
  for (const asset of pool.assets) {
    const usd = pool.multi ? (market.assetPrices.get(asset.asset) ?? NaN) : 1;
    const { own, required } = holdingOf(asset, market);
    const weight = pool.multi && own > 0 ? asset.weight : 1;
    for (const leg of asset.legs) {
      const { value, rate } = valueAndRate(leg, market);
      const slope = leg.linear ? value * weight : -value * weight;
      add(leg.base, usd * slope);
      add(leg.base, usd * rate * Math.abs(value) * (leg.linear ? -1 : 1));
    }
    if (pool.multi) add(asset.asset, usd * (own * weight - required));
  }
  const doubt = gross * SLACK_SHARE;
  return [...net].map(([base, value]) => ({ base, value: Math.abs(value) > doubt ? value : NaN }));
}

function valueAndRate(
  leg: FloatLeg,
  market: FloatMarket,
): { readonly value: number; readonly rate: number } {
  const at = market.marks.get(leg.instrument) ?? NaN;
  const value = leg.linear ? leg.signedSize * at : -leg.signedSize / at;
  return { value, rate: tierAt(leg.tiers, Math.abs(value)).rate };
}

/** Equity of one asset and what it must hold; NaN where the sign of the equity, and so its haircut, is in doubt. */
function holdingOf(
  asset: FloatAsset,
  market: FloatMarket,
): { readonly own: number; readonly required: number } {
  let own = asset.wallet;
  let required = 0;
  let touched = Math.abs(asset.wallet);
  for (const leg of asset.legs) {
    const { value } = valueAndRate(leg, market);
    own += value - leg.openValue;
    required += maintenanceAt(leg.tiers, Math.abs(value));
    touched += Math.abs(value) + Math.abs(leg.openValue);
  }
  const inDoubt = touched > 0 && Math.abs(own) <= slackOf(asset, touched, 1);
  return { own: inDoubt ? NaN : own, required };
}

/** The way that decided is still no farther than the upper limit. */
function staysWithin(bracket: Bracket, scene: FloatScene): boolean {
  const { nearest, pool, likelyBelow, above } = bracket;
  if (above.value === Infinity && likelyBelow === 0) return true;
  if (nearest === undefined) return false;
  if (nearest.by.kind === 'joint') {
    const joint = jointExcess(pool, scene, (average, falls) => shareAt(above, average, falls, -1));
    return joint.equity - joint.maintenance < -joint.slack;
  }
  const { base, direction } = nearest.by;
  const daily = scene.daily.get(base) ?? NaN;
  const barrier = direction === 'down' ? 'below' : 'above';
  const log = likelyBelow === 0 ? Infinity : scene.hourDistance(base, likelyBelow, barrier);
  const likely = factorAt({ measure: 'z', value: log }, 1, direction, -1);
  const limit = factorAt(above, daily, direction, -1);
  const factor = direction === 'down' ? Math.max(limit, likely) : Math.min(limit, likely);
  const there = floatExcess(pool, scene.market, (other) => (other === base ? factor : 1));
  return there.equity - there.maintenance < -there.slack;
}
