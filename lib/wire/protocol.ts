/**
 * The one protocol between server and browser. Facts travel as text and integers, figures do not, save for the desk, which the
 * server derives and ranks (rulings G8). Every stream is numbered; a reader that misses a number asks for a snapshot.
 */
import { type FeedDrillKind } from '../engine/event.ts';
import { type JournalRow } from '../engine/row.ts';
import { type RuleLevel, type RuleMeasure } from '../engine/alert-rule.ts';
import { type AlertState, type Measure } from '../engine/alert-row.ts';

export const PROTOCOL_VERSION = 3;

/** Decimal as plain text. */
export type Dec = string;

/** Refusals carry a code for programs and a sentence for people. */
export interface Refusal {
  readonly ok: false;
  readonly code:
    | 'protocol-mismatch'
    | 'malformed'
    | 'unknown-account'
    | 'unknown-pool'
    | 'not-now'
    /** No message of that name. */
    | 'unknown-message'
    /** More than a client may ask or keep waiting. */
    | 'overrun'
    /** No hello in time, or nothing read for long: the connection ends. */
    | 'no-hello'
    | 'slow-reader';
  readonly message: string;
}
export type Answer<Value = object> = ({ readonly ok: true } & Value) | Refusal;

export interface TierText {
  readonly tier: number;
  readonly notionalFloor: Dec;
  readonly notionalCap: Dec;
  readonly leverageMax: Dec;
  readonly maintenanceMarginRate: Dec;
  readonly maintenanceDeduction: Dec;
}
export interface InstrumentText {
  readonly id: string;
  readonly kind: 'linear' | 'inverse';
  /** Milliseconds of delivery, null for a perpetual. */
  readonly deliveryTime: number | null;
  readonly base: string;
  readonly quote: string;
  readonly settle: string;
  readonly contractSize: Dec;
  readonly tickSize: Dec;
  readonly lotSize: Dec;
  readonly takerFeeRate: Dec;
  readonly makerFeeRate: Dec;
  readonly liquidationFeeRate: Dec;
  readonly funding: { readonly intervalMs: number; readonly cap: Dec; readonly floor: Dec } | null;
  readonly dailyVolatility: number;
  readonly tiers: readonly TierText[];
}

/** What runs here: sent once, on hello. */
export interface RunText {
  readonly runId: string;
  readonly mode: 'demo' | 'replay';
  readonly seed: string;
  readonly scenario: string;
  readonly scenarios: readonly {
    readonly id: string;
    readonly title: string;
    readonly summary: string;
  }[];
  /** Replay: the file's name and span. */
  readonly tape: {
    readonly name: string;
    readonly startTime: number;
    readonly endTime: number | null;
  };
  readonly venue: 'house';
  readonly rulesVersion: string;
  readonly engineVersion: string;
  readonly instruments: readonly InstrumentText[];
  /** Collateral assets of multi-asset accounts and their weights. */
  readonly assets: readonly { readonly asset: string; readonly collateralWeight: Dec }[];
  readonly speeds: readonly number[];
}

export interface MarkWire {
  readonly id: string;
  readonly mark: Dec;
  readonly index: Dec;
  readonly last: Dec;
  /** Run time at which the price held. */
  readonly time: number;
  readonly status: 'fresh' | 'lagging' | 'degraded' | 'stale';
  readonly sources: number | null;
  readonly rejected: readonly string[];
  readonly fundingRate: Dec | null;
  readonly nextFundingTime: number | null;
  /** Measured daily volatility of its coin, a fraction. Float: it never decides a breach. */
  readonly volatility: number;
  readonly modelled: boolean;
}

export interface AssetPriceWire {
  readonly asset: string;
  readonly index: Dec;
  /** Instrument of the stale mark that the price comes from; left out while it is not stale. */
  readonly staleMark?: string;
}

/** Replaced whole by the next one: may be skipped by a slow reader, at most 10 a second. */
export interface MarketFrame {
  readonly seq: number;
  readonly step: number;
  readonly runTime: number;
  /** Wall clock when the newest mark in it was accepted by the loop: for the age at paint. */
  readonly acceptedAt: number;
  readonly paused: boolean;
  readonly ended: boolean;
  readonly speedAsked: number;
  readonly speedReached: number;
  /** Run time that the run hurries to, whoever asked for it; null while it keeps its pace. */
  readonly seekTarget: number | null;
  readonly marks: readonly MarkWire[];
  readonly assetPrices: readonly AssetPriceWire[];
  /** Insurance fund and bad debt, by asset. */
  readonly fund: readonly {
    readonly asset: string;
    readonly balance: Dec;
    readonly seed: Dec;
    readonly badDebt: Dec;
  }[];
  readonly totals: DeskTotals;
  readonly faults: Readonly<Record<string, number>>;
  /** The newest drills of this server, oldest first. */
  readonly drills: readonly DrillReport[];
  /** There while a step takes long. */
  readonly longStep?: LongStep;
}

