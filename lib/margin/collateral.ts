/** What each asset of a multi-asset pool counts for, and what isolated positions took from the cross wallets. */
import { type AssetId } from '../units/ids.ts';
import { NO_MONEY, plus, type Money, type Price, type Rate } from '../units/money.ts';
import { type Account, type Market } from './account.ts';
import { allOf, mapFigure, type Figure } from './figures.ts';
import { legOf, poolAssetsOf, type PoolAsset, type PoolFacts } from './pool.ts';
import { assetTotalsOf } from './pool-totals.ts';
import { unrealizedPnlAt, valuationOf } from './valuation.ts';
import { type VenueRules } from './venues/rules.ts';

export interface CollateralLine {
  readonly asset: AssetId;
  /** In the asset, like the next one. Below zero is a debt. */
  readonly wallet: Money;
  readonly unrealizedPnl: Money;
  /** In USD. */
  readonly index: Price;
  /** Share of what is above zero that counts; debts count in full. */
  readonly weight: Rate;
  /** Part of the pool's margin balance, in USD: the parts add up to it. */
  readonly contribution: Money;
}

/** [MA1..MA3] The parts of a multi-asset pool's margin balance. Empty for a pool that is counted in its own asset. */
export function collateralOf(p: {
  readonly pool: PoolFacts;
  readonly market: Market;
  readonly rules: VenueRules;
}): Figure<readonly CollateralLine[]> {
  const { pool, market, rules } = p;
  const legs = allOf(pool.positions.map((position) => legOf(position, market)));
  if (!legs.known) return legs;
  const valued = legs.value.map((leg) => ({ leg, valuation: valuationOf(leg, rules) }));
  return mapFigure(poolAssetsOf(pool, legs.value, market), (assets) =>
    assets.flatMap((asset) => {
      const { marginBalance } = assetTotalsOf({ valued, assets, rules }, asset);
      return lineOf(asset, rules, marginBalance);
    }),
  );
}

function lineOf(
  { asset, wallet, legs, price }: PoolAsset,
  rules: VenueRules,
  contribution: Money,
): readonly CollateralLine[] {
  if (price === undefined) return [];
  const unrealizedPnl = legs.reduce(
    (sum, leg) => plus(sum, unrealizedPnlAt(leg, rules, leg.mark.price)),
    NO_MONEY,
  );
  const { index, collateralWeight: weight } = price;
  return [{ asset, wallet, unrealizedPnl, index, weight, contribution }];
}

/** Wallets of isolated positions by settle asset: what cross margin cannot reach. */
export function isolatedWalletsOf(account: Account, market: Market): ReadonlyMap<string, Money> {
  const sums = new Map<string, Money>();
  for (const { marginMode, instrumentId } of account.positions) {
    const settle = market.instruments.get(instrumentId)?.settle;
    if (marginMode.kind !== 'isolated' || settle === undefined) continue;
    sums.set(settle, plus(sums.get(settle) ?? NO_MONEY, marginMode.wallet));
  }
  return sums;
}
