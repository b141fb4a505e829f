import { describe, expect, it } from 'vitest';
import { assert } from '#lib/contract.ts';
import { engine } from '#lib/engine/engine.ts';
import { type JournalRow } from '#lib/engine/row.ts';
import { createExampleSource } from './example-run.ts';
import {
  CHECKPOINT_MS,
  CHECKPOINT_WORK_FACTOR,
  CHECKPOINT_WORK_MS,
  createRiskLoop,
  NOTE_PROGRESS_MS,
  type RiskLoop,
} from './risk-loop.ts';
import { type Checkpoint, type RiskStore } from './store/store.ts';
import { type WritePoint } from './write-points.ts';

interface Bench {
  readonly loop: RiskLoop;
  /** What happened, in order. */
  readonly story: string[];
  readonly checkpoints: Checkpoint[];
  readonly pages: Uint8Array[];
  /** The wall clock, and how long it takes to commit rows and to store a checkpoint. */
  readonly clock: { now: number; commitMs: number; saveMs: number };
}

const unused = (): never => {
  throw new Error('the loop does not ask for this');
};

/** A loop on a store that only writes down what it is asked, and on a clock that stands still. */
function bench(accounts: number): Bench {
  const source = createExampleSource('loop', accounts);
  const state = engine.openRun({ ...source.identity, runId: 'loop' });
  const story: string[] = [];
  const checkpoints: Checkpoint[] = [];
  const pages: Uint8Array[] = [];
  const clock = { now: 0, commitMs: 0, saveMs: 0 };
  const store: RiskStore = {
    openRun: unused,
    head: unused,
    rowsAfter: unused,
    countRows: unused,
    commandsAfter: unused,
    latestCheckpoint: unused,
    pagesOf: unused,
    savePace: unused,
    pace: unused,
    close: unused,
    appendRows: async (rows: readonly JournalRow[], completeStep) => {
      clock.now += clock.commitMs;
      const kinds = new Set(rows.map(({ body }) => body.kind));
      story.push(`commit after step ${completeStep}: ${[...kinds].join(', ')}`);
    },
    noteCompleteStep: async (step) => void story.push(`note step ${step}`),
    appendCommand: async ({ number, step }) => void story.push(`command ${number} in step ${step}`),
    savePages: async (step, changed) => {
      for (const { number, bytes } of changed) pages[number] = bytes;
      story.push(`pages of step ${step}`);
    },
    saveCheckpoint: async (checkpoint) => {
      clock.now += clock.saveMs;
      checkpoints.push(checkpoint);
    },
  };
  const pass = (point: WritePoint): void => void story.push(point);
  const loop = createRiskLoop(
    { engine, source, store, pass, now: () => clock.now },
    { state, lastCommand: 0, checkpointSeq: 0, checkpointStep: 0, pageDigests: [] },
  );
  return { loop, story, checkpoints, pages, clock };
}

async function steps({ loop }: Bench, count: number): Promise<readonly JournalRow[]> {
  const rows: JournalRow[] = [];
  for (let step = 0; step < count; step += 1) {
    const taken = await loop.takeTapeStep();
    assert(taken !== undefined, 'the tape goes on');
    rows.push(...taken.rows);
  }
  return rows;
}

/** Until a checkpoint that is due, or under way, is stored. */
async function keepUp({ loop }: Bench): Promise<void> {
  const PARTS = 4;
  for (let part = 0; part < PARTS; part += 1) await loop.keepUp('if-due');
}

describe('a step', () => {
  it('has its plan on disk before the plan is carried out, and all of it before it is told', async () => {
    const at = bench(20);
    await steps(at, 120);
    const { story } = at;
    const planned = story.findIndex((line) => line.includes('liquidation-planned'));
    expect(story[planned]).not.toContain('liquidation-step');
    expect(story.slice(planned + 1, planned + 3)).toEqual([
      'after-group-commit',
      'between-plan-and-execution',
    ]);
    const carriedOut = story.findIndex((line) => line.includes('liquidation-step'));
    expect(carriedOut).toBeGreaterThan(planned);
    const told = story.findIndex((line, index) => index > carriedOut && line === 'before-publish');
    expect(told).toBeGreaterThan(carriedOut);
  });

  it('gives its rows with numbers that follow each other', async () => {
    const rows = await steps(bench(20), 60);
    expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, index) => index + 1));
  });

  it('of a command is stored before it is taken, at the run time that stands', async () => {
    const at = bench(5);
    await steps(at, 3);
    const { time } = at.loop.state;
    at.story.length = 0;
    const [instrumentId] = at.loop.state.instruments.keys();
    assert(instrumentId !== undefined, 'there is an instrument');
    const command = { kind: 'accept-price-jump', instrumentId } as const;
    const taken = await at.loop.takeCommand({ kind: 'operator-command', command, by: 'me' });
    expect(at.story[0]).toBe('command 1 in step 4');
    expect(taken).toMatchObject({ step: 4, time });
    expect(taken.rows.map(({ body }) => body.kind)).toEqual(['operator-command']);
  });
});

