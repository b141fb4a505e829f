/** One run, open: its store, its loop, its pace, its publisher. Driven turn by turn by the worker; closes what it opened. */
import { join } from 'node:path';
import { ok, type Result } from '#lib/contract.ts';
import { type Engine } from '#lib/engine/engine.ts';
import { SYSTEM_ACCOUNTS, type EngineState } from '#lib/engine/state.ts';
import { houseRules } from '#lib/margin/venues/house.ts';
import { type AlertRuleText, type RunText } from '#lib/wire/protocol.ts';
import { createBackground, type Background } from './background.ts';
import { makeRunFolder } from './data-dir.ts';
import { ledgerAccounts } from './desk/desk-accounts.ts';
import { createDeskBook, type DeskBook } from './desk/desk-book.ts';
import { createDeskViews, type DeskViews } from './desk/desk-views.ts';
import { createHistorySampler } from './history-sampler.ts';
import { createLoopPublisher, type LoopPublisher } from './loop-publisher.ts';
import { createPace, earn, mayStep, measure, spend, waitMs, type Pace } from './pace.ts';
import { resumeRun, type Repeated } from './resume.ts';
import { createRiskLoop, type RiskLoop } from './risk-loop.ts';
import { createRulePreviews, type RulePreviews } from './rule-previews.ts';
import { ENGINE_VERSION, runIdOf, type RunKey } from './run-id.ts';
import { type RunSource } from './run-source.ts';
import { runText } from './run-text.ts';
import { createVerifier } from './verifier.ts';
import { openHistoryWriter } from './store/history-store.ts';
import { openSqlStore } from './store/sql-store.ts';
import { type RiskStore, type RunRecord } from './store/store.ts';
import { createWatchList, type WatchList } from './watch-list.ts';
import { type FromWorker } from './worker-messages.ts';
import { type WritePointHook } from './write-points.ts';

/** Longest stretch of steps before messages are looked at again. */
const STEPS_BUDGET_MS = 5;
/** What desks, samples and the like may take of a turn, */
const BACKGROUND_BUDGET_MS = 3;
/** or so much of what its steps took, where that is more: who asked is answered although steps are always due. */
const BACKGROUND_SHARE = 1 / 3;
const BACKGROUND_BUDGET_MS_MAX = 20;
/** What a long step leaves them each time it pauses. */
const PAUSE_BUDGET_MS = 3;
/** Accounts that a large step concerned are read anew for so long at a time. */
const CATCH_UP_MS = 4;
/** Nothing is due by itself: look again after this long, for frames and reports. */
const IDLE_TURN_MS = 50;

/** Steps that are repeated sooner than this are not worth a word. */
const TELL_REPEATED_MS = 500;

export const JOURNAL_FILE = 'journal.db';
export const HISTORY_FILE = 'history.db';

export interface SessionParts {
  readonly engine: Engine;
  readonly source: RunSource;
  readonly key: RunKey;
  readonly dataDir: string;
  /** Name of the replayed file, where there is one. */
  readonly replayName: string | undefined;
  /** SPEED: how a run goes of which nobody said otherwise. */
  readonly speed: number;
  /** Kept from the run that this one takes the place of; undefined: as this one was left. */
  readonly pace: ChosenPace | undefined;
  /** VERIFY=1. */
  readonly verify: boolean;
  readonly pass: WritePointHook;
  readonly post: (message: FromWorker) => void;
  /** A long step pauses: what only reads is answered, of the last complete step. */
  readonly answerReaders: (session: RunSession) => Promise<void>;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  /** Milliseconds since 1970. */
  readonly wallTime: () => number;
}

/** What people choose of a pace. */
export type ChosenPace = Pick<Pace, 'paused' | 'speed'>;

/** What a turn works with. */
interface Moving {
  readonly source: RunSource;
  readonly loop: RiskLoop;
  readonly pace: Pace;
  readonly publisher: LoopPublisher;
  readonly book: DeskBook;
  readonly desks: DeskViews;
  readonly background: Background;
  readonly now: () => number;
  readonly wallTime: () => number;
}

