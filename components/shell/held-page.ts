/** Going to a page while nothing is heard from the server: the page that stands stays until the other can be fetched. */
import { useRouter } from 'next/navigation';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { useTrust } from '#components/live/live-provider.tsx';
import { isOnPage, PAGES } from './pages.ts';

/** A page that does not answer by then cannot be fetched. */
const ANSWER_MS_MAX = 3_000;
const SERVER_ERROR = 500;

/** The page asked for last that could not be fetched. */
export const heldPage = createStore<{ readonly href: string | undefined }>(() => ({
  href: undefined,
}));

/** Says what becomes of the press. Undefined where none waits. */
export function useHeldPageText(): string | undefined {
  const href = useStore(heldPage, (held) => held.href);
  return href === undefined ? undefined : `${nameOf(href)} opens when the connection is back.`;
}

function nameOf(href: string): string {
  const { pathname } = new URL(href, location.href);
  return PAGES.find((page) => isOnPage(pathname, page.href))?.name ?? 'The page';
}

export function useIsCutOff(): boolean {
  const trust = useTrust();
  return trust === 'lost' || trust === 'silent';
}

interface Go {
  readonly push: (href: string) => void;
  /** In place of the address that stands, without scrolling. */
  readonly replace: (href: string) => void;
}

/** The router's ways to a page; cut off, only to one that can be fetched. */
export function useGo(): Go {
  const router = useRouter();
  const isCutOff = useIsCutOff();
  return useMemo(() => {
    function go(href: string, open: () => void): void {
      if (isCutOff) void openIfFetched(href, open);
      else open();
    }
    return {
      push: (href) => go(href, () => router.push(href)),
      replace: (href) => go(href, () => router.replace(href, { scroll: false })),
    };
  }, [router, isCutOff]);
}

/** Without an answer the router would leave for the browser's own error page. */
async function openIfFetched(href: string, open: () => void): Promise<void> {
  const asked = fetch(href, { method: 'HEAD', signal: AbortSignal.timeout(ANSWER_MS_MAX) });
  const isThere = await asked.then(
    ({ status }) => status < SERVER_ERROR,
    () => false,
  );
  heldPage.setState({ href: isThere ? undefined : href });
  if (isThere) open();
}

/** The address within the product that a plain press opens here. Undefined for any other press. */
export function pageOfPress(event: MouseEvent, here: URL): string | undefined {
  const isPlain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey);
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
  if (!isPlain || event.altKey || !(link instanceof HTMLAnchorElement)) return undefined;
  const to = new URL(link.href);
  if (to.origin !== here.origin || link.target !== '' || link.hasAttribute('download'))
    return undefined;
  const isHere = to.pathname === here.pathname && to.search === here.search;
  return isHere ? undefined : `${to.pathname}${to.search}${to.hash}`;
}
