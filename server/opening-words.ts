/** How far a run is that takes long to open, for console, /readyz and pages. */

/**
 * `opening`: its accounts are opened. `repeating`: steps that a restart takes again. `sorting`: the desk reads every account for the
 * first time.
 */
export type OpeningStage = 'opening' | 'repeating' | 'sorting';

export interface OpeningProgress {
  readonly stage: OpeningStage;
  /** Accounts, or steps where they are repeated. */
  readonly done: number;
  readonly of: number;
}

function grouped(count: number): string {
  return count.toLocaleString('en-US');
}

/** `opening 340,000 of 1,000,000 accounts`. */
export function openingText({ stage, done, of }: OpeningProgress): string {
  const share = `${grouped(done)} of ${grouped(of)}`;
  if (stage === 'opening') return `opening ${share} accounts`;
  return stage === 'sorting'
    ? `putting ${share} accounts in order for the Desk`
    : `taking ${share} steps again since the last checkpoint`;
}

/** The same for the console: `opening 340,000 of 1,000,000 accounts (34 %, 12 s)`. */
function openingLine(progress: OpeningProgress, seconds: number): string {
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
    if (at - toldAt < TELL_EVERY_MS) return;
    toldAt = at;
    p.say(openingLine(progress, (at - began) / 1_000));
  };
}

const TELL_EVERY_MS = 2_000;
