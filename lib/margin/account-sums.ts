/** Sums over an account in USD at index prices, for whoever looks at the account and not at its pools. */
import { type AssetId } from '../units/ids.ts';
import { money, ratioOf, sumOf, type Money, type Rate } from '../units/money.ts';
import { type Market } from './account.ts';
import {
  absent,
  allOf,
  known,
  mapFigure,
  type AccountHealth,
  type Figure,
  type PoolHealth,
} from './figures.ts';

/** Amounts in USD. Each pool is floored at zero before it is added where its own figure is: pools do not help one another. */
export interface AccountSums {
  readonly notional: Figure<Money>;
  readonly orderMargin: Figure<Money>;
  /** margin balance - maintenance, signed. */
  readonly marginExcess: Figure<Money>;
  readonly availableMargin: Figure<Money>;
  readonly withdrawable: Figure<Money>;
  /** Sum of notionals / sum of margin balances; absent without equity. */
  readonly effectiveLeverage: Figure<Rate>;
}

export function accountSumsOf(health: AccountHealth, market: Market): AccountSums {
  const overPools = (figureOf: (pool: PoolHealth) => Figure<Money>): Figure<Money> =>
    mapFigure(allOf(health.pools.map((pool) => poolInUsd(pool, figureOf(pool), market))), sumOf);
  const positions = health.pools.flatMap((pool) => pool.positions);
  const notionals = positions.map(({ notional, settle }) => inUsd(notional, settle, market));
  const notional = mapFigure(allOf(notionals), sumOf);
  return {
    notional,
    orderMargin: overPools((pool) => pool.orderMargin),
    marginExcess: overPools((pool) => pool.marginExcess),
    availableMargin: overPools((pool) => pool.availableMargin),
    withdrawable: overPools((pool) => pool.withdrawable),
    effectiveLeverage: leverageOf(notional, health.marginBalanceUsd),
  };
}

function poolInUsd(pool: PoolHealth, figure: Figure<Money>, market: Market): Figure<Money> {
  return pool.scope.kind === 'multi-asset' ? figure : inUsd(figure, pool.unit, market);
}

/** Nothing is worth nothing, whatever its asset. */
function inUsd(figure: Figure<Money>, asset: AssetId, market: Market): Figure<Money> {
  if (!figure.known || figure.value.isZero()) return figure;
  const assetPrice = market.assetPrices.get(asset);
  if (assetPrice === undefined) return absent({ kind: 'asset-price-missing', assetId: asset });
  return known(money(figure.value.times(assetPrice.index)));
}

function leverageOf(notional: Figure<Money>, marginBalance: Figure<Money>): Figure<Rate> {
  if (!marginBalance.known) return marginBalance;
  if (!marginBalance.value.gt(0)) return absent({ kind: 'no-equity' });
  return mapFigure(notional, (amount) => ratioOf(amount, marginBalance.value));
}