/**
 * How far a step is that takes long. Of `accounts` (visited) and `liquidations` (carried out) all that is told is as of the step
 * before it; `of` is 0 until it is known whom the step concerns. At `counts` the step is through, and totals and orders of the desk follow account by account.
 */
export interface LongStep {
  readonly step: number;
  /** Wall milliseconds since it began. */
  readonly forMs: number;
  readonly what: 'accounts' | 'liquidations' | 'counts';
  readonly done: number;
  readonly of: number;
}

export interface DeskTotals {
  readonly accounts: number;
  /** Accounts by the state of their worst pool. */
  readonly byState: Readonly<Record<ScreenState, number>>;
  readonly alerts: AlertCounts;
  readonly liquidations: number;
}

/** States of a pool that is not well now. */
export const OPEN_STATES = ['watch', 'warning', 'critical', 'liquidating', 'unknown'] as const;
export type OpenState = (typeof OPEN_STATES)[number];

export function isOpenState(state: ScreenState): state is OpenState {
  return state !== 'healthy' && state !== 'liquidated';
}

/** Pools of the whole book that are not well: the one count of alerts that every page tells. */
export interface AlertCounts {
  readonly open: Readonly<Record<OpenState, number>>;
  /** Nobody has acknowledged them. An unknown state ends by itself and waits for nobody. */
  readonly unanswered: Readonly<Record<OpenState, number>>;
  readonly calls: CallAges;
}

/** One word for a pool on screen: its liquidation phase if any, else unknown, else its alert state. Computed by the server. */
export type ScreenState = AlertState | 'liquidating' | 'liquidated' | 'unknown';

export interface PositionText {
  readonly instrument: string;
  readonly positionSide: 'both' | 'long' | 'short';
  readonly signedSize: Dec;
  /** Signed value at entry in the settle asset; the entry price is derived from it. */
  readonly openValue: Dec;
  readonly leverage: Dec;
  /** null: cross. */
  readonly isolatedWallet: Dec | null;
  readonly fundingReceived: Dec;
  readonly openedAt: number;
}
export interface OrderText {
  readonly orderId: string;
  readonly instrument: string;
  readonly positionSide: 'both' | 'long' | 'short';
  readonly signedSize: Dec;
  readonly price: Dec;
  readonly reduceOnly: boolean;
}
export interface PoolText {
  readonly poolId: string;
  readonly alertState: AlertState;
  readonly screenState: ScreenState;
  readonly since: number;
  readonly unknownSince: number | null;
  readonly acknowledged: { readonly by: string; readonly note: string; readonly at: number } | null;
  /** A Critical that was told and nobody has answered: since when, and how often it was told again. */
  readonly asking: { readonly since: number; readonly told: number } | null;
  readonly pinnedUntil: number | null;
  readonly phase: 'none' | 'confirming' | 'liquidating' | 'liquidated';
  /** A mark it needs is stale, but no plausible price of that coin would change its state. */
  readonly bounded: boolean;
  /** Why it is in its alert state; null while healthy, unknown, bounded or liquidated. */
  readonly reason: PoolReason | null;
}
/** Which measure keeps a pool in its state (rulings B1: the worst decides, and the row says which). */
export interface PoolReason {
  /** `distance`: daily moves to liquidation. `percent`: share of the mark to it. */
  readonly by: Measure;
  /** null where it has no number: equity is gone. */
  readonly value: number | null;
  /** `entered`: the level of its state, passed. `not-left`: the leave level of its state. `held`: passed that too, waits for the hold. */
  readonly because: 'entered' | 'not-left' | 'held';
  readonly level: number;
}
/** What an alert rule is about; at most one rule stands for one target. null means any. */
export interface RuleTargetText {
  readonly account: string | null;
  /** A coin. */
  readonly base: string | null;
  /** `z`: daily moves to liquidation. `percent`: share of the mark to it, 0.1 = 10 %. `ratio`: margin ratio. */
  readonly measure: RuleMeasure;
}
/** Levels that hold instead of the default ones (rulings B1). A rule in z and one in percent replace each other. */
export interface AlertRuleText extends RuleTargetText {
  readonly levels: Readonly<Record<Exclude<AlertState, 'healthy'>, RuleLevel>>;
}
/** What a rule would do to one pool now. */
export interface RulePreviewMatch {
  readonly accountId: string;
  readonly poolId: string;
  /** What the screen says now. */
  readonly from: ScreenState;
  /** Where the levels would put it, holds passed. */
  readonly to: AlertState;
}
export interface RulePreview {
  /** Pools that the rule would decide for. */
  readonly applies: number;
  /** Of these, the ones that would not be healthy or not be what they are. */
  readonly total: number;
  /** The worst of `total`, at most 200. */
  readonly matches: readonly RulePreviewMatch[];
}

