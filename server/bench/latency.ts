/**
 * From a mark to a decision on disk, to a socket, to a pixel, on the default demo. Decisions are timed in this process on the same
 * loop and store; socket and pixel at a server of their own.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { io, type Socket } from 'socket.io-client';
import { engine } from '#lib/engine/engine.ts';
import { assert } from '#lib/contract.ts';
import { PROTOCOL_VERSION, type ClientToServer, type ServerToClient } from '#lib/wire/protocol.ts';
import { resumeRun } from '../resume.ts';
import { createRiskLoop } from '../risk-loop.ts';
import { createRunSource } from '../run-source.ts';
import { openSqlStore } from '../store/sql-store.ts';
import { passEveryPoint } from '../write-points.ts';
import { p50Of, p99Of } from './growth.ts';
import { type Bench, type BenchResult } from './result.ts';
import { startLiveServer } from './live-server.ts';
import { paintSamples } from './paint.ts';
import { percentile, percentilesOf } from './samples.ts';

const SEED = '1';
const SCENARIO = 'busy';
const ACCOUNTS = 200;
const SPEED = 120;
/** Steps left out at the start: the opening, and code that is not warm. */
const WARM_UP_STEPS = 300;
const DECISION_STEPS = 1_800;
const BASELINE_COMMITS = 300;
const LISTEN_MS = 25_000;
const ECHO_EVERY_MS = 50;

function result(p: {
  readonly case: string;
  readonly samples: readonly number[];
  readonly baseline: string;
  readonly baselineSamples: readonly number[];
  readonly peakMb: number;
  readonly accounts: number;
}): BenchResult {
  const percentiles = percentilesOf(p.samples);
  return {
    bench: 'latency',
    case: `${p.case} (${p.samples.length})`,
    ...percentiles,
    peakMb: p.peakMb,
    ratio: percentiles.p50Ms / percentile(p.baselineSamples, 0.5),
    baseline: `${p.baseline}, p50 ${percentile(p.baselineSamples, 0.5).toFixed(2)} ms`,
    seed: SEED,
    input: `${p.accounts} accounts, scenario ${SCENARIO}, ${SPEED}x`,
  };
}

/** Every step of the demo as fast as it goes, on a real journal; the baseline is one durable write of nothing. */
async function decisions(accounts: number): Promise<readonly BenchResult[]> {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-bench-'));
  const store = openSqlStore(join(folder, 'journal.db'));
  const source = createRunSource({
    input: { kind: 'scenario', scenario: SCENARIO },
    seed: SEED,
    accounts,
  });
  assert(source.ok, 'the default scenario exists');
  const start = await resumeRun({ engine, source: source.value, store, runId: 'bench' });
  assert(start.ok, 'an empty store opens');
  const now = (): number => performance.now();
  const parts = { engine, source: source.value, store, pass: passEveryPoint, now };
  const loop = createRiskLoop(parts, start.value);
  const all: number[] = [];
  const withRows: number[] = [];
  for (let step = 0; step < WARM_UP_STEPS + DECISION_STEPS; step += 1) {
    const taken = await loop.takeTapeStep();
    if (taken === undefined || step < WARM_UP_STEPS) continue;
    all.push(taken.decisionMs);
    if (taken.rows.length > 0) withRows.push(taken.decisionMs);
  }
  const commits = await durableWrites(loop.state.step, (step) => store.noteCompleteStep(step));
  await store.close();
  rmSync(folder, { recursive: true });
  const baseline = 'one durable write of a number';
  const peakMb = process.resourceUsage().maxRSS / 1_024;
  const shared = { baseline, baselineSamples: commits, peakMb, accounts };
  return [
    result({ case: 'mark accepted to decided and durable', samples: all, ...shared }),
    result({ case: 'the same, steps that changed a state', samples: withRows, ...shared }),
  ];
}

async function durableWrites(
  fromStep: number,
  write: (step: number) => Promise<void>,
): Promise<readonly number[]> {
  const samples: number[] = [];
  for (let count = 1; count <= BASELINE_COMMITS; count += 1) {
    const began = performance.now();
    await write(fromStep + count);
    samples.push(performance.now() - began);
  }
  return samples;
}

type Client = Socket<ServerToClient, ClientToServer>;

interface Heard {
  readonly rows: number[];
  readonly frames: number[];
  readonly echoes: number[];
}

