'use client';
/** A figure's change: its cell fades once and a small arrow says the way (ux.md 7). Nothing of it stays, and nothing moves. */
import { useEffect, useRef } from 'react';
import { useSetting } from '#components/settings/use-settings.ts';
import { type Decimal } from '#lib/units/decimal.ts';

const FADE_MS = 400;

/** Stands in a cell that is `relative`. One fade ends before the next begins: never more than three in a second. */
export function ChangeMark({ value }: { readonly value: Decimal | undefined }) {
  const mark = useRef<HTMLSpanElement>(null);
  const before = useRef(value);
  const fade = useRef<Animation>(undefined);
  const isCalm = useSetting(({ motion }) => motion === 'reduced');
  useEffect(() => {
    const last = before.current;
    before.current = value;
    if (last === undefined || value === undefined || value.eq(last)) return;
    if (mark.current === null || fade.current?.playState === 'running' || isCalm) return;
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    const arrow = value.gt(last) ? '▲' : '▼';
    if (mark.current.textContent !== arrow) mark.current.textContent = arrow;
    fade.current = mark.current.animate({ opacity: [1, 0] }, { duration: FADE_MS });
  }, [value, isCalm]);
  return (
    <span
      aria-hidden
      className="pointer-events-none absolute inset-0 bg-ink/6 pl-0.5 text-left text-[0.5rem] leading-6 text-ink-2 opacity-0"
      ref={mark}
    />
  );
}
