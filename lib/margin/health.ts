/** One pass over an account's facts and marks gives every figure about it, or the reason why a figure does not exist. */
import { type Decimal } from '../units/decimal.ts';
import { money, rate, ratioOf, sumOf, type Money, type Rate } from '../units/money.ts';
import { type Account, type Market } from './account.ts';
import {
  absent,
  allOf,
  known,
  mapFigure,
  type Absence,
  type AccountHealth,
  type Figure,
  type PoolDistance,
  type PoolHealth,
  type PoolStatus,
} from './figures.ts';
import { distancesOf } from './distances.ts';
import { type PoolOnMarks } from './liquidation-price.ts';
import { lazily } from './lazily.ts';
import { orderMarginOf } from './order-margin.ts';
import {
  legOf,
  poolAssetsOf,
  poolsOf,
  staleInputs,
  type Leg,
  type PoolAsset,
  type PoolFacts,
} from './pool.ts';
import {
  balancesOf,
  freeOf,
  marginRatioOf,
  statusOf,
  totalsOf,
  type PoolTotals,
} from './pool-totals.ts';
import { positionHealth, positionOfUnknownPool, type ValuedLeg } from './position-health.ts';
import { valuationOf } from './valuation.ts';
import { type VenueRules } from './venues/rules.ts';

export interface AssessInput {
  readonly account: Account;
  readonly market: Market;
  readonly rules: VenueRules;
}

/**
 * Assesses an account: all its margin pools, their positions, and sums in USD. Liquidation prices and distances are solved when
 * first asked for; everything else is computed here, once. Never throws on facts: what is missing makes a pool unknown.
 */
export function assessAccount({ account, market, rules }: AssessInput): AccountHealth {
  const pools = poolsOf(account, market).map((facts) => assessPool(facts, market, rules));
  const inUsd = (figureOf: (pool: PoolHealth) => Figure<Money>): Figure<Money> =>
    mapFigure(allOf(pools.map((pool) => usdOf(pool, figureOf(pool), market))), sumOf);
  return {
    accountId: account.id,
    rules,
    pools,
    worstPool: pools.toSorted(worseFirst)[0],
    marginBalanceUsd: inUsd((pool) => pool.marginBalance),
    initialMarginUsd: inUsd((pool) => pool.initialMargin),
    maintenanceMarginUsd: inUsd((pool) => pool.maintenanceMargin),
    unrealizedPnlUsd: inUsd((pool) => pool.unrealizedPnl),
  };
}

function usdOf(pool: PoolHealth, figure: Figure<Money>, market: Market): Figure<Money> {
  if (pool.scope.kind === 'multi-asset') return figure;
  if (!figure.known || figure.value.isZero()) return figure;
  const assetPrice = market.assetPrices.get(pool.unit);
  if (assetPrice === undefined) return absent({ kind: 'asset-price-missing', assetId: pool.unit });
  return mapFigure(figure, (amount) => money(amount.times(assetPrice.index)));
}

/** Assesses one pool alone: what the risk loop repeats for the pools that a price may have moved. */
export function assessPool(facts: PoolFacts, market: Market, rules: VenueRules): PoolHealth {
  const { pool, valued, blocking } = valuedPoolOf(facts, market, rules);
  return pool === undefined ? unknownPool(facts, valued, blocking) : knownPool(pool);
}

interface PoolInputs {
  /** Undefined while something is missing. */
  readonly pool: KnownPool | undefined;
  readonly valued: readonly ValuedLeg[];
  readonly blocking: readonly Absence[];
}

/** A pool's legs and assets with what each position is worth, or what is missing. */
export function valuedPoolOf(facts: PoolFacts, market: Market, rules: VenueRules): PoolInputs {
  const legFigures = facts.positions.map((position) => legOf(position, market));
  const valued = legFigures.flatMap((figure) =>
    figure.known ? [{ leg: figure.value, valuation: valuationOf(figure.value, rules) }] : [],
  );
  const legs = valued.map(({ leg }) => leg);
  const assets = poolAssetsOf(facts, legs, market);
  const blocking = [
    ...legFigures.flatMap((figure) => (figure.known ? [] : [figure.why])),
    ...(assets.known ? [] : [assets.why]),
    ...valued.flatMap(({ valuation }) => (valuation.tier.known ? [] : [valuation.tier.why])),
  ];
  if (!assets.known || blocking.length > 0) return { pool: undefined, valued, blocking };
  const missing = staleInputs(legs, assets.value);
  const pool = { facts, valued, legs, assets: assets.value, missing, rules, market };
  return { pool, valued, blocking };
}

