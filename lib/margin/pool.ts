/** Margin pools: what backs what (rulings A1). A pool is the unit of ratio, state and liquidation. */
import { notionalOf, type Instrument } from '../market/instrument.ts';
import { type MarkReading } from '../market/mark.ts';
import { assetId, poolId, type AccountId, type AssetId, type PoolId } from '../units/ids.ts';
import {
  money as moneyOf,
  NO_MONEY as NOTHING,
  sumOf,
  type Money,
  type Price,
} from '../units/money.ts';
import {
  type Account,
  type AssetPrice,
  type Market,
  type Order,
  type Position,
} from './account.ts';
import { absent, known, type Absence, type Figure, type PoolHealth } from './figures.ts';

export type PoolScope = PoolHealth['scope'];

/** What a multi-asset pool is counted in. */
export const USD: AssetId = assetId('USD');

/** One position with what is needed to value it. */
export interface Leg {
  readonly position: Position;
  readonly instrument: Instrument;
  readonly mark: MarkReading;
  /** Where the venue values by it and it is known. */
  readonly indexPrice?: Price;
}

/** One asset inside a pool: a wallet, the legs that settle in it, and its price where the pool is counted in USD. */
export interface PoolAsset {
  readonly asset: AssetId;
  readonly wallet: Money;
  readonly legs: readonly Leg[];
  readonly price: AssetPrice | undefined;
}

/** The facts of one pool, before any figure. */
export interface PoolFacts {
  readonly id: PoolId;
  readonly scope: PoolScope;
  readonly unit: AssetId;
  readonly positions: readonly Position[];
  readonly orders: readonly Order[];
  /** Every position of the account, isolated ones too: an order adds only what exceeds the position it would join. */
  readonly orderPositions: readonly Position[];
  readonly wallets: ReadonlyMap<AssetId, Money>;
}

/** `A0007/cross:USDT`, `A0007/multi`, `A0007/isolated:BTCUSDT:both`. */
export function poolIdOf(account: AccountId, scope: PoolScope): PoolId {
  return poolId(account + poolSuffixOf(scope));
}

/** What comes after the account's name in a pool's. */
export function poolSuffixOf(scope: PoolScope): string {
  switch (scope.kind) {
    case 'cross':
      return `/cross:${scope.asset}`;
    case 'multi-asset':
      return '/multi';
    case 'isolated':
      return `/isolated:${scope.instrumentId}:${scope.positionSide}`;
  }
}

/** Groups the account's facts: cross pools by settle asset (or one in USD), then one pool per isolated position. */
export function poolsOf(account: Account, market: Market): readonly PoolFacts[] {
  const cross = account.positions.filter((position) => position.marginMode.kind === 'cross');
  const crossPools =
    account.assetMode === 'multi'
      ? [multiPool(account, cross)]
      : singlePools(account, cross, market);
  const isolatedPools = account.positions.flatMap((position) =>
    isolatedPool(account, position, market),
  );
  return [...crossPools, ...isolatedPools];
}

function multiPool(account: Account, positions: readonly Position[]): PoolFacts {
  const scope = { kind: 'multi-asset' } as const;
  const { wallets, orders } = account;
  const orderPositions = account.positions;
  return {
    id: poolIdOf(account.id, scope),
    scope,
    unit: USD,
    positions,
    orders,
    orderPositions,
    wallets,
  };
}

function singlePools(
  account: Account,
  cross: readonly Position[],
  market: Market,
): readonly PoolFacts[] {
  const settleOf = (item: { readonly instrumentId: Position['instrumentId'] }): AssetId =>
    market.instruments.get(item.instrumentId)?.settle ?? assetId('?');
  const assets = new Set([
    ...account.wallets.keys(),
    ...cross.map(settleOf),
    ...account.orders.map(settleOf),
  ]);
  return [...assets].map((asset) => {
    const scope = { kind: 'cross', asset } as const;
    const wallet = account.wallets.get(asset);
    return {
      id: poolIdOf(account.id, scope),
      scope,
      unit: asset,
      positions: cross.filter((position) => settleOf(position) === asset),
      orders: account.orders.filter((order) => settleOf(order) === asset),
      orderPositions: account.positions,
      wallets: wallet === undefined ? new Map<AssetId, Money>() : new Map([[asset, wallet]]),
    };
  });
}

function isolatedPool(account: Account, position: Position, market: Market): readonly PoolFacts[] {
  if (position.marginMode.kind !== 'isolated') return [];
  const { instrumentId, positionSide } = position;
  const scope = { kind: 'isolated', instrumentId, positionSide } as const;
  const unit = market.instruments.get(instrumentId)?.settle ?? assetId('?');
  const wallets = new Map([[unit, position.marginMode.wallet]]);
  const id = poolIdOf(account.id, scope);
  return [{ id, scope, unit, positions: [position], orders: [], orderPositions: [], wallets }];
}

