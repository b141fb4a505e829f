/**
 * What the journal keeps: one row for everything that happened to money, orders, alerts or plans. Bodies are plain JSON with
 * decimals as text, ready for the store, the wire and the digest alike.
 */
import { type AccountId, type PoolId } from '../units/ids.ts';
import { type TimestampMs } from '../units/time.ts';
import { type AlertRule, type RuleTarget } from './alert-rule.ts';
import { type AlertState, type Measure } from './alert-row.ts';

export type DecimalText = string;

/** A movement of money between two parties, both named. Reasons as LQ 1.12 and rulings E8. */
export interface MovementText {
  readonly from: string;
  readonly to: string;
  readonly asset: string;
  readonly amount: DecimalText;
  readonly reason:
    | 'PNL'
    | 'FEE'
    | 'LIQ_FEE'
    | 'INSURANCE'
    | 'BAD_DEBT'
    | 'FUNDING'
    | 'DEPOSIT'
    | 'WITHDRAWAL'
    | 'CONVERSION'
    | 'MARGIN';
}

/** The mark that a decision was taken on, in full: the receipt of the decision. */
export interface MarkText {
  readonly instrument: string;
  readonly mark: DecimalText;
  readonly index: DecimalText;
  readonly time: number;
  readonly status: string;
  readonly sources: number | null;
}

export type RowBody =
  | {
      readonly kind: 'run-started';
      readonly runId: string;
      readonly seed: string;
      readonly scenario: string;
      readonly fund: readonly { readonly asset: string; readonly amount: DecimalText }[];
    }
  | { readonly kind: 'instrument-changed'; readonly instrument: string }
  | {
      readonly kind: 'account-opened';
      readonly label: string;
      readonly positionMode: string;
      readonly assetMode: string;
    }
  | {
      /** All accounts of a beginning in one row: how many of each was done, and how much was refused. */
      readonly kind: 'population-opened';
      readonly accounts: number;
      readonly transfers: number;
      readonly fills: number;
      readonly orders: number;
      readonly refused: number;
    }
  | { readonly kind: 'transfer'; readonly asset: string; readonly amount: DecimalText }
  | { readonly kind: 'refused'; readonly what: string; readonly why: string }
  | {
      readonly kind: 'fill';
      readonly instrument: string;
      readonly side: string;
      readonly size: DecimalText;
      readonly price: DecimalText;
      readonly fee: DecimalText;
      readonly realizedPnl: DecimalText;
    }
  | {
      readonly kind: 'order-placed';
      readonly orderId: string;
      readonly instrument: string;
      readonly size: DecimalText;
      readonly price: DecimalText;
      readonly reduceOnly: boolean;
    }
  | {
      readonly kind: 'order-cancelled';
      readonly orderId: string;
      readonly why: 'asked' | 'liquidation';
    }
  | {
      readonly kind: 'funding-settled';
      readonly instrument: string;
      readonly rate: DecimalText;
      readonly payments: number;
      readonly residue: DecimalText;
    }
  | {
      readonly kind: 'transition';
      readonly poolId: PoolId;
      readonly from: AlertState;
      /** `liquidated`: the pool was closed by the engine, which ends its alert. */
      readonly to: AlertState | 'liquidated';
      /** What decided: the measure, its value and the level it crossed, as shown on the card. */
      readonly by: Measure | 'unknown' | 'liquidation';
      readonly value: DecimalText;
      readonly level: DecimalText;
      readonly instrument: string | null;
      readonly mark: DecimalText | null;
      readonly markAgeMs: number | null;
      /** Margin ratio and distance at that moment; null where they do not exist. */
      readonly marginRatio: DecimalText | null;
      readonly distanceShare: DecimalText | null;
      /** How long the state it leaves had lasted, and how often it came back. */
      readonly lastedMs: number;
      readonly returns: number;
    }
  | {
      readonly kind: 'acknowledged';
      readonly poolId: PoolId;
      readonly by: string;
      readonly note: string;
      readonly state: AlertState;
    }
  | {
      readonly kind: 'acknowledgement-undone';
      readonly poolId: PoolId;
      readonly by: string;
      readonly state: AlertState;
    }
  | {
      readonly kind: 'acknowledgement-lapsed';
      readonly poolId: PoolId;
      readonly state: AlertState;
    }
  | {
      /** A Critical that nobody has answered is told again. */
      readonly kind: 'escalated';
      readonly poolId: PoolId;
      /** From 1. */
      readonly attempt: number;
      readonly unansweredMs: number;
    }
  | { readonly kind: 'alert-rule-set'; readonly rule: AlertRule; readonly by: string }
  | { readonly kind: 'alert-rule-removed'; readonly target: RuleTarget; readonly by: string }
  | { readonly kind: 'operator-command'; readonly command: string; readonly by: string }
  | {
      readonly kind: 'liquidation-planned';
      readonly planId: string;
      readonly poolId: PoolId;
      readonly unit: string;
      readonly marginBalance: DecimalText;
      readonly maintenanceMargin: DecimalText;
      readonly marks: readonly MarkText[];
      readonly cancelOrders: readonly string[];
      readonly closes: readonly {
        readonly instrument: string;
        readonly side: string;
        readonly size: DecimalText;
        readonly mark: DecimalText;
      }[];
    }
  | {
      readonly kind: 'liquidation-step';
      readonly planId: string;
      readonly poolId: PoolId;
      readonly instrument: string;
      readonly side: string;
      readonly size: DecimalText;
      readonly price: DecimalText;
      readonly notional: DecimalText;
      readonly realizedPnl: DecimalText;
      readonly movements: readonly MovementText[];
    }
  | {
      readonly kind: 'liquidation-settled';
      readonly planId: string;
      readonly poolId: PoolId;
      readonly unit: string;
      /** The statement: equity at the decision = fee + conversion cost + what is left - deficit; deficit = fund's part + bad debt. Exact. */
      readonly equityAtDecision: DecimalText;
      readonly notional: DecimalText;
      readonly fee: DecimalText;
      /** Multi-asset pools: what selling collateral cost against its index price, rounding included. */
      readonly conversionCost: DecimalText;
      readonly deficit: DecimalText;
      readonly paidByFund: DecimalText;
      readonly badDebt: DecimalText;
      readonly left: DecimalText;
      readonly fundAfter: DecimalText;
      readonly collateralSold: readonly {
        readonly asset: string;
        readonly amount: DecimalText;
        readonly price: DecimalText;
        readonly proceeds: DecimalText;
      }[];
      readonly movements: readonly MovementText[];
    };

export interface JournalRow {
  readonly seq: number;
  readonly step: number;
  readonly time: TimestampMs;
  readonly accountId: AccountId | null;
  readonly body: RowBody;
  /** Hash of the chain up to and with this row, hex. */
  readonly hash: string;
}
