/** The figures that `assessAccount` gives. Every one is a value, or the reason why it does not exist. */
import { type MarkReading } from '../market/mark.ts';
import { type RiskTier } from '../market/instrument.ts';
import { type AccountId, type AssetId, type InstrumentId, type PoolId } from '../units/ids.ts';
import { type Money, type Price, type Quantity, type Rate } from '../units/money.ts';
import { type PositionSide } from './account.ts';
import { type VenueRules } from './venues/rules.ts';

export type Absence =
  | { readonly kind: 'mark-missing'; readonly instrumentId: InstrumentId }
  | { readonly kind: 'mark-stale'; readonly instrumentId: InstrumentId }
  | { readonly kind: 'asset-price-missing'; readonly assetId: AssetId }
  | { readonly kind: 'instrument-unknown'; readonly instrumentId: InstrumentId }
  | {
      readonly kind: 'above-last-tier';
      readonly instrumentId: InstrumentId;
      readonly notional: Money;
    }
  /** Leverage, or the size of one contract, is zero or below: nothing can be valued. */
  | { readonly kind: 'terms-invalid'; readonly instrumentId: InstrumentId }
  /** No price of this instrument alone can exhaust the margin. */
  | { readonly kind: 'margin-covers-loss' }
  /** Maintenance is already missing: there is no price left to wait for. */
  | { readonly kind: 'already-liquidatable' }
  /** Equal hedge legs: the price cancels out. */
  | { readonly kind: 'price-cancels' }
  /** The figure needs margin above zero. */
  | { readonly kind: 'no-equity' }
  /** Rows of an imported account could not be read: with them the figure may be another. */
  | { readonly kind: 'rows-left-out'; readonly rows: number }
  /** An import has positions, and no text tells what backs them. */
  | { readonly kind: 'balance-missing'; readonly assetId: AssetId }
  | { readonly kind: 'not-recorded' };

export type Figure<Value> =
  | { readonly known: true; readonly value: Value }
  | { readonly known: false; readonly why: Absence };

export function known<Value>(value: Value): { readonly known: true; readonly value: Value } {
  return { known: true, value };
}

export function absent(why: Absence): { readonly known: false; readonly why: Absence } {
  return { known: false, why };
}

export function mapFigure<Value, Next>(
  figure: Figure<Value>,
  next: (value: Value) => Next,
): Figure<Next> {
  return figure.known ? known(next(figure.value)) : figure;
}

/** All of them, or the reason of the first that is absent. */
export function allOf<Value>(figures: readonly Figure<Value>[]): Figure<readonly Value[]> {
  const values: Value[] = [];
  for (const figure of figures) {
    if (!figure.known) return figure;
    values.push(figure.value);
  }
  return known(values);
}

/** maintenance / margin balance (rulings A3). `equity-gone` sorts worst; `deficit`: a debt without any position. */
export type MarginRatio =
  | { readonly kind: 'ratio'; readonly value: Rate }
  | { readonly kind: 'equity-gone' }
  | { readonly kind: 'deficit' };

/** Pure function of facts and marks; alert state and liquidation phase are other fields (rulings A2). */
export type PoolStatus =
  | 'empty'
  | 'healthy'
  | 'liquidatable'
  /** Margin balance at or below zero with a position open. */
  | 'bankrupt'
  /** A debt and no position. */
  | 'deficit'
  | 'unknown';

/** Prices of one instrument at which its pool is liquidatable, everything else held (rulings A5). Printed form. */
export interface LiquidationPrices {
  readonly below: Figure<Price>;
  readonly above: Figure<Price>;
  /** The nearer of both; absent only when both are. */
  readonly nearest: Figure<Price>;
  /** Signed move from the mark to the nearest: a share of the mark, above 0 is room left, and the price difference. */
  readonly distanceShare: Figure<Rate>;
  readonly distancePrice: Figure<Price>;
  /** Unrounded roots, for receipts and for proofs. */
  readonly exactBelow: Figure<Price>;
  readonly exactAbove: Figure<Price>;
  /** Where an already liquidatable pool would be safe again: what Binance keeps printing as the liquidation price. */
  readonly restoredAt: Figure<Price>;
}

/** Cost of one way out. Losses are positive numbers; a gain is negative. */
export interface ExitEstimate {
  /** Price at which the position is supposed to leave. */
  readonly price: Price;
  readonly fee: Money;
  /** What the account loses from its present margin balance: decides (rulings A8). */
  readonly lossFromNow: Money;
  /** What the position has lost from its opening, fee included, funding aside. */
  readonly lossSinceEntry: Money;
}

