/**
 * Once a second, a digest of each watched account, right after a market frame, so that both ends derive from the same marks.
 * When there are many, a round is spread over several frames: decisions wait for none of it longer than a moment.
 */
import { type Engine } from '#lib/engine/engine.ts';
import { type EngineState } from '#lib/engine/state.ts';
import { accountDigest } from '#lib/wire/account-digest.ts';
import { accountTextOf, healthOf } from './account-figures.ts';

const ROUND_MS = 1_000;
/** Longest that digests may hold up the loop in one go; who is left out comes first the next time. */
const BUDGET_MS = 4;

export interface AccountDigestText {
  readonly accountId: string;
  readonly digest: string;
}

export interface DigestRound {
  /** Accounts whose turn it is now; a new round begins when one is due. */
  turn(watched: readonly string[]): readonly string[];
  /** Digests of as many of them as there is time for. */
  digests(engine: Engine, state: EngineState): readonly AccountDigestText[];
}

export function createDigestRound(now: () => number): DigestRound {
  let queue: string[] = [];
  let beganAt = now();
  return {
    turn: (watched) => {
      if (queue.length === 0 && now() - beganAt >= ROUND_MS) {
        queue = [...watched];
        beganAt = now();
      }
      return queue;
    },
    digests: (engine, state) => {
      const until = now() + BUDGET_MS;
      const made: AccountDigestText[] = [];
      while (queue.length > 0 && now() < until) {
        const digest = digestOf(engine, state, queue.shift() ?? '');
        if (digest !== undefined) made.push(digest);
      }
      return made;
    },
  };
}

function digestOf(
  engine: Engine,
  state: EngineState,
  accountId: string,
): AccountDigestText | undefined {
  const facts = accountTextOf(state, accountId);
  const health = healthOf(engine, state, accountId);
  if (facts === undefined || health === undefined) return undefined;
  return { accountId, digest: accountDigest(facts, health) };
}
