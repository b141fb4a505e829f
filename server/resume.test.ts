import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assert } from '#lib/contract.ts';
import { engine } from '#lib/engine/engine.ts';
import { type OperatorCommand } from '#lib/engine/event.ts';
import { type JournalRow } from '#lib/engine/row.ts';
import { createExampleSource } from './example-run.ts';
import { resumeRun } from './resume.ts';
import { createRiskLoop, type RiskLoop } from './risk-loop.ts';
import { type RunSource } from './run-source.ts';
import { openSqlStore } from './store/sql-store.ts';
import { type RiskStore } from './store/store.ts';
import {
  passEveryPoint,
  WRITE_POINTS,
  writePointHook,
  type WritePointHook,
} from './write-points.ts';

const ACCOUNTS = 20;
const SEED = '7';
const LAST_STEP = 120;
const CHECKPOINT_EVERY = 40;

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-resume-'));
afterAll(() => rmSync(folder, { recursive: true }));

function newSource(): RunSource {
  return createExampleSource(SEED, ACCOUNTS);
}

interface OpenRun {
  readonly loop: RiskLoop;
  readonly store: RiskStore;
}

async function openRun(path: string, pass: WritePointHook): Promise<OpenRun> {
  const store = openSqlStore(path);
  const source = newSource();
  const start = await resumeRun({ engine, source, store, runId: 'test' });
  assert(start.ok, start.ok ? '' : start.error);
  const parts = { engine, source, store, pass, now: () => 0 };
  return { loop: createRiskLoop(parts, start.value), store };
}

/** A drill of somebody's in the middle of the run: it and what it does to prices must be there again after every kill. */
const COMMAND_AT = 60;
/** A rule of somebody's, tighter by far than the default: a run that forgot it would be calm where this one is not. */
const RULE_AT = 62;
const RULE: OperatorCommand = {
  kind: 'set-alert-rule',
  rule: {
    account: null,
    base: null,
    measure: 'percent',
    levels: {
      watch: { enter: 0.5, leave: 0.55 },
      warning: { enter: 0.4, leave: 0.45 },
      critical: { enter: 0.3, leave: 0.35 },
    },
  },
};

async function runTo({ loop }: OpenRun, lastStep: number): Promise<void> {
  while (loop.state.step < lastStep) {
    if (loop.state.step === COMMAND_AT) {
      const [instrumentId] = loop.state.instruments.keys();
      assert(instrumentId !== undefined, 'a run has instruments');
      const drill = { drill: 'gap', instrumentId, durationMs: 30_000 } as const;
      const command = { kind: 'feed-drill', ...drill } as const;
      await loop.takeCommand({ kind: 'operator-command', command, by: 'test' });
    } else if (loop.state.step === RULE_AT) {
      await loop.takeCommand({ kind: 'operator-command', command: RULE, by: 'test' });
    } else {
      await loop.takeTapeStep();
    }
    if (loop.state.step % CHECKPOINT_EVERY === 0) await loop.keepUp('now');
  }
}

interface Outcome {
  readonly digest: string;
  readonly rows: readonly JournalRow[];
}

async function finish(run: OpenRun): Promise<Outcome> {
  await runTo(run, LAST_STEP);
  const rows = await run.store.rowsAfter(0, 1_000_000);
  await run.store.close();
  return { digest: engine.digestOf(run.loop.state), rows };
}

class Killed extends Error {}

/** Runs until the n-th passing of a point, and lets go of everything there as a kill does. */
async function runUntilKilled(path: string, spec: string): Promise<number> {
  const hook = writePointHook(spec, () => {
    throw new Killed(spec);
  });
  assert(hook.ok, 'the point exists');
  const run = await openRun(path, hook.value);
  try {
    await runTo(run, LAST_STEP);
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
    return run.loop.state.step;
  } finally {
    await run.store.close();
  }
  return LAST_STEP;
}

/** A run that stops after a while, in a file of its own. */
async function stopped(name: string, spec: string): Promise<string> {
  const path = join(folder, name);
  await runUntilKilled(path, spec);
  return path;
}

function change(path: string, action: (database: DatabaseSync) => void): void {
  const database = new DatabaseSync(path);
  action(database);
  database.close();
}

async function refusalOf(path: string): Promise<string> {
  const store = openSqlStore(path);
  const start = await resumeRun({ engine, source: newSource(), store, runId: 'test' });
  await store.close();
  return start.ok ? '' : start.error;
}

describe('a run that is killed and resumed', () => {
  let whole: Outcome;
  beforeAll(async () => {
    whole = await finish(await openRun(join(folder, 'whole.db'), passEveryPoint));
  }, 120_000);

  it('has liquidations to be killed in', () => {
    const settled = whole.rows.filter(({ body }) => body.kind === 'liquidation-settled');
    expect(settled.length).toBeGreaterThan(3);
  });

  it.each(WRITE_POINTS)(
    'at %s: the same journal and the same digest as one that never stopped',
    async (point) => {
      const path = join(folder, `${point}.db`);
      const isRare = /head|checkpoint/.test(point);
      const passings = point === 'between-plan-and-execution' ? [1, 3] : isRare ? [2] : [12, 1];
      for (const passing of passings) {
        const at = await runUntilKilled(path, `${point}:${passing}`);
        expect(at).toBeLessThan(LAST_STEP);
      }
      expect(await finish(await openRun(path, passEveryPoint))).toEqual(whole);
    },
    120_000,
  );

  it('refuses a journal in which one digit was changed', async () => {
    const path = await stopped('changed.db', 'before-publish:30');
    change(path, (database) => {
      database.exec(
        `UPDATE journal SET body = replace(body, '"fills":', '"fills":1')
         WHERE kind = 'population-opened'`,
      );
    });
    expect(await refusalOf(path)).toMatch(/^journal row \d+ says .* but the run gives /);
  });

  it('refuses a checkpoint in which one position was changed', async () => {
    const path = await stopped('checkpoint.db', 'after-checkpoint');
    change(path, (database) => {
      database.exec(`UPDATE checkpoint SET engine_text = replace(engine_text, 'n:1', 'n:2')`);
    });
    expect(await refusalOf(path)).toContain('was changed since it was saved');
  });

  it.each([
    [
      'in which a byte of an account was changed',
      'UPDATE page SET bytes = zeroblob(length(bytes))',
    ],
    ['without a page of its accounts', 'DELETE FROM page WHERE number = 0'],
  ])('refuses a checkpoint %s', async (what, sql) => {
    const path = await stopped(`${what}.db`, 'after-checkpoint');
    change(path, (database) => database.exec(sql));
    expect(await refusalOf(path)).toContain('was changed since it was saved');
  });
});