/** A position with its instrument and mark, or what is missing. A stale mark is given: the pool says that it is stale. */
export function legOf(position: Position, market: Market): Figure<Leg> {
  const { instrumentId } = position;
  const instrument = market.instruments.get(instrumentId);
  if (instrument === undefined) return absent({ kind: 'instrument-unknown', instrumentId });
  const mark = market.marks.get(instrumentId);
  if (mark === undefined) return absent({ kind: 'mark-missing', instrumentId });
  if (!(position.leverage.gt(0) && instrument.contractSize.gt(0))) {
    return absent({ kind: 'terms-invalid', instrumentId });
  }
  const indexPrice = market.indexPrices?.get(instrumentId);
  return known(
    indexPrice === undefined
      ? { position, instrument, mark }
      : { position, instrument, mark, indexPrice },
  );
}

/** The pool by asset, legs under the asset they settle in. Absent when a price that it needs is missing. */
export function poolAssetsOf(
  pool: PoolFacts,
  legs: readonly Leg[],
  market: Market,
): Figure<readonly PoolAsset[]> {
  const names = new Set([...pool.wallets.keys(), ...legs.map((leg) => leg.instrument.settle)]);
  const assets: PoolAsset[] = [];
  for (const asset of names) {
    const price = pool.scope.kind === 'multi-asset' ? market.assetPrices.get(asset) : undefined;
    const wallet = pool.wallets.get(asset) ?? NOTHING;
    const own = legs.filter((leg) => leg.instrument.settle === asset);
    if (pool.scope.kind === 'multi-asset' && price === undefined) {
      if (wallet.isZero() && own.length === 0) continue;
      return absent({ kind: 'asset-price-missing', assetId: asset });
    }
    assets.push({ asset, wallet, legs: own, price });
  }
  return known(assets);
}

/**
 * What is wrong with a pool's inputs: the status is unknown while this is not empty (design R6). The price of an asset that
 * counts is an input like a mark.
 */
export function staleInputs(
  legs: readonly Leg[],
  assets: readonly PoolAsset[],
): readonly Absence[] {
  const marks = legs.flatMap(({ mark, instrument }) =>
    mark.status === 'stale' ? [instrument.id] : [],
  );
  const prices = assets.flatMap(({ price, wallet, legs: own }) =>
    price?.staleMark === undefined || (wallet.isZero() && own.length === 0)
      ? []
      : [price.staleMark],
  );
  return [...new Set([...marks, ...prices])].map((instrumentId) => ({
    kind: 'mark-stale',
    instrumentId,
  }));
}

/** [MR4] Notional that an instrument's orders could add: the larger resulting side less the position's own (cex.md 1.1). */
export function orderNotionalOf(p: {
  readonly instrument: Instrument;
  readonly orders: readonly Order[];
  readonly positionValue: Money;
  readonly hedgeSide: 'both' | 'long' | 'short';
}): Money {
  const opening = p.orders.filter((order) => !order.reduceOnly);
  const notionalOn = (sign: 1 | -1): Money =>
    sumNotional(
      p.instrument,
      opening.filter((order) => Math.sign(order.signedSize.toNumber()) === sign),
    );
  const bids = p.hedgeSide === 'short' ? NOTHING : notionalOn(1);
  const asks = p.hedgeSide === 'long' ? NOTHING : notionalOn(-1);
  const own = p.positionValue.abs();
  const longer = p.positionValue.plus(bids).abs();
  const shorter = p.positionValue.minus(asks).abs();
  const largest = longer.gt(shorter) ? longer : shorter;
  return moneyOf(largest.gt(own) ? largest.minus(own) : NOTHING);
}

function sumNotional(instrument: Instrument, orders: readonly Order[]): Money {
  return sumOf(orders.map((order) => notionalOf(instrument, order.signedSize, order.price)));
}

/** Long and short legs of one underlying. Isolated ones share a pool with nobody. */
interface Sides {
  readonly long: readonly Leg[];
  readonly short: readonly Leg[];
}

export function sidesOf(legs: readonly Leg[]): readonly Sides[] {
  const bases = new Set(legs.map(({ instrument }) => instrument.base));
  return [...bases].map((base) => {
    const own = legs.filter(({ instrument }) => instrument.base === base);
    return {
      long: own.filter(({ position }) => !position.signedSize.isNegative()),
      short: own.filter(({ position }) => position.signedSize.isNegative()),
    };
  });
}