/** All facts of one account: enough to derive every figure with `lib/margin`. */
export interface AccountText {
  readonly accountId: string;
  readonly label: string;
  readonly openedAt: number;
  readonly positionMode: 'one-way' | 'hedge';
  readonly assetMode: 'single' | 'multi';
  readonly wallets: readonly { readonly asset: string; readonly amount: Dec }[];
  readonly positions: readonly PositionText[];
  readonly orders: readonly OrderText[];
  readonly pools: readonly PoolText[];
}

/** `seq` grows by one per account stream; `snapshot` may follow any number. */
export interface AccountPatch {
  readonly seq: number;
  readonly snapshot: boolean;
  readonly account: AccountText;
}
/** For each open account, once a second while there are not too many: proves that both ends hold the same facts and derive the same figures. */
export interface AccountDigest {
  readonly accountId: string;
  readonly seq: number;
  readonly marketSeq: number;
  readonly digest: string;
}

/** A journal row as it travels (`JournalRow` is plain JSON already). */
export type RowWire = JournalRow;
/** Rows of one topic, in journal order. `previousSeq`: journal number of the topic's row before the first of these. */
export interface RowsPatch {
  readonly topic: 'alerts' | 'liquidations';
  readonly snapshot: boolean;
  readonly previousSeq: number;
  readonly rows: readonly RowWire[];
  /** Wall clock when the marks behind these rows were accepted by the loop; absent in a snapshot. */
  readonly acceptedAt?: number;
}

export type DeskSortKey =
  | 'state'
  | 'marginRatio'
  | 'distance'
  | 'marginBalance'
  | 'maintenanceMargin'
  | 'excess'
  | 'notional'
  /** Daily moves to liquidation. */
  | 'z'
  /** Change of the margin balance if every price falls by a tenth. */
  | 'ifDown'
  /** The coin with the largest position. */
  | 'coin'
  | 'since'
  | 'account';
/** Shares by which every price moves at once. */
export const DESK_SHOCKS = ['-0.05', '-0.1', '-0.2', '0.1'] as const;
export type DeskShock = (typeof DESK_SHOCKS)[number];
/** Every filter that is set has to let an account through. Distance, coin and shock go by figures that are sampled. */
export interface DeskQuery {
  readonly sort: DeskSortKey;
  readonly descending: boolean;
  readonly states: readonly ScreenState[];
  readonly text: string;
  /** The coin with the largest position; null: any. */
  readonly coin: string | null;
  /** Place in `DISTANCE_BANDS`; null: any. */
  readonly band: number | null;
  /** Who is liquidated if every price moves by this share; null: all. */
  readonly shock: DeskShock | null;
  readonly offset: number;
  readonly limit: number;
}
export const NO_DESK_FILTER = {
  states: [],
  text: '',
  coin: null,
  band: null,
  shock: null,
} as const satisfies Partial<DeskQuery>;
export interface DeskRow {
  readonly accountId: string;
  readonly label: string;
  readonly state: ScreenState;
  /** Run time at which the shown state began. */
  readonly since: number;
  /** Set while the worst pool is in doubt, also beside a Critical that is kept. */
  readonly unknownSince: number | null;
  /** An input of a figure is missing or stale: none of them may look certain. */
  readonly doubtful: boolean;
  /** Figures of the worst pool, in its unit; null where they do not exist. */
  readonly worstPool: string | null;
  readonly unit: string | null;
  readonly marginRatio: Dec | 'equity-gone' | 'deficit' | null;
  /** `past`: it can be liquidated as it stands. */
  readonly distanceShare: Dec | 'past' | null;
  readonly distanceBy: string | null;
  readonly marginBalance: Dec | null;
  readonly maintenanceMargin: Dec | null;
  readonly excess: Dec | null;
  /** Sums over the account, USD. */
  readonly notionalUsd: Dec | null;
  readonly unrealizedPnlUsd: Dec | null;
  readonly positions: number;
  readonly biggest: string | null;
  readonly acknowledged: boolean;
  /** The worst pool is past its line by one mark: liquidation waits for a second one. */
  readonly confirming: boolean;
  /** Daily moves to the nearest liquidation; null where there is none. Float: it places levels, it decides no breach. */
  readonly z: number | null;
  /** Change of the margin balance if every price falls by a tenth, USD; null where a price that it hangs on is not known. */
  readonly ifDownUsd: Dec | null;
}

