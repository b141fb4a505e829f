/** The one mutable state of a run: ledger, marks, alert rows, plans. Owned by the risk loop; everything else reads figures of it. */
import { type PositionSide } from '../margin/account.ts';
import { type Instrument } from '../market/instrument.ts';
import { type VolatilityState } from '../market/volatility.ts';
import { type AccountId, type AssetId, type InstrumentId, type PoolId } from '../units/ids.ts';
import { type Lots, type MoneyUnits, type Ticks } from '../units/scaled.ts';
import { type TimestampMs } from '../units/time.ts';
import { type AlertRule } from './alert-rule.ts';
import { type AlertRow } from './alert-row.ts';
import { type MarkFact } from './event.ts';

export interface LedgerPosition {
  readonly instrumentId: InstrumentId;
  readonly positionSide: PositionSide;
  lots: Lots;
  /** Signed value at entry of the open part, settle asset: unrealized PnL = value(mark) - openValue. */
  openValue: MoneyUnits;
  leverage: number;
  marginKind: 'cross' | 'isolated';
  /** Collateral assigned to an isolated position; 0 for cross. */
  isolatedWallet: MoneyUnits;
  /** Funding received (+) or paid (-) since it was opened. */
  fundingReceived: MoneyUnits;
  openedAt: TimestampMs;
}

export interface LedgerOrder {
  readonly orderId: string;
  readonly instrumentId: InstrumentId;
  readonly positionSide: PositionSide;
  readonly lots: Lots;
  readonly priceTicks: Ticks;
  readonly reduceOnly: boolean;
}

export interface LedgerAccount {
  readonly accountId: AccountId;
  readonly label: string;
  readonly openedAt: TimestampMs;
  readonly positionMode: 'one-way' | 'hedge';
  readonly assetMode: 'single' | 'multi';
  /** Cross wallet by asset. */
  readonly wallets: Map<AssetId, MoneyUnits>;
  /** By `positionKey`. */
  readonly positions: Map<string, LedgerPosition>;
  readonly orders: Map<string, LedgerOrder>;
  /** What the engine remembers of its margin pools. */
  readonly rows: Map<PoolId, PoolRow>;
}

/** House accounts: the other side of every movement. They may have any sign and are never margined. */
export const SYSTEM_ACCOUNTS = {
  /** The outside market: counterparty of every fill and forced close. */
  outside: 'EXT',
  /** Trading fees. */
  fees: 'FEE',
  /** The insurance fund, one wallet an asset, with a stated seed. */
  insuranceFund: 'FUND',
  /** What a liquidation left below zero and no fund could pay: negative. */
  badDebt: 'BAD-DEBT',
  /** Rounding left over when funding settles both sides. */
  fundingResidue: 'FUNDING-RESIDUE',
  /** Deposits came from here and withdrawals went here, so that everything sums to zero. */
  treasury: 'TREASURY',
} as const;

export interface MarkState {
  fact: MarkFact;
  /** An operator lets the next mark pass, however far away it is. */
  operatorAcceptsJump: boolean;
  /** When the newest mark was refused as a jump since `fact`: what goes on being wrong does not become right by lasting. */
  jumpRefusedAt: TimestampMs | undefined;
}

export type LiquidationPhase =
  | { readonly kind: 'none' }
  /** Breached once; waits for a second mark at least a second later, unless the ratio is 1.1 or worse. */
  | { readonly kind: 'confirming'; readonly since: TimestampMs }
  | { readonly kind: 'liquidating'; readonly planId: string; readonly since: TimestampMs }
  | { readonly kind: 'liquidated'; readonly planId: string; readonly at: TimestampMs };

/** What the engine remembers of one margin pool: its timed alert state and its liquidation phase (rulings A2). */
export interface PoolRow {
  readonly poolId: PoolId;
  readonly accountId: AccountId;
  alert: AlertRow;
  phase: LiquidationPhase;
  /** A coin of it is silent, but no plausible price of it would change the state (rulings C3). */
  bounded: boolean;
}

/** By name of an asset or contract; one that nobody ever had is not named. */
export interface AccountSums {
  readonly wallets: readonly (readonly [asset: string, amount: bigint])[];
  readonly lots: readonly (readonly [instrument: string, lots: bigint])[];
  /** Isolated wallet - open value. */
  readonly positions: readonly (readonly [instrument: string, amount: bigint])[];
}

