import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { assert } from '#lib/contract.ts';
import { engine, type Engine } from '#lib/engine/engine.ts';
import { type JournalRow } from '#lib/engine/row.ts';
import { handle } from './commands.ts';
import { createExampleSource } from './example-run.ts';
import { ROWS_TOLD_MAX } from './loop-publisher.ts';
import { openSession, type ChosenPace, type RunSession, type SessionParts } from './run-session.ts';
import { type ControlCommand } from '#lib/wire/protocol.ts';
import { type FromWorker } from './worker-messages.ts';
import { passEveryPoint } from './write-points.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-session-'));
afterAll(() => rmSync(folder, { recursive: true }));

const ACCOUNTS = 5;
const SPEED = 1_000;

function partsOf(seed: string, parts: Partial<SessionParts>, accounts = ACCOUNTS): SessionParts {
  return {
    engine,
    source: createExampleSource(seed, accounts),
    key: { seed, input: '', accounts, rulesVersion: '', take: 0 },
    dataDir: folder,
    replayName: undefined,
    speed: SPEED,
    pace: undefined,
    verify: false,
    pass: passEveryPoint,
    post: () => {},
    answerReaders: async () => {},
    now: () => performance.now(),
    wallTime: () => Date.now(),
    ...parts,
  };
}

async function open(parts: SessionParts): Promise<RunSession> {
  const opened = await openSession(parts);
  assert(opened.ok, opened.ok ? '' : opened.error);
  return opened.value;
}

/** Every step of it takes long enough to tell that it goes on. */
const slowEngine: Engine = {
  ...engine,
  *takeStep(state, input) {
    yield* engine.takeStep(state, input);
    yield [];
  },
};

describe('a run that takes long to open', () => {
  it('tells how far its opening is, and of no later step that it were one', async () => {
    const told: FromWorker['kind'][] = [];
    const post = ({ kind }: FromWorker) => told.push(kind);
    const session = await open(partsOf('session', { engine: slowEngine, post }));
    expect(told).toEqual(['opening']);
    while (session.loop.state.step < 3) await session.turn();
    await session.close();
    expect(told.filter((kind) => kind === 'opening')).toHaveLength(1);
  });

  it('tells how far the desk has read the accounts', async () => {
    const told: unknown[] = [];
    const post = (message: FromWorker) =>
      message.kind === 'opening' ? told.push(message.progress) : undefined;
    const session = await open(partsOf('large', { post }, 2_001));
    await session.close();
    expect(told).toContainEqual({ stage: 'opening', done: 2_000, of: 2_001 });
    expect(told.slice(-2)).toEqual([
      { stage: 'sorting', done: 1_000, of: 2_001 },
      { stage: 'sorting', done: 2_000, of: 2_001 },
    ]);
  });

  it('tells which steps it takes again after a kill, once that lasts', async () => {
    const before = await open(partsOf('killed', {}));
    while (before.loop.state.step < 12) await before.turn();
    // As a kill leaves it: no checkpoint.
    await before.keepPace();
    const told: unknown[] = [];
    let nowMs = 0;
    const again = await open(
      partsOf('killed', {
        engine: slowEngine,
        post: (message) => (message.kind === 'opening' ? told.push(message.progress) : undefined),
        now: () => (nowMs += 200),
      }),
    );
    expect(again.loop.state.step).toBe(before.loop.state.step);
    expect(told[0]).toMatchObject({ stage: 'opening' });
    expect(told[1]).toMatchObject({ stage: 'repeating', of: before.loop.state.step });
    // A step that takes long by itself says how far it is.
    expect(told).toContainEqual(
      expect.objectContaining({ within: { what: 'accounts', done: 0, of: 0 } }),
    );
    await again.close();
  });
});

