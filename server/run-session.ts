/** One run, open: its store, its loop, its pace, its publisher. Driven turn by turn by the worker; closes what it opened. */
import { join } from 'node:path';
import { ok, type Result } from '#lib/contract.ts';
import { type Engine } from '#lib/engine/engine.ts';
import { SYSTEM_ACCOUNTS, type EngineState } from '#lib/engine/state.ts';
import { houseRules } from '#lib/margin/venues/house.ts';
import { type AlertRuleText, type RunText } from '#lib/wire/protocol.ts';
import { createBackground } from './background.ts';
import { makeRunFolder } from './data-dir.ts';
import { ledgerAccounts } from './desk/desk-accounts.ts';
import { createDeskBook } from './desk/desk-book.ts';
import { createDeskViews } from './desk/desk-views.ts';
import { createHistorySampler } from './history-sampler.ts';
import { createLoopPublisher } from './loop-publisher.ts';
import { createPace, type Pace } from './pace.ts';
import { resumeRun, type Repeated } from './resume.ts';
import { createRiskLoop, type RiskLoop } from './risk-loop.ts';
import { createRulePreviews, type RulePreviews } from './rule-previews.ts';
import { ENGINE_VERSION, runIdOf, type RunKey } from './run-id.ts';
import { type RunSource } from './run-source.ts';
import { runText } from './run-text.ts';
import { createRunTurns, type Moving } from './run-turns.ts';
import { createVerifier } from './verifier.ts';
import { openHistoryWriter } from './store/history-store.ts';
import { openSqlStore } from './store/sql-store.ts';
import { type RiskStore, type RunRecord } from './store/store.ts';
import { createWatchList, type WatchList } from './watch-list.ts';
import { type FromWorker } from './worker-messages.ts';
import { type WritePointHook } from './write-points.ts';

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
    tellColumns: (columns) => post({ kind: 'desk-columns', columns }),
  });
  const sampler = createHistorySampler(engine, book, history);
  const verifier = parts.verify
    ? createVerifier({ state, background: betweenSteps, now, post })
    : undefined;
  const previews = createRulePreviews(shown, background);
  const alertRules = (): readonly AlertRuleText[] => [...shown.alertRules.values()];
  const told = { publisher, book, desks, background };
  const moving: Moving = { source, loop, pace, ...told, now, wallTime };
  const turns = createRunTurns(moving, { betweenSteps, sampler, verifier });
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
    turn: () => turns.take(),
    close: async () => {
      previews.drop();
      desks.drop();
      await loop.keepUp('now');
      history.close();
      await store.close();
    },
  };
  loop.onPause(() => turns.pause(() => parts.answerReaders(session)));
  return session;
}
