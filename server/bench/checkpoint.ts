/**
 * What does a checkpoint cost, and how long does it hold up a decision? Checkpoints are made in parts with a step between two of
 * them: a decision waits for one part at most. Steps taken meanwhile are compared with steps taken without.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assert } from '#lib/contract.ts';
import { engine } from '#lib/engine/engine.ts';
import { CHECKPOINT_MS, createRiskLoop, type RiskLoop } from '../risk-loop.ts';
import { createRunSource, scenarioInput } from '../run-source.ts';
import { openSqlStore } from '../store/sql-store.ts';
import { type RiskStore } from '../store/store.ts';
import { passEveryPoint } from '../write-points.ts';
import { say, type Bench, type BenchOptions, type BenchResult } from './result.ts';
import { percentile, percentilesOf } from './samples.ts';

const SEED = '1';
const SCENARIO = 'busy';
const SIZES = [200, 10_000];
const STEPS_BEFORE = 20;
const CHECKPOINTS = 10;
const PARTS_MAX = 10_000;
const STEPS_BETWEEN = 10;
const BYTES_PER_MB = 1_000_000;

interface Seen {
  readonly partMs: number[];
  readonly totalMs: number[];
  readonly stepMs: number[];
  readonly stepBetweenMs: number[];
}

export const checkpoint: Bench = {
  question: 'what does a checkpoint cost, and how long does it hold up a decision?',
  sizes: ['accounts'],
  run,
};

async function run({ accounts }: BenchOptions): Promise<readonly BenchResult[]> {
  const results: BenchResult[] = [];
  for (const size of accounts === undefined ? SIZES : [accounts]) {
    results.push(resultOf(size, await measured(size)));
  }
  return results;
}

async function measured(accounts: number): Promise<Seen> {
  const source = createRunSource({ input: scenarioInput(SCENARIO), seed: SEED, accounts });
  assert(source.ok, 'the scenario exists');
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-bench-'));
  const store = openSqlStore(join(folder, 'journal.db'));
  let bytes = 0;
  let pageBytes = 0;
  const measuredStore: RiskStore = {
    ...store,
    saveCheckpoint: (saved) => {
      bytes = pageBytes + saved.engineText.length + saved.sourceText.length;
      pageBytes = 0;
      return store.saveCheckpoint(saved);
    },
    savePages: (step, pages) => {
      for (const page of pages) pageBytes += page.bytes.length;
      return store.savePages(step, pages);
    },
  };
  // A clock that can be put forward: a checkpoint is due when we want one.
  const clock = { ahead: 0 };
  const now = (): number => performance.now() + clock.ahead;
  const state = engine.openRun({ ...source.value.identity, runId: 'bench' });
  const loop = createRiskLoop(
    { engine, source: source.value, store: measuredStore, pass: passEveryPoint, now },
    { state, lastCommand: 0, checkpointSeq: 0, checkpointStep: 0, pageDigests: [] },
  );
  const seen: Seen = { partMs: [], totalMs: [], stepMs: [], stepBetweenMs: [] };
  await takeSteps(loop, STEPS_BEFORE, []);
  for (let round = 0; round < CHECKPOINTS; round += 1) {
    await takeSteps(loop, STEPS_BETWEEN, seen.stepMs);
    await saveOne(loop, seen, {
      stored: () => bytes > 0,
      advance: () => (clock.ahead += CHECKPOINT_MS),
    });
    if (round < CHECKPOINTS - 1) bytes = 0;
  }
  await store.close();
  rmSync(folder, { recursive: true });
  say(
    `${accounts} accounts: ${(bytes / BYTES_PER_MB).toFixed(1)} MB, ${percentile(seen.totalMs, 0.5).toFixed(0)} ms in all (p50); a step takes ${percentile(seen.stepMs, 0.5).toFixed(1)} ms, ${percentile(seen.stepBetweenMs, 0.5).toFixed(1)} between parts`,
  );
  return seen;
}

async function takeSteps(loop: RiskLoop, count: number, into: number[]): Promise<void> {
  for (let step = 0; step < count; step += 1) {
    const taken = await loop.takeTapeStep();
    if (taken !== undefined) into.push(taken.decisionMs);
  }
}

async function saveOne(
  loop: RiskLoop,
  seen: Seen,
  p: { readonly stored: () => boolean; readonly advance: () => void },
): Promise<void> {
  p.advance();
  let totalMs = 0;
  for (let part = 0; part < PARTS_MAX && !p.stored(); part += 1) {
    const began = performance.now();
    await loop.keepUp('if-due');
    const partMs = performance.now() - began;
    seen.partMs.push(partMs);
    totalMs += partMs;
    await takeSteps(loop, 1, seen.stepBetweenMs);
  }
  seen.totalMs.push(totalMs);
}

function resultOf(accounts: number, { partMs, stepMs }: Seen): BenchResult {
  const percentiles = percentilesOf(partMs);
  const stepP50Ms = percentile(stepMs, 0.5);
  return {
    bench: 'checkpoint',
    case: `${accounts} accounts, one part (${partMs.length})`,
    ...percentiles,
    peakMb: process.memoryUsage.rss() / 2 ** 20,
    ratio: percentiles.p50Ms / stepP50Ms,
    baseline: `a step, p50 ${stepP50Ms.toFixed(1)} ms`,
    seed: SEED,
    input: `scenario ${SCENARIO}, ${CHECKPOINTS} checkpoints, a step between two parts`,
  };
}