export interface KnownPool {
  readonly facts: PoolFacts;
  readonly valued: readonly ValuedLeg[];
  readonly legs: readonly Leg[];
  readonly assets: readonly PoolAsset[];
  readonly missing: readonly Absence[];
  readonly rules: VenueRules;
  readonly market: Market;
}

/** What prices are searched on. */
export function onMarksOf(
  pool: KnownPool,
  totals: PoolTotals,
  orderMargin: Figure<Money>,
): PoolOnMarks {
  return {
    rules: pool.rules,
    assets: pool.assets,
    legs: pool.legs,
    status: statusOf(totals, pool.valued.length, pool.rules),
    ...(orderMargin.known ? { reserved: orderMargin.value } : {}),
  };
}

function knownPool(pool: KnownPool): PoolHealth {
  const { facts, valued } = pool;
  const totals = totalsOf(pool);
  const orderMargin = orderMarginOf(pool);
  const onMarks = onMarksOf(pool, totals, orderMargin);
  const measured = onMarks.status;
  const distances = lazily(() => distancesOf(onMarks));
  const marginRatio = lazily(() =>
    known(marginRatioOf(totals.maintenanceMargin, totals.marginBalance)),
  );
  const free = lazily(() => freeOf(pool, totals, orderMargin));
  const positions = lazily(() =>
    valued.map((item) => positionHealth({ item, valued, facts, onMarks, totals })),
  );
  return {
    id: facts.id,
    scope: facts.scope,
    unit: facts.unit,
    status: pool.missing.length > 0 ? 'unknown' : measured,
    missing: pool.missing,
    ...balancesOf(totals),
    orderMargin,
    get initialMargin() {
      return free().initialMargin;
    },
    get availableMargin() {
      return free().availableMargin;
    },
    get withdrawable() {
      return free().withdrawable;
    },
    get marginRatio() {
      return marginRatio();
    },
    get effectiveLeverage() {
      return leverageOf(totals);
    },
    get positions() {
      return positions();
    },
    distances,
    decidingDistance: () => decidingOf(distances(), measured),
  };
}

function leverageOf({ notional, marginBalance }: PoolTotals): Figure<Rate> {
  return marginBalance.gt(0)
    ? known(ratioOf(notional, marginBalance))
    : absent({ kind: 'no-equity' });
}

function decidingOf(distances: readonly PoolDistance[], status: PoolStatus): Figure<PoolDistance> {
  const nearest = distances[0];
  if (nearest !== undefined) return known(nearest);
  const breached = status === 'liquidatable' || status === 'bankrupt';
  return absent({ kind: breached ? 'already-liquidatable' : 'margin-covers-loss' });
}

/** A pool with something missing: its own sums do not exist; positions whose mark is known keep what is theirs. */
function unknownPool(
  facts: PoolFacts,
  valued: readonly ValuedLeg[],
  missing: readonly Absence[],
): PoolHealth {
  const why = missing[0] ?? { kind: 'not-recorded' };
  const none = absent(why);
  return {
    id: facts.id,
    scope: facts.scope,
    unit: facts.unit,
    status: 'unknown',
    missing,
    walletBalance: none,
    unrealizedPnl: none,
    marginBalance: none,
    initialMargin: none,
    orderMargin: none,
    maintenanceMargin: none,
    marginExcess: none,
    availableMargin: none,
    withdrawable: none,
    marginRatio: none,
    effectiveLeverage: none,
    positions: facts.positions.map((position) => {
      const item = valued.find(({ leg }) => leg.position === position);
      return positionOfUnknownPool({ facts, position, item, why });
    }),
    distances: () => [],
    decidingDistance: () => none,
  };
}

/** Worse first: by status, then by margin ratio, then by id. */
const STATUS_ORDER: readonly PoolStatus[] = [
  'bankrupt',
  'liquidatable',
  'deficit',
  'unknown',
  'healthy',
  'empty',
];

export function worseFirst(left: PoolHealth, right: PoolHealth): number {
  const byStatus = STATUS_ORDER.indexOf(left.status) - STATUS_ORDER.indexOf(right.status);
  if (byStatus !== 0) return byStatus;
  const byRatio = ratioRank(right).comparedTo(ratioRank(left));
  return byRatio === 0 ? (left.id < right.id ? -1 : 1) : byRatio;
}

function ratioRank(pool: PoolHealth): Decimal {
  const { marginRatio } = pool;
  if (!marginRatio.known || marginRatio.value.kind !== 'ratio') return rate(0);
  return marginRatio.value.value;
}