/** Upper ends of the shares of a distance, exclusive; then come what is farther, what cannot be liquidated, and what is unknown. */
export const DISTANCE_BANDS = [0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5] as const;
export const BAND_FARTHER = DISTANCE_BANDS.length;
export const BAND_NONE = BAND_FARTHER + 1;
export const BAND_UNKNOWN = BAND_NONE + 1;

/** One contract over all accounts. Values in USD at the mark, exact. */
export interface InstrumentTotals {
  readonly instrument: string;
  readonly base: string;
  readonly longUsd: Dec | null;
  /** Without sign. */
  readonly shortUsd: Dec | null;
  /** Long less short. */
  readonly netUsd: Dec | null;
  /** Long and short against those of all contracts, a fraction. */
  readonly share: Dec | null;
  /** Accounts that hold it. */
  readonly accounts: number;
  /** What these accounts together pay at the next stamp if mark and rate stay; received below zero. */
  readonly fundingUsd: Dec | null;
}
/** What happens if every price moves by one share at once, without what the liquidations themselves would move. USD. */
export interface ShockResult {
  readonly share: DeskShock;
  /** Change of what all accounts together are worth, exact; null while a price is missing. */
  readonly changeUsd: Dec | null;
  readonly accounts: number;
  readonly pools: number;
  /** What margin does not cover: the fund pays it, or nobody. */
  readonly deficitUsd: Dec;
  readonly feeUsd: Dec;
  /** By how much deficit and fee may be wrong; null: both are exact. */
  readonly boundUsd: Dec | null;
}
/** Of the whole book, at the marks of one moment. */
export interface ShockTable {
  /** Run time of the marks. */
  readonly asOf: number;
  /** Wall milliseconds that reading all accounts took. */
  readonly tookMs: number;
  /** Accounts without a certain price, which are left out. */
  readonly unknown: number;
  /** Estimated to a billionth. */
  readonly maintenanceUsd: Dec;
  readonly results: readonly ShockResult[];
}
/** Pools that are Critical or being liquidated, by how long they have been so. */
export interface CallAges {
  /** Upper ends in milliseconds of run time; one more count follows for what is older. */
  readonly acknowledged: readonly number[];
  readonly open: readonly number[];
}
export const CALL_AGES_MS = [60_000, 300_000, 900_000, 3_600_000] as const;

/** One of the largest accounts by notional, exact. */
export interface LargeAccount {
  readonly accountId: string;
  readonly state: ScreenState;
  readonly notionalUsd: Dec | null;
  /** Of the notional of the whole book, a fraction. */
  readonly share: Dec | null;
}

/** The whole book in a few lines. Replaced whole by the next one, once a second, for whoever looks at the desk. */
export interface DeskSummary {
  readonly runTime: number;
  readonly accounts: number;
  /** What all accounts together are worth, exact; null while a price is missing. */
  readonly equityUsd: Dec | null;
  /** Of all contracts, USD; null while a price is missing. */
  readonly exposure: { readonly longUsd: Dec; readonly shortUsd: Dec; readonly netUsd: Dec } | null;
  /** Largest first. */
  readonly instruments: readonly InstrumentTotals[];
  /** Accounts by coin, state and band of distance. */
  readonly cells: readonly {
    /** null: no position. */
    readonly coin: string | null;
    readonly state: ScreenState;
    readonly band: number;
    readonly accounts: number;
  }[];
  readonly largest: readonly LargeAccount[];
  /** Share of all of these together. */
  readonly largestShare: Dec | null;
  /** null until all accounts were read once. */
  readonly shocks: ShockTable | null;
}

