'use client';
/** Whether somebody is at a table: points at it, has focus in it, or scrolls it. Rows stand still meanwhile (ux.md 7). */
import { useEffect, useState, type FocusEvent } from 'react';

const SCROLL_ENDS_AFTER_MS = 800;

export interface Holding {
  readonly held: boolean;
  /** To spread over the element around the rows. */
  readonly handlers: {
    readonly onPointerEnter: () => void;
    readonly onPointerLeave: () => void;
    readonly onFocus: () => void;
    readonly onBlur: (event: FocusEvent) => void;
    readonly onScroll: () => void;
  };
}

export function useHolding(): Holding {
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);
  const [scrolls, setScrolls] = useState(0);
  useEffect(() => {
    if (scrolls === 0) return undefined;
    const timer = setTimeout(() => setScrolls(0), SCROLL_ENDS_AFTER_MS);
    return () => clearTimeout(timer);
  }, [scrolls]);
  return {
    held: pointed || focused || scrolls > 0,
    handlers: {
      onPointerEnter: () => setPointed(true),
      onPointerLeave: () => setPointed(false),
      onFocus: () => setFocused(true),
      onBlur: (event) => setFocused(event.currentTarget.contains(event.relatedTarget)),
      onScroll: () => setScrolls((count) => count + 1),
    },
  };
}
