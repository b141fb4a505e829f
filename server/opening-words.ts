/** How far the accounts of a beginning are, for console, /readyz and pages. */

export interface OpeningProgress {
  readonly accounts: number;
  /** How many are meant to be opened. */
  readonly of: number;
}

function grouped(count: number): string {
  return count.toLocaleString('en-US');
}

/** `opening 340,000 of 1,000,000 accounts`. */
export function openingText({ accounts, of }: OpeningProgress): string {
  return `opening ${grouped(accounts)} of ${grouped(of)} accounts`;
}

/** The same for the console: `opening 340,000 of 1,000,000 accounts (34 %, 12 s)`. */
export function openingLine(progress: OpeningProgress, seconds: number): string {
  const percent = Math.floor((100 * progress.accounts) / progress.of);
  return `${openingText(progress)} (${percent} %, ${Math.floor(seconds)} s)`;
}

/** Tells every couple of seconds; a beginning that is over sooner says nothing. */
export function createOpeningConsole(p: {
  /** Monotonic milliseconds. */
  readonly now: () => number;
  readonly say: (line: string) => void;
}): (progress: OpeningProgress) => void {
  let began = p.now();
  let toldAt = began;
  let last = 0;
  return (progress) => {
    const at = p.now();
    // Another run is opened.
    if (progress.accounts < last) began = at;
    last = progress.accounts;
    if (at - toldAt < TELL_EVERY_MS) return;
    toldAt = at;
    p.say(openingLine(progress, (at - began) / 1_000));
  };
}

const TELL_EVERY_MS = 2_000;