/** What `save` gives: everything that the accounts are. */
export interface SavedAccounts {
  readonly names: readonly string[];
  readonly pages: readonly Uint8Array[];
}

/** SHA-256 in hex. Whoever has a faster one than ours brings it. */
export type HashOfBytes = (bytes: Uint8Array) => string;
/** The same of a text. */
export type HashOfText = (text: string) => string;

/** A page of accounts as it was. */
export interface FrozenPage {
  readonly bytes: Uint8Array;
  readonly digest: string;
}

/** Accounts as they were when they were frozen, to be taken a page at a time. */
export interface FrozenAccounts {
  readonly names: readonly string[];
  /** How many there are to take. */
  readonly pages: number;
  /** The next page, the first one first. */
  take(): FrozenPage;
}

/**
 * The accounts of a run, of any number: packed away, and unpacked while somebody works on them. What `get` gives may be changed until
 * `rest`, which packs it away again; nobody keeps it for longer.
 */
export interface AccountStore {
  /** Accounts, the house's own among them. */
  readonly size: number;
  has(id: AccountId): boolean;
  /** To be read at once; what is changed of it is lost. */
  read(id: AccountId): LedgerAccount | undefined;
  /** To be read and changed until the next `rest`. */
  get(id: AccountId): LedgerAccount | undefined;
  /** A new account, or another in its place. */
  set(id: AccountId, account: LedgerAccount): void;
  /** In the order in which they were opened: the place of an account is its number, from 0. */
  keys(): IterableIterator<AccountId>;
  /** Of a number below `size`. */
  idAt(number: number): AccountId;
  /** Undefined for a name that is unknown. */
  numberOf(id: AccountId): number | undefined;
  /** All, to be read, each until the next; who changes one gives it back with `put`. */
  values(): IterableIterator<LedgerAccount>;
  /** Keeps what was changed of an account that `values` gave. */
  put(account: LedgerAccount): void;
  /** Packs away what `get` gave out: of one account, or everything. */
  rest(id?: AccountId): void;
  /** What all accounts hold together, kept while they change: no pass over them. */
  sums(): AccountSums;
  /** Holds everything as it is now. */
  save(): SavedAccounts;
  /** Everything as it is now in digests, one a page; only what changed since is hashed. */
  digests(hash: HashOfBytes): {
    readonly names: readonly string[];
    readonly pages: readonly string[];
  };
  /** Holds everything as it is now while changes go on. What was frozen before is let go of. */
  freeze(hash: HashOfBytes): FrozenAccounts;
  /** From now until `release`, `shown` is what the accounts are at this moment. */
  hold(): void;
  release(): void;
  /** To be read alone: the accounts as they were held, else as they are. */
  readonly shown: ShownAccounts;
}

/** Accounts for whoever only looks. */
export type ShownAccounts = Pick<
  AccountStore,
  'size' | 'has' | 'read' | 'keys' | 'idAt' | 'numberOf' | 'values' | 'sums'
>;

export interface JournalHead {
  /** Sequence number of the last row, 0 before the first. */
  seq: number;
  /** Chain of SHA-256 over all rows, hex. */
  hash: string;
}

export interface EngineState {
  readonly runId: string;
  readonly seed: string;
  readonly scenario: string;
  step: number;
  time: TimestampMs;
  readonly instruments: Map<InstrumentId, Instrument>;
  readonly marks: Map<InstrumentId, MarkState>;
  /** By base coin. */
  readonly volatility: Map<AssetId, VolatilityState>;
  /** The system accounts, then traders in the order in which they came. */
  readonly accounts: AccountStore;
  /** Levels that people set instead of the default ones, by `ruleKey`. */
  readonly alertRules: Map<string, AlertRule>;
  /** Faults seen, by kind: for /metrics, without effect on any decision. */
  readonly faults: Map<string, number>;
  nextPlanNumber: number;
  readonly head: JournalHead;
}

/** A run for whoever only looks. */
export type ShownState = Omit<EngineState, 'accounts'> & { readonly accounts: ShownAccounts };

/** Key of a position inside its account: one per instrument and side. */
export function positionKey(instrumentId: InstrumentId, positionSide: PositionSide): string {
  return `${instrumentId}|${positionSide}`;
}