describe('a step that takes long', () => {
  it('lets readers be answered, of the step before it', async () => {
    let nowMs = 0;
    const seen: unknown[] = [];
    const told: FromWorker[] = [];
    const session = await open(
      partsOf('readers', {
        engine: {
          ...engine,
          *takeStep(state, input) {
            yield* engine.takeStep(state, input);
            nowMs += 1_200;
            yield [];
          },
        },
        now: () => (nowMs += 0.1),
        post: (message) => told.push(message),
        answerReaders: async (reading) => {
          const accountId = reading.book.idOf(0);
          const handled = await handle(reading, { kind: 'figures', accountId }, () => 0);
          if (handled.kind === 'answered') seen.push(handled.answer);
        },
      }),
    );
    told.length = 0;
    while (session.loop.state.step < 2) await session.turn();
    const { step } = session.loop.state;
    expect(seen[0]).toMatchObject({ ok: true, account: { step: step - 1 } });
    const frames = told.flatMap((message) => (message.kind === 'market' ? [message.frame] : []));
    const long = frames.find(({ longStep }) => longStep !== undefined);
    expect(long).toMatchObject({ step: step - 1, longStep: { step, what: 'accounts' } });
    const reports = told.flatMap((message) => (message.kind === 'report' ? [message.report] : []));
    expect(reports.some(({ stepUnderWayMs }) => stepUnderWayMs >= 1_200)).toBe(true);
    expect(session.loop.underWay).toBeUndefined();
    await session.close();
  });

  it('tells of very many rows only how far they go', async () => {
    const told: FromWorker[] = [];
    const session = await open(partsOf('many', { post: (message) => told.push(message) }));
    let row: JournalRow | undefined;
    while (row === undefined) row = (await session.loop.takeTapeStep())?.rows[0];
    const { time } = row;
    const rowsOf = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ ...row, seq: index + 1 }));
    const taken = { step: 3, time, events: [], decisionMs: 0, commitMs: [] };
    told.length = 0;
    session.publisher.step({ ...taken, rows: rowsOf(ROWS_TOLD_MAX) }, 0);
    session.publisher.step({ ...taken, rows: rowsOf(ROWS_TOLD_MAX + 1) }, 0);
    expect(told).toMatchObject([
      { kind: 'step', rows: { length: ROWS_TOLD_MAX } },
      { kind: 'step', rows: [], upToSeq: ROWS_TOLD_MAX + 1 },
    ]);
    await session.close();
  });
});

describe('the pace that somebody chose', () => {
  async function control(session: RunSession, command: ControlCommand): Promise<void> {
    const question = { kind: 'control', command } as const;
    expect(await handle(session, question, () => 0)).toEqual({
      kind: 'answered',
      answer: { ok: true },
    });
  }

  function chosen({ pace: { paused, speed } }: RunSession): ChosenPace {
    return { paused, speed };
  }

  it('is that of the configuration until then', async () => {
    const session = await open(partsOf('untouched', {}));
    expect(chosen(session)).toEqual({ paused: false, speed: SPEED });
    await session.close();
  });

  it('is found again after a kill, the run where it stood', async () => {
    const session = await open(partsOf('paused', {}));
    while (session.loop.state.step < 5) await session.turn();
    await control(session, { kind: 'speed', speed: 10 });
    await control(session, { kind: 'pause' });
    const { step } = session.loop.state;
    // Not closed: what a kill leaves.
    const again = await open(partsOf('paused', {}));
    expect(chosen(again)).toEqual({ paused: true, speed: 10 });
    expect(again.loop.state.step).toBe(step);
    await again.turn();
    expect(again.loop.state.step).toBe(step);
    await control(again, { kind: 'play' });
    const playing = await open(partsOf('paused', {}));
    expect(chosen(playing)).toEqual({ paused: false, speed: 10 });
  });

  it('stays paused after single steps too', async () => {
    const session = await open(partsOf('single', {}));
    await control(session, { kind: 'step' });
    expect(chosen(await open(partsOf('single', {}))).paused).toBe(true);
  });

  it('gives way to another SPEED of a later start, and stays paused', async () => {
    const session = await open(partsOf('asked', {}));
    await control(session, { kind: 'speed', speed: 10 });
    await control(session, { kind: 'pause' });
    await session.close();
    const later = await open(partsOf('asked', { speed: 60 }));
    expect(chosen(later)).toEqual({ paused: true, speed: 60 });
    await later.close();
  });

  it('goes over to the run that takes its place, and is kept there at once', async () => {
    const pace = { paused: true, speed: 7 };
    expect(chosen(await open(partsOf('next', { pace })))).toEqual(pace);
    expect(chosen(await open(partsOf('next', {})))).toEqual(pace);
  });
});
