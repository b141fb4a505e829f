'use client';
import { shownStateOf } from '#components/health/pool-view.ts';
import { useAccount } from '#components/live/live-provider.tsx';
import { SHOWN_STATES, worstOf, type ShownState } from '#lib/display/words.ts';
import { type DeskTotals } from '#lib/wire/protocol.ts';

/** State of an account's worst pool. Undefined until it is known. */
export function useWorstState(accountId: string | undefined): ShownState | undefined {
  const account = useAccount(accountId);
  return account?.kind === 'open' ? worstOf(account.text.pools.map(shownStateOf)) : undefined;
}

/** The worst state that any account of the book is in. Undefined for an empty book. */
export function worstOfBook({ byState }: DeskTotals): ShownState | undefined {
  return SHOWN_STATES.find((state) => byState[state] > 0);
}