export interface RunSession extends Moving {
  readonly engine: Engine;
  readonly run: RunText;
  readonly folder: string;
  readonly watchList: WatchList;
  readonly previews: RulePreviews;
  readonly resumedFromStep: number;
  readonly alertRules: () => readonly AlertRuleText[];
  /** The rules changed: every viewer hears of all. */
  tellAlertRules(): void;
  /** People chose another pace: a restart goes on with it. */
  keepPace(): Promise<void>;
  /** Steps that are due, then whatever else is. Gives the milliseconds until there is something to do again. */
  turn(): Promise<number>;
  /** Saves a checkpoint and lets go of the files. */
  close(): Promise<void>;
}

const HOUSE_ACCOUNTS = Object.keys(SYSTEM_ACCOUNTS).length;

/** Opens a run where it stood, or at its beginning. */
export async function openSession(parts: SessionParts): Promise<Result<RunSession>> {
  const { engine, source, key, now } = parts;
  const runId = runIdOf(key);
  const folder = makeRunFolder(parts.dataDir, key);
  const store = openSqlStore(join(folder, JOURNAL_FILE));
  await store.openRun(runRecordOf(runId, parts));
  const pace = await paceOf(store, parts);
  let isOpen = false;
  let toldAt = now();
  function tellProgress({ accounts }: EngineState): void {
    // Long steps come later too: those are no opening.
    if (isOpen) return;
    const done = Math.min(accounts.size - HOUSE_ACCOUNTS, key.accounts);
    parts.post({ kind: 'opening', progress: { stage: 'opening', done, of: key.accounts } });
  }
  function tellRepeated(repeated: Repeated): void {
    if (now() - toldAt < TELL_REPEATED_MS) return;
    toldAt = now();
    parts.post({ kind: 'opening', progress: { stage: 'repeating', ...repeated } });
  }
  function tellLoading(): void {
    const progress = { stage: 'loading', done: 0, of: key.accounts } as const;
    parts.post({ kind: 'opening', progress });
  }
  const tell = { tellProgress, tellRepeated, tellLoading };
  const start = await resumeRun({ engine, source, store, runId, ...tell });
  if (!start.ok) {
    await store.close();
    return start;
  }
  const loop = createRiskLoop(
    { engine, source, store, pass: parts.pass, now, tellProgress },
    start.value,
  );
  const resumedFromStep = loop.state.step;
  // The opening takes no run time: whoever says hello to a new run finds its accounts there.
  if (resumedFromStep === 0) await loop.takeTapeStep();
  isOpen = true;
  const liquidationsBefore = await store.countRows('liquidation-settled');
  const run = runText(runId, source, parts.replayName);
  return ok(
    sessionOn({ parts, folder, store, loop, run, pace, resumedFromStep, liquidationsBefore }),
  );
}

/** As the run before this one went, else as this one was left, else as it is configured. */
async function paceOf(store: RiskStore, { pace, speed }: SessionParts): Promise<ChosenPace> {
  if (pace !== undefined) {
    await store.savePace({ ...pace, configuredSpeed: speed }, 0);
    return pace;
  }
  const left = await store.pace();
  if (left === undefined) return { paused: false, speed };
  return { paused: left.paused, speed: left.configuredSpeed === speed ? left.speed : speed };
}

/** Who a run is, as its store keeps it. */
export function runRecordOf(
  runId: string,
  { key, source }: Pick<SessionParts, 'key' | 'source'>,
): RunRecord {
  return {
    runId,
    seed: key.seed,
    scenario: source.identity.scenario,
    accounts: key.accounts,
    engineVersion: ENGINE_VERSION,
    rulesVersion: houseRules.version,
  };
}

