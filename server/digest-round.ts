/**
 * Once a second a look at each watched account, right after a market frame, so that both ends derive from the same marks: its facts
 * where they changed, then its digest. When there are many, a round is spread over as many frames as it takes: no decision waits
 * for it longer than a moment.
 */
import { type Engine } from '#lib/engine/engine.ts';
import { type ShownState } from '#lib/engine/state.ts';
import { type Market } from '#lib/margin/account.ts';
import { accountDigest } from '#lib/wire/account-digest.ts';
import { type AccountText } from '#lib/wire/protocol.ts';
import { healthOf, plainTextOf } from './account-figures.ts';
import { type WatchList } from './watch-list.ts';

const ROUND_MS = 1_000;
/** Longest that a look may hold up the loop; who is left out comes first the next time. */
const BUDGET_MS = 4;

export interface AccountDigestText {
  readonly accountId: string;
  readonly digest: string;
}

export interface Look {
  readonly changed: readonly AccountText[];
  readonly digests: readonly AccountDigestText[];
}

/** Gives what is to be told after each frame, of as many accounts as there is time for: at least one while a round is due. */
export function createDigestRound(p: {
  readonly engine: Engine;
  readonly state: ShownState;
  readonly watchList: WatchList;
  /** Monotonic milliseconds. */
  readonly now: () => number;
}): () => Look {
  const { engine, state, watchList, now } = p;
  let queue: string[] = [];
  let beganAt = now();
  return () => {
    if (queue.length === 0 && now() - beganAt >= ROUND_MS) {
      queue = [...watchList.accountIds].reverse();
      beganAt = now();
    }
    const changed: AccountText[] = [];
    const digests: AccountDigestText[] = [];
    if (queue.length === 0) return { changed, digests };
    const until = now() + BUDGET_MS;
    const market = engine.marketOf(state);
    do {
      const accountId = queue.pop() ?? '';
      changed.push(...watchList.changedAmong(state, [accountId]));
      const digest = digestOf(engine, state, accountId, market);
      if (digest !== undefined) digests.push({ accountId, digest });
    } while (queue.length > 0 && now() < until);
    return { changed, digests };
  };
}

function digestOf(
  engine: Engine,
  state: ShownState,
  accountId: string,
  market: Market,
): string | undefined {
  const facts = plainTextOf(state, accountId);
  const health = healthOf(engine, state, accountId, market);
  return facts && health && accountDigest(facts, health);
}
