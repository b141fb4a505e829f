/** Names of things. Branded so that an asset cannot be passed where an instrument is meant. */
declare const idKind: unique symbol;
type Id<Kind extends string> = string & { readonly [idKind]: Kind };

/** An asset's ticker: USDT, BTC. */
export type AssetId = Id<'asset'>;
/** A contract's symbol at its venue: BTCUSDT. */
export type InstrumentId = Id<'instrument'>;
export type AccountId = Id<'account'>;
/** A margin pool: see `poolIdOf` in lib/margin/pool.ts. */
export type PoolId = Id<'pool'>;

export function assetId(text: string): AssetId {
  return text as AssetId;
}
export function instrumentId(text: string): InstrumentId {
  return text as InstrumentId;
}
export function accountId(text: string): AccountId {
  return text as AccountId;
}
export function poolId(text: string): PoolId {
  return text as PoolId;
}
