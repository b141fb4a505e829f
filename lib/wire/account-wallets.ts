/**
 * Wallets of an account file. `balances[].wallet` is the venue's wallet balance of the asset, isolated margin included, so the
 * cross wallet is what is left: wallet - isolated margins - debts.
 */
import { notionalOf, type Instrument } from '../market/instrument.ts';
import { roundTo } from '../units/decimal.ts';
import { assetId, type AssetId } from '../units/ids.ts';
import { minus, money, NO_MONEY, plus, type Money } from '../units/money.ts';
import { MONEY_DECIMALS } from '../units/scaled.ts';
import { type AccountRecord, type PositionRecord } from './account-schema.ts';

/** Collateral of an isolated position: as given, or the initial margin at its entry. */
export function isolatedMarginOf(instrument: Instrument, position: PositionRecord): Money {
  if (position.isolatedMargin !== null) return position.isolatedMargin;
  const atEntry = position.cost ?? notionalOf(instrument, position.size, position.entryPrice);
  return money(roundTo(atEntry.div(position.leverage), MONEY_DECIMALS, 'down'));
}

/** Sum of isolated margins by settle asset. */
export function isolatedByAsset(
  file: AccountRecord,
  instruments: ReadonlyMap<string, Instrument>,
): ReadonlyMap<string, Money> {
  const sums = new Map<string, Money>();
  for (const position of file.positions) {
    const instrument = instruments.get(position.symbol);
    if (instrument === undefined || position.marginMode === 'cross') continue;
    const before = sums.get(instrument.settle) ?? NO_MONEY;
    sums.set(instrument.settle, plus(before, isolatedMarginOf(instrument, position)));
  }
  return sums;
}

export function crossWalletsOf(
  file: AccountRecord,
  instruments: ReadonlyMap<string, Instrument>,
): ReadonlyMap<AssetId, Money> {
  const wallets = new Map<AssetId, Money>();
  const take = (asset: string, amount: Money): void => {
    wallets.set(assetId(asset), minus(wallets.get(assetId(asset)) ?? NO_MONEY, amount));
  };
  for (const { asset, wallet } of file.balances) wallets.set(assetId(asset), wallet);
  for (const [asset, assigned] of isolatedByAsset(file, instruments)) take(asset, assigned);
  for (const { asset, amount } of file.debts) take(asset, amount);
  return wallets;
}
