/**
 * The risk loop's thread: no page, socket or query can delay a decision here. Opens the run, then takes turns: what people
 * asked, the steps that are due, frames and desks in the time that is left.
 */
import { flushCompileCache } from 'node:module';
import { basename } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { assert, fail, ok, type Result } from '#lib/contract.ts';
import { engine } from '#lib/engine/engine.ts';
import { houseRules } from '#lib/margin/venues/house.ts';
import { carryAlertRules } from './alert-commands.ts';
import { handle, type RunChange } from './commands.ts';
import type { RunInput } from './config.ts';
import { beginNextTake, currentTake, wipeRun } from './data-dir.ts';
import { createInbox } from './inbox.ts';
import { addressSpace, thisSystem } from './memory-limits.ts';
import { refuse } from './refusal.ts';
import { checkMemory } from './room.ts';
import { runInputName, type RunKey } from './run-id.ts';
import { createRunSource, REPLAY_SCENARIO, scenarioInput } from './run-source.ts';
import { openSession, type ChosenPace, type RunSession } from './run-session.ts';
import { createSleeper } from './sleeper.ts';
import { storageTrouble } from './storage-trouble.ts';
import {
  type FromWorker,
  type Question,
  type QuestionKind,
  type ToWorker,
  type WorkerOrders,
} from './worker-messages.ts';
import { writePointHook, type WritePointHook } from './write-points.ts';

const QUESTIONS_MAX = 10_000;
/** Longest that answers may hold up the steps of a turn: a thousand readers may come at once. */
const ANSWERS_BUDGET_MS = 5;

const READING: ReadonlySet<QuestionKind> = new Set([
  'watch',
  'accounts',
  'export-accounts',
  'figures',
  'overview',
  'preview-alert-rule',
]);

type Asked = Extract<ToWorker, { readonly kind: 'question' }>;

const port = parentPort;
assert(port !== null, 'this file runs as a worker');
const { config, killAt } = await new Promise<WorkerOrders>((ordered) => {
  port.once('message', ordered);
});

const post = (message: FromWorker): void => port.postMessage(message);
const now = (): number => performance.now();
const wallTime = (): number => Date.now();
const inbox = createInbox<Asked>(QUESTIONS_MAX);
let session: RunSession | undefined;
let isStopping = false;
const sleeper = createSleeper();

function receive(message: ToWorker): void {
  switch (message.kind) {
    case 'question':
      if (inbox.put(message) === 'overrun') {
        const answer = refuse('overrun', `${QUESTIONS_MAX} requests are waiting; try again later`);
        post({ kind: 'answer', id: message.id, answer });
      }
      break;
    case 'unwatch':
      session?.watchList.unwatch(message.accountId);
      break;
    case 'desk':
      session?.desks.set(message);
      break;
    case 'leave-desk':
      session?.desks.leave(message.viewer);
      break;
    case 'stop':
      isStopping = true;
  }
  sleeper.wake();
}

/** What a run is made from: its key without the take, and how to make its source. */
interface RunPlan {
  readonly key: Omit<RunKey, 'take'>;
  readonly input: RunInput;
  readonly seed: string;
}

function planOf(input: RunInput, seed: string): Result<RunPlan> {
  const inputName = runInputName(input);
  if (!inputName.ok) return inputName;
  const { accounts } = config;
  const key = { seed, input: inputName.value, accounts, rulesVersion: houseRules.version };
  return ok({ key, input, seed });
}

async function open(
  plan: RunPlan,
  p: {
    readonly take: number;
    readonly pass: WritePointHook;
    readonly pace: ChosenPace | undefined;
    /** What is there of the run is wiped first: once it is sure that it can be made anew. */
    readonly isFresh?: boolean;
  },
): Promise<Result<RunSession>> {
  const source = createRunSource({ input: plan.input, seed: plan.seed, accounts: config.accounts });
  if (!source.ok) return source;
  if (p.isFresh === true) wipeRun(config.dataDir, plan.key);
  return openSession({
    engine,
    source: source.value,
    key: { ...plan.key, take: p.take },
    dataDir: config.dataDir,
    replayName: config.input.kind === 'replay' ? basename(config.input.path) : undefined,
    speed: config.speed,
    pace: p.pace,
    verify: config.verify,
    pass: p.pass,
    post,
    answerReaders: (reading) => answerReaders(reading, p.pass),
    now,
    wallTime,
  });
}

function tellOpened(opened: RunSession): void {
  const { run, folder, loop, resumedFromStep } = opened;
  const journalSeq = loop.state.head.seq;
  const alertRules = opened.alertRules();
  post({ kind: 'opened', run, folder, journalSeq, resumedFromStep, alertRules });
  for (const message of opened.source.notes)
    post({ kind: 'log', level: 'warn', message, fields: {} });
}