/** A pool that is Critical or being liquidated and that nobody has acknowledged. */
export interface DeskCall {
  readonly accountId: string;
  readonly poolId: string;
  readonly state: ScreenState;
  /** Run time at which the shown state began. */
  readonly since: number;
  /** Past its line by one mark: liquidation waits for a second one. */
  readonly confirming: boolean;
  /** An input is missing or stale. */
  readonly doubtful: boolean;
  readonly marginRatio: DeskRow['marginRatio'];
  readonly distanceShare: DeskRow['distanceShare'];
  /** How often it was told again because nobody answered. */
  readonly told: number;
}
/** Who needs somebody now, of the whole book. Replaced whole by the next one, at most 4 times a second, for whoever looks at the desk. */
export interface DeskCalls {
  readonly runTime: number;
  /** The worst ones, worst first; how many there are is told by `AlertCounts`. */
  readonly calls: readonly DeskCall[];
}

/** Replaced whole by the next one, at most 4 times a second. */
export interface DeskFrame {
  readonly seq: number;
  readonly queryId: number;
  readonly runTime: number;
  readonly total: number;
  readonly offset: number;
  readonly rows: readonly DeskRow[];
  /** Who a search found, in the place of rows: their figures are on the way, in the next frame of this query. */
  readonly found?: readonly FoundAccount[];
}

export type FoundAccount = Pick<DeskRow, 'accountId' | 'label'>;

/** A page of everything that a filter lets through. */
export interface AccountsPage {
  /** Names the accounts that were selected, at one step, with the first page. */
  readonly selection: number;
  readonly selectedAt: number;
  readonly total: number;
  /** Each with the run time that its figures are of: pages are read one after the other, and the run goes on. */
  readonly rows: readonly { readonly at: number; readonly row: DeskRow }[];
}

export interface HistoryPoint {
  readonly time: number;
  readonly value: Dec | null;
}
export interface AccountHistory {
  /** Margin ratio of each pool and mark of each of its instruments, downsampled, oldest first. */
  readonly ratios: readonly { readonly poolId: string; readonly points: readonly HistoryPoint[] }[];
  readonly marks: readonly {
    readonly instrument: string;
    readonly points: readonly HistoryPoint[];
  }[];
}

export type ControlCommand =
  | { readonly kind: 'pause' }
  | { readonly kind: 'play' }
  | { readonly kind: 'step' }
  | { readonly kind: 'speed'; readonly speed: number }
  /** A new run: another seed or scenario. Everyone on this server sees it. */
  | { readonly kind: 'start-run'; readonly seed: string; readonly scenario: string }
  /** Forward: run there. Back: a new run, forwarded deterministically (rulings G3). */
  | { readonly kind: 'seek'; readonly runTime: number }
  | { readonly kind: 'accept-price-jump'; readonly instrument: string }
  /** Disturbs the prices of an instrument for a while of run time, to see what the system does about it. */
  | {
      readonly kind: 'drill';
      readonly drill: FeedDrillKind;
      readonly instrument: string;
      readonly durationMs: number;
    };

/** What a drill did, and what the engine did about it, from its beginning to a minute after its end. */
export interface DrillReport {
  readonly number: number;
  readonly drill: FeedDrillKind;
  readonly instrument: string;
  readonly startedAt: number;
  readonly endsAt: number;
  readonly isOver: boolean;
  /** Marks refused, by kind of fault, of all instruments. */
  readonly faults: Readonly<Record<string, number>>;
  /** Pools that became unknown, known again; changes of state; liquidations. Of the whole book. */
  readonly unknown: number;
  readonly known: number;
  readonly worse: number;
  readonly better: number;
  readonly liquidations: number;
}

export interface Hello {
  readonly protocol: number;
}
export interface Welcome {
  readonly protocol: number;
  readonly run: RunText;
  readonly market: MarketFrame | null;
  /** The account to show first: the worst one that is still alive. */
  readonly firstAccount: string | null;
  readonly accountIds: readonly string[];
  /** Changes follow as `alert-rules`. */
  readonly alertRules: readonly AlertRuleText[];
}

