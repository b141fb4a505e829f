/**
 * Kills the real server with SIGKILL at each write point and at random moments within 200 ms of a liquidation (rulings J3). A
 * client keeps its own list of the rows it was told; afterwards each of them must be in the journal, and the run must have the
 * digest of one that never stopped. A few strikes by default, all of them with PLIMSOLL_DEEP=1.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { io, type Socket } from 'socket.io-client';
import { afterAll, describe, expect, it } from 'vitest';
import { assert } from '#lib/contract.ts';
import { engine } from '#lib/engine/engine.ts';
import { type JournalRow } from '#lib/engine/row.ts';
import { houseRules } from '#lib/margin/venues/house.ts';
import { createPassingStream } from '#lib/sim/random.ts';
import {
  PROTOCOL_VERSION,
  type ClientToServer,
  type RowsPatch,
  type ServerToClient,
} from '#lib/wire/protocol.ts';
import { JOURNAL_FILE } from './run-session.ts';
import { runIdOf } from './run-id.ts';
import { createRunSource } from './run-source.ts';
import { openSqlStore } from './store/sql-store.ts';
import { WRITE_POINTS, type WritePoint } from './write-points.ts';

const IS_DEEP = process.env['PLIMSOLL_DEEP'] === '1';
const ACCOUNTS = IS_DEEP ? 200 : 80;
const SPEED = IS_DEEP ? '60' : '300';
const RANDOM_STRIKES = IS_DEEP ? 20 : 2;
const POINTS: readonly WritePoint[] = IS_DEEP
  ? WRITE_POINTS
  : ['before-group-commit', 'between-plan-and-execution', 'after-checkpoint'];
const SCENARIO = 'flash-crash';
const SEED = '11';
/** The crash begins here, run time after the start. */
const CRASH_MS = 10 * 60_000;
const STRIKE_WITHIN_MS = 200;
/** A strike that waits for a liquidation in vain comes all the same. */
const PATIENCE_MS = 15_000;
/** A checkpoint is saved on a clean stop: this long after going live. */
const CLEAN_STOP_AFTER_MS = 500;

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-kill-'));
const children = new Set<ChildProcess>();
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

type Client = Socket<ServerToClient, ClientToServer>;

interface Life {
  readonly child: ChildProcess;
  readonly client: Client;
  readonly died: Promise<string | null>;
}

/** Hash of every row that any client was ever told, by number. */
const told = new Map<number, string>();

async function start(killAt: string): Promise<Life> {
  const child = spawn(process.execPath, ['server/main.ts', 'headless'], {
    env: {
      ...process.env,
      PORT: '0',
      SEED,
      SCENARIO,
      ACCOUNTS: String(ACCOUNTS),
      SPEED,
      DATA_DIR: folder,
      LOG_LEVEL: 'warn',
      PLIMSOLL_KILL_AT: killAt,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.add(child);
  const died = new Promise<string | null>((resolve) =>
    child.once('exit', (_code, signal) => resolve(signal)),
  );
  const port = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /live at http:\/\/localhost:(\d+)/.exec(line);
      if (found?.[1] !== undefined) resolve(found[1]);
    });
    void died.then(() => reject(new Error('it died before it was live')));
  });
  const client: Client = io(`http://127.0.0.1:${port}`, {
    transports: ['websocket'],
    reconnection: false,
  });
  return { child, client, died };
}

async function follow(client: Client, heard: (rows: readonly JournalRow[]) => void): Promise<void> {
  const keep = ({ rows }: RowsPatch): void => {
    for (const { seq, hash } of rows) told.set(seq, hash);
    heard(rows);
  };
  client.on('rows', keep);
  await client.emitWithAck('hello', { protocol: PROTOCOL_VERSION });
  for (const topic of ['alerts', 'liquidations'] as const) {
    const answer = await client.emitWithAck('follow', { topic, limit: 500 });
    if (answer.ok) keep(answer.patch);
  }
}

/** Which passing of a point is the last one: the first where a life passes it once. */
function passingOf(point: WritePoint, uniform: number): number {
  return point.includes('checkpoint') ? 1 : 1 + Math.floor(2 * uniform);
}

