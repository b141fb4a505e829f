'use client';
/** Of many rows of one height only those in sight exist. */
import { useEffect, useState, type RefObject } from 'react';

/** Fewer rows all exist: find-in-page and assistive technology get the whole. */
export const WINDOWED_ABOVE = 60;
const OVERSCAN = 6;

export interface RowWindow {
  readonly first: number;
  /** One past the last. */
  readonly end: number;
}

/** The rows to draw for a scroll position, some more on either side. */
export function windowAt(p: {
  readonly scrollTop: number;
  readonly height: number;
  readonly rowHeight: number;
  readonly count: number;
}): RowWindow {
  const first = Math.max(0, Math.floor(p.scrollTop / p.rowHeight) - OVERSCAN);
  const end = Math.ceil((p.scrollTop + p.height) / p.rowHeight) + OVERSCAN;
  return { first: Math.min(first, p.count), end: Math.min(end, p.count) };
}

export function useRowWindow(
  scroller: RefObject<HTMLElement | null>,
  count: number,
  rowHeight: number,
): RowWindow {
  const isWindowed = count > WINDOWED_ABOVE;
  const [view, setView] = useState({ scrollTop: 0, height: WINDOWED_ABOVE * rowHeight });
  useEffect(() => {
    const element = scroller.current;
    if (!isWindowed || element === null) return undefined;
    function look(): void {
      if (element === null) return;
      // Whole rows: a scroll of a few pixels paints nothing.
      const scrollTop = element.scrollTop - (element.scrollTop % rowHeight);
      const height = element.clientHeight;
      setView((before) =>
        before.scrollTop === scrollTop && before.height === height ? before : { scrollTop, height },
      );
    }
    look();
    element.addEventListener('scroll', look, { passive: true });
    return () => element.removeEventListener('scroll', look);
  }, [scroller, isWindowed, rowHeight]);
  return isWindowed ? windowAt({ ...view, rowHeight, count }) : { first: 0, end: count };
}
