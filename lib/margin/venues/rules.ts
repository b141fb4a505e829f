/** What differs by venue, as data. A rule set is dated: the same venue may have another one from another day on. */
import { type RoundingMode } from '../../units/decimal.ts';
import { type TimestampMs } from '../../units/time.ts';

export type VenueId =
  | 'house'
  | 'binance-usdm'
  | 'binance-coinm'
  | 'bybit'
  | 'okx'
  | 'deribit'
  | 'gate'
  | 'bitget'
  | 'bitmex'
  | 'kraken-futures';

/** `exact`: the venue prints every digit. */
export type MoneyRounding = RoundingMode | 'exact';

export interface VenueRules {
  readonly venue: VenueId;
  readonly version: string;
  /** ISO day from which these rules hold. */
  readonly effectiveFrom: string;
  /** When a pool is liquidatable: margin balance `below` maintenance, or `at-or-below`. */
  readonly breach: 'below' | 'at-or-below';
  /** Rounding of each position's money figures, at 1e-8 of the settle asset unless `decimals` says otherwise. */
  readonly rounding: {
    /** Of the magnitude of a value; the sign is put back afterwards. */
    readonly notional: MoneyRounding;
    /** `from-rounded-value`: rounded value at mark minus value at entry, so that a ledger can hold it exactly. */
    readonly unrealizedPnl: MoneyRounding | 'from-rounded-value';
    readonly initialMargin: MoneyRounding;
    readonly maintenanceMargin: MoneyRounding;
    /** Multi-asset mode: equity of one asset in USD, and requirements of one asset in USD. */
    readonly creditInUsd: MoneyRounding;
    readonly debitInUsd: MoneyRounding;
    readonly decimals?: number;
  };
  /**
   * Grid of a printed liquidation price. It is rounded toward the mark: never rosier than the truth (rulings B4). `exact` prints
   * all digits, `tick-added` all digits and then a tick nearer to the mark with isolated margin,
   * `nearest-tick` what the venue shows, which may lie half a tick beyond.
   */
  readonly liquidationPriceGrid:
    | { readonly kind: 'tick' | 'nearest-tick' | 'exact' | 'tick-added' | 'contract-value' }
    | { readonly kind: 'decimals'; readonly decimals: number };
  /** Initial margin divides by the chosen leverage, or by no more than the tier allows. */
  readonly initialMarginLeverage: 'chosen' | 'chosen-within-tier';
  /** A cross liquidation price supposes that only this moves: the one instrument, or everything on the same base coin. */
  readonly conditionalOn: 'instrument' | 'underlying';
  /** Multi-asset mode: where the haircut bites. `balances`: on wallet balances; `equity`: on wallet plus PnL of each asset. */
  readonly haircutOn: 'balances' | 'equity';
  /** Multi-asset conversion: at the index, or balances at the bid and requirements at the ask. */
  readonly conversion: 'index' | 'bid-ask';
  /** Absent at the house and at Binance: a progressive table of the notional at the mark, and no closing fee. */
  readonly terms?: VenueTerms;
}

/** Nothing is rounded. */
export const EVERY_DIGIT = {
  notional: 'exact',
  unrealizedPnl: 'exact',
  initialMargin: 'exact',
  maintenanceMargin: 'exact',
  creditInUsd: 'exact',
  debitInUsd: 'exact',
} as const satisfies VenueRules['rounding'];

export interface VenueTerms {
  readonly cross: RequirementTerms;
  readonly isolated: RequirementTerms;
  /** Of the rate 1 / leverage, before it is multiplied; absent: value / leverage. */
  readonly initialRateDecimals?: number;
  /** Money of a contract is rounded half-up to these decimals of its settle asset before it is multiplied (BitMEX); absent: not. */
  readonly unitDecimals?: Readonly<Record<string, number>>;
  /** A price below zero is printed as it comes. */
  readonly printsNegativePrices: boolean;
  /** Long and short of one underlying need only the larger of both requirements (cross). */
  readonly netsUnderlying: boolean;
}

/** Price at which a requirement is valued. The index stands for the mark where it is not given. */
export type ValuationBasis = 'mark' | 'entry' | 'index';

/** How a position's margin is asked for. */
export interface RequirementTerms {
  /** What a tier table is read by. `coins`: no table, the rate grows with the coins held (`Instrument.marginGrowth`). */
  readonly tierKey: 'notional' | 'contracts' | 'coins';
  /** A position opened before keeps the rate of its tier for everything: its table's deductions do not count. */
  readonly flatIfOpenedBefore?: TimestampMs | 'any-time';
  readonly initialAt: ValuationBasis;
  readonly maintenanceAt: ValuationBasis;
  /** Maintenance while a liquidation price is searched: it moves with the price, or stays as at the entry or at the mark. */
  readonly searchedAt: 'price' | 'entry' | 'mark';
  /**
   * A taker fee reserved for closing, part of maintenance: of the value that maintenance is of; of the value at the bankruptcy
   * price that entry and leverage give; of cost plus initial margin, rounded up; or of the value at the price where all margin
   * of the pool is lost (`of-last-value`).
   */
  readonly closingFee:
    | 'none'
    | 'of-value'
    | 'of-bankruptcy-value'
    | 'of-cost-and-margin'
    | 'of-last-value';
  readonly initialHoldsFee: boolean;
  /** What resting orders reserve is not there to lose before liquidation. */
  readonly searchKeepsOrders: boolean;
  /** The bankruptcy price leaves enough to pay the closing fee. */
  readonly bankruptcyHoldsFee: boolean;
}
