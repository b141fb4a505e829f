'use client';
/** The tab's icon is the shape and colour of the worst state (ux.md 4.14): the followed account's on Overview, else the book's. */
import { usePathname } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { useLive, useTrust } from '#components/live/live-provider.tsx';
import { StateShape } from '#components/primitives/state-shape.tsx';
import { useWorstState, worstOfBook } from '#components/shell/worst-state.ts';
import { type ShownState } from '#lib/display/words.ts';

export function TabIcon({ accountId }: { readonly accountId: string | undefined }) {
  const state = useTabState(accountId);
  const drawing = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const shape = drawing.current?.querySelector('svg');
    if (shape === null || shape === undefined) return undefined;
    const icon = document.createElement('link');
    icon.rel = 'icon';
    icon.type = 'image/svg+xml';
    icon.href = iconOf(shape);
    return keepLast(icon);
  }, [state]);
  return (
    <span hidden ref={drawing}>
      {state === undefined ? null : <StateShape state={state} />}
    </span>
  );
}

/** Browsers take the last icon of the head; the router may add its own again at any time. Returns the icon's end. */
function keepLast(icon: HTMLLinkElement): () => void {
  function apply(): void {
    const last = [...document.head.querySelectorAll('link[rel="icon"]')].at(-1);
    if (last !== icon) document.head.append(icon);
  }
  apply();
  const observer = new MutationObserver(apply);
  observer.observe(document.head, { childList: true });
  return () => {
    observer.disconnect();
    icon.remove();
  };
}

function useTabState(accountId: string | undefined): ShownState | undefined {
  const own = useWorstState(accountId);
  const book = useLive(({ totals }) => (totals === undefined ? undefined : worstOfBook(totals)));
  const trust = useTrust();
  const onOverview = usePathname() === '/';
  if (trust === 'lost' || trust === 'silent') return 'unknown';
  return onOverview ? own : book;
}

/** Names that the shapes colour themselves with. */
const COLOUR_NAMES = ['--on-liquidating', '--liquidating-edge'];

/** A shape of the page as an icon: its colours are written into it, an icon inherits none. */
export function iconOf(shape: SVGElement): string {
  const look = getComputedStyle(shape);
  const names = COLOUR_NAMES.map((name) => `${name}:${look.getPropertyValue(name)}`);
  const icon = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  icon.setAttribute('viewBox', '0 0 12 12');
  icon.setAttribute('style', [`color:${look.color}`, ...names].join(';'));
  icon.innerHTML = shape.innerHTML;
  return `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(icon))}`;
}
