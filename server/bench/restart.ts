/**
 * A server with a large book was killed: how long until it is live again, and is it the same? Time runs from the start of the
 * process to the line that says so; the digest must be the one that was reached before the kill.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fillRun, type FilledRun } from './filled-run.ts';
import { startLiveServer } from './live-server.ts';
import { say, type Bench, type BenchOptions, type BenchResult } from './result.ts';
import { percentile, percentilesOf } from './samples.ts';

const SEED = '1';
const SCENARIO = 'busy';
const ACCOUNTS = 10_000;
const ROWS_PER_ACCOUNT = 100;
const SMALL_ACCOUNTS = 100;
const SMALL_ROWS = 10_000;
/** As many as a kill may cost: the loop saves a checkpoint before there is more work to repeat. */
const STEPS_AFTER_CHECKPOINT = 20;
const ROUNDS = 3;
/** Steps are days apart: the digest that the server tells is the one that it came back with. */
const STANDING_STILL = '0.001';

interface Restarted {
  readonly tookMs: readonly number[];
  readonly peakMb: number;
  readonly rows: number;
}

export const restart: Bench = {
  question: 'how long from the start of a process to live figures on a large run that was killed?',
  sizes: ['accounts', 'rows'],
  growth: {
    chart: 'server/bench/charts/restart.svg',
    title: 'Restart after a kill until it is live, by accounts (100 journal rows each)',
    across: 'accounts',
    sizes: [100, 300, 1_000, 3_000, 10_000, 30_000],
    lines: [
      { name: 'the slowest of three', of: ({ maxMs }) => maxMs },
      { name: 'the median', of: ({ p50Ms }) => p50Ms },
    ],
  },
  run,
};

async function run(options: BenchOptions): Promise<readonly BenchResult[]> {
  const { accounts = ACCOUNTS } = options;
  const rows = options.rows ?? accounts * ROWS_PER_ACCOUNT;
  const small = await restarted(SMALL_ACCOUNTS, SMALL_ROWS);
  const large = await restarted(accounts, rows);
  const baseMs = percentile(small.tookMs, 0.5);
  return [{ accounts, ...large }].map((each) => ({
    bench: 'restart',
    case: `${each.accounts} accounts, ${each.rows} rows, to live (${ROUNDS})`,
    ...percentilesOf(each.tookMs),
    peakMb: each.peakMb,
    ratio: percentile(each.tookMs, 0.5) / baseMs,
    baseline: `${SMALL_ACCOUNTS} accounts, ${small.rows} rows, p50 ${baseMs.toFixed(0)} ms`,
    seed: SEED,
    input: `scenario ${SCENARIO}, ${STEPS_AFTER_CHECKPOINT} steps after the checkpoint`,
  }));
}

async function restarted(accounts: number, rows: number): Promise<Restarted> {
  const dataDir = mkdtempSync(join(tmpdir(), 'plimsoll-bench-'));
  const began = performance.now();
  const filled = await fillRun({
    dataDir,
    seed: SEED,
    scenario: SCENARIO,
    accounts,
    rows,
    stepsAfterCheckpoint: STEPS_AFTER_CHECKPOINT,
  });
  const seconds = ((performance.now() - began) / 1_000).toFixed(0);
  say(`${accounts} accounts, ${filled.journalSeq} rows written in ${seconds} s`);
  const tookMs: number[] = [];
  let peakMb = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const once = await restartOnce(dataDir, accounts, filled);
    tookMs.push(once.tookMs);
    peakMb = Math.max(peakMb, once.peakMb);
  }
  rmSync(dataDir, { recursive: true });
  return { tookMs, peakMb, rows: filled.journalSeq };
}

async function restartOnce(
  dataDir: string,
  accounts: number,
  filled: FilledRun,
): Promise<{ readonly tookMs: number; readonly peakMb: number }> {
  const env = { SEED, SCENARIO, ACCOUNTS: String(accounts), SPEED: STANDING_STILL };
  const began = performance.now();
  const server = await startLiveServer('headless', { ...env, DATA_DIR: dataDir });
  const tookMs = performance.now() - began;
  const processor = server.processorSeconds().toFixed(1);
  const response = await fetch(`http://127.0.0.1:${server.port}/api/v1/run`);
  const told = (await response.json()) as { readonly step: number; readonly digest: string };
  const peakMb = server.peakMb();
  await server.kill();
  const isSame = told.step === filled.step && told.digest === filled.digest;
  say(
    `live after ${tookMs.toFixed(0)} ms, ${processor} s of processor time, ${isSame ? 'same digest' : 'ANOTHER DIGEST'}`,
  );
  if (!isSame) process.exitCode = 1;
  return { tookMs, peakMb };
}
