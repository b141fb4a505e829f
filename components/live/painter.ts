/** When to paint (ux.md 7): figures at most four times a second, the first without delay; changes of state at once. */

export const FIGURES_EVERY_MS = 250;

export interface PainterClock {
  readonly now: () => number;
  /** Calls back before the next frame; returns its cancel. */
  readonly onFrame: (callback: () => void) => () => void;
  readonly after: (delayMs: number, callback: () => void) => () => void;
}

export interface Painter {
  readonly figuresChanged: () => void;
  readonly stateChanged: () => void;
  readonly stop: () => void;
}

export function createPainter(paint: () => void, clock: PainterClock): Painter {
  let paintedAt = Number.NEGATIVE_INFINITY;
  let waiting: { readonly urgent: boolean; readonly cancel: () => void } | undefined;

  function atFrame(): void {
    waiting?.cancel();
    const cancel = clock.onFrame(() => {
      waiting = undefined;
      paintedAt = clock.now();
      paint();
    });
    waiting = { urgent: true, cancel };
  }

  return {
    figuresChanged() {
      if (waiting !== undefined) return;
      const dueInMs = paintedAt + FIGURES_EVERY_MS - clock.now();
      if (dueInMs <= 0) atFrame();
      else waiting = { urgent: false, cancel: clock.after(dueInMs, atFrame) };
    },
    stateChanged() {
      if (waiting?.urgent !== true) atFrame();
    },
    stop() {
      waiting?.cancel();
      waiting = undefined;
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
