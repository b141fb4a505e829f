'use client';
/** A list of which the first are drawn and the rest on demand, so that a crash does not freeze the page. */
import { useState, type ReactNode } from 'react';
import { Button } from './button.tsx';

interface LongListProps<Item> {
  readonly items: readonly Item[];
  /** Drawn at first, and more with each press. */
  readonly step: number;
  readonly label?: string;
  /** What those are that are not drawn yet. */
  readonly rest?: string;
  /** Draws one `li` with its key. */
  readonly children: (item: Item) => ReactNode;
}

export function LongList<Item>({
  items,
  step,
  label,
  rest = 'older',
  children,
}: LongListProps<Item>) {
  const [limit, setLimit] = useState(step);
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
