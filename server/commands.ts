/** What people ask of a running session, answered one by one between two steps. What replaces the run is left to the worker. */
import { assertNever } from '#lib/contract.ts';
import { type ShownState } from '#lib/engine/state.ts';
import { instrumentId, type AccountId } from '#lib/units/ids.ts';
import { HOUR_MS } from '#lib/units/time.ts';
import { type ControlCommand, type Refusal } from '#lib/wire/protocol.ts';
import { accountFiguresOf } from './account-figures.ts';
import {
  acknowledge,
  previewRule,
  removeAlertRule,
  setAlertRule,
  undoAcknowledge,
} from './alert-commands.ts';
import { command, DONE, unknownAccount } from './command-step.ts';
import { type DeskBook } from './desk/desk-book.ts';
import { refuse } from './refusal.ts';
import { type RunSession } from './run-session.ts';
import { digestOfPage } from './store/store.ts';
import { type AnswerTo, type Question } from './worker-messages.ts';

/** Seeking further than this would keep everybody waiting. */
const SEEK_AHEAD_MAX_MS = 48 * HOUR_MS;
const STEPS_ASKED_MAX = 1_000;
const ACCOUNT_IDS_MAX = 5_000;
/** Who acts on the run where nobody signs in. */
const OPERATOR = 'demo operator';

/** Commands that end this run and open another. */
export type RunChange =
  | { readonly kind: 'start-run'; readonly seed: string; readonly scenario: string }
  | { readonly kind: 'rewind'; readonly runTime: number };

export type Handled =
  | { readonly kind: 'answered'; readonly answer: AnyAnswer }
  /** Worked out in the time that decisions leave. */
  | { readonly kind: 'later'; readonly answer: Promise<AnyAnswer> }
  | { readonly kind: 'run-change'; readonly change: RunChange };

type AnyAnswer = ({ readonly ok: true } & object) | Refusal;

function answered(answer: AnyAnswer): Handled {
  return { kind: 'answered', answer };
}

/** @param wallTime milliseconds since 1970, for the age of what is shown. */
export async function handle(
  session: RunSession,
  question: Question,
  wallTime: () => number,
): Promise<Handled> {
  switch (question.kind) {
    case 'control':
      return control(session, question.command, wallTime);
    case 'acknowledge':
      return answered(await acknowledge(session, question, wallTime));
    case 'undo-acknowledge':
      return answered(await undoAcknowledge(session, question, wallTime));
    case 'set-alert-rule':
      return answered(await setAlertRule(session, question, wallTime));
    case 'remove-alert-rule':
      return answered(await removeAlertRule(session, question, wallTime));
    case 'preview-alert-rule':
      return { kind: 'later', answer: previewRule(session, question) };
    case 'watch':
      return answered(watch(session, question.accountId));
    case 'accounts':
      return { kind: 'later', answer: session.desks.askOnce(question.query) };
    case 'export-accounts':
      return { kind: 'later', answer: session.desks.askPage(question) };
    case 'figures':
      return answered(figures(session, question.accountId));
    case 'digest':
      return answered(digest(session));
    case 'overview':
      return answered(overview(session));
    default:
      return assertNever(question);
  }
}

async function control(
  session: RunSession,
  command: ControlCommand,
  wallTime: () => number,
): Promise<Handled> {
  const { pace, publisher } = session;
  switch (command.kind) {
    case 'pause':
      pace.paused = true;
      pace.seekTarget = undefined;
      break;
    case 'play':
      pace.paused = false;
      break;
    case 'step':
      pace.paused = true;
      pace.stepsAsked = Math.min(pace.stepsAsked + 1, STEPS_ASKED_MAX);
      break;
    case 'speed':
      pace.speed = command.speed;
      break;
    case 'seek':
      return seek(session, command.runTime);
    case 'start-run':
      return { kind: 'run-change', change: command };
    case 'accept-price-jump':
      return answered(await acceptPriceJump(session, command.instrument, wallTime));
    case 'drill':
      return answered(await feedDrill(session, command, wallTime));
    default:
      return assertNever(command);
  }
  await session.keepPace();
  publisher.paceChanged();
  return answered(DONE);
}

function seek(session: RunSession, runTime: number): Handled {
  const { state } = session.loop;
  const { startTime, endTime } = session.source.tape;
  const last = Math.min(endTime ?? Number.POSITIVE_INFINITY, state.time + SEEK_AHEAD_MAX_MS);
  if (runTime < startTime || runTime > last) {
    return answered(
      refuse('malformed', `seek to ${runTime}: expected a run time from ${startTime} to ${last}`),
    );
  }
  if (runTime < state.time) return { kind: 'run-change', change: { kind: 'rewind', runTime } };
  session.pace.seekTarget = runTime;
  session.publisher.paceChanged();
  return answered(DONE);
}

async function acceptPriceJump(
  session: RunSession,
  instrument: string,
  wallTime: () => number,
): Promise<typeof DONE | Refusal> {
  const id = instrumentId(instrument);
  if (!session.loop.state.instruments.has(id)) {
    return refuse('malformed', `instrument "${instrument}" is not part of this run`);
  }
  const accept = { kind: 'accept-price-jump', instrumentId: id } as const;
  return command(session, { kind: 'operator-command', command: accept, by: OPERATOR }, wallTime);
}

async function feedDrill(
  session: RunSession,
  { drill, instrument, durationMs }: Extract<ControlCommand, { kind: 'drill' }>,
  wallTime: () => number,
): Promise<typeof DONE | Refusal> {
  const { state } = session.loop;
  const id = instrumentId(instrument);
  if (!state.marks.has(id))
    return refuse('malformed', `instrument "${instrument}" has no price in this run`);
  const given = { kind: 'feed-drill', drill, instrumentId: id, durationMs } as const;
  return command(session, { kind: 'operator-command', command: given, by: OPERATOR }, wallTime);
}

function watch(session: RunSession, id: string): AnswerTo<'watch'> {
  const account = session.watchList.watch(session.loop.shown, id);
  return account === undefined ? unknownAccount(id) : { ok: true, account };
}

function figures(session: RunSession, id: string): AnswerTo<'figures'> {
  const account = accountFiguresOf(session.engine, session.loop.shown, id);
  return account === undefined ? unknownAccount(id) : { ok: true, account };
}

function digest(session: RunSession): AnswerTo<'digest'> {
  const { state } = session.loop;
  return {
    ok: true,
    step: state.step,
    digest: session.engine.digestOf(state, digestOfPage),
    journalSeq: state.head.seq,
  };
}

function overview({ book, loop }: RunSession): AnswerTo<'overview'> {
  const ids = Array.from({ length: Math.min(book.size, ACCOUNT_IDS_MAX) }, (_, slot) =>
    book.idOf(slot),
  );
  return {
    ok: true,
    firstAccount: worstAlive(book, loop.shown) ?? ids[0] ?? null,
    accountIds: ids,
  };
}

/** The worst account that holds anything. */
function worstAlive(book: DeskBook, state: ShownState): AccountId | undefined {
  for (const { slots } of book.runs('state', true, 0)) {
    const alive = slots.find((slot) => state.accounts.read(book.idOf(slot))?.positions.size);
    if (alive !== undefined) return book.idOf(alive);
  }
  return undefined;
}