/** Ends the run that is going on and opens the one asked for; on a refusal the old one goes on. */
async function changeRun(
  current: RunSession,
  change: RunChange,
  pass: WritePointHook,
): Promise<Result<RunSession>> {
  const { input, seed } = inputOfChange(current, change);
  const plan = planOf(input, seed);
  if (!plan.ok) return plan;
  const check = createRunSource({ input, seed, accounts: config.accounts });
  if (!check.ok) return check;
  post({ kind: 'closed' });
  await current.close();
  const { key } = plan.value;
  const take =
    change.kind === 'rewind'
      ? beginNextTake(config.dataDir, key)
      : currentTake(config.dataDir, key);
  const { speed, paused } = current.pace;
  const pace = { speed, paused: paused && change.kind === 'rewind' };
  const opened = await open(plan.value, { take, pass, pace });
  // The old run is closed already: there is nothing to go back to.
  if (!opened.ok) throw new Error(opened.error);
  // A run that stood here before has its own rules.
  if (opened.value.resumedFromStep === 0) {
    const sameAccounts = change.kind === 'rewind';
    await carryAlertRules(current.alertRules(), opened.value, { sameAccounts, wallTime });
  }
  if (change.kind === 'rewind') opened.value.pace.seekTarget = change.runTime;
  tellOpened(opened.value);
  return opened;
}

function inputOfChange(
  current: RunSession,
  change: RunChange,
): { readonly input: RunInput; readonly seed: string } {
  const { scenario, seed } = change.kind === 'start-run' ? change : current.source.identity;
  const isReplay = scenario === REPLAY_SCENARIO && config.input.kind === 'replay';
  return { input: isReplay ? config.input : scenarioInput(scenario), seed };
}

/** What was asked, oldest first, as far as there is time; the rest keeps its place. */
async function answerDue(current: RunSession, pass: WritePointHook): Promise<RunSession> {
  const until = now() + ANSWERS_BUDGET_MS;
  let open = current;
  let asked = inbox.next();
  while (asked !== undefined) {
    open = await answerOne(open, asked.id, asked.question, pass);
    asked = now() < until ? inbox.next() : undefined;
  }
  return open;
}

/** During a step only what does not change the run, and can be told of the last complete step; the rest waits for the step's end. */
async function answerReaders(current: RunSession, pass: WritePointHook): Promise<void> {
  const until = now() + ANSWERS_BUDGET_MS;
  let asked = inbox.nextOf(isReader);
  while (asked !== undefined) {
    await answerOne(current, asked.id, asked.question, pass);
    asked = now() < until ? inbox.nextOf(isReader) : undefined;
  }
}

function isReader({ question }: Asked): boolean {
  return READING.has(question.kind);
}

async function answerOne(
  current: RunSession,
  id: number,
  question: Question,
  pass: WritePointHook,
): Promise<RunSession> {
  const handled = await handle(current, question, wallTime);
  if (handled.kind === 'answered') {
    post({ kind: 'answer', id, answer: handled.answer });
    return current;
  }
  if (handled.kind === 'later') {
    void handled.answer.then((answer) => post({ kind: 'answer', id, answer }));
    return current;
  }
  const changed = await changeRun(current, handled.change, pass);
  const answer = changed.ok ? ({ ok: true } as const) : refuse('malformed', changed.error);
  post({ kind: 'answer', id, answer });
  return changed.ok ? changed.value : current;
}

async function run(pass: WritePointHook): Promise<Result<void>> {
  // Both threads have reserved what they need of it by now.
  const room = checkMemory(config.accounts, addressSpace(thisSystem()), 'started');
  if (!room.ok) return room;
  const plan = planOf(config.input, config.seed);
  if (!plan.ok) return plan;
  const { key } = plan.value;
  const { fresh: isFresh } = config;
  const take = isFresh ? 0 : currentTake(config.dataDir, key);
  const opened = await open(plan.value, { take, pass, pace: undefined, isFresh });
  if (!opened.ok) return opened;
  session = opened.value;
  tellOpened(session);
  flushCompileCache();
  while (!isStopping) {
    session = await answerDue(session, pass);
    const waitMs = await session.turn();
    await sleeper.rest(inbox.size > 0 ? 0 : waitMs);
  }
  await session.close();
  return ok(undefined);
}

/** A disk that is full or gone is no fault of the loop: it ends with a sentence. */
async function runOnDisk(pass: WritePointHook): Promise<Result<void>> {
  try {
    return await run(pass);
  } catch (error) {
    const sentence = storageTrouble(error, config.dataDir);
    if (sentence === undefined) throw error;
    return fail(sentence);
  }
}

/** The last moment of a kill test: no handler runs, nothing is flushed. */
function strike(): void {
  process.kill(process.pid, 'SIGKILL');
}

port.on('message', receive);
const hook = writePointHook(killAt, strike);
const result = hook.ok ? await runOnDisk(hook.value) : hook;
post(result.ok ? { kind: 'stopped' } : { kind: 'refused', sentence: result.error });
port.close();
