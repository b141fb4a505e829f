'use client';
/** Which account the reader looks at: it stands in the address, so that a link shows the same. */
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useLive } from '#components/live/live-provider.tsx';

export interface ChosenAccount {
  /** Undefined until the run is known. */
  readonly accountId: string | undefined;
  /** Whether the address names it. */
  readonly asked: boolean;
  readonly choose: (accountId: string) => void;
}

/** Needs a Suspense boundary above: the address is known in the browser only. */
export function useChosenAccount(): ChosenAccount {
  const asked = useSearchParams().get('account') ?? undefined;
  const first = useLive((state) => state.firstAccount);
  const router = useRouter();
  const onOverview = usePathname() === '/';
  return {
    accountId: asked ?? first,
    asked: asked !== undefined,
    choose: (accountId) => {
      const address = overviewOf(accountId);
      if (onOverview) router.replace(address, { scroll: false });
      else router.push(address);
    },
  };
}

export function overviewOf(accountId: string): string {
  return `/?account=${encodeURIComponent(accountId)}`;
}
