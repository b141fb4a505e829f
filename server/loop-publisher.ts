/**
 * What the loop tells the main thread, and how often: rows and changed facts after every step, the market at most ten times a
 * second, digests and counters once. Frames are made in the time that decisions leave.
 */
import { type Engine, type RunIdentity } from '#lib/engine/engine.ts';
import { type ShownState } from '#lib/engine/state.ts';
import { type LongStep } from '#lib/wire/protocol.ts';
import { type DrillLog } from './drill-log.ts';
import { createDigestRound } from './digest-round.ts';
import { type DeskBook } from './desk/desk-book.ts';
import { marketFrame } from './frames.ts';
import { countStep, createCounters, takeReport } from './loop-counters.ts';
import { type Pace } from './pace.ts';
import { type StepUnderWay, type TakenStep } from './risk-loop.ts';
import { type WatchList } from './watch-list.ts';
import { type FromWorker } from './worker-messages.ts';

const MARKET_FRAME_MS = 100;
/** While a step takes long: how far it is. */
const LONG_STEP_FRAME_MS = 250;
/** A step is told as a long one from here on. */
const LONG_STEP_MS = 500;
/** Rows of one step that are told one by one; of more, whoever follows them is told the newest. */
export const ROWS_TOLD_MAX = 500;
/** While nothing moves the market is told all the same, so that a late reader is never empty. */
const IDLE_FRAME_MS = 1_000;
const REPORT_MS = 1_000;

export interface LoopPublisherParts {
  readonly engine: Engine;
  readonly state: ShownState;
  readonly underWay: () => StepUnderWay | undefined;
  readonly identity: Pick<RunIdentity, 'fundSeeds'>;
  readonly pace: Pace;
  readonly watchList: WatchList;
  readonly book: DeskBook;
  readonly drillLog: Pick<DrillLog, 'reports'>;
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
  /** The tape is at its end. */
  ended(): void;
  /** Whatever is due by now. */
  tick(): void;
}

export function createLoopPublisher(parts: LoopPublisherParts): LoopPublisher {
  const { engine, state, pace, watchList, book, post, now } = parts;
  const counters = createCounters(parts.liquidationsBefore);
  const look = createDigestRound({ engine, state, watchList, now });
  const frame = { seq: 0, acceptedAt: 0, ended: false };
  let isDirty = true;
  let frameAt = Number.NEGATIVE_INFINITY;
  let reportAt = now();

  function postFrame(): void {
    frame.seq += 1;
    const { identity } = parts;
    const { liquidations } = counters;
    const { reports: drills } = parts.drillLog;
    const longStep = longStepOf(parts);
    const parted = {
      engine,
      state,
      book,
      identity,
      pace,
      liquidations,
      drills,
      longStep,
      ...frame,
    };
    post({ kind: 'market', frame: marketFrame(parted) });
    isDirty = false;
    frameAt = rhythmAfter(frameAt, now());
    postDigests();
  }

  function frameEveryMs(): number {
    if (isDirty) return MARKET_FRAME_MS;
    return longStepOf(parts) === undefined ? IDLE_FRAME_MS : LONG_STEP_FRAME_MS;
  }

  function postDigests(): void {
    const { changed: accounts, digests } = look();
    const { seq, acceptedAt } = frame;
    if (accounts.length > 0) post({ kind: 'step', accounts, rows: [], acceptedAt });
    if (digests.length > 0) post({ kind: 'digests', marketSeq: seq, digests });
  }

  return {
    step: (taken, acceptedAt) => {
      frame.acceptedAt = acceptedAt;
      isDirty = true;
      countStep(counters, taken);
      book.note(taken.rows);
      const accounts = watchList.changedBy(state, taken.rows);
      const { rows } = taken;
      if (accounts.length + rows.length === 0) return;
      const newest = rows.at(-1)?.seq;
      if (rows.length <= ROWS_TOLD_MAX || newest === undefined)
        post({ kind: 'step', accounts, rows, acceptedAt });
      else post({ kind: 'step', accounts, rows: [], upToSeq: newest, acceptedAt });
    },
    paceChanged: () => {
      isDirty = true;
      frameAt = Number.NEGATIVE_INFINITY;
    },
    ended: () => {
      isDirty ||= !frame.ended;
      frame.ended = true;
    },
    tick: () => {
      const sinceFrame = now() - frameAt;
      if (sinceFrame >= frameEveryMs()) postFrame();
      if (now() - reportAt < REPORT_MS) return;
      reportAt = now();
      const stepUnderWayMs = underWayMs(parts);
      const report = takeReport(counters, { state, book, pace, stepUnderWayMs });
      post({ kind: 'report', report });
    },
  };
}

function underWayMs({ underWay, now }: Pick<LoopPublisherParts, 'underWay' | 'now'>): number {
  const step = underWay();
  return step === undefined ? 0 : now() - step.beganMs;
}

/** Undefined while no step takes long, and the book has read everybody whom the last one concerned. */
function longStepOf(
  parts: Pick<LoopPublisherParts, 'underWay' | 'book' | 'state' | 'now'>,
): LongStep | undefined {
  const { book, state } = parts;
  const step = parts.underWay();
  const forMs = underWayMs(parts);
  if (step !== undefined && forMs >= LONG_STEP_MS)
    return { step: step.step, forMs, ...step.progress };
  const { catchingUp } = book;
  return catchingUp && { step: state.step, forMs, what: 'counts', ...catchingUp };
}

/** A frame that is a little late does not make the next one late: ten a second are ten. */
export function rhythmAfter(frameAt: number, nowMs: number): number {
  const dueAt = frameAt + MARKET_FRAME_MS;
  return nowMs - dueAt < MARKET_FRAME_MS ? dueAt : nowMs;
}
