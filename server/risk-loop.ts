/**
 * Takes one step after the other: pulls it, hands it to the engine, and lets the engine go on only when what it decided is on
 * disk. Owns the one mutable state of a run. Knows neither sockets nor the speed at which it is driven.
 */
import { type Engine } from '#lib/engine/engine.ts';
import { type EngineEvent } from '#lib/engine/event.ts';
import { type JournalRow } from '#lib/engine/row.ts';
import { lastStepOf } from '#lib/engine/last-step.ts';
import { notesFor, type StepProgress } from '#lib/engine/notes.ts';
import { type EngineState, type ShownState } from '#lib/engine/state.ts';
import { type TimestampMs } from '#lib/units/time.ts';
import { type RunSource } from './run-source.ts';
import {
  digestOfPage,
  digestOfText,
  sealOf,
  type Checkpoint,
  type CommandEvent,
  type RiskStore,
  type StoredPage,
} from './store/store.ts';
import { type WritePointHook } from './write-points.ts';

export interface LoopParts {
  readonly engine: Engine;
  readonly source: RunSource;
  readonly store: RiskStore;
  readonly pass: WritePointHook;
  /** Wall clock in milliseconds, monotonic: for measuring and for the rhythm of checkpoints. */
  readonly now: () => number;
  /** A long step is going on: for whoever shows how far it is. */
  readonly tellProgress?: (state: EngineState) => void;
}

/** A step that is complete and durable. */
export interface TakenStep {
  readonly step: number;
  readonly time: TimestampMs;
  readonly events: readonly EngineEvent[];
  readonly rows: readonly JournalRow[];
  /** From the pull to the last commit. */
  readonly decisionMs: number;
  readonly commitMs: readonly number[];
}

/** A step that is being taken. */
export interface StepUnderWay {
  readonly step: number;
  /** Monotonic. */
  readonly beganMs: number;
  readonly progress: StepProgress;
}

export interface RiskLoop {
  readonly state: EngineState;
  /** The run as of its last complete step: what anybody may be shown at any moment. */
  readonly shown: ShownState;
  readonly underWay: StepUnderWay | undefined;
  /** A step that takes long pauses now and then until this is done; it must not take steps or checkpoints. */
  onPause(action: () => Promise<void>): void;
  /** The tape's next step; undefined when the tape has ended. */
  takeTapeStep(): Promise<TakenStep | undefined>;
  /** A step of its own for what somebody put in, at the present run time. */
  takeCommand(event: CommandEvent): Promise<TakenStep>;
  /**
   * Notes progress, and saves a checkpoint when one is due: a part of it at each call, so that steps may be taken between.
   * `now`: saves one as a whole.
   */
  keepUp(when: 'if-due' | 'now'): Promise<void>;
}

export interface LoopStart {
  readonly state: EngineState;
  /** Number of the last command in the store. */
  readonly lastCommand: number;
  /** Journal number and step at the newest checkpoint, 0 without one. */
  readonly checkpointSeq: number;
  readonly checkpointStep: number;
  /** Digests of the pages of accounts of that checkpoint. */
  readonly pageDigests: readonly string[];
}

const CHECKPOINT_ROWS = 2_000;
export const CHECKPOINT_MS = 60_000;
/** Work since the last checkpoint that a restart would have to do again: this much, */
export const CHECKPOINT_WORK_MS = 1_000;
/** or so many times what a checkpoint takes, where that is more: a large book does not spend its time on them. */
export const CHECKPOINT_WORK_FACTOR = 10;
/** A step that takes longer pauses as often. */
const PAUSE_AFTER_MS = 20;
/** Steps that leave no row are noted this often: at most so much is derived again after a kill. */
export const NOTE_PROGRESS_MS = 1_000;

