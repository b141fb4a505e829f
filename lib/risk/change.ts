/** What a person may suppose: changes of facts, what they cost, and why one cannot be made. Formulas never change (SPEC WI). */
import { type PositionSide } from '../margin/account.ts';
import { type Absence } from '../margin/figures.ts';
import { type AssessInput } from '../margin/health.ts';
import { type AssetId, type InstrumentId } from '../units/ids.ts';
import { type Money, type Quantity, type Rate } from '../units/money.ts';

export interface PositionRef {
  readonly instrumentId: InstrumentId;
  readonly positionSide: PositionSide;
}

export type MarginKind = 'cross' | 'isolated';

export type Change =
  /** Amounts are above zero, in the asset. */
  | { readonly kind: 'deposit'; readonly asset: AssetId; readonly amount: Money }
  | { readonly kind: 'withdraw'; readonly asset: AssetId; readonly amount: Money }
  /** Buys (> 0) or sells (< 0) at the mark; what opens takes the position's own leverage. */
  | ({ readonly kind: 'resize'; readonly by: Quantity } & PositionRef)
  /** The whole position, at the mark. */
  | ({ readonly kind: 'close' } & PositionRef)
  /** Buys or sells at the mark, on terms of its own. */
  | ({
      readonly kind: 'open';
      readonly size: Quantity;
      readonly leverage: Rate;
      readonly marginKind: MarginKind;
    } & PositionRef)
  | ({ readonly kind: 'leverage'; readonly leverage: Rate } & PositionRef)
  /** From the cross wallet to an isolated position (> 0), or back (< 0). */
  | ({ readonly kind: 'margin'; readonly amount: Money } & PositionRef)
  /** All contracts of a coin, and what the coin counts for as collateral, by a share of their prices. */
  | { readonly kind: 'price'; readonly coin: AssetId; readonly share: Rate };

/** Why a change cannot be made. Nothing was changed when it is said. */
export type Refusal =
  | { readonly kind: 'not-above-zero' }
  /** Beyond what the ledger's eight decimals and fifteen places hold. */
  | { readonly kind: 'not-in-the-ledger' }
  | { readonly kind: 'asset-unknown'; readonly asset: AssetId }
  | { readonly kind: 'coin-unknown'; readonly coin: AssetId }
  | { readonly kind: 'instrument-unknown'; readonly instrumentId: InstrumentId }
  | { readonly kind: 'no-position'; readonly instrumentId: InstrumentId }
  | { readonly kind: 'mark-missing'; readonly instrumentId: InstrumentId }
  | { readonly kind: 'mark-stale'; readonly instrumentId: InstrumentId }
  | { readonly kind: 'pool-unknown'; readonly why: Absence }
  | { readonly kind: 'above-withdrawable'; readonly asset: AssetId; readonly limit: Money }
  | {
      readonly kind: 'above-free-margin';
      readonly asset: AssetId;
      readonly needed: Money;
      readonly free: Money;
    }
  | { readonly kind: 'not-on-lot'; readonly lotSize: Quantity }
  | { readonly kind: 'side-not-in-mode'; readonly positionSide: PositionSide }
  | { readonly kind: 'leg-holds-less'; readonly positionSide: PositionSide }
  | { readonly kind: 'held-otherwise'; readonly held: MarginKind }
  | { readonly kind: 'isolated-needs-single' }
  | { readonly kind: 'above-last-tier'; readonly instrumentId: InstrumentId }
  | { readonly kind: 'leverage-not-sound' }
  | { readonly kind: 'leverage-above-tier'; readonly tier: number; readonly leverageMax: Rate }
  | { readonly kind: 'not-isolated'; readonly instrumentId: InstrumentId }
  | { readonly kind: 'move-out-of-range' };

/** By asset; an asset that is not named costs nothing. */
export interface Cost {
  /** Taker fees, never negative. */
  readonly fees: ReadonlyMap<AssetId, Money>;
  /** Signed: what positions have brought by being closed. */
  readonly realizedPnl: ReadonlyMap<AssetId, Money>;
  /** What closing lost beyond everything that the pool had: the insurance fund would pay it. */
  readonly deficits: ReadonlyMap<AssetId, Money>;
}

export const NO_COST: Cost = { fees: new Map(), realizedPnl: new Map(), deficits: new Map() };

/** Facts as they would be, to be assessed as any others, and what it took to get there. */
export interface Outcome {
  readonly facts: AssessInput;
  readonly cost: Cost;
}
