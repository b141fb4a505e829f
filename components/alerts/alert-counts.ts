/** How many pools a filter of the inbox lets through, of the whole book as the server counts it. Pure. */
import { type ShownState } from '#lib/display/words.ts';
import { OPEN_STATES, type AlertCounts, type OpenState } from '#lib/wire/protocol.ts';

export interface PoolFilter {
  /** None: every state. */
  readonly states: readonly ShownState[];
  /** Only those that nobody has answered. */
  readonly unanswered: boolean;
}

export function poolsThat(counts: AlertCounts, { states, unanswered }: PoolFilter): number {
  const byState = unanswered ? counts.unanswered : counts.open;
  return OPEN_STATES.filter(
    (state) => states.length === 0 || states.includes(cardState(state)),
  ).reduce((sum, state) => sum + byState[state], 0);
}

/** A pool that is being liquidated stands under Critical, which it was told as. */
function cardState(state: OpenState): ShownState {
  return state === 'liquidating' ? 'critical' : state;
}
