/**
 * Cheap figures of every account in floats: they put accounts in order and draw curves. They never decide anything and are
 * never shown as money: what a desk shows is derived again with `lib/margin` (desk-row.ts).
 */
import { floatTiersOf, maintenanceAt, type FloatTier } from '#lib/margin/float-tiers.ts';
import { type LedgerAccount, type LedgerPosition } from '#lib/engine/state.ts';
import { type Instrument } from '#lib/market/instrument.ts';
import { type Market } from '#lib/margin/account.ts';
import { type MarkReading } from '#lib/market/mark.ts';
import { poolIdOf, type PoolScope } from '#lib/margin/pool.ts';
import { type AssetId, type InstrumentId, type PoolId } from '#lib/units/ids.ts';

const MONEY_UNIT = 1e-8;

interface FloatInstrument {
  readonly instrument: Instrument;
  readonly lotFace: number;
  readonly liquidationFeeRate: number;
  readonly tiers: readonly FloatTier[];
}

const floats = new WeakMap<Instrument, FloatInstrument>();

function floatsOf(instrument: Instrument): FloatInstrument {
  const known = floats.get(instrument);
  if (known !== undefined) return known;
  const made: FloatInstrument = {
    instrument,
    lotFace: instrument.lotSize.times(instrument.contractSize).toNumber(),
    liquidationFeeRate: instrument.liquidationFeeRate.toNumber(),
    tiers: floatTiersOf(instrument),
  };
  floats.set(instrument, made);
  return made;
}

/** What stays the same while one pass over the accounts lasts. */
export interface QuickMarket {
  readonly instruments: ReadonlyMap<InstrumentId, FloatInstrument>;
  readonly marks: ReadonlyMap<InstrumentId, number>;
  readonly usd: ReadonlyMap<AssetId, { readonly index: number; readonly weight: number }>;
}

/** @param isUsed which marks count; what hangs on another one is NaN. */
export function quickMarketOf(
  market: Market,
  isUsed: (mark: MarkReading) => boolean = () => true,
): QuickMarket {
  const instruments = new Map(
    [...market.instruments].map(([id, instrument]) => [id, floatsOf(instrument)] as const),
  );
  const marks = new Map(
    [...market.marks].flatMap(([id, mark]) =>
      isUsed(mark) ? [[id, mark.price.toNumber()] as const] : [],
    ),
  );
  const usd = new Map(
    [...market.assetPrices].map(
      ([asset, { index, collateralWeight }]) =>
        [asset, { index: index.toNumber(), weight: collateralWeight.toNumber() }] as const,
    ),
  );
  return { instruments, marks, usd };
}

/** The same with every coin moved by a share, in floats and not on ticks. */
export function quickMarketMovedBy(market: QuickMarket, share: number): QuickMarket {
  const coins = new Set([...market.instruments.values()].map(({ instrument }) => instrument.base));
  const factorOf = (asset: AssetId): number => (coins.has(asset) ? 1 + share : 1);
  return {
    instruments: market.instruments,
    marks: new Map([...market.marks].map(([id, mark]) => [id, mark * (1 + share)])),
    usd: new Map(
      [...market.usd].map(([asset, { index, weight }]) => [
        asset,
        { index: index * factorOf(asset), weight },
      ]),
    ),
  };
}

export interface QuickPool {
  readonly poolId: PoolId;
  wallet: number;
  unrealizedPnl: number;
  maintenance: number;
  /** Sum of notionals without sign, and by underlying with it: what a joint move hits. */
  notional: number;
  readonly netByBase: Map<AssetId, number>;
  /** The coin of its largest position, and that position's notional. */
  largestCoin: AssetId | undefined;
  largest: number;
  /** Asked for if all of it is liquidated. */
  liquidationFee: number;
  /** What its collateral is worth beyond what it counts for, and all that might have to be sold. Multi-asset pools only. */
  haircut: number;
  collateral: number;
  /** Sum of amounts without sign that went into it, and how many: how wrong the sums may be. */
  touched: number;
  terms: number;
  /** Profit and loss in an asset that does not count in full: these sums are then no bound on anything. */
  isRough: boolean;
  /** USD for one unit of the pool's money. */
  usdPerUnit: number;
}

export interface QuickAccount {
  readonly account: LedgerAccount;
  readonly pools: readonly QuickPool[];
}

export function quickAccountOf(account: LedgerAccount, market: QuickMarket): QuickAccount {
  const pools = new Map<PoolId, QuickPool>();
  addWallets(account, market, pools);
  for (const position of account.positions.values()) addPosition(account, position, market, pools);
  return { account, pools: [...pools.values()] };
}

function poolIn(pools: Map<PoolId, QuickPool>, poolId: PoolId, usdPerUnit: number): QuickPool {
  const known = pools.get(poolId);
  if (known !== undefined) return known;
  const made: QuickPool = {
    poolId,
    wallet: 0,
    unrealizedPnl: 0,
    maintenance: 0,
    notional: 0,
    netByBase: new Map(),
    largestCoin: undefined,
    largest: 0,
    liquidationFee: 0,
    haircut: 0,
    collateral: 0,
    touched: 0,
    terms: 0,
    isRough: false,
    usdPerUnit,
  };
  pools.set(poolId, made);
  return made;
}