/** Listens to everything for a while, and asks for an echo now and then over the same socket. */
async function listen(port: number): Promise<Heard> {
  const heard: Heard = { rows: [], frames: [], echoes: [] };
  const client: Client = io(`http://127.0.0.1:${port}`, { transports: ['websocket'] });
  client.on('market', ({ acceptedAt }) => heard.frames.push(Date.now() - acceptedAt));
  client.on('rows', ({ acceptedAt }) => {
    if (acceptedAt !== undefined) heard.rows.push(Date.now() - acceptedAt);
  });
  await client.emitWithAck('hello', { protocol: PROTOCOL_VERSION });
  for (const topic of ['alerts', 'liquidations'] as const) {
    await client.emitWithAck('follow', { topic, limit: 0 });
  }
  const until = performance.now() + LISTEN_MS;
  while (performance.now() < until) {
    const began = performance.now();
    // Refused for its form without touching the loop: there and back is all that it costs.
    await client.emitWithAck('open', { accountId: '' });
    heard.echoes.push(performance.now() - began);
    await new Promise((resolve) => setTimeout(resolve, ECHO_EVERY_MS));
  }
  client.disconnect();
  return heard;
}

function demoOf(accounts: number): Readonly<Record<string, string>> {
  return { SEED, SCENARIO, ACCOUNTS: String(accounts), SPEED: String(SPEED) };
}

async function sockets(accounts: number): Promise<readonly BenchResult[]> {
  const server = await startLiveServer('headless', demoOf(accounts));
  const heard = await listen(server.port);
  const peakMb = server.peakMb();
  await server.stop();
  const baseline = 'echo over the same socket';
  const shared = { baseline, baselineSamples: heard.echoes, peakMb, accounts };
  return [
    result({ case: 'mark accepted to state change on a socket', samples: heard.rows, ...shared }),
    result({
      case: 'age of the newest mark of a frame received',
      samples: heard.frames,
      ...shared,
    }),
  ];
}

async function pixels(accounts: number): Promise<readonly BenchResult[]> {
  if (!existsSync('.next/BUILD_ID')) {
    process.stderr.write('  paint is left out: there is no build (npm run build)\n');
    return [];
  }
  const server = await startLiveServer('start', demoOf(accounts));
  const painted = await paintSamples(`http://127.0.0.1:${server.port}`);
  const peakMb = server.peakMb();
  await server.stop();
  if (painted === undefined) {
    process.stderr.write('  paint is left out: no Chromium was found (CHROMIUM_PATH)\n');
    return [];
  }
  const baseline = 'one animation frame';
  const shared = { baseline, baselineSamples: painted.frameMs, peakMb, accounts };
  const { alerts, overview } = painted;
  const missed = alerts.missed + overview.missed;
  if (missed > 0) process.stderr.write(`  ${missed} changes of state were never seen painted\n`);
  return [
    result({ case: 'age of the newest mark when painted', samples: overview.figuresMs, ...shared }),
    result({ case: 'mark accepted to alert card painted', samples: alerts.statesMs, ...shared }),
    // One account changes its state seldom: few samples, at times none.
    ...(overview.statesMs.length === 0
      ? []
      : [result({ case: 'the same on Overview', samples: overview.statesMs, ...shared })]),
  ];
}

export const latency: Bench = {
  question: 'how long from a mark to a decision on disk, to a socket, to a pixel?',
  sizes: ['accounts'],
  growth: {
    chart: 'server/bench/charts/latency.svg',
    title: 'From a mark to what it changed, by accounts of the demo',
    across: 'accounts',
    sizes: [50, 200, 1_000, 3_000, 10_000],
    lines: [
      { name: 'alert card painted, p99', of: p99Of('mark accepted to alert card') },
      { name: 'alert card painted, p50', of: p50Of('mark accepted to alert card') },
      { name: 'change of state on a socket, p99', of: p99Of('mark accepted to state change') },
      { name: 'change of state on a socket, p50', of: p50Of('mark accepted to state change') },
      { name: 'decided and durable, p99', of: p99Of('mark accepted to decided') },
      { name: 'decided and durable, p50', of: p50Of('mark accepted to decided') },
    ],
  },
  run: async ({ accounts = ACCOUNTS }) => [
    ...(await decisions(accounts)),
    ...(await sockets(accounts)),
    ...(await pixels(accounts)),
  ],
};
