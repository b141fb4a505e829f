/** What all accounts are worth together, exactly, from the house's own: everything sums to zero (LQ 1.1), so nobody else is read. */
import { SYSTEM_ACCOUNTS, type ShownState } from '#lib/engine/state.ts';
import { type Market } from '#lib/margin/account.ts';
import { valueOf, type Instrument } from '#lib/market/instrument.ts';
import { ZERO, type Decimal } from '#lib/units/decimal.ts';
import { accountId, type AssetId } from '#lib/units/ids.ts';
import { type Money } from '#lib/units/money.ts';
import { moneyFromUnits, moneyUnits, quantityFromLots, type Lots } from '#lib/units/scaled.ts';

/** Value of lots at the mark in USD, signed; undefined without a price. */
export function valueUsdOf(
  market: Market,
  instrument: Instrument,
  lots: Lots,
): Decimal | undefined {
  const mark = market.marks.get(instrument.id);
  const usd = market.assetPrices.get(instrument.settle)?.index;
  if (mark === undefined || usd === undefined) return undefined;
  return valueOf(instrument, quantityFromLots(lots, instrument.lotSize), mark.price).times(usd);
}

/** Wallets and unrealized PnL of all traders in USD; undefined while a price is missing. */
export function bookValueUsd(state: ShownState, market: Market): Decimal | undefined {
  let total: Decimal = ZERO;
  for (const [asset, units] of houseMoney(state)) {
    const usd = market.assetPrices.get(asset)?.index;
    if (usd === undefined && units !== 0n) return undefined;
    total = total.minus(moneyOf(units).times(usd ?? ZERO));
  }
  for (const [instrument, lots] of houseLots(state)) {
    const value = valueUsdOf(market, instrument, lots);
    if (value === undefined) return undefined;
    total = total.minus(value);
  }
  return total;
}

function moneyOf(units: bigint): Money {
  return moneyFromUnits(moneyUnits(units));
}

function houseMoney(state: ShownState): ReadonlyMap<AssetId, bigint> {
  const sums = new Map<AssetId, bigint>();
  const add = (asset: AssetId, units: bigint): void =>
    void sums.set(asset, (sums.get(asset) ?? 0n) + units);
  for (const id of Object.values(SYSTEM_ACCOUNTS)) {
    const account = state.accounts.read(accountId(id));
    for (const [asset, units] of account?.wallets ?? []) add(asset, units);
    for (const { instrumentId, openValue } of account?.positions.values() ?? []) {
      const settle = state.instruments.get(instrumentId)?.settle;
      if (settle !== undefined) add(settle, -openValue);
    }
  }
  return sums;
}

/** The outside market holds the other side of every position. */
function* houseLots(state: ShownState): Generator<readonly [Instrument, Lots], void, void> {
  for (const id of Object.values(SYSTEM_ACCOUNTS)) {
    for (const { instrumentId, lots } of state.accounts.read(accountId(id))?.positions.values() ??
      []) {
      const instrument = state.instruments.get(instrumentId);
      if (instrument !== undefined) yield [instrument, lots];
    }
  }
}

/** How what all are worth changes in each of the markets that it may move to; undefined while a price is missing. */
export function changesIn(
  state: ShownState,
  {
    market,
    moved,
  }: { readonly market: Market; readonly moved: readonly { readonly market: Market }[] },
): readonly (Decimal | undefined)[] {
  const now = bookValueUsd(state, market);
  return moved.map((there) => {
    const then = bookValueUsd(state, there.market);
    return now && then?.minus(now);
  });
}
