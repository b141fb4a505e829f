/** The same book at other prices: every coin moved by one share, and what the engine would do then. */
import { assessPool, type AssessInput } from '#lib/margin/health.ts';
import { type Account, type Market } from '#lib/margin/account.ts';
import { poolsOf, type PoolFacts } from '#lib/margin/pool.ts';
import { houseRules } from '#lib/margin/venues/house.ts';
import { COLLATERAL_SURCHARGE, liquidationOf } from '#lib/margin/ways-out.ts';
import { movePrice } from '#lib/risk/terms.ts';
import { accountId, type AccountId } from '#lib/units/ids.ts';
import { money, NO_MONEY, plus, rate, type Money } from '#lib/units/money.ts';
import { DESK_SHOCKS } from '#lib/wire/protocol.ts';
import { type DeskAccounts } from './desk-accounts.ts';
import {
  marginBalanceOf,
  quickMarketOf,
  type QuickMarket,
  type QuickPool,
} from './quick-figures.ts';
import { isCertain } from './samples.ts';

/** The shock that accounts are ranked by. */
export const RANKED_SHOCK = DESK_SHOCKS.indexOf('-0.1');

/** All contracts of all coins, and the coins as collateral, moved by one share (SPEC WI9). A coin whose price is stale stays. */
export function marketMovedBy(market: Market, share: string): Market {
  const nobody: Account = {
    id: accountId('nobody'),
    positionMode: 'one-way',
    assetMode: 'single',
    wallets: new Map(),
    positions: [],
    orders: [],
  };
  const coins = new Set([...market.instruments.values()].map(({ base }) => base));
  let facts: AssessInput = { account: nobody, market, rules: houseRules };
  for (const coin of coins) {
    const moved = movePrice(facts, coin, rate(share));
    if (moved.ok) facts = moved.value;
  }
  return facts.market;
}

/** One market, now and moved, exact and in floats. */
export interface Scene {
  readonly market: Market;
  readonly quick: QuickMarket;
  readonly moved: readonly { readonly market: Market; readonly quick: QuickMarket }[];
}

/** Pauses between two markets. */
export function* sceneOf(market: Market): Generator<void, Scene, void> {
  const moved: { readonly market: Market; readonly quick: QuickMarket }[] = [];
  for (const share of DESK_SHOCKS) {
    const there = marketMovedBy(market, share);
    moved.push({ market: there, quick: quickMarketOf(there, isCertain) });
    yield;
  }
  return { market, quick: quickMarketOf(market, isCertain), moved };
}

/** Amounts in USD, never negative. */
export interface ShockSum {
  accounts: number;
  pools: number;
  /** What others have to pay because margin did not suffice. */
  deficit: Money;
  /** Taken from those who are liquidated, for the fund. */
  fee: Money;
  /** Pools whose part of both is estimated, that part, and by how much it may be wrong. */
  estimated: number;
  estimatedDeficit: number;
  estimatedFee: number;
  bound: number;
}

export function noShockSum(): ShockSum {
  return {
    accounts: 0,
    pools: 0,
    deficit: NO_MONEY,
    fee: NO_MONEY,
    estimated: 0,
    estimatedDeficit: 0,
    estimatedFee: 0,
    bound: 0,
  };
}

/** A float's sum may be off by so much of what went into it, and each rounding of the venue by so much money (lib/book/SPEC.md, BO1). */
const SLACK_SHARE = 1e-9;
const SLACK_MONEY = 1e-6;
/** Pools of one shock whose money is worked out exactly; beyond it the sum is an estimate with a bound. */
export const EXACT_POOLS_MAX = 400;

/** Whether a pool would be liquidated there: exactly, or undefined where floats cannot tell. */
function isBreached(pool: QuickPool): boolean | undefined {
  if (pool.notional === 0) return false;
  if (pool.isRough) return undefined;
  const excess = marginBalanceOf(pool) - pool.maintenance;
  if (Number.isNaN(excess)) return undefined;
  return Math.abs(excess) <= slackOf(pool) ? undefined : excess < 0;
}

