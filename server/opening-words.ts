/** How far a run is that takes long to open, for console, /readyz and pages. */

import { type StepProgress } from '#lib/engine/notes.ts';

/**
 * `opening`: its accounts are opened. `loading`: they are read from a checkpoint, in one go. `repeating`: steps that a restart takes
 * again. `sorting`: the desk reads every account for the first time.
 */
export type OpeningStage = 'opening' | 'loading' | 'repeating' | 'sorting';

export interface OpeningProgress {
  readonly stage: OpeningStage;
  /** Accounts, or steps where they are repeated. */
  readonly done: number;
  readonly of: number;
  /** Of a step that is repeated and takes long. */
  readonly within?: StepProgress;
}

function grouped(count: number): string {
  return count.toLocaleString('en-US');
}

/** `opening 340,000 of 1,000,000 accounts`. */
export function openingText({ stage, done, of, within }: OpeningProgress): string {
  const share = `${grouped(done)} of ${grouped(of)}`;
  switch (stage) {
    case 'opening':
      return `opening ${share} accounts`;
    case 'loading':
      return `loading ${grouped(of)} accounts from the last checkpoint`;
    case 'sorting':
      return `putting ${share} accounts in order for the Desk`;
    case 'repeating':
      return `taking ${share} steps again since the last checkpoint${withinText(within)}`;
  }
}

function withinText(within: StepProgress | undefined): string {
  if (within === undefined || within.of === 0) return '';
  const { what, done, of } = within;
  return `, of the next one ${grouped(done)} of ${grouped(of)} ${what}`;
}

/** The same for the console: `opening 340,000 of 1,000,000 accounts (34 %, 12 s)`. */
function openingLine(progress: OpeningProgress, seconds: number): string {
  if (progress.stage === 'loading') return openingText(progress);
  const percent = Math.floor((100 * progress.done) / progress.of);
  return `${openingText(progress)} (${percent} %, ${Math.floor(seconds)} s)`;
}

/** Tells every couple of seconds; a stage that is over sooner says nothing. */
export function createOpeningConsole(p: {
  /** Monotonic milliseconds. */
  readonly now: () => number;
  readonly say: (line: string) => void;
}): (progress: OpeningProgress) => void {
  let began = p.now();
  let toldAt = began;
  let last: OpeningProgress | undefined;
  return (progress) => {
    const at = p.now();
    // Another stage, or another run.
    const isNew =
      last !== undefined && (progress.stage !== last.stage || progress.done < last.done);
    if (isNew) began = at;
    last = progress;
    // Said once, before it begins.
    const isOnce = progress.stage === 'loading';
    if (!isOnce && at - toldAt < TELL_EVERY_MS) return;
    toldAt = at;
    p.say(openingLine(progress, (at - began) / 1_000));
  };
}

const TELL_EVERY_MS = 2_000;
