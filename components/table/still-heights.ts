'use client';
import { useLayoutEffect, type RefObject } from 'react';

/**
 * While a list is held its rows keep their heights too: a line that comes or goes in one of them would move all that are below it,
 * and the one that somebody is about to press.
 */
export function useStillHeights(list: RefObject<HTMLElement | null>, held: boolean): void {
  useLayoutEffect(() => {
    if (!held) return undefined;
    const rows = [...(list.current?.querySelectorAll('li') ?? [])];
    const heights = rows.map((row) => row.getBoundingClientRect().height);
    for (const [place, row] of rows.entries()) {
      row.style.height = `${heights[place] ?? 0}px`;
      row.style.overflow = 'clip';
    }
    return () => {
      for (const row of rows) row.removeAttribute('style');
    };
  }, [list, held]);
}