function sessionOn(p: {
  readonly parts: SessionParts;
  readonly folder: string;
  readonly store: RiskStore;
  readonly loop: RiskLoop;
  readonly run: RunText;
  readonly pace: ChosenPace;
  readonly resumedFromStep: number;
  readonly liquidationsBefore: number;
}): RunSession {
  const { parts, folder, store, loop, run, resumedFromStep, liquidationsBefore } = p;
  const { engine, source, post, now, wallTime } = parts;
  const { state, shown } = loop;
  const { identity } = source;
  const history = openHistoryWriter(join(folder, HISTORY_FILE));
  const pace = createPace(p.pace.speed, now(), state.time);
  pace.paused = p.pace.paused;
  const watchList = createWatchList();
  const background = createBackground(now);
  const betweenSteps = createBackground(now);
  const accounts = ledgerAccounts(engine, shown);
  const book = createDeskBook({
    state: shown,
    accounts,
    now,
    tellRead: (done, of) => post({ kind: 'opening', progress: { stage: 'sorting', done, of } }),
  });
  const publisher = createLoopPublisher({
    engine,
    state: shown,
    underWay: () => loop.underWay,
    now,
    book,
    identity,
    drillLog: source.drillLog,
    pace,
    watchList,
    post,
    liquidationsBefore,
  });
  const desks = createDeskViews({
    state: shown,
    accounts,
    book,
    background,
    now,
    tell: (viewers, frame) => post({ kind: 'desk', viewers, frame }),
    tellSummary: (viewers, summary) => post({ kind: 'desk-summary', viewers, summary }),
    tellCalls: (viewers, calls) => post({ kind: 'desk-calls', viewers, calls }),
  });
  const sampler = createHistorySampler(engine, book, history);
  const verifier = parts.verify
    ? createVerifier({ state, background: betweenSteps, now, post })
    : undefined;
  const previews = createRulePreviews(shown, background);
  const alertRules = (): readonly AlertRuleText[] => [...shown.alertRules.values()];
  const told = { publisher, book, desks, background };
  const moving: Moving = { source, loop, pace, ...told, now, wallTime };
  const session: RunSession = {
    ...moving,
    engine,
    run,
    folder,
    watchList,
    previews,
    resumedFromStep,
    alertRules,
    tellAlertRules: () => post({ kind: 'alert-rules', rules: alertRules() }),
    keepPace: () =>
      store.savePace(
        { paused: pace.paused, speed: pace.speed, configuredSpeed: parts.speed },
        state.step,
      ),
    turn: async () => {
      const began = now();
      const moreDue = await takeDueSteps(moving);
      const stepsMs = now() - began;
      tellDue(moving);
      verifier?.tick();
      const sample = sampler.due(shown, now());
      if (sample !== undefined) background.ask('history', sample);
      await loop.keepUp('if-due');
      background.work(backgroundBudgetMs(stepsMs));
      betweenSteps.work(BACKGROUND_BUDGET_MS);
      return moreDue || !betweenSteps.isIdle() ? 0 : restMs(moving);
    },
    close: async () => {
      previews.drop();
      desks.drop();
      await loop.keepUp('now');
      history.close();
      await store.close();
    },
  };
  loop.onPause(async () => {
    await messagesCame();
    await parts.answerReaders(session);
    tellDue(moving);
    background.work(PAUSE_BUDGET_MS);
  });
  return session;
}

/** What is told by itself, at every moment: also while a step is being taken. */
function tellDue({ book, publisher, desks, now }: Moving): void {
  book.catchUp(now() + CATCH_UP_MS);
  publisher.tick();
  desks.askDue();
}

/** Whatever the main thread sent meanwhile is here. */
function messagesCame(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}

function backgroundBudgetMs(stepsMs: number): number {
  const share = Math.min(stepsMs * BACKGROUND_SHARE, BACKGROUND_BUDGET_MS_MAX);
  return Math.max(BACKGROUND_BUDGET_MS, share);
}

function restMs({ pace, background, book, source }: Moving): number {
  if (!background.isIdle() || book.catchingUp !== undefined) return 0;
  return Math.min(IDLE_TURN_MS, waitMs(pace, source.tape.stepMs) ?? IDLE_TURN_MS);
}

/** True when there were more steps due than the budget allowed. */
async function takeDueSteps(moving: Moving): Promise<boolean> {
  const { loop, pace, now } = moving;
  const { stepMs } = moving.source.tape;
  const until = now() + STEPS_BUDGET_MS;
  earn(pace, now(), stepMs);
  let isMoreDue = mayStep(pace, loop.state.time, stepMs);
  while (isMoreDue && now() < until) {
    isMoreDue = (await takeStep(moving)) && mayStep(pace, loop.state.time, stepMs);
  }
  measure(pace, now(), loop.state.time);
  return isMoreDue;
}

/** False when the tape has ended. */
async function takeStep(moving: Moving): Promise<boolean> {
  const acceptedAt = moving.wallTime();
  const taken = await moving.loop.takeTapeStep();
  if (taken === undefined) {
    endTape(moving);
    return false;
  }
  spend(moving.pace, taken.time, moving.source.tape.stepMs);
  moving.publisher.step(taken, acceptedAt);
  return true;
}

function endTape({ pace, publisher }: Moving): void {
  pace.paused = true;
  pace.seekTarget = undefined;
  pace.stepsAsked = 0;
  publisher.ended();
}
