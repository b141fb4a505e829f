'use client';
/** Which account the reader looks at: it stands in the address, so that a link shows the same. */
import { usePathname, useSearchParams } from 'next/navigation';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { useLive } from '#components/live/live-provider.tsx';
import { useGo } from './held-page.ts';

export interface ChosenAccount {
  /** Undefined until the run is known. */
  readonly accountId: string | undefined;
  /** Whether the address names it. */
  readonly asked: boolean;
  readonly choose: (accountId: string) => void;
}

/** The account shown last, so that other pages, and this one after a reconnect, go on with it. Not stored: it ends with the page. */
const followed = createStore<{
  readonly runId: string | undefined;
  readonly accountId: string | undefined;
}>(() => ({ runId: undefined, accountId: undefined }));

/** Needs a Suspense boundary above: the address is known in the browser only. */
export function useChosenAccount(): ChosenAccount {
  const asked = useSearchParams().get('account') ?? undefined;
  const first = useLive((state) => state.firstAccount);
  const runId = useLive((state) => state.run?.runId);
  const kept = useStore(followed, (last) => (last.runId === runId ? last.accountId : undefined));
  const accountId = asked ?? kept ?? first;
  useEffect(() => {
    if (accountId !== undefined) followed.setState({ runId, accountId });
  }, [runId, accountId]);
  const go = useGo();
  const path = usePathname();
  return {
    accountId,
    asked: asked !== undefined,
    choose: (accountId) => {
      if (OF_ONE_ACCOUNT.has(path)) go.replace(addressOf(path, accountId));
      else go.push(overviewOf(accountId));
    },
  };
}

/** Pages that show one account: choosing another stays on them. */
const OF_ONE_ACCOUNT: ReadonlySet<string> = new Set(['/', '/what-if']);

function addressOf(path: string, accountId: string): string {
  return `${path}?account=${encodeURIComponent(accountId)}`;
}

export function overviewOf(accountId: string): string {
  return addressOf('/', accountId);
}
