/** What has arrived and is not painted yet: messages are folded into it, and a paint takes a picture of it. */
import { type Account, type Market } from '#lib/margin/account.ts';
import { type Instrument } from '#lib/market/instrument.ts';
import { type InstrumentId } from '#lib/units/ids.ts';
import { accountFrom, instrumentsFrom } from '#lib/wire/codec.ts';
import {
  type AccountHistory,
  type AlertRuleText,
  type DeskFrame,
  type DeskCalls,
  type DeskSummary,
  type MarketFrame,
  type PoolText,
  type RunText,
  type Welcome,
} from '#lib/wire/protocol.ts';
import { type AccountReplica, type RowsReplica } from '#lib/wire/replica.ts';
import { type Agreement, type Connection, type OpenAccount, type Topic } from './live-store.ts';
import { nothingDue, type CatchUp } from './catch-up.ts';
import { type Delay } from './delays.ts';
import { type Assessed } from './kept-pools.ts';
import { NOTHING_REPEATED, type WireCounts } from './wire-drill.ts';
import { seriesOf, type Series } from './series.ts';

/** An account that some component looks at. */
export interface AccountDraft {
  /** How many look at it: the stream is left with the last. */
  viewers: number;
  refusal: string | undefined;
  replica: AccountReplica | undefined;
  /** The last few, for digests that speak of a moment just passed. */
  replicas: readonly AccountReplica[];
  facts: Account | undefined;
  assessed: Assessed | undefined;
  agreement: Agreement;
  ratios: Map<string, Series>;
  marks: Map<string, Series>;
  /** Picture of the last paint. */
  painted: OpenAccount | undefined;
  /** Something under that picture changed since. */
  isStale: boolean;
}

export interface LiveDraft {
  connection: Connection;
  run: RunText | undefined;
  instruments: ReadonlyMap<InstrumentId, Instrument>;
  accountIds: readonly string[];
  firstAccount: string | undefined;
  frame: MarketFrame | undefined;
  frames: readonly MarketFrame[];
  market: Market | undefined;
  /** The frame that `market` and every painted account were made of. */
  paintedFrame: MarketFrame | undefined;
  readonly accounts: Map<string, AccountDraft>;
  readonly rows: Map<Topic, RowsReplica>;
  /** Topics of which the server has older rows than these. */
  readonly olderThere: Set<Topic>;
  desk: DeskFrame | undefined;
  deskSummary: DeskSummary | undefined;
  deskCalls: DeskCalls | undefined;
  alertRules: readonly AlertRuleText[];
  heardAt: number | undefined;
  framedAt: number | undefined;
  readonly catchUp: CatchUp;
  /** Browser's clock less server's, at the last beats. */
  clockOffsets: readonly number[];
  delays: readonly Delay[];
  wire: WireCounts;
}

export function emptyDraft(): LiveDraft {
  return {
    connection: { kind: 'connecting' },
    run: undefined,
    instruments: new Map(),
    accountIds: [],
    firstAccount: undefined,
    frame: undefined,
    frames: [],
    market: undefined,
    paintedFrame: undefined,
    accounts: new Map(),
    rows: new Map(),
    olderThere: new Set(),
    desk: undefined,
    deskSummary: undefined,
    deskCalls: undefined,
    alertRules: [],
    heardAt: undefined,
    framedAt: undefined,
    catchUp: nothingDue(),
    clockOffsets: [],
    delays: [],
    wire: NOTHING_REPEATED,
  };
}

export function emptyAccount(): AccountDraft {
  return {
    viewers: 0,
    refusal: undefined,
    replica: undefined,
    replicas: [],
    facts: undefined,
    assessed: undefined,
    agreement: { kind: 'waiting' },
    ratios: new Map(),
    marks: new Map(),
    painted: undefined,
    isStale: true,
  };
}

/** A run begins, or the server was met again: what was known of another run is forgotten. */
export function foldWelcome(draft: LiveDraft, welcome: Welcome): void {
  const { run } = welcome;
  if (draft.run?.runId !== run.runId) {
    draft.rows.clear();
    draft.desk = undefined;
    draft.deskSummary = undefined;
    draft.deskCalls = undefined;
    for (const [id, { viewers }] of draft.accounts)
      draft.accounts.set(id, { ...emptyAccount(), viewers });
  }
  draft.run = run;
  draft.instruments = instrumentsFrom(run);
  draft.accountIds = welcome.accountIds;
  draft.alertRules = welcome.alertRules;
  draft.firstAccount = welcome.firstAccount ?? undefined;
  draft.frames = [];
  if (welcome.market === null) draft.frame = undefined;
  else foldFrame(draft, welcome.market);
  draft.market = undefined;
  draft.paintedFrame = undefined;
}

/** States of facts and market that a digest may still speak of. */
const REMEMBERED = 24;

export function foldFrame(draft: LiveDraft, frame: MarketFrame): void {
  draft.frame = frame;
  draft.frames = remember(draft.frames, frame, REMEMBERED);
}

/** Takes over facts of an account; true when a state on screen changed with them. */
export function foldAccount(
  draft: LiveDraft,
  account: AccountDraft,
  replica: AccountReplica,
): boolean {
  const before = account.replica?.account.pools;
  account.replica = replica;
  account.replicas = remember(account.replicas, replica, REMEMBERED);
  account.refusal = undefined;
  account.facts = accountFrom(replica.account, draft.instruments);
  account.isStale = true;
  return before === undefined || statesOf(before) !== statesOf(replica.account.pools);
}

export function foldHistory(account: AccountDraft, history: AccountHistory): void {
  account.ratios = new Map(history.ratios.map(({ poolId, points }) => [poolId, seriesOf(points)]));
  account.marks = new Map(
    history.marks.map(({ instrument, points }) => [instrument, seriesOf(points)]),
  );
  account.isStale = true;
}

function statesOf(pools: readonly PoolText[]): string {
  return pools
    .map((pool) => `${pool.poolId}=${pool.screenState}=${pool.acknowledged?.at ?? ''}`)
    .join('|');
}

/** Newest last, at most `size`: a digest may speak of a moment just passed. */
function remember<Item>(items: readonly Item[], item: Item, size: number): readonly Item[] {
  return [...items.slice(1 - size), item];
}
