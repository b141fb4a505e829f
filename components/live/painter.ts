/** When to paint (ux.md 7): figures at most four times a second, the first without delay; changes of state at once. */

const FIGURES_EVERY_MS = 250;

export interface PainterClock {
  readonly now: () => number;
  /** Calls back before the next frame; returns its cancel. */
  readonly onFrame: (callback: () => void) => () => void;
  readonly after: (delayMs: number, callback: () => void) => () => void;
}

export interface Paints {
  /** States alone: cheap, whatever else has come. */
  readonly states: () => void;
  readonly everything: () => void;
}

export interface Painter {
  readonly figuresChanged: () => void;
  readonly stateChanged: () => void;
  /** What is shown would be wrong as a whole: everything in the next frame. */
  readonly everythingChanged: () => void;
  readonly stop: () => void;
}

/** What the next frame is for. */
interface Asked {
  states: boolean;
  figures: boolean;
  everything: boolean;
}

export function createPainter(paints: Paints, clock: PainterClock): Painter {
  let paintedAt = Number.NEGATIVE_INFINITY;
  let cancelFrame: (() => void) | undefined;
  let cancelTimer: (() => void) | undefined;
  let asked: Asked = { states: false, figures: false, everything: false };
  let haveFiguresWaited = false;

  function ask(what: keyof Asked): void {
    asked[what] = true;
    cancelFrame ??= clock.onFrame(atFrame);
  }

  function atFrame(): void {
    cancelFrame = undefined;
    const { states, figures, everything } = asked;
    asked = { states: false, figures: false, everything: false };
    if (everything || (figures && (haveFiguresWaited || !states))) paintEverything();
    else {
      // States do not wait for the figures of the same frame; those wait one frame, never more.
      haveFiguresWaited = figures;
      if (figures) ask('figures');
      paints.states();
    }
  }

  function paintEverything(): void {
    cancelTimer?.();
    cancelTimer = undefined;
    haveFiguresWaited = false;
    paintedAt = clock.now();
    paints.everything();
  }

  return {
    figuresChanged() {
      if (cancelTimer !== undefined || asked.figures || asked.everything) return;
      const dueInMs = paintedAt + FIGURES_EVERY_MS - clock.now();
      if (dueInMs <= 0) ask('figures');
      else
        cancelTimer = clock.after(dueInMs, () => {
          cancelTimer = undefined;
          ask('figures');
        });
    },
    stateChanged: () => ask('states'),
    everythingChanged: () => ask('everything'),
    stop() {
      cancelFrame?.();
      cancelTimer?.();
      cancelFrame = undefined;
      cancelTimer = undefined;
    },
  };
}

/** A hidden tab gets no frames, yet its title must still speak: a timer stands in for them. */
export const browserClock: PainterClock = {
  now: () => performance.now(),
  onFrame(callback) {
    if (document.hidden) return afterDelay(0, callback);
    const frame = requestAnimationFrame(callback);
    return () => cancelAnimationFrame(frame);
  },
  after: afterDelay,
};

function afterDelay(delayMs: number, callback: () => void): () => void {
  const timer = setTimeout(callback, delayMs);
  return () => clearTimeout(timer);
}
