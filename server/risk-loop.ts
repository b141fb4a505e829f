/**
 * Takes one step after the other: pulls it, hands it to the engine, and lets the engine go on only when what it decided is on
 * disk. Owns the one mutable state of a run. Knows neither sockets nor the speed at which it is driven.
 */
import { type Engine } from '#lib/engine/engine.ts';
import { type EngineEvent } from '#lib/engine/event.ts';
import { type JournalRow } from '#lib/engine/row.ts';
import { type EngineState } from '#lib/engine/state.ts';
import { type TimestampMs } from '#lib/units/time.ts';
import { type RunSource } from './run-source.ts';
import { sealOf, type CommandEvent, type RiskStore } from './store/store.ts';
import { type WritePointHook } from './write-points.ts';

export interface LoopParts {
  readonly engine: Engine;
  readonly source: RunSource;
  readonly store: RiskStore;
  readonly pass: WritePointHook;
  /** Wall clock in milliseconds, monotonic: for measuring and for the rhythm of checkpoints. */
  readonly now: () => number;
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

export interface RiskLoop {
  readonly state: EngineState;
  /** The tape's next step; undefined when the tape has ended. */
  takeTapeStep(): Promise<TakenStep | undefined>;
  /** A step of its own for what somebody put in, at the present run time. */
  takeCommand(event: CommandEvent): Promise<TakenStep>;
  /** Notes progress and saves a checkpoint when one is due, or now. */
  keepUp(when: 'if-due' | 'now'): Promise<void>;
}

export interface LoopStart {
  readonly state: EngineState;
  /** Number of the last command in the store. */
  readonly lastCommand: number;
  /** Journal number and step at the newest checkpoint, 0 without one. */
  readonly checkpointSeq: number;
  readonly checkpointStep: number;
}

const CHECKPOINT_ROWS = 2_000;
export const CHECKPOINT_MS = 60_000;
/** Work since the last checkpoint that a restart would have to do again: this much at most. */
export const CHECKPOINT_WORK_MS = 4_000;
/** Steps that leave no row are noted this often: at most so much is derived again after a kill. */
export const NOTE_PROGRESS_MS = 1_000;

export function createRiskLoop(parts: LoopParts, start: LoopStart): RiskLoop {
  const { engine, source, store, pass, now } = parts;
  const { state } = start;
  let { lastCommand, checkpointSeq, checkpointStep } = start;
  let checkpointAt = now();
  let workMs = 0;
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
    const began = now();
    const completeStep = state.step;
    const step = completeStep + 1;
    const rows: JournalRow[] = [];
    const commitMs: number[] = [];
    for (const group of engine.takeStep(state, { step, time, events })) {
      if (group.length === 0) continue;
      commitMs.push(await commit(group, completeStep));
      rows.push(...group);
    }
    pass('before-publish');
    const decisionMs = now() - began;
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

  async function saveCheckpoint(): Promise<void> {
    await noteProgress();
    if (state.step === checkpointStep) return;
    pass('before-checkpoint');
    const { step } = state;
    const { seq } = state.head;
    const engineText = engine.saveState(state);
    const sourceText = source.save();
    const digest = engine.digestOf(state);
    const seal = sealOf(engineText, sourceText);
    await store.saveCheckpoint({ step, seq, digest, engineText, sourceText, seal });
    pass('after-checkpoint');
    checkpointStep = step;
    checkpointSeq = seq;
    checkpointAt = now();
    workMs = 0;
  }

  return {
    state,
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
      const isDue =
        state.head.seq - checkpointSeq >= CHECKPOINT_ROWS ||
        now() - checkpointAt >= CHECKPOINT_MS ||
        workMs >= CHECKPOINT_WORK_MS;
      if (when === 'now' || isDue) await saveCheckpoint();
      else if (now() - notedAt >= NOTE_PROGRESS_MS) await noteProgress();
    },
  };
}
