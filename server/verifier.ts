/** VERIFY=1: the whole book against the plain exact path once a minute, in the time that decisions leave. */
import { verifyRun } from '#lib/engine/verify.ts';
import { type EngineState } from '#lib/engine/state.ts';
import { type Background, type Task } from './background.ts';
import { type FromWorker } from './worker-messages.ts';

const VERIFY_MS = 60_000;

export interface Verifier {
  /** Begins a round when one is due. */
  tick(): void;
}

export function createVerifier(p: {
  readonly state: EngineState;
  readonly background: Background;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  readonly post: (message: FromWorker) => void;
}): Verifier {
  const { state, background, now, post } = p;
  let beganAt = Number.NEGATIVE_INFINITY;

  function* round(): Task {
    const verified = yield* verifyRun(state);
    const tookMs = Math.round(now() - beganAt);
    post({ kind: 'verified', verified: { ...verified, tookMs } });
  }

  return {
    tick: () => {
      if (now() - beganAt < VERIFY_MS) return;
      background.ask('verify', round);
      beganAt = now();
    },
  };
}
