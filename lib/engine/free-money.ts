/**
 * What a cross pool has free, in units of one asset. Asked by every fill that opens, so the ledger's own integers answer where they
 * can: the same figure to the last unit (free-money.fuzz.ts). Where they cannot, the figures of lib/margin are asked.
 */
import { type PoolHealth } from '../margin/figures.ts';
import { assessAccount } from '../margin/health.ts';
import { assessUnits, type IntegerAsset, type IntegerPosition } from '../margin/integer.ts';
import { houseRules } from '../margin/venues/house.ts';
import { COLLATERAL_WEIGHTS } from '../market/catalogue.ts';
import { gridOf, leverageUnitsOf } from '../market/grid.ts';
import { type AssetId } from '../units/ids.ts';
import { money, type Money, type Price } from '../units/money.ts';
import {
  MONEY_DECIMALS,
  MONEY_SCALE,
  moneyToUnits,
  moneyUnits,
  NO_UNITS,
  rateToUnits,
  type MoneyUnits,
  type RateUnits,
} from '../units/scaled.ts';
import { accountFacts, indexContractOf, isParAsset, marketOf, markStatusNow } from './facts.ts';
import { instrumentOf, walletOf } from './ledger.ts';
import { type EngineState, type LedgerAccount, type LedgerPosition } from './state.ts';

export type FreeFigure = 'availableMargin' | 'withdrawable';

/** A figure of the account's cross pool in an asset, in units of that asset rounded down; undefined while it is unknown. */
export function freeMoney(
  state: EngineState,
  account: LedgerAccount,
  p: { readonly asset: AssetId; readonly figure: FreeFigure },
): MoneyUnits | undefined {
  return quickFreeMoney(state, account, p) ?? assessedFreeMoney(state, account, p);
}

/** By the figures: every case, at the price of an assessment. */
export function assessedFreeMoney(
  state: EngineState,
  account: LedgerAccount,
  { asset, figure }: { readonly asset: AssetId; readonly figure: FreeFigure },
): MoneyUnits | undefined {
  const market = marketOf(state);
  const health = assessAccount({
    account: accountFacts(state, account),
    market,
    rules: houseRules,
  });
  const pool = health.pools.find(
    ({ scope }) =>
      scope.kind === 'multi-asset' || (scope.kind === 'cross' && scope.asset === asset),
  );
  if (pool === undefined || pool.status === 'unknown') return undefined;
  const free = pool[figure];
  if (!free.known) return undefined;
  return moneyToUnits(inAsset(free.value, pool, market.assetPrices.get(asset)?.index), 'floor');
}

/** A multi-asset pool counts in USD: the same amount in one of its assets. */
function inAsset(amount: Money, pool: PoolHealth, index: Price | undefined): Money {
  if (pool.scope.kind !== 'multi-asset' || index === undefined) return amount;
  return money(amount.div(index));
}

/**
 * By integers: for pools without resting orders, on marks that are not stale, inside the tiers, in an asset that counts at par where
 * several back one another. Undefined in every other case, which says nothing of what is free.
 */
export function quickFreeMoney(
  state: EngineState,
  account: LedgerAccount,
  { asset, figure }: { readonly asset: AssetId; readonly figure: FreeFigure },
): MoneyUnits | undefined {
  const isMulti = account.assetMode === 'multi';
  if (account.orders.size > 0 || !account.wallets.has(asset)) return undefined;
  if (isMulti && (!isParAsset(asset) || figure === 'withdrawable')) return undefined;
  const assets = isMulti ? allAssets(state, account) : singleAsset(state, account, asset);
  const figures = assets === undefined ? undefined : assessUnits(assets);
  if (figures === undefined) return undefined;
  const { marginBalance, initialMargin } = figures;
  const wallet = walletOf(account, asset);
  // A profit that is not realized may back a position, it may not leave.
  const base = figure === 'withdrawable' && marginBalance > wallet ? wallet : marginBalance;
  return base > initialMargin ? moneyUnits(base - initialMargin) : NO_UNITS;
}

function singleAsset(
  state: EngineState,
  account: LedgerAccount,
  asset: AssetId,
): readonly IntegerAsset[] | undefined {
  const positions = positionsIn(state, account, asset);
  if (positions === undefined) return undefined;
  return [{ wallet: walletOf(account, asset), positions, conversion: undefined }];
}

/** Every wallet, each with what it backs. A position whose asset has no wallet is left to the figures. */
function allAssets(
  state: EngineState,
  account: LedgerAccount,
): readonly IntegerAsset[] | undefined {
  const assets: IntegerAsset[] = [];
  let backed = 0;
  for (const [asset, wallet] of account.wallets) {
    const conversion = conversionOf(state, asset);
    const positions = positionsIn(state, account, asset);
    if (conversion === undefined || positions === undefined) return undefined;
    backed += positions.length;
    assets.push({ wallet, positions, conversion });
  }
  return backed === account.positions.size ? assets : undefined;
}

/** Cross positions that settle in the asset; undefined where one cannot be valued by integers. */
function positionsIn(
  state: EngineState,
  account: LedgerAccount,
  asset: AssetId,
): readonly IntegerPosition[] | undefined {
  const positions: IntegerPosition[] = [];
  for (const position of account.positions.values()) {
    if (position.marginKind !== 'cross') continue;
    const instrument = instrumentOf(state, position.instrumentId);
    if (instrument.settle !== asset) continue;
    const valued = valuedPosition(state, position);
    if (valued === undefined) return undefined;
    positions.push(valued);
  }
  return positions;
}

function valuedPosition(state: EngineState, position: LedgerPosition): IntegerPosition | undefined {
  const mark = state.marks.get(position.instrumentId);
  const leverageUnits = leverageUnitsOf(position.leverage);
  if (mark === undefined || leverageUnits === undefined) return undefined;
  if (markStatusNow(state, mark) === 'stale') return undefined;
  const { lots, openValue } = position;
  const grid = gridOf(instrumentOf(state, position.instrumentId));
  return { grid, lots, openValue, markTicks: mark.fact.markTicks, leverageUnits };
}

const weights: ReadonlyMap<AssetId, RateUnits> = new Map(
  COLLATERAL_WEIGHTS.map(({ asset, collateralWeight }) => [asset, rateToUnits(collateralWeight)]),
);

/** USD of one unit, and the share of it that counts; undefined without a price that is not stale. */
function conversionOf(state: EngineState, asset: AssetId): IntegerAsset['conversion'] {
  const weight = weights.get(asset);
  if (weight === undefined) return undefined;
  if (isParAsset(asset)) return { price: moneyUnits(MONEY_SCALE), weight };
  const id = indexContractOf(state, asset);
  const mark = id === undefined ? undefined : state.marks.get(id);
  if (id === undefined || mark === undefined || markStatusNow(state, mark) === 'stale')
    return undefined;
  const { tickSize } = instrumentOf(state, id);
  if (tickSize.decimalPlaces() > MONEY_DECIMALS) return undefined;
  const tick = moneyToUnits(money(tickSize), 'exact');
  return { price: moneyUnits(tick * mark.fact.indexTicks), weight };
}
