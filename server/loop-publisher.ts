/**
 * What the loop tells the main thread, and how often: rows and changed facts after every step, the market at most ten times a
 * second, desks four times, digests and counters once. Frames and desks are made in the time that decisions leave.
 */
import { type Engine, type RunIdentity } from '#lib/engine/engine.ts';
import { conservationOf } from '#lib/engine/conservation.ts';
import { type EngineState } from '#lib/engine/state.ts';
import { accountDigest } from '#lib/wire/account-digest.ts';
import { type DeskQuery, type MarketFrame } from '#lib/wire/protocol.ts';
import { accountTextOf, healthOf } from './account-figures.ts';
import { type Background } from './background.ts';
import { answerDesk } from './desk/desk.ts';
import { tradersOf } from './desk/screen-rank.ts';
import { marketFrame } from './frames.ts';
import { type Pace } from './pace.ts';
import { type TakenStep } from './risk-loop.ts';
import { type WatchList } from './watch-list.ts';
import { type FromWorker, type LoopReport } from './worker-messages.ts';

const MARKET_FRAME_MS = 100;
/** While nothing moves the market is told all the same, so that a late reader is never empty. */
const IDLE_FRAME_MS = 1_000;
const DESK_FRAME_MS = 250;
const DIGEST_MS = 1_000;
const REPORT_MS = 1_000;
/** Longest that digests may hold up the loop in one go; who is left out comes first the next time. */
const DIGEST_BUDGET_MS = 4;
const SAMPLES_MAX = 2_000;

interface DeskView {
  readonly queryId: number;
  readonly query: DeskQuery;
}

export interface LoopPublisherParts {
  readonly engine: Engine;
  readonly state: EngineState;
  readonly identity: Pick<RunIdentity, 'fundSeeds'>;
  readonly pace: Pace;
  readonly watchList: WatchList;
  readonly background: Background;
  readonly post: (message: FromWorker) => void;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  /** Liquidations settled before this worker started. */
  readonly liquidationsBefore: number;
}

export interface LoopPublisher {
  /** A step is durable: tell what changed. */
  step(taken: TakenStep, acceptedAt: number): void;
  /** Something about the pace changed: the next frame goes out at once. */
  paceChanged(): void;
  ended(): void;
  setDesk(viewer: string, view: DeskView): void;
  leaveDesk(viewer: string): void;
  /** Whatever is due by now. */
  tick(): void;
  readonly newestFrame: MarketFrame | undefined;
}

interface Counters {
  stepsTaken: number;
  marksAccepted: number;
  liquidations: number;
  readonly transitions: Record<string, number>;
  decisionMs: number[];
  commitMs: number[];
}

