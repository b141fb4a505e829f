'use client';
/** Whether somebody is at a table: points at it, has focus in it, or scrolls it. Rows stand still meanwhile (ux.md 7). */
import { useEffect, useRef, useState, type FocusEvent, type PointerEvent } from 'react';

const SCROLL_ENDS_AFTER_MS = 800;

export interface Holding {
  readonly held: boolean;
  /** To spread over the element around the rows. */
  readonly handlers: {
    readonly onPointerEnter: (event: PointerEvent) => void;
    readonly onPointerLeave: () => void;
    readonly onFocus: (event: FocusEvent) => void;
    readonly onBlur: (event: FocusEvent) => void;
    readonly onScroll: () => void;
  };
}

export function useHolding(): Holding {
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);
  const [scrolls, setScrolls] = useState(0);
  const area = useRef<Element>(null);
  const focus = useRef<Element>(null);
  // What closes under the pointer or the focus, as the window of a button does, tells nobody that these are elsewhere now.
  useEffect(() => {
    if (!pointed && !focused) return undefined;
    const look = ({ type, target }: Event): void => {
      if (focus.current?.isConnected === false) setFocused(false);
      if (type === 'keydown' || !(target instanceof Node)) return;
      if (area.current?.contains(target) === false) setPointed(false);
    };
    document.addEventListener('pointermove', look);
    document.addEventListener('keydown', look);
    return () => {
      document.removeEventListener('pointermove', look);
      document.removeEventListener('keydown', look);
    };
  }, [pointed, focused]);
  useEffect(() => {
    if (scrolls === 0) return undefined;
    const timer = setTimeout(() => setScrolls(0), SCROLL_ENDS_AFTER_MS);
    return () => clearTimeout(timer);
  }, [scrolls]);
  return {
    held: pointed || focused || scrolls > 0,
    handlers: {
      onPointerEnter: ({ currentTarget }) => {
        area.current = currentTarget;
        setPointed(true);
      },
      onPointerLeave: () => setPointed(false),
      onFocus: ({ target }) => {
        focus.current = target;
        setFocused(true);
      },
      onBlur: (event) => setFocused(event.currentTarget.contains(event.relatedTarget)),
      onScroll: () => setScrolls((count) => count + 1),
    },
  };
}
