'use client';
/** Of many rows of one height only those in sight exist, and some more on either side. */
import { useEffect, useState, type RefObject } from 'react';

/** Fewer rows all exist: find-in-page and assistive technology get the whole. */
const WINDOWED_ABOVE = 60;
const OVERSCAN = 6;

export interface RowRange {
  readonly first: number;
  /** One past the last. */
  readonly end: number;
}

/** The rows of which at least a part is seen. */
export function rowsInSight(p: {
  readonly scrollTop: number;
  readonly height: number;
  readonly rowHeight: number;
  readonly count: number;
}): RowRange {
  const first = Math.max(0, Math.floor(p.scrollTop / p.rowHeight));
  const end = Math.ceil((p.scrollTop + p.height) / p.rowHeight);
  return { first: Math.min(first, p.count), end: Math.min(end, p.count) };
}

/** The rows to draw: those in sight and some more on either side. */
export function rowsToDraw({ first, end }: RowRange, count: number): RowRange {
  return { first: Math.max(0, first - OVERSCAN), end: Math.min(end + OVERSCAN, count) };
}

/** @returns the rows in sight; undefined where all exist, whatever is seen */
export function useRowsInSight(
  scroller: RefObject<HTMLElement | null>,
  count: number,
  rowHeight: number,
): RowRange | undefined {
  const isWindowed = count > WINDOWED_ABOVE;
  const [view, setView] = useState({ scrollTop: 0, height: WINDOWED_ABOVE * rowHeight });
  useEffect(() => {
    const element = scroller.current;
    if (!isWindowed || element === null) return undefined;
    function look(): void {
      if (element === null) return;
      // Whole rows: a scroll of a few pixels paints nothing.
      const scrollTop = element.scrollTop - (element.scrollTop % rowHeight);
      const height = rowHeight + element.clientHeight - pinnedHeight(element);
      setView((before) =>
        before.scrollTop === scrollTop && before.height === height ? before : { scrollTop, height },
      );
    }
    look();
    element.addEventListener('scroll', look, { passive: true });
    addEventListener('resize', look);
    return () => {
      element.removeEventListener('scroll', look);
      removeEventListener('resize', look);
    };
  }, [scroller, isWindowed, rowHeight]);
  return isWindowed ? rowsInSight({ ...view, rowHeight, count }) : undefined;
}

/** Of headings and totals, which stand over the rows. */
function pinnedHeight(element: HTMLElement): number {
  const pinned = [...element.querySelectorAll<HTMLElement>('thead, tfoot')];
  return pinned.reduce((sum, { offsetHeight }) => sum + offsetHeight, 0);
}