function crossScope(account: LedgerAccount, asset: AssetId): PoolScope {
  return account.assetMode === 'multi' ? { kind: 'multi-asset' } : { kind: 'cross', asset };
}

/** USD for one unit of an asset in its pool: multi-asset pools count in USD already. */
function usdOf(account: LedgerAccount, asset: AssetId, market: QuickMarket): number {
  return account.assetMode === 'multi' ? 1 : (market.usd.get(asset)?.index ?? Number.NaN);
}

function addWallets(
  account: LedgerAccount,
  market: QuickMarket,
  pools: Map<PoolId, QuickPool>,
): void {
  for (const [asset, units] of account.wallets) {
    const scope = crossScope(account, asset);
    const pool = poolIn(pools, poolIdOf(account.accountId, scope), usdOf(account, asset, market));
    const counted = Number(units) * MONEY_UNIT * collateralFactor(account, asset, units, market);
    pool.wallet += counted;
    touch(pool, counted);
    if (account.assetMode === 'multi') addCollateral(pool, counted, market.usd.get(asset)?.weight);
  }
}

function addCollateral(pool: QuickPool, counted: number, weight = 1): void {
  if (!(counted > 0)) return;
  pool.haircut += counted / weight - counted;
  pool.collateral += counted / weight;
}

function touch(pool: QuickPool, amount: number): void {
  pool.touched += Math.abs(amount);
  pool.terms += 1;
}

function collateralFactor(
  account: LedgerAccount,
  asset: AssetId,
  units: bigint,
  market: QuickMarket,
): number {
  if (account.assetMode === 'single') return 1;
  const price = market.usd.get(asset);
  if (price === undefined) return units === 0n ? 0 : Number.NaN;
  return price.index * (units > 0n ? price.weight : 1);
}

function scopeOf(account: LedgerAccount, position: LedgerPosition, settle: AssetId): PoolScope {
  const { instrumentId, positionSide } = position;
  return position.marginKind === 'isolated'
    ? { kind: 'isolated', instrumentId, positionSide }
    : crossScope(account, settle);
}

function addPosition(
  account: LedgerAccount,
  position: LedgerPosition,
  market: QuickMarket,
  pools: Map<PoolId, QuickPool>,
): void {
  const known = market.instruments.get(position.instrumentId);
  if (known === undefined) return;
  const { settle, base } = known.instrument;
  const isMulti = account.assetMode === 'multi' && position.marginKind === 'cross';
  const toUnit = isMulti ? (market.usd.get(settle)?.index ?? Number.NaN) : 1;
  const scope = scopeOf(account, position, settle);
  const usdPerUnit = isMulti ? 1 : (market.usd.get(settle)?.index ?? Number.NaN);
  const pool = poolIn(pools, poolIdOf(account.accountId, scope), usdPerUnit);
  const value = signedValueOf(known, position, market.marks.get(position.instrumentId));
  const notional = Math.abs(value);
  const wallet = Number(position.isolatedWallet) * MONEY_UNIT;
  const openValue = Number(position.openValue) * MONEY_UNIT;
  pool.wallet += wallet;
  pool.unrealizedPnl += (value - openValue) * toUnit;
  touch(pool, wallet);
  touch(pool, (notional + Math.abs(openValue)) * toUnit);
  pool.maintenance += maintenanceAt(known.tiers, notional) * toUnit;
  pool.notional += notional * toUnit;
  if (notional * toUnit > pool.largest) {
    pool.largest = notional * toUnit;
    pool.largestCoin = base;
  }
  pool.liquidationFee += notional * toUnit * known.liquidationFeeRate;
  pool.isRough ||= isMulti && market.usd.get(settle)?.weight !== 1;
  const direction = position.lots > 0n ? 1 : -1;
  pool.netByBase.set(base, (pool.netByBase.get(base) ?? 0) + direction * notional * toUnit);
}

/** As `valueOf` in lib/market; NaN without a mark. */
function signedValueOf(
  known: FloatInstrument,
  position: LedgerPosition,
  mark: number | undefined,
): number {
  if (mark === undefined) return Number.NaN;
  const face = Number(position.lots) * known.lotFace;
  return known.instrument.kind === 'linear' ? face * mark : -face / mark;
}

export function marginBalanceOf(pool: QuickPool): number {
  return pool.wallet + pool.unrealizedPnl;
}

/** Maintenance over margin balance; Infinity when equity is gone, 0 without maintenance, NaN when unknown. */
export function ratioOfPool(pool: QuickPool): number {
  const balance = marginBalanceOf(pool);
  if (pool.maintenance === 0) return balance < 0 ? Number.POSITIVE_INFINITY : 0;
  if (Number.isNaN(balance)) return Number.NaN;
  return balance <= 0 ? Number.POSITIVE_INFINITY : pool.maintenance / balance;
}

/** Share by which everything would have to move against the pool; Infinity where nothing is at risk. */
export function distanceOfPool(pool: QuickPool): number {
  let exposure = 0;
  for (const net of pool.netByBase.values()) exposure += Math.abs(net);
  const rate = pool.notional === 0 ? 0 : pool.maintenance / pool.notional;
  const slack = marginBalanceOf(pool) - pool.maintenance;
  return exposure === 0 ? Number.POSITIVE_INFINITY : slack / (exposure * (1 + rate));
}
