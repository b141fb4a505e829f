/**
 * The closed list of facts that enter the engine (rulings G6), in ledger integers. Same events in the same order give the
 * same state, the same rows and the same digest: nothing else moves the engine.
 */
import { type PositionSide } from '../margin/account.ts';
import { type Instrument } from '../market/instrument.ts';
import { type AccountId, type AssetId, type InstrumentId, type PoolId } from '../units/ids.ts';
import { type Lots, type MoneyUnits, type RateUnits, type Ticks } from '../units/scaled.ts';
import { type TimestampMs } from '../units/time.ts';
import { type AlertRule, type RuleTarget } from './alert-rule.ts';

/** A mark as composed or as a venue sent it, on the tick grid. */
export interface MarkFact {
  readonly instrumentId: InstrumentId;
  readonly markTicks: Ticks;
  readonly indexTicks: Ticks;
  readonly lastTicks: Ticks;
  /** When the price held; judged for age. */
  readonly venueTime: TimestampMs;
  /** When it reached us; latency is the difference. */
  readonly receivedTime: TimestampMs;
  /** Live sources behind a composed mark; undefined for a venue's own. */
  readonly sources: number | undefined;
  /** Sources refused as outliers, by name. */
  readonly rejected: readonly string[];
  /** Rate of the next funding stamp as it stands now; undefined for dated contracts. */
  readonly fundingRate: RateUnits | undefined;
  readonly nextFundingTime: TimestampMs | undefined;
  /** Made from another coin because the tape lacks this one (rulings G9). */
  readonly modelled: boolean;
}

export type FaultKind =
  | 'price-not-positive'
  | 'price-not-a-number'
  | 'price-jump'
  | 'time-in-future'
  | 'time-backwards'
  | 'duplicate'
  | 'unknown-instrument'
  | 'off-tick'
  | 'inbox-overrun'
  | 'disconnected'
  | 'unparsable-frame';

/** What an account comes with, and what its trader does. */
export type TraderEvent =
  | {
      readonly kind: 'account-opened';
      readonly accountId: AccountId;
      /** Shown beside the id: "careful", "reckless". */
      readonly label: string;
      readonly positionMode: 'one-way' | 'hedge';
      readonly assetMode: 'single' | 'multi';
    }
  | {
      readonly kind: 'transfer';
      readonly accountId: AccountId;
      readonly assetId: AssetId;
      /** Deposit > 0, withdrawal < 0. A withdrawal beyond what is withdrawable is refused and changes nothing. */
      readonly amount: MoneyUnits;
    }
  | {
      readonly kind: 'fill';
      readonly accountId: AccountId;
      readonly instrumentId: InstrumentId;
      readonly positionSide: PositionSide;
      /** Buy > 0, sell < 0, against the outside account. */
      readonly lots: Lots;
      readonly priceTicks: Ticks;
      readonly leverage: number;
      readonly marginKind: 'cross' | 'isolated';
    }
  | {
      readonly kind: 'order-placed';
      readonly accountId: AccountId;
      readonly orderId: string;
      readonly instrumentId: InstrumentId;
      readonly positionSide: PositionSide;
      readonly lots: Lots;
      readonly priceTicks: Ticks;
      readonly reduceOnly: boolean;
    };

export type EngineEvent =
  | { readonly kind: 'clock-advanced'; readonly time: TimestampMs }
  | { readonly kind: 'instrument-changed'; readonly instrument: Instrument }
  | {
      /** The accounts of a beginning, in one event with one row (SPEC ST8). The last of its step: they are read as they come. */
      readonly kind: 'population-opened';
      /** How many accounts are meant to be opened: for whoever shows how far it is. */
      readonly accounts: number;
      /** In order; drawn from while they are booked, so that nobody holds a million of them. */
      readonly events: Iterable<TraderEvent>;
    }
  | TraderEvent
  | { readonly kind: 'order-cancelled'; readonly accountId: AccountId; readonly orderId: string }
  | { readonly kind: 'mark-updated'; readonly mark: MarkFact }
  | {
      readonly kind: 'feed-fault';
      readonly instrumentId: InstrumentId | undefined;
      readonly fault: FaultKind;
      readonly sample: string;
    }
  | {
      readonly kind: 'funding-settled';
      readonly instrumentId: InstrumentId;
      readonly rate: RateUnits;
    }
  | {
      readonly kind: 'acknowledged';
      readonly accountId: AccountId;
      readonly poolId: PoolId;
      readonly by: string;
      readonly note: string;
    }
  | {
      readonly kind: 'acknowledgement-undone';
      readonly accountId: AccountId;
      readonly poolId: PoolId;
      readonly by: string;
    }
  | { readonly kind: 'operator-command'; readonly command: OperatorCommand; readonly by: string };

/** What an operator may tell the engine itself (pace and pause belong to the loop). */
export type OperatorCommand =
  /** Lets the next mark of an instrument pass although it lies beyond 10x of the last one (rulings C4). */
  | { readonly kind: 'accept-price-jump'; readonly instrumentId: InstrumentId }
  /** From this step on these levels hold, instead of the rule that had the same target. */
  | { readonly kind: 'set-alert-rule'; readonly rule: AlertRule }
  | { readonly kind: 'remove-alert-rule'; readonly target: RuleTarget }
  /** Disturbs the tape's prices of an instrument from here on; the engine itself only writes it down. */
  | ({ readonly kind: 'feed-drill' } & FeedDrill);

/** What a drill may do to the prices of one instrument on their way to the engine. */
export const FEED_DRILLS = [
  'freeze',
  'gap',
  'bad-value',
  'duplicate',
  'reorder',
  'clock-skew',
] as const;
export type FeedDrillKind = (typeof FEED_DRILLS)[number];

export interface FeedDrill {
  readonly drill: FeedDrillKind;
  readonly instrumentId: InstrumentId;
  /** Run time from the command on. */
  readonly durationMs: number;
}

/** One step of run time: everything that happened in it, in order. */
export interface StepInput {
  readonly step: number;
  readonly time: TimestampMs;
  readonly events: readonly EngineEvent[];
}
