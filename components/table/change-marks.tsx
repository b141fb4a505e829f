'use client';
/**
 * A figure's change: its cell fades once and a small arrow says the way (ux.md 7). Nothing of it stays, and nothing moves. All cells that
 * change in one paint are one drawing over the table that fades as a whole: an animation of each would cost more than its figure.
 */
import {
  createContext,
  useContext,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type ReactNode,
  type Ref,
  type RefObject,
} from 'react';
import { useMedia } from '#components/primitives/use-media.ts';
import { useSetting } from '#components/settings/use-settings.ts';
import { type Decimal } from '#lib/units/decimal.ts';
import { createFades, type Mark } from './fades.ts';

const MarkContext = createContext<Mark | undefined>(undefined);

/** Around a table in a place that is `relative` and starts with it. */
export function ChangeMarks({ children }: { readonly children: ReactNode }) {
  const [first, setFirst] = useState<SVGSVGElement | null>(null);
  const [second, setSecond] = useState<SVGSVGElement | null>(null);
  const isCalm = useSetting(({ motion }) => motion === 'reduced');
  const asksForCalm = useMedia('(prefers-reduced-motion: reduce)');
  const isStill = isCalm || asksForCalm || first === null || second === null;
  const mark = useMemo(
    () => (isStill ? undefined : createFades([first, second])),
    [isStill, first, second],
  );
  return (
    <MarkContext value={mark}>
      {children}
      <Drawing ref={setFirst} />
      <Drawing ref={setSecond} />
    </MarkContext>
  );
}

function Drawing({ ref }: { readonly ref: Ref<SVGSVGElement> }) {
  return (
    <svg
      aria-hidden
      className="pointer-events-none absolute top-0 left-0 overflow-visible opacity-0"
      height="1"
      ref={ref}
      width="1"
    >
      <path className="fill-ink/6" />
      <path className="fill-ink-2" />
    </svg>
  );
}

/** Marks the cells of a row whose figures change. @param figures by column; one that is not known is left out */
export function useChangeMarks(
  row: RefObject<HTMLTableRowElement | null>,
  figures: ReadonlyMap<string, Decimal>,
): void {
  const mark = useContext(MarkContext);
  const before = useRef(figures);
  useLayoutEffect(() => {
    const last = before.current;
    before.current = figures;
    if (mark === undefined) return;
    for (const [column, figure] of figures) {
      const was = last.get(column);
      if (was === undefined || figure.eq(was)) continue;
      const cell = row.current?.querySelector<HTMLElement>(`[data-column="${column}"]`);
      if (cell !== undefined && cell !== null) mark(cell, figure.gt(was));
    }
  });
}
