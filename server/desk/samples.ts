/** What an account is put in order by: floats, sampled now and then. What is shown is derived again exactly. */
import { type AssetId } from '#lib/units/ids.ts';
import {
  distanceOfPool,
  marginBalanceOf,
  ratioOfPool,
  type QuickAccount,
  type QuickPool,
} from './quick-figures.ts';
import { SCREEN_RANK, screenStateOfRow } from './screen-rank.ts';

export interface Sample {
  /** Of the worst pool: Infinity when equity is gone, NaN when unknown. */
  readonly ratio: number;
  readonly marginBalance: number;
  readonly maintenanceMargin: number;
  readonly excess: number;
  /** Of the nearest pool; Infinity where nothing can be liquidated. */
  readonly distance: number;
  /** The same in daily moves. */
  readonly z: number;
  /** Of the account, USD. */
  readonly notional: number;
  readonly equity: number;
  readonly maintenance: number;
  /** The coin with the largest position. */
  readonly coin: AssetId | undefined;
}

/** Standard deviation of a day by coin. */
export type DailyMoves = ReadonlyMap<string, number>;

export function sampleOf({ account, pools }: QuickAccount, daily: DailyMoves): Sample {
  const worst = worstOf(pools, account.rows);
  const marginBalance = worst === undefined ? Number.NaN : marginBalanceOf(worst);
  const maintenanceMargin = worst?.maintenance ?? Number.NaN;
  return {
    ratio: worst === undefined ? 0 : ratioOfPool(worst),
    marginBalance,
    maintenanceMargin,
    excess: marginBalance - maintenanceMargin,
    distance: leastOf(pools, distanceOfPool),
    z: leastOf(pools, (pool) => dailyMovesOf(pool, daily)),
    notional: sumOver(pools, (pool) => pool.notional),
    equity: sumOver(pools, marginBalanceOf),
    maintenance: sumOver(pools, (pool) => pool.maintenance),
    coin: biggestCoinOf(pools),
  };
}

/**
 * The pool that stands for its account, as in its row: the worst state, then the largest ratio. One that is unknown goes before others in
 * its state: none of its figures may look certain.
 */
function worstOf(
  pools: readonly QuickPool[],
  rows: QuickAccount['account']['rows'],
): QuickPool | undefined {
  let worst: QuickPool | undefined;
  let worstRank = -1;
  let worstRatio = 0;
  for (const pool of pools) {
    const row = rows.get(pool.poolId);
    const rank = row === undefined ? 0 : SCREEN_RANK[screenStateOfRow(row)];
    const ratio = ratioOfPool(pool);
    const isWorse = Number.isNaN(ratio) ? !Number.isNaN(worstRatio) : ratio > worstRatio;
    if (worst !== undefined && !(rank > worstRank || (rank === worstRank && isWorse))) continue;
    worst = pool;
    worstRank = rank;
    worstRatio = ratio;
  }
  return worst;
}

function leastOf(pools: readonly QuickPool[], of: (pool: QuickPool) => number): number {
  let least = Number.POSITIVE_INFINITY;
  for (const pool of pools) least = Math.min(least, of(pool));
  return least;
}

function sumOver(pools: readonly QuickPool[], of: (pool: QuickPool) => number): number {
  let sum = 0;
  for (const pool of pools) {
    const amount = of(pool);
    if (amount !== 0) sum += amount * pool.usdPerUnit;
  }
  return sum;
}

/** Not nearer than so: a logarithm of a fall by everything does not exist. */
const WHOLE = 0.9999;

function dailyMovesOf(pool: QuickPool, daily: DailyMoves): number {
  const share = distanceOfPool(pool);
  if (!(share > 0)) return Number.isNaN(share) ? share : 0;
  if (share === Number.POSITIVE_INFINITY) return share;
  let exposure = 0;
  let weighted = 0;
  let falls = false;
  for (const [coin, net] of pool.netByBase) {
    exposure += Math.abs(net);
    weighted += Math.abs(net) * (daily.get(coin) ?? Number.NaN);
    falls ||= net > 0;
  }
  const log = falls ? -Math.log1p(-Math.min(share, WHOLE)) : Math.log1p(share);
  return (log * exposure) / weighted;
}

function biggestCoinOf(pools: readonly QuickPool[]): AssetId | undefined {
  let biggest: AssetId | undefined;
  let most = 0;
  for (const { largestCoin, largest, usdPerUnit } of pools) {
    if (!(largest * usdPerUnit > most)) continue;
    most = largest * usdPerUnit;
    biggest = largestCoin;
  }
  return biggest;
}

/** Marks that are not stale: what hangs on another one is unknown. */
export function isCertain(mark: { readonly status: string }): boolean {
  return mark.status !== 'stale';
}