export interface Quantiles {
  readonly p50: number;
  readonly p95: number;
  readonly samples: number;
}
/** Ages of one price over the last minute of wall time, on run time. */
export interface FeedReading {
  readonly id: string;
  readonly p95AgeMs: number;
  readonly longestAgeMs: number;
}
/** What the server says of itself. Null: not known yet. */
export interface ServerStatus {
  readonly wallTime: number;
  readonly clients: number;
  readonly upSeconds: number;
  /** Resident memory of the whole process. */
  readonly memoryBytes: number;
  /** Files of this run. */
  readonly storedBytes: number | null;
  readonly journalSeq: number | null;
  /** Money and lots sum to zero over all accounts. */
  readonly conservationHolds: boolean | null;
  /** From a step pulled to its decisions durable, wall milliseconds, last minute. */
  readonly decisionMs: Quantiles | null;
  /** One durable write of journal rows. */
  readonly commitMs: Quantiles | null;
  readonly feeds: readonly FeedReading[];
}

type Ack<Value = object> = (answer: Answer<Value>) => void;

export interface ClientToServer {
  hello: (hello: Hello, ack: Ack<{ welcome: Welcome }>) => void;
  /** Joins the account's stream; the answer is its snapshot. Also the way to resync after a gap. */
  open: (
    request: { accountId: string },
    ack: Ack<{ patch: AccountPatch; history: AccountHistory }>,
  ) => void;
  close: (request: { accountId: string }) => void;
  /** Joins a topic; the answer is the newest `limit` rows, oldest first. */
  follow: (
    request: { topic: 'alerts' | 'liquidations'; limit: number },
    ack: Ack<{ patch: RowsPatch }>,
  ) => void;
  unfollow: (request: { topic: 'alerts' | 'liquidations' }) => void;
  /** The topic's `limit` rows before a journal number, oldest first. `previousSeq`: of the row before these, 0 for none. */
  'older-rows': (
    request: { topic: 'alerts' | 'liquidations'; beforeSeq: number; limit: number },
    ack: Ack<{ rows: readonly RowWire[]; previousSeq: number }>,
  ) => void;
  /** Sets this socket's desk view; frames follow until `leave-desk`. */
  desk: (request: { queryId: number; query: DeskQuery }, ack: Ack) => void;
  'leave-desk': () => void;
  /** A page of all accounts that pass, in the query's order. `selection` null: they are selected now; else the one of that number. */
  'export-accounts': (
    request: { query: DeskQuery; selection: number | null },
    ack: Ack<{ page: AccountsPage }>,
  ) => void;
  acknowledge: (
    request: { accountId: string; poolId: string; by: string; note: string },
    ack: Ack,
  ) => void;
  /** Refused with `not-now` when nothing is acknowledged. */
  'undo-acknowledge': (
    request: { accountId: string; poolId: string; by: string },
    ack: Ack,
  ) => void;
  /** Replaces the rule that has the same target. */
  'set-alert-rule': (request: { rule: AlertRuleText; by: string }, ack: Ack) => void;
  'remove-alert-rule': (request: { target: RuleTargetText; by: string }, ack: Ack) => void;
  /** What would be in which state now if the rule were set. Changes nothing. */
  'preview-alert-rule': (
    request: { rule: AlertRuleText },
    ack: Ack<{ preview: RulePreview }>,
  ) => void;
  control: (command: ControlCommand, ack: Ack) => void;
  status: (request: object, ack: Ack<{ status: ServerStatus }>) => void;
}

export interface ServerToClient {
  market: (frame: MarketFrame) => void;
  account: (patch: AccountPatch) => void;
  digest: (digest: AccountDigest) => void;
  rows: (patch: RowsPatch) => void;
  desk: (frame: DeskFrame) => void;
  /** Both follow `desk` until `leave-desk`. */
  'desk-summary': (summary: DeskSummary) => void;
  'desk-calls': (calls: DeskCalls) => void;
  /** All rules, after every change. */
  'alert-rules': (rules: readonly AlertRuleText[]) => void;
  /** Once a second on the wall clock: the socket's liveness, whatever run time does (rulings C5). */
  heartbeat: (beat: { wallTime: number }) => void;
  /** A run takes long to open: hello is refused with how far it is, until it is answered. */
  'run-opening': () => void;
  /** The run was replaced: say hello again. */
  'run-changed': (run: RunText) => void;
}

/** The server's last words. A page that is cut off tries again by itself: why is told to programs. */
export interface Farewell {
  /** Why the server ends this connection; one that does not read is ended without. */
  'cut-off': (refusal: Refusal) => void;
}