export function createRiskLoop(parts: LoopParts, start: LoopStart): RiskLoop {
  const { engine, source, store, pass, now } = parts;
  const { state } = start;
  const lastStep = lastStepOf(state);
  let pause: (() => Promise<void>) | undefined;
  let began: number | undefined;
  let { lastCommand, checkpointSeq, checkpointStep } = start;
  let checkpointAt = now();
  let workMs = 0;
  let saving: SavingParts | undefined;
  const storedDigests = [...start.pageDigests];
  /** What the checkpoint under way, or the last one, has taken so far. */
  let savingMs = 0;
  let notedStep = state.step;
  let notedAt = now();

  async function commit(rows: readonly JournalRow[], completeStep: number): Promise<number> {
    pass('before-group-commit');
    const began = now();
    await store.appendRows(rows, completeStep);
    const took = now() - began;
    notedStep = completeStep;
    pass('after-group-commit');
    if (rows.some(({ body }) => body.kind === 'liquidation-planned')) {
      pass('between-plan-and-execution');
    }
    return took;
  }

  async function take(time: TimestampMs, events: readonly EngineEvent[]): Promise<TakenStep> {
    const beganMs = now();
    const completeStep = state.step;
    const step = completeStep + 1;
    const rows: JournalRow[] = [];
    const commitMs: number[] = [];
    let pausedAt = beganMs;
    lastStep.hold();
    began = beganMs;
    for (const group of engine.takeStep(state, { step, time, events }, digestOfText)) {
      if (group.length > 0) commitMs.push(await commit(group, completeStep));
      else parts.tellProgress?.(state);
      for (const row of group) rows.push(row);
      if (pause === undefined || now() - pausedAt < PAUSE_AFTER_MS) continue;
      await pause();
      pausedAt = now();
    }
    began = undefined;
    lastStep.release();
    source.drillLog.step(state, events, rows);
    pass('before-publish');
    const decisionMs = now() - beganMs;
    workMs += decisionMs;
    return { step, time, events, rows, decisionMs, commitMs };
  }

  async function noteProgress(): Promise<void> {
    if (notedStep === state.step) return;
    pass('before-head');
    await store.noteCompleteStep(state.step);
    pass('after-head');
    notedStep = state.step;
    notedAt = now();
  }

  async function beginCheckpoint(): Promise<void> {
    await noteProgress();
    if (state.step === checkpointStep) return;
    pass('before-checkpoint');
    saving = checkpointInParts(parts, state, storedDigests);
    checkpointStep = state.step;
    checkpointSeq = state.head.seq;
    checkpointAt = now();
    workMs = 0;
    savingMs = 0;
    await goOnSaving();
  }

  async function goOnSaving(): Promise<void> {
    const began = now();
    const part = saving?.next();
    if (part?.done === false && part.value.length > 0)
      await store.savePages(checkpointStep, part.value);
    if (part?.done === true) {
      await store.saveCheckpoint(part.value);
      saving = undefined;
      pass('after-checkpoint');
    }
    savingMs += now() - began;
  }

  async function saveNow(): Promise<void> {
    while (saving !== undefined) await goOnSaving();
    await beginCheckpoint();
    while (saving !== undefined) await goOnSaving();
  }

  function isCheckpointDue(): boolean {
    if (now() - checkpointAt >= CHECKPOINT_MS) return true;
    if (workMs < savingMs * CHECKPOINT_WORK_FACTOR) return false;
    return workMs >= CHECKPOINT_WORK_MS || state.head.seq - checkpointSeq >= CHECKPOINT_ROWS;
  }

  return {
    state,
    shown: lastStep.shown,
    get underWay() {
      if (began === undefined) return undefined;
      return { step: state.step, beganMs: began, progress: notesFor(state).progress };
    },
    onPause: (action) => {
      pause = action;
    },
    takeTapeStep: async () => {
      const next = source.next(state);
      return next === undefined ? undefined : take(next.time, next.events);
    },
    takeCommand: async (event) => {
      lastCommand += 1;
      await store.appendCommand({ number: lastCommand, step: state.step + 1, event });
      source.take(event, state.time);
      return take(state.time, [event]);
    },
    keepUp: async (when) => {
      if (when === 'now') return saveNow();
      if (saving !== undefined) return goOnSaving();
      if (isCheckpointDue()) return beginCheckpoint();
      if (now() - notedAt >= NOTE_PROGRESS_MS) await noteProgress();
    },
  };
}

/** Pages of accounts that are looked at in one part, at least: a decision waits for one part at most. */
const PAGES_AT_ONCE = 32;
/** A book whose steps take long is done in so many parts all the same: one is taken between two steps. */
const PARTS_MAX = 128;

/** Gives the pages to store, a few at a time, then the checkpoint. */
type SavingParts = Generator<readonly StoredPage[], Checkpoint, void>;

/**
 * Each part takes a few milliseconds; all of the moment at which the first one was made.
 * @param stored digests of the pages that the store has; those of this checkpoint take their place.
 */
function* checkpointInParts(
  { engine, source }: LoopParts,
  state: EngineState,
  stored: string[],
): SavingParts {
  const { step } = state;
  const { seq } = state.head;
  const frozen = engine.freezeState(state, digestOfPage);
  const sourceText = source.save();
  yield [];
  const atOnce = Math.max(PAGES_AT_ONCE, Math.ceil(frozen.pages / PARTS_MAX));
  for (let first = 0; first < frozen.pages; first += atOnce) {
    const changed: StoredPage[] = [];
    for (let number = first; number < Math.min(first + atOnce, frozen.pages); number += 1) {
      const { digest, bytes } = frozen.take();
      if (stored[number] !== digest) changed.push({ number, bytes });
      stored[number] = digest;
    }
    yield changed;
  }
  const engineText = frozen.text();
  yield [];
  const digest = digestOfText(engineText);
  const seal = sealOf(engineText, sourceText);
  return { step, seq, digest, engineText, sourceText, seal };
}
