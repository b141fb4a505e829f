/** What never changes, whatever happens: asked after every event by the tests and by /metrics. */
import { assetId, instrumentId, type AssetId, type InstrumentId } from '../units/ids.ts';
import { lots, moneyUnits, type Lots, type MoneyUnits } from '../units/scaled.ts';
import { instrumentOf } from './ledger.ts';
import { type ShownState } from './state.ts';

export interface Conservation {
  /** Sum over all accounts of wallet + isolated wallet - open value: zero in every asset (LQ 1.1 L2). */
  readonly moneyByAsset: ReadonlyMap<AssetId, MoneyUnits>;
  /** Sum of lots: zero in every instrument (LQ 1.1 L1). */
  readonly lotsByInstrument: ReadonlyMap<InstrumentId, Lots>;
  readonly holds: boolean;
}

/** From the sums that the store keeps: it may be asked at every moment, however many accounts there are. */
export function conservationOf(state: ShownState): Conservation {
  const { wallets, lots: held, positions } = state.accounts.sums();
  const money = new Map<AssetId, bigint>();
  for (const [asset, amount] of wallets) addTo(money, assetId(asset), amount);
  for (const [instrument, amount] of positions)
    addTo(money, instrumentOf(state, instrumentId(instrument)).settle, amount);
  const moneyByAsset = new Map([...money].map(([asset, total]) => [asset, moneyUnits(total)]));
  const lotsByInstrument = new Map(held.map(([id, total]) => [instrumentId(id), lots(total)]));
  const totals: readonly bigint[] = [...moneyByAsset.values(), ...lotsByInstrument.values()];
  return { moneyByAsset, lotsByInstrument, holds: totals.every((total) => total === 0n) };
}

function addTo(totals: Map<AssetId, bigint>, asset: AssetId, amount: bigint): void {
  totals.set(asset, (totals.get(asset) ?? 0n) + amount);
}
