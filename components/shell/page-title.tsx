'use client';
/** The worst state in the tab's title, so that a page in the background still speaks (ux.md 4). */
import { usePathname } from 'next/navigation';
import { useEffect } from 'react';
import { useLive, useTrust } from '#components/live/live-provider.tsx';
import { stateWord, type ShownState } from '#lib/display/words.ts';
import { type DeskTotals } from '#lib/wire/protocol.ts';
import { useChosenAccount } from './chosen-account.ts';
import { useWorstState, worstOfBook } from './worst-state.ts';

const SIGNS: Readonly<Record<ShownState, string>> = {
  healthy: '●',
  watch: '○',
  warning: '▲',
  critical: '◆',
  liquidating: '⊠',
  liquidated: '⊟',
  unknown: '?',
};

export function PageTitle() {
  const path = usePathname();
  const { accountId } = useChosenAccount();
  const own = useWorstState(accountId);
  const book = useLive((state) =>
    state.totals === undefined ? undefined : worstCount(state.totals),
  );
  const run = useLive((state) => state.run);
  const trust = useTrust();
  const mode = run === undefined ? '' : ` (${run.mode === 'demo' ? 'DEMO' : 'REPLAY'})`;
  const head =
    trust === 'lost' || trust === 'silent'
      ? '? Offline'
      : path === '/'
        ? ownHead(accountId, own)
        : book;
  const title = `${head === undefined ? '' : `${head} · `}Plimsoll${mode}`;
  useEffect(() => {
    function apply(): void {
      if (document.title !== title) document.title = title;
    }
    apply();
    // The router writes its own title after a page was changed, at a moment that nobody is told.
    const observer = new MutationObserver(apply);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => observer.disconnect();
  }, [title]);
  return null;
}

function ownHead(accountId: string | undefined, state: ShownState | undefined): string | undefined {
  return state === undefined ? undefined : `${SIGNS[state]} ${stateWord(state)} ${accountId ?? ''}`;
}

/** "◆ 4 Critical": the worst state of the book and how many accounts are in it. */
export function worstCount(totals: DeskTotals): string | undefined {
  const worst = worstOfBook(totals);
  return worst === undefined
    ? undefined
    : `${SIGNS[worst]} ${totals.byState[worst]} ${stateWord(worst)}`;
}
