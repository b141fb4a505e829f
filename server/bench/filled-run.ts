/** A run on disk as a kill leaves it: many accounts, many journal rows, a checkpoint, and some steps after it. */
import { join } from 'node:path';
import { assert } from '#lib/contract.ts';
import { engine } from '#lib/engine/engine.ts';
import { type EngineEvent } from '#lib/engine/event.ts';
import { type EngineState } from '#lib/engine/state.ts';
import { houseRules } from '#lib/margin/venues/house.ts';
import { SETTLE_ASSET } from '#lib/market/catalogue.ts';
import { accountId } from '#lib/units/ids.ts';
import { moneyUnits } from '#lib/units/scaled.ts';
import { makeRunFolder } from '../data-dir.ts';
import { createRiskLoop } from '../risk-loop.ts';
import { runIdOf, runInputName } from '../run-id.ts';
import { JOURNAL_FILE, runRecordOf } from '../run-session.ts';
import { createRunSource, scenarioInput } from '../run-source.ts';
import { openSqlStore } from '../store/sql-store.ts';
import { digestOfPage, type RiskStore } from '../store/store.ts';
import { passEveryPoint } from '../write-points.ts';

/** Deposits in one step: one transaction. */
const ROWS_AT_ONCE = 50_000;
/** Who the deposits go to. */
const DEPOSITORS = 100;
const STEPS_BEFORE_CHECKPOINT = 30;

export interface FilledRun {
  readonly step: number;
  readonly digest: string;
  readonly journalSeq: number;
}

export async function fillRun(p: {
  readonly dataDir: string;
  readonly seed: string;
  readonly scenario: string;
  readonly accounts: number;
  readonly rows: number;
  readonly stepsAfterCheckpoint: number;
}): Promise<FilledRun> {
  const { seed, accounts } = p;
  const input = scenarioInput(p.scenario);
  const inputName = runInputName(input);
  const source = createRunSource({ input, seed, accounts });
  assert(source.ok && inputName.ok, 'the scenario exists');
  const { version: rulesVersion } = houseRules;
  const key = { seed, input: inputName.value, accounts, rulesVersion, take: 0 };
  const runId = runIdOf(key);
  const store = openSqlStore(join(makeRunFolder(p.dataDir, key), JOURNAL_FILE));
  await store.openRun(runRecordOf(runId, { key, source: source.value }));
  const state = engine.openRun({ ...source.value.identity, runId });
  const start = { state, lastCommand: 0, checkpointSeq: 0, checkpointStep: 0, pageDigests: [] };
  const now = (): number => performance.now();
  const parts = { engine, source: source.value, store, pass: passEveryPoint, now };
  const loop = createRiskLoop(parts, start);
  await loop.takeTapeStep();
  await fill(state, store, p.rows);
  for (let step = 0; step < STEPS_BEFORE_CHECKPOINT; step += 1) await loop.takeTapeStep();
  await loop.keepUp('now');
  for (let step = 0; step < p.stepsAfterCheckpoint; step += 1) await loop.takeTapeStep();
  await store.noteCompleteStep(state.step);
  await store.close();
  return {
    step: state.step,
    digest: engine.digestOf(state, digestOfPage),
    journalSeq: state.head.seq,
  };
}

/** Deposits of a unit each until there are so many rows. The tape knows nothing of them: they lie before the checkpoint. */
async function fill(state: EngineState, store: RiskStore, rows: number): Promise<void> {
  while (state.head.seq < rows) {
    const count = Math.min(ROWS_AT_ONCE, rows - state.head.seq);
    const events = Array.from({ length: count }, (_, at) => depositTo(at % DEPOSITORS));
    const step = state.step + 1;
    for (const group of engine.takeStep(state, { step, time: state.time, events })) {
      await store.appendRows(group, step - 1);
    }
  }
}

function depositTo(depositor: number): EngineEvent {
  const id = accountId(`A${String(depositor + 1).padStart(4, '0')}`);
  return { kind: 'transfer', accountId: id, assetId: SETTLE_ASSET, amount: moneyUnits(1n) };
}