describe('a step that takes long', () => {
  it('pauses, and shows the last complete step until it is through', async () => {
    const at = bench(20);
    await steps(at, 1);
    const { loop } = at;
    const { time } = loop.state;
    const accounts = JSON.stringify([...loop.shown.accounts.keys()]);
    const seen: unknown[] = [];
    at.clock.commitMs = 25;
    loop.onPause(async () => {
      const { shown, underWay } = loop;
      seen.push([shown.step, shown.time, underWay?.step]);
      expect(JSON.stringify([...shown.accounts.keys()])).toBe(accounts);
    });
    let before: unknown[] = [];
    while (seen.length === 0) {
      before = [loop.shown.step, loop.shown.time, loop.shown.step + 1];
      await steps(at, 1);
    }
    expect(seen[0]).toEqual(before);
    expect(loop.underWay).toBeUndefined();
    expect(loop.shown.step).toBe(loop.state.step);
    expect(loop.shown.time).toBeGreaterThan(time);
  });

  it('does not pause when it is short', async () => {
    const at = bench(20);
    at.clock.commitMs = 1;
    let pauses = 0;
    at.loop.onPause(async () => void (pauses += 1));
    await steps(at, 60);
    expect(pauses).toBe(0);
  });
});

describe('keeping up', () => {
  it('notes steps that left no row once a second', async () => {
    const at = bench(1);
    await steps(at, 2);
    at.story.length = 0;
    await at.loop.keepUp('if-due');
    expect(at.story).toEqual([]);
    at.clock.now = NOTE_PROGRESS_MS;
    await at.loop.keepUp('if-due');
    await at.loop.keepUp('if-due');
    expect(at.story.filter((line) => line.startsWith('note'))).toEqual(['note step 2']);
  });

  it.each([
    ['a minute', CHECKPOINT_MS],
    ['not before', CHECKPOINT_MS - 1],
  ])('saves a checkpoint after %s', async (_case, wallMs) => {
    const at = bench(1);
    await steps(at, 2);
    at.clock.now = wallMs;
    await keepUp(at);
    expect(at.checkpoints.length).toBe(wallMs < CHECKPOINT_MS ? 0 : 1);
  });

  it('saves one on a clean stop, of the state as it is, and none twice', async () => {
    const at = bench(5);
    await steps(at, 4);
    await at.loop.keepUp('now');
    await at.loop.keepUp('now');
    expect(at.checkpoints.map(({ step, digest }) => [step, digest])).toEqual([
      [4, engine.digestOf(at.loop.state)],
    ]);
  });

  it('saves one when a restart would have to do much work again', async () => {
    const at = bench(20);
    at.clock.commitMs = CHECKPOINT_WORK_MS / 2;
    await steps(at, 1);
    await keepUp(at);
    expect(at.checkpoints.length).toBe(0);
    while (at.clock.now < CHECKPOINT_WORK_MS) await steps(at, 1);
    await keepUp(at);
    expect(at.checkpoints.length).toBe(1);
  });

  it('spends no more than a share of its time on them', async () => {
    const at = bench(20);
    at.clock.commitMs = 100;
    at.clock.saveMs = CHECKPOINT_WORK_MS;
    const worked = async (ms: number): Promise<void> => {
      const until = at.clock.now + ms;
      while (at.clock.now < until) await steps(at, 1);
      await keepUp(at);
    };
    await worked(CHECKPOINT_WORK_MS);
    expect(at.checkpoints.length).toBe(1);
    await worked(CHECKPOINT_WORK_MS * 2);
    expect(at.checkpoints.length).toBe(1);
    await worked(CHECKPOINT_WORK_MS * CHECKPOINT_WORK_FACTOR);
    expect(at.checkpoints.length).toBe(2);
  });

  it('saves it in parts, all of the moment at which it began, while steps are taken', async () => {
    const at = bench(10);
    await steps(at, 3);
    const { state } = at.loop;
    const begun = { step: state.step, seq: state.head.seq, digest: engine.digestOf(state) };
    at.clock.now = CHECKPOINT_MS;
    for (let part = 0; at.checkpoints.length === 0 && part < 10; part += 1) {
      await at.loop.keepUp('if-due');
      await steps(at, 1);
    }
    const [saved] = at.checkpoints;
    assert(saved !== undefined, 'a checkpoint');
    expect(saved).toMatchObject(begun);
    expect(state.step).toBeGreaterThan(begun.step + 1);
    const again = engine.loadState(
      { ...createExampleSource('loop', 10).identity, runId: 'loop' },
      { text: saved.engineText, pages: at.pages },
    );
    expect(engine.digestOf(again)).toBe(begun.digest);
  });

  it('finishes the one under way before a clean stop saves the last', async () => {
    const at = bench(10);
    await steps(at, 2);
    at.clock.now = CHECKPOINT_MS;
    await at.loop.keepUp('if-due');
    await steps(at, 1);
    await at.loop.keepUp('now');
    expect(at.checkpoints.map(({ step }) => step)).toEqual([2, 3]);
  });
});

describe('the same seed', () => {
  it('gives the same rows and the same digest; another seed gives others', async () => {
    const run = async (seed: string): Promise<string> => {
      const source = createExampleSource(seed, 10);
      const state = engine.openRun({ ...source.identity, runId: 'same' });
      for (let step = 1; step <= 40; step += 1) {
        const next = source.next(state);
        assert(next !== undefined, 'the tape goes on');
        for (const group of engine.takeStep(state, { step, ...next })) void group;
      }
      return engine.digestOf(state);
    };
    expect(await run('1')).toBe(await run('1'));
    expect(await run('1')).not.toBe(await run('2'));
  });
});
