/** What differs by venue, as data. A rule set is dated: the same venue may have another one from another day on. */
import { type RoundingMode } from '../../units/decimal.ts';

export type VenueId = 'house' | 'binance-usdm';

export interface VenueRules {
  readonly venue: VenueId;
  readonly version: string;
  /** ISO day from which these rules hold. */
  readonly effectiveFrom: string;
  /** When a pool is liquidatable: margin balance `below` maintenance, or `at-or-below`. */
  readonly breach: 'below' | 'at-or-below';
  /** Rounding of each position's money figures, at 1e-8 of the settle asset. */
  readonly rounding: {
    /** Of the magnitude of a value; the sign is put back afterwards. */
    readonly notional: RoundingMode;
    /** `from-rounded-value`: rounded value at mark minus value at entry, so that a ledger can hold it exactly. */
    readonly unrealizedPnl: RoundingMode | 'from-rounded-value';
    readonly initialMargin: RoundingMode;
    readonly maintenanceMargin: RoundingMode;
    /** Multi-asset mode: equity of one asset in USD, and requirements of one asset in USD. */
    readonly creditInUsd: RoundingMode;
    readonly debitInUsd: RoundingMode;
  };
  /** Grid of a printed liquidation price. It is always rounded toward the mark: never rosier than the truth (rulings B4). */
  readonly liquidationPriceGrid:
    | { readonly kind: 'tick' }
    | { readonly kind: 'decimals'; readonly decimals: number };
  /** Initial margin divides by the chosen leverage, or by no more than the tier allows. */
  readonly initialMarginLeverage: 'chosen' | 'chosen-within-tier';
  /** A cross liquidation price supposes that only this moves: the one instrument, or everything on the same base coin. */
  readonly conditionalOn: 'instrument' | 'underlying';
  /** Multi-asset mode: where the haircut bites. `balances`: on wallet balances; `equity`: on wallet plus PnL of each asset. */
  readonly haircutOn: 'balances' | 'equity';
  /** Multi-asset conversion: at the index, or balances at the bid and requirements at the ask. */
  readonly conversion: 'index' | 'bid-ask';
}
