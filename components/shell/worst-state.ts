'use client';
import { shownStateOf } from '#components/health/pool-view.ts';
import { useAccount } from '#components/live/live-provider.tsx';
import { worstOf, type ShownState } from '#lib/display/words.ts';

/** State of an account's worst pool. Undefined until it is known. */
export function useWorstState(accountId: string | undefined): ShownState | undefined {
  const account = useAccount(accountId);
  return account?.kind === 'open' ? worstOf(account.text.pools.map(shownStateOf)) : undefined;
}