export interface PositionHealth {
  readonly instrumentId: InstrumentId;
  readonly positionSide: PositionSide;
  readonly poolId: PoolId;
  readonly marginKind: 'cross' | 'isolated';
  readonly settle: AssetId;
  readonly signedSize: Quantity;
  readonly entryPrice: Price;
  readonly leverage: Rate;
  readonly mark: Figure<MarkReading>;
  /** In the settle asset, like all money of a position. */
  readonly notional: Figure<Money>;
  readonly unrealizedPnl: Figure<Money>;
  readonly initialMargin: Figure<Money>;
  readonly maintenanceMargin: Figure<Money>;
  /** Part of maintenance, at venues that reserve a fee for closing. */
  readonly closingFee?: Figure<Money>;
  readonly tier: Figure<RiskTier>;
  /** Share of its pool's maintenance. */
  readonly maintenanceShare: Figure<Rate>;
  /** unrealized PnL / initial margin at the entry price (rulings I: says which margin it divides by). */
  readonly returnOnEquity: Figure<Rate>;
  /** Price at which closing now, with a taker fee on both ways, neither wins nor loses. */
  readonly breakEvenPrice: Figure<Price>;
  /** Equity of the pool is zero if only this instrument moves: mark - s*E/|q| (rulings A4). Solved on first use. */
  readonly bankruptcyPrice: () => Figure<Price>;
  readonly ifClosedNow: Figure<ExitEstimate>;
  /** Solved on first use. */
  readonly liquidation: () => LiquidationPrices;
  /** At the nearest liquidation price, with the venue's liquidation fee capped by what is left. Solved on first use. */
  readonly ifLiquidated: () => Figure<ExitEstimate>;
}

/** One thought experiment that ends in liquidation, and how far away it is (rulings A6, B1). */
export interface PoolDistance {
  /** Share of the mark by which prices would have to move. Above 0 is room left. */
  readonly share: Rate;
  readonly by:
    /** One coin's contracts move (one contract, where the venue's rules say so), the rest holds. */
    | {
        readonly kind: 'one';
        readonly instrumentId: InstrumentId;
        readonly base: AssetId;
        readonly direction: 'down' | 'up';
      }
    /** Every coin moves against the pool by the same share. Weights: each coin's share of the net exposure, down or up. */
    | {
        readonly kind: 'joint';
        readonly exposures: readonly {
          readonly base: AssetId;
          readonly direction: 'down' | 'up';
          readonly weight: Rate;
        }[];
      };
}

export interface PoolHealth {
  readonly id: PoolId;
  readonly scope:
    | { readonly kind: 'cross'; readonly asset: AssetId }
    | { readonly kind: 'multi-asset' }
    | {
        readonly kind: 'isolated';
        readonly instrumentId: InstrumentId;
        readonly positionSide: PositionSide;
      };
  /** What the pool's money is counted in: its settle asset, or USD in multi-asset mode. */
  readonly unit: AssetId;
  readonly status: PoolStatus;
  /** Why the status is unknown; empty otherwise. */
  readonly missing: readonly Absence[];
  readonly walletBalance: Figure<Money>;
  readonly unrealizedPnl: Figure<Money>;
  readonly marginBalance: Figure<Money>;
  readonly initialMargin: Figure<Money>;
  readonly orderMargin: Figure<Money>;
  readonly maintenanceMargin: Figure<Money>;
  /** margin balance - maintenance, signed. */
  readonly marginExcess: Figure<Money>;
  /** margin balance - initial margin - order margin, never below 0. */
  readonly availableMargin: Figure<Money>;
  /** What may leave: unrealized profit never may. Never below 0. */
  readonly withdrawable: Figure<Money>;
  readonly marginRatio: Figure<MarginRatio>;
  /** Sum of notionals / margin balance. */
  readonly effectiveLeverage: Figure<Rate>;
  readonly positions: readonly PositionHealth[];
  /** Every way to liquidation, nearest first. Empty when nothing can liquidate the pool. Solved on first use. */
  readonly distances: () => readonly PoolDistance[];
  /** The nearest of them. Absent when there is none, or something is unknown. */
  readonly decidingDistance: () => Figure<PoolDistance>;
}

/** One immutable snapshot, made in one pass. */
export interface AccountHealth {
  readonly accountId: AccountId;
  readonly rules: VenueRules;
  readonly pools: readonly PoolHealth[];
  /** Worst first: by status, then by margin ratio. Undefined when the account has no pool at all. */
  readonly worstPool: PoolHealth | undefined;
  /** Sums over pools in USD at index prices; absent when a price of them is. */
  readonly marginBalanceUsd: Figure<Money>;
  readonly initialMarginUsd: Figure<Money>;
  readonly maintenanceMarginUsd: Figure<Money>;
  readonly unrealizedPnlUsd: Figure<Money>;
}

/** Something of the pool was left out: what its figures are worked out from is not all of it, so there is no receipt of them. */
export function isDoubted({ missing }: PoolHealth): boolean {
  return missing.some(({ kind }) => kind === 'rows-left-out' || kind === 'balance-missing');
}