function slackOf({ touched, terms, usdPerUnit }: QuickPool): number {
  return touched * SLACK_SHARE + SLACK_MONEY * (terms + 1) * Math.max(1, usdPerUnit);
}

/** Adds what happens to one account at each moved market. Gives a bit for each at which it is liquidated. */
export function addAccount(
  sums: readonly ShockSum[],
  scene: Scene,
  p: { readonly accounts: DeskAccounts; readonly id: AccountId; readonly exactPools: number },
): number {
  let bits = 0;
  const facts = lazyPools(scene, p);
  for (const [at, there] of scene.moved.entries()) {
    const sum = sums[at];
    const pools = p.accounts.quickOf(p.id, there.quick)?.pools ?? [];
    if (sum === undefined) continue;
    const before = sum.pools;
    for (const pool of pools) {
      addPool(sum, pool, { scene, there: there.market, facts, exactPools: p.exactPools });
    }
    if (sum.pools === before) continue;
    sum.accounts += 1;
    bits |= 1 << at;
  }
  return bits;
}

type FactsOf = (poolId: string) => PoolFacts | undefined;

function lazyPools(
  scene: Scene,
  { accounts, id }: { readonly accounts: DeskAccounts; readonly id: AccountId },
): FactsOf {
  let pools: readonly PoolFacts[] | undefined;
  return (poolId) => {
    const account = pools === undefined ? accounts.factsOf(id) : undefined;
    pools ??= account === undefined ? [] : poolsOf(account, scene.market);
    return pools.find((pool) => pool.id === poolId);
  };
}

function addPool(
  sum: ShockSum,
  pool: QuickPool,
  p: {
    readonly scene: Scene;
    readonly there: Market;
    readonly facts: FactsOf;
    readonly exactPools: number;
  },
): void {
  const seen = isBreached(pool);
  if (seen === false) return;
  const facts = seen === undefined || sum.pools < p.exactPools ? p.facts(pool.poolId) : undefined;
  if (seen === undefined && !isLiquidated(facts, p.there)) return;
  sum.pools += 1;
  if (facts === undefined || !addExactly(sum, { ...p, facts, pool })) addEstimate(sum, pool);
}

function isLiquidated(facts: PoolFacts | undefined, there: Market): boolean {
  if (facts === undefined) return false;
  const { status } = assessPool(facts, there, houseRules);
  return status === 'liquidatable' || status === 'bankrupt';
}

function addExactly(
  sum: ShockSum,
  p: {
    readonly scene: Scene;
    readonly there: Market;
    readonly facts: PoolFacts;
    readonly pool: QuickPool;
  },
): boolean {
  const { facts, scene, there } = p;
  const out = liquidationOf({ pool: facts, market: scene.market, there, rules: houseRules });
  const usd = facts.scope.kind === 'multi-asset' ? 1 : there.assetPrices.get(facts.unit)?.index;
  if (!out.known || usd === undefined) return false;
  sum.deficit = plus(sum.deficit, money(out.value.deficit.times(usd)));
  sum.fee = plus(sum.fee, money(out.value.fee.times(usd)));
  return true;
}

/** Selling collateral costs a share of it, which is not worked out here: the bound covers it. */
function addEstimate(sum: ShockSum, pool: QuickPool): void {
  const { usdPerUnit, haircut, collateral, liquidationFee } = pool;
  const worth = marginBalanceOf(pool) + haircut;
  sum.estimated += 1;
  sum.estimatedDeficit += Math.max(0, -worth) * usdPerUnit;
  sum.estimatedFee += Math.min(liquidationFee, Math.max(0, worth)) * usdPerUnit;
  const sold = collateral * COLLATERAL_SURCHARGE.toNumber() * 2;
  sum.bound += (sold + slackOf(pool)) * usdPerUnit;
}
