/** The turns of an open run: the steps that are due, what is told by itself, and in what the pace leaves everything else. */
import { type Background } from './background.ts';
import { type DeskBook } from './desk/desk-book.ts';
import { type DeskViews } from './desk/desk-views.ts';
import { type HistorySampler } from './history-sampler.ts';
import { type LoopPublisher } from './loop-publisher.ts';
import { earn, mayStep, measure, spend, waitMs, type Pace } from './pace.ts';
import { type RiskLoop } from './risk-loop.ts';
import { type RunSource } from './run-source.ts';
import { type Verifier } from './verifier.ts';

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

/** What a turn works with. */
export interface Moving {
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

/** Takes the turns of a run. */
export interface RunTurns {
  /** Steps that are due, then whatever else is. Gives the milliseconds until there is something to do again. */
  take(): Promise<number>;
  /** What is done while a long step pauses. */
  pause(answerReaders: () => Promise<void>): Promise<void>;
}

export function createRunTurns(
  moving: Moving,
  p: {
    /** Work that is done between two steps alone. */
    readonly betweenSteps: Background;
    readonly sampler: HistorySampler;
    /** VERIFY=1. */
    readonly verifier: Verifier | undefined;
  },
): RunTurns {
  const { loop, background, now } = moving;
  const { betweenSteps, sampler, verifier } = p;
  return {
    take: async () => {
      const began = now();
      const moreDue = await takeDueSteps(moving);
      const stepsMs = now() - began;
      tellDue(moving);
      verifier?.tick();
      const sample = sampler.due(loop.shown, now());
      if (sample !== undefined) background.ask('history', sample);
      await loop.keepUp('if-due');
      background.work(backgroundBudgetMs(stepsMs));
      betweenSteps.work(BACKGROUND_BUDGET_MS);
      return moreDue || !betweenSteps.isIdle() ? 0 : restMs(moving);
    },
    pause: async (answerReaders) => {
      await messagesCame();
      await answerReaders();
      tellDue(moving);
      background.work(PAUSE_BUDGET_MS);
    },
  };
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