export function createLoopPublisher(parts: LoopPublisherParts): LoopPublisher {
  const { engine, state, pace, watchList, background, post, now } = parts;
  const desks = new Map<string, DeskView>();
  const counters: Counters = {
    stepsTaken: 0,
    marksAccepted: 0,
    liquidations: parts.liquidationsBefore,
    transitions: {},
    decisionMs: [],
    commitMs: [],
  };
  let isDirty = true;
  let hasEnded = false;
  let acceptedAt = 0;
  let seq = 0;
  let newestFrame: MarketFrame | undefined;
  let frameAt = Number.NEGATIVE_INFINITY;
  let deskAt = Number.NEGATIVE_INFINITY;
  let digestAt = now();
  let reportAt = now();
  let digestQueue: string[] = [];

  function postFrame(): void {
    seq += 1;
    newestFrame = marketFrame({
      engine, state, identity: parts.identity, pace, seq, acceptedAt,
      ended: hasEnded,
      liquidations: counters.liquidations,
    });
    post({ kind: 'market', frame: newestFrame });
    isDirty = false;
    frameAt = now();
    if (now() - digestAt >= DIGEST_MS && digestQueue.length === 0) {
      digestQueue = [...watchList.accountIds];
      digestAt = now();
    }
    postDigests();
  }

  /** Right after a frame, so that both ends derive from the same marks. */
  function postDigests(): void {
    if (digestQueue.length === 0) return;
    const until = now() + DIGEST_BUDGET_MS;
    const digests: { accountId: string; digest: string }[] = [];
    const changed = watchList.changedAmong(state, digestQueue);
    if (changed.length > 0) post({ kind: 'step', accounts: changed, rows: [], acceptedAt });
    while (digestQueue.length > 0 && now() < until) {
      const accountId = digestQueue.shift();
      const facts = accountId === undefined ? undefined : accountTextOf(state, accountId);
      const health = facts === undefined ? undefined : healthOf(engine, state, facts.accountId);
      if (facts === undefined || health === undefined) continue;
      digests.push({ accountId: facts.accountId, digest: accountDigest(facts, health) });
    }
    post({ kind: 'digests', marketSeq: seq, digests });
  }

  /** Equal queries are answered once. */
  function askDesks(): void {
    deskAt = now();
    const byQuery = Map.groupBy(desks, ([, { query }]) => JSON.stringify(query));
    for (const [key, viewers] of byQuery) {
      const query = viewers[0]?.[1].query;
      if (query === undefined) continue;
      const answer = (frame: Parameters<Parameters<typeof answerDesk>[0]['answer']>[0]): void =>
        post({ kind: 'desk', viewers: viewersOf(viewers), frame });
      background.ask(`desk ${key}`, () => answerDesk({ engine, state, query, answer }));
    }
  }

  function viewersOf(
    entries: readonly (readonly [string, DeskView])[],
  ): readonly { readonly viewer: string; readonly queryId: number }[] {
    return entries.map(([viewer, { queryId }]) => ({ viewer, queryId }));
  }

  function report(): LoopReport {
    const { decisionMs, commitMs } = counters;
    counters.decisionMs = [];
    counters.commitMs = [];
    return {
      step: state.step,
      runTime: state.time,
      stepsTaken: counters.stepsTaken,
      speedAsked: pace.speed,
      speedReached: pace.reached,
      marksAccepted: counters.marksAccepted,
      faults: Object.fromEntries(state.faults),
      journalSeq: state.head.seq,
      transitions: { ...counters.transitions },
      liquidations: counters.liquidations,
      accounts: tradersOf(state).length,
      conservationHolds: conservationOf(state).holds,
      decisionMs,
      commitMs,
    };
  }

  return {
    step: (taken, at) => {
      acceptedAt = at;
      isDirty = true;
      count(counters, taken);
      const accounts = watchList.changedBy(state, taken.rows);
      if (accounts.length > 0 || taken.rows.length > 0) {
        post({ kind: 'step', accounts, rows: taken.rows, acceptedAt: at });
      }
    },
    paceChanged: () => {
      isDirty = true;
      frameAt = Number.NEGATIVE_INFINITY;
    },
    ended: () => {
      if (!hasEnded) isDirty = true;
      hasEnded = true;
    },
    setDesk: (viewer, view) => {
      desks.set(viewer, view);
      deskAt = Number.NEGATIVE_INFINITY;
    },
    leaveDesk: (viewer) => void desks.delete(viewer),
    tick: () => {
      const sinceFrame = now() - frameAt;
      if (sinceFrame >= IDLE_FRAME_MS || (isDirty && sinceFrame >= MARKET_FRAME_MS)) postFrame();
      if (desks.size > 0 && now() - deskAt >= DESK_FRAME_MS) askDesks();
      if (now() - reportAt >= REPORT_MS) {
        reportAt = now();
        post({ kind: 'report', report: report() });
      }
    },
    get newestFrame() {
      return newestFrame;
    },
  };
}

function count(counters: Counters, taken: TakenStep): void {
  counters.stepsTaken += 1;
  for (const { kind } of taken.events) if (kind === 'mark-updated') counters.marksAccepted += 1;
  for (const { body } of taken.rows) {
    if (body.kind === 'liquidation-settled') counters.liquidations += 1;
    if (body.kind === 'transition') {
      counters.transitions[body.to] = (counters.transitions[body.to] ?? 0) + 1;
    }
  }
  if (counters.decisionMs.length < SAMPLES_MAX) counters.decisionMs.push(taken.decisionMs);
  if (counters.commitMs.length < SAMPLES_MAX) counters.commitMs.push(...taken.commitMs);
}
