/** What a recorded case says, under our words and still as text. `factsOfCase` makes facts of it. */
import { type CaseTierRow } from './case-tiers.ts';

/** All numbers are decimal texts. What is left out is neither needed nor read. */
export interface CaseLeg {
  readonly symbol: string;
  readonly side: 'long' | 'short';
  readonly size: string;
  readonly contractSize?: string;
  readonly entryPrice?: string;
  readonly markPrice?: string;
  /** Gives the mark where the case has none. */
  readonly notional?: string;
  readonly leverage?: string;
  /** Gives the leverage where the case has none. */
  readonly initialMarginRate?: string;
  readonly requirement: CaseRequirement;
  readonly collateral: CaseCollateral;
  /** Of another venue than Binance USDⓈ-M: what its contract is. */
  readonly contract?: CaseContract;
}

export interface CaseContract {
  readonly kind: 'linear' | 'inverse';
  readonly settle: string;
  /** What the contract is on, where another contract of the case may be on the same. */
  readonly underlying?: string;
  /** How many units of account a coin has, where money is counted in them; multiplies the face value of an inverse contract. */
  readonly unitsPerCoin?: string;
  readonly indexPrice?: string;
  readonly takerFeeRate?: string;
  readonly tickSize?: string;
  /** Where rates grow with the coins held. */
  readonly growth?: {
    readonly initialBase: string;
    readonly maintenanceBase: string;
    readonly perCoin: string;
  };
}

export type CaseRequirement =
  | { readonly kind: 'flat'; readonly rate: string; readonly amount: string }
  | { readonly kind: 'table'; readonly rows: readonly CaseTierRow[] }
  | { readonly kind: 'flat-table'; readonly rows: readonly CaseTierRow[] }
  /** The built-in table of the symbol; nothing where it has none and no figure needs it. */
  | { readonly kind: 'built-in' };

export type CaseCollateral =
  | { readonly kind: 'cross' }
  | { readonly kind: 'isolated-wallet'; readonly amount: string; readonly extra?: string }
  | { readonly kind: 'isolated-with-pnl'; readonly amount: string }
  /** Value at entry / leverage, and what was added to it. */
  | { readonly kind: 'isolated-by-leverage'; readonly extra: string };

/** Figures that the case gives without the positions behind them. */
export interface CaseGiven {
  readonly asset: string;
  readonly unrealizedPnl?: string;
  readonly initialMargin?: string;
  readonly maintenanceMargin?: string;
  readonly orderMargin?: string;
}

export interface CaseOrder {
  readonly symbol: string;
  readonly side: 'long' | 'short';
  readonly direction: 'buy' | 'sell';
  readonly notional: string;
  readonly leverage?: string;
  /** Of a contract that no leg describes; what its symbol says without one. */
  readonly settle?: string;
}

export interface CaseWallet {
  readonly asset: string;
  /** `cross`: not assigned to isolated positions. `whole`: assigned parts included. `with-pnl`: a margin balance. */
  readonly kind: 'cross' | 'whole' | 'with-pnl' | 'by-ratio';
  /** `by-ratio`: margin balance over requirement instead of an amount. */
  readonly amount: string;
  /** Added to the amount, and taken from it. */
  readonly plus?: readonly string[];
  readonly less?: readonly string[];
}

export interface CaseRate {
  readonly asset: string;
  readonly index?: string;
  readonly ask?: string;
  /** Bid and ask lie this share below and above the index. */
  readonly buffer: string;
}

export interface CaseAccount {
  readonly assetMode: 'single' | 'multi';
  readonly legs: readonly CaseLeg[];
  readonly given: readonly CaseGiven[];
  readonly orders: readonly CaseOrder[];
  readonly wallets: readonly CaseWallet[];
  readonly rates: readonly CaseRate[];
}
