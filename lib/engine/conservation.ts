/** What never changes, whatever happens: asked after every event by the tests and by /metrics. */
import { type AssetId, type InstrumentId } from '../units/ids.ts';
import { lots, moneyUnits, type Lots, type MoneyUnits } from '../units/scaled.ts';
import { instrumentOf } from './ledger.ts';
import { type EngineState } from './state.ts';

export interface Conservation {
  /** Sum over all accounts of wallet + isolated wallet - open value: zero in every asset (LQ 1.1 L2). */
  readonly moneyByAsset: ReadonlyMap<AssetId, MoneyUnits>;
  /** Sum of lots: zero in every instrument (LQ 1.1 L1). */
  readonly lotsByInstrument: ReadonlyMap<InstrumentId, Lots>;
  readonly holds: boolean;
}

export function conservationOf(state: EngineState): Conservation {
  const money = new Map<AssetId, bigint>();
  const sizes = new Map<InstrumentId, bigint>();
  for (const account of state.accounts.values()) {
    for (const [asset, amount] of account.wallets) addTo(money, asset, amount);
    for (const position of account.positions.values()) {
      const { settle } = instrumentOf(state, position.instrumentId);
      addTo(money, settle, position.isolatedWallet - position.openValue);
      addTo(sizes, position.instrumentId, position.lots);
    }
  }
  return {
    moneyByAsset: new Map([...money].map(([asset, total]) => [asset, moneyUnits(total)])),
    lotsByInstrument: new Map([...sizes].map(([instrument, total]) => [instrument, lots(total)])),
    holds: [...money.values(), ...sizes.values()].every((total) => total === 0n),
  };
}

function addTo<Key>(totals: Map<Key, bigint>, key: Key, amount: bigint): void {
  totals.set(key, (totals.get(key) ?? 0n) + amount);
}
