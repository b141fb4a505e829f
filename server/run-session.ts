/** One run, open: its store, its loop, its pace, its publisher. Driven turn by turn by the worker; closes what it opened. */
import { join } from 'node:path';
import { ok, type Result } from '#lib/contract.ts';
import { type Engine } from '#lib/engine/engine.ts';
import { type RunText } from '#lib/wire/protocol.ts';
import { houseRules } from '#lib/margin/venues/house.ts';
import { createBackground, type Background } from './background.ts';
import { makeRunFolder } from './data-dir.ts';
import { createHistorySampler } from './history-sampler.ts';
import { createLoopPublisher, type LoopPublisher } from './loop-publisher.ts';
import { createPace, earn, mayStep, measure, spend, waitMs, type Pace } from './pace.ts';
import { resumeRun } from './resume.ts';
import { createRiskLoop, type RiskLoop } from './risk-loop.ts';
import { ENGINE_VERSION, runIdOf, type RunKey } from './run-id.ts';
import { type RunSource } from './run-source.ts';
import { runText } from './run-text.ts';
import { openHistoryWriter } from './store/history-store.ts';
import { openSqlStore } from './store/sql-store.ts';
import { createWatchList, type WatchList } from './watch-list.ts';
import { type FromWorker } from './worker-messages.ts';
import { type WritePointHook } from './write-points.ts';

/** Longest stretch of steps before messages are looked at again. */
const STEPS_BUDGET_MS = 5;
/** What desks, samples and the like may take of a turn. */
const BACKGROUND_BUDGET_MS = 3;

export const JOURNAL_FILE = 'journal.db';
export const HISTORY_FILE = 'history.db';

export interface SessionParts {
  readonly engine: Engine;
  readonly source: RunSource;
  readonly key: RunKey;
  readonly dataDir: string;
  /** Name of the replayed file, where there is one. */
  readonly replayName: string | undefined;
  readonly speed: number;
  readonly pass: WritePointHook;
  readonly post: (message: FromWorker) => void;
  readonly now: () => number;
  readonly wallTime: () => number;
}

export interface RunSession {
  readonly engine: Engine;
  readonly run: RunText;
  readonly folder: string;
  readonly key: RunKey;
  readonly loop: RiskLoop;
  readonly pace: Pace;
  readonly source: RunSource;
  readonly watchList: WatchList;
  readonly publisher: LoopPublisher;
  readonly resumedFromStep: number;
  /** Steps that are due, then whatever else is. Gives the milliseconds until there is something to do again. */
  turn(): Promise<number>;
  /** Saves a checkpoint and lets go of the files. */
  close(): Promise<void>;
}

/** Nothing is due by itself: look again after this long, for frames and reports. */
const IDLE_TURN_MS = 50;

/** Opens a run where it stood, or at its beginning. */
export async function openSession(parts: SessionParts): Promise<Result<RunSession>> {
  const { engine, source, key, now } = parts;
  const runId = runIdOf(key);
  const folder = makeRunFolder(parts.dataDir, key);
  const store = openSqlStore(join(folder, JOURNAL_FILE));
  await store.openRun({
    runId,
    seed: key.seed,
    scenario: source.identity.scenario,
    accounts: key.accounts,
    engineVersion: ENGINE_VERSION,
    rulesVersion: houseRules.version,
  });
  const start = await resumeRun({ engine, source, store, runId });
  if (!start.ok) {
    await store.close();
    return start;
  }
  const loop = createRiskLoop({ engine, source, store, pass: parts.pass, now }, start.value);
  const resumedFromStep = loop.state.step;
  // The opening takes no run time: whoever says hello to a new run finds its accounts there.
  if (resumedFromStep === 0) await loop.takeTapeStep();
  const history = openHistoryWriter(join(folder, HISTORY_FILE));
  const pace = createPace(parts.speed, now(), loop.state.time);
  const watchList = createWatchList();
  const background = createBackground(now);
  const publisher = createLoopPublisher({
    engine,
    state: loop.state,
    identity: source.identity,
    pace,
    watchList,
    background,
    post: parts.post,
    now,
    liquidationsBefore: await store.countRows('liquidation-settled'),
  });
  const sampler = createHistorySampler(engine, history);
  return ok({
    engine, run: runText(runId, source, parts.replayName), folder, key, loop, pace, source,
    watchList, publisher, resumedFromStep,
    turn: async () => {
      const moreDue = await takeDueSteps({ parts, loop, pace, publisher });
      publisher.tick();
      const sample = sampler.due(loop.state, now());
      if (sample !== undefined) background.ask('history', sample);
      await loop.keepUp('if-due');
      return moreDue ? 0 : restMs({ pace, background, stepMs: source.tape.stepMs });
    },
    close: async () => {
      await loop.keepUp('now');
      history.close();
      await store.close();
    },
  });
}

function restMs(p: {
  readonly pace: Pace;
  readonly background: Background;
  readonly stepMs: number;
}): number {
  p.background.work(BACKGROUND_BUDGET_MS);
  const wait = Math.min(IDLE_TURN_MS, waitMs(p.pace, p.stepMs) ?? IDLE_TURN_MS);
  return p.background.isIdle() ? wait : 0;
}

/** True when there were more steps due than the budget allowed. */
async function takeDueSteps(p: {
  readonly parts: SessionParts;
  readonly loop: RiskLoop;
  readonly pace: Pace;
  readonly publisher: LoopPublisher;
}): Promise<boolean> {
  const { loop, pace, publisher } = p;
  const { now, wallTime, source } = p.parts;
  const { stepMs } = source.tape;
  const until = now() + STEPS_BUDGET_MS;
  earn(pace, now());
  while (mayStep(pace, loop.state.time, stepMs)) {
    const acceptedAt = wallTime();
    const taken = await loop.takeTapeStep();
    if (taken === undefined) {
      endTape(pace, publisher);
      return false;
    }
    spend(pace, taken.time, stepMs);
    publisher.step(taken, acceptedAt);
    measure(pace, now(), loop.state.time);
    if (now() >= until) return mayStep(pace, loop.state.time, stepMs);
  }
  measure(pace, now(), loop.state.time);
  return false;
}

function endTape(pace: Pace, publisher: LoopPublisher): void {
  pace.paused = true;
  pace.seekTarget = undefined;
  pace.stepsAsked = 0;
  publisher.ended();
}
