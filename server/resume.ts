/**
 * Brings a run back to where it was durable (rulings G4): the newest checkpoint, then tape, population and stored commands
 * again. Rows that the journal has must come out the same; rows that a kill cut off are appended. Nothing is done twice.
 */
import { fail, ok, type Result } from '#lib/contract.ts';
import { type Engine } from '#lib/engine/engine.ts';
import { type StepInput } from '#lib/engine/event.ts';
import { notesFor, type StepProgress } from '#lib/engine/notes.ts';
import { type JournalRow } from '#lib/engine/row.ts';
import { type EngineState } from '#lib/engine/state.ts';
import { type LoopStart } from './risk-loop.ts';
import { type RunSource } from './run-source.ts';
import {
  digestOfPage,
  digestOfText,
  sealOf,
  type Checkpoint,
  type RiskStore,
  type StoredCommand,
} from './store/store.ts';

export interface ResumeParts {
  readonly engine: Engine;
  readonly source: RunSource;
  readonly store: RiskStore;
  readonly runId: string;
  /** Accounts are opened again, a step that takes long: for whoever shows how far it is. */
  readonly tellProgress?: (state: EngineState) => void;
  /** So many steps of those since the checkpoint have been taken again. */
  readonly tellRepeated?: (repeated: Repeated) => void;
  /** Accounts are about to be loaded, which takes long with a million. */
  readonly tellLoading?: () => void;
}

/** Steps since the checkpoint that have been taken again, and how far the next one is. */
export interface Repeated {
  readonly done: number;
  readonly of: number;
  readonly within?: StepProgress;
}

/** So many pages of accounts are loaded in no time that would be worth a word. */
const PAGES_UNTOLD = 500;
const ROWS_READ_AT_ONCE = 1_000;
const START_OVER = 'FRESH=1 starts the run over';

/** The state to go on from, or why this data cannot be trusted. A store without anything gives a run at its very start. */
export async function resumeRun(parts: ResumeParts): Promise<Result<LoopStart>> {
  const { store } = parts;
  const head = await store.head();
  const checkpoint = await store.latestCheckpoint();
  const pages = checkpoint === undefined ? [] : await store.pagesOf(checkpoint.step);
  if (pages.length > PAGES_UNTOLD) parts.tellLoading?.();
  const opened = openState(parts, checkpoint, pages);
  if (!opened.ok) return opened;
  const state = opened.value;
  const commands = await store.commandsAfter(state.step);
  const target = Math.max(head.completeStep, head.rowStep, commands.at(-1)?.step ?? 0);
  const stored = storedRows(store, state.head.seq, head.seq);
  const from = state.step;
  while (state.step < target) {
    const repeated = { done: state.step - from, of: target - from };
    if (state.step > 0) parts.tellRepeated?.(repeated);
    const input = nextInput(parts.source, state, commands);
    if (!input.ok) return input;
    const problem = await retake(parts, state, { input: input.value, stored, repeated });
    if (problem !== undefined) return fail(problem);
  }
  return ok({
    state,
    lastCommand: commands.at(-1)?.number ?? (await lastCommandBefore(store)),
    checkpointSeq: checkpoint?.seq ?? 0,
    checkpointStep: checkpoint?.step ?? 0,
    pageDigests: checkpoint === undefined ? [] : parts.engine.pageDigestsIn(checkpoint.engineText),
  });
}

async function lastCommandBefore(store: RiskStore): Promise<number> {
  return (await store.commandsAfter(0)).at(-1)?.number ?? 0;
}

function openState(
  parts: ResumeParts,
  checkpoint: Checkpoint | undefined,
  pages: readonly Uint8Array[],
): Result<EngineState> {
  const { engine, source, runId } = parts;
  const identity = { ...source.identity, runId };
  if (checkpoint === undefined) return ok(engine.openRun(identity));
  const { step, engineText, sourceText, seal } = checkpoint;
  const isSealed = sealOf(engineText, sourceText) === seal;
  if (!isSealed || !arePagesOf(engine.pageDigestsIn(engineText), pages)) {
    return fail(`the checkpoint of step ${step} was changed since it was saved; ${START_OVER}`);
  }
  const state = engine.loadState(identity, { text: engineText, pages });
  if (digestOfText(engine.textOf(state, digestOfPage)) !== checkpoint.digest) {
    return fail(
      `the checkpoint of step ${step} was written by another version of the engine; ${START_OVER}`,
    );
  }
  source.load(sourceText);
  return ok(state);
}

function arePagesOf(digests: readonly string[], pages: readonly Uint8Array[]): boolean {
  return (
    digests.length === pages.length &&
    pages.every((bytes, number) => digestOfPage(bytes) === digests[number])
  );
}

function nextInput(
  source: RunSource,
  state: EngineState,
  commands: readonly StoredCommand[],
): Result<StepInput> {
  const step = state.step + 1;
  const command = commands.find((stored) => stored.step === step);
  if (command !== undefined) {
    source.take(command.event, state.time);
    return ok({ step, time: state.time, events: [command.event] });
  }
  const next = source.next(state);
  return next === undefined
    ? fail(`the journal goes on to later steps than the tape, which ends before step ${step}`)
    : ok({ step, time: next.time, events: next.events });
}

interface StoredRows {
  /** The stored row of this number; undefined beyond the journal's end. */
  at(seq: number): Promise<JournalRow | undefined>;
}

function storedRows(store: RiskStore, afterSeq: number, lastSeq: number): StoredRows {
  let rows: readonly JournalRow[] = [];
  let firstSeq = afterSeq + 1;
  return {
    at: async (seq) => {
      if (seq > lastSeq) return undefined;
      while (seq >= firstSeq + rows.length) {
        firstSeq += rows.length;
        rows = await store.rowsAfter(firstSeq - 1, ROWS_READ_AT_ONCE);
        if (rows.length === 0) return undefined;
      }
      return rows[seq - firstSeq];
    },
  };
}

/** Takes a step again. Gives a problem when the journal tells another story. */
async function retake(
  parts: ResumeParts,
  state: EngineState,
  p: {
    readonly input: StepInput;
    readonly stored: StoredRows;
    readonly repeated: Repeated;
  },
): Promise<string | undefined> {
  const { input, stored, repeated } = p;
  const completeStep = state.step;
  const rows: JournalRow[] = [];
  for (const group of parts.engine.takeStep(state, input, digestOfText)) {
    if (group.length === 0) {
      if (input.step === 1) parts.tellProgress?.(state);
      else parts.tellRepeated?.({ ...repeated, within: notesFor(state).progress });
    }
    rows.push(...group);
    const missing: JournalRow[] = [];
    for (const row of group) {
      const known = await stored.at(row.seq);
      if (known === undefined) missing.push(row);
      else if (!isSameRow(known, row)) return differenceOf(known, row);
    }
    if (missing.length > 0) await parts.store.appendRows(missing, completeStep);
  }
  parts.source.drillLog.step(state, input.events, rows);
  return undefined;
}

function isSameRow(stored: JournalRow, derived: JournalRow): boolean {
  return (
    stored.hash === derived.hash &&
    stored.step === derived.step &&
    stored.time === derived.time &&
    stored.accountId === derived.accountId &&
    JSON.stringify(stored.body) === JSON.stringify(derived.body)
  );
}

function differenceOf(stored: JournalRow, derived: JournalRow): string {
  return `journal row ${stored.seq} says ${JSON.stringify(stored.body)} but the run gives ${JSON.stringify(derived.body)}: the data were changed, or were written by another version; ${START_OVER}`;
}