/** A life that ends at a write point, or by our hand soon after a liquidation. */
async function liveUntilKilled(strike: {
  readonly killAt: string;
  readonly delayMs: number;
}): Promise<void> {
  const life = await start(strike.killAt).catch((error: unknown) => {
    // Struck while it was getting up: that counts.
    if (strike.killAt !== '') return undefined;
    throw error;
  });
  if (life === undefined) return;
  let isAimed = strike.killAt !== '';
  const kill = (): void => void life.child.kill('SIGKILL');
  const patience = setTimeout(kill, PATIENCE_MS);
  if (strike.killAt.includes('checkpoint')) {
    setTimeout(() => life.child.kill('SIGTERM'), CLEAN_STOP_AFTER_MS);
  }
  const heard = (rows: readonly JournalRow[]): void => {
    if (isAimed || !rows.some(({ body }) => body.kind === 'liquidation-planned')) return;
    isAimed = true;
    setTimeout(kill, strike.delayMs);
  };
  // Struck in the middle of an answer, the socket says so first.
  await Promise.race([follow(life.client, heard).catch(() => life.died), life.died]);
  expect(await life.died).toBe('SIGKILL');
  clearTimeout(patience);
  life.client.disconnect();
}

async function forwardToTheCrash(): Promise<void> {
  const life = await start('');
  const welcome = await life.client.emitWithAck('hello', { protocol: PROTOCOL_VERSION });
  assert(welcome.ok, 'hello is answered');
  const runTime = welcome.welcome.run.tape.startTime + CRASH_MS;
  await life.client.emitWithAck('control', { kind: 'seek', runTime });
  await new Promise<void>((resolve) => {
    life.client.on('market', (frame) => {
      if (frame.runTime >= runTime) resolve();
    });
  });
  await stop(life);
}

async function stop(life: Life): Promise<void> {
  life.client.disconnect();
  life.child.kill('SIGTERM');
  expect(await life.died).toBeNull();
}

const KEY = {
  seed: SEED,
  input: `scenario:${SCENARIO}`,
  accounts: ACCOUNTS,
  rulesVersion: houseRules.version,
  take: 0,
};

/** The same run, never stopped, in this process: its digest and journal at a step. */
function uninterrupted(lastStep: number): {
  readonly digest: string;
  readonly hashes: readonly string[];
} {
  const source = createRunSource({
    input: { kind: 'scenario', scenario: SCENARIO },
    seed: SEED,
    accounts: ACCOUNTS,
  });
  assert(source.ok, 'the scenario exists');
  const state = engine.openRun({ ...source.value.identity, runId: runIdOf(KEY) });
  const hashes: string[] = [];
  while (state.step < lastStep) {
    const next = source.value.next(state);
    assert(next !== undefined, 'the tape goes on');
    for (const group of engine.takeStep(state, { step: state.step + 1, ...next })) {
      hashes.push(...group.map(({ hash }) => hash));
    }
  }
  return { digest: engine.digestOf(state), hashes };
}

describe('the server, killed', () => {
  it(
    'loses no row that anybody was told, and goes on as if nothing had happened',
    async () => {
      await forwardToTheCrash();
      const seed = process.env['FUZZ_SEED'] ?? (IS_DEEP ? `${Date.now()}` : '1');
      const chance = createPassingStream({ seed, asset: '', purpose: 'kill' });
      const strikes = [
        ...POINTS.map((point) => ({
          killAt: `${point}:${passingOf(point, chance.uniform())}`,
          delayMs: 0,
        })),
        ...Array.from({ length: RANDOM_STRIKES }, () => ({
          killAt: '',
          delayMs: STRIKE_WITHIN_MS * chance.uniform(),
        })),
      ];
      for (const strike of strikes) await liveUntilKilled(strike);
      await stop(await start(''));

      const store = openSqlStore(join(folder, runIdOf(KEY), JOURNAL_FILE));
      const rows = await store.rowsAfter(0, 1_000_000);
      const checkpoint = await store.latestCheckpoint();
      await store.close();
      assert(checkpoint !== undefined, 'a clean stop leaves a checkpoint');
      const hashes = new Map(rows.map((row) => [row.seq, row.hash]));
      const lost = [...told].filter(([seq, hash]) => hashes.get(seq) !== hash);
      console.log(
        `${strikes.length} kills (seed ${seed}), ${told.size} rows told, ${lost.length} lost, ${rows.length} in the journal, step ${checkpoint.step}`,
      );
      expect(lost).toEqual([]);
      expect(told.size).toBeGreaterThan(0);
      const whole = uninterrupted(checkpoint.step);
      expect(rows.map(({ hash }) => hash)).toEqual(whole.hashes);
      expect(checkpoint.digest).toBe(whole.digest);
    },
    IS_DEEP ? 1_800_000 : 120_000,
  );
});
