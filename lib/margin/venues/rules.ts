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
    readonly notional: RoundingMode;
    readonly unrealizedPnl: RoundingMode;
    readonly initialMargin: RoundingMode;
    readonly maintenanceMargin: RoundingMode;
  };
  /** How a printed liquidation price is cut: to the tick, never rosier than the truth, or to decimals as the venue prints. */
  readonly liquidationPrice: { readonly kind: 'tick-toward-mark' } | { readonly kind: 'decimals'; readonly decimals: number; readonly mode: RoundingMode };
  /** A cross liquidation price supposes that only this moves: the one instrument, or everything on the same base coin. */
  readonly conditionalOn: 'instrument' | 'underlying';
  /** Multi-asset mode: where the haircut bites. `balances`: on wallet balances; `equity`: on wallet plus PnL of each asset. */
  readonly haircutOn: 'balances' | 'equity';
  /** Multi-asset conversion: at the index, or balances at the bid and requirements at the ask. */
  readonly conversion: 'index' | 'bid-ask';
}
