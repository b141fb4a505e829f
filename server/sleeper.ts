/**
 * The loop's rest between two turns, which whoever brings something to do cuts short. It goes on only when all messages that came
 * together have been taken: were each of them to wake it at once, each would wait for a whole turn.
 */
export interface Sleeper {
  rest(waitMs: number): Promise<void>;
  wake(): void;
}

/** Below this a timer is too coarse: go round at once. */
const TIMER_MIN_MS = 1;

export function createSleeper(): Sleeper {
  let cutShort: () => void = () => {};
  return {
    rest: (waitMs) =>
      new Promise((resolve) => {
        if (waitMs < TIMER_MIN_MS) {
          setImmediate(resolve);
          return;
        }
        const timer = setTimeout(resolve, waitMs);
        cutShort = () => {
          clearTimeout(timer);
          setImmediate(resolve);
        };
      }),
    wake: () => {
      cutShort();
      cutShort = () => {};
    },
  };
}
