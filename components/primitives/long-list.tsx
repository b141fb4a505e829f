'use client';
/** A list of which the first are drawn and the rest on demand, so that a crash does not freeze the page. */
import { useEffect, useState, type ReactNode } from 'react';
import { Button } from './button.tsx';

interface LongListProps<Item> {
  readonly items: readonly Item[];
  /** Drawn at first, and more with each press. */
  readonly step: number;
  readonly label?: string;
  /** What those are that are not drawn yet. */
  readonly rest?: string;
  /** So many are drawn without a press, the first at once and the others in turns: what comes into the middle of a list must be seen. */
  readonly growsTo?: number;
  /** Draws one `li` with its key. */
  readonly children: (item: Item) => ReactNode;
}

/** A turn is short enough for everything else that the page has to do. */
const TURN = 20;
const TURN_EVERY_MS = 100;

export function LongList<Item>({
  items,
  step,
  label,
  rest = 'older',
  growsTo = 0,
  children,
}: LongListProps<Item>) {
  const [limit, setLimit] = useState(step);
  // Ahead of what is there: the next ones are drawn the moment they come.
  const isGrowing = limit < Math.min(growsTo, items.length + step);
  useEffect(() => {
    if (!isGrowing) return undefined;
    const timer = setTimeout(() => setLimit(limit + TURN), TURN_EVERY_MS);
    return () => clearTimeout(timer);
  }, [isGrowing, limit]);
  return (
    <>
      <ol aria-label={label}>{items.slice(0, limit).map(children)}</ol>
      {items.length > limit ? (
        <div className="flex justify-center border-t border-line p-2">
          <Button onClick={() => setLimit(limit + step)} tone="bare">
            Show {rest} ({items.length - limit})
          </Button>
        </div>
      ) : null}
    </>
  );
}
