'use client';
/** What a filter lets through, each part with its own way to take it out. */
import { X } from 'lucide-react';
import { Button } from '#components/primitives/button.tsx';

export interface Chip {
  readonly text: string;
  readonly remove: () => void;
}

export function FilterChips({
  chips,
  onClear,
  note,
}: {
  readonly chips: readonly Chip[];
  readonly onClear: () => void;
  /** How many rows are left, of how many. */
  readonly note?: string;
}) {
  if (chips.length === 0) return null;
  return (
    <div className="flex flex-wrap items-center gap-1.5 border-b border-line px-3 py-1.5 text-small text-ink-3">
      {note === undefined ? null : <span data-figure>{note}</span>}
      <ul aria-label="Filter" className="flex flex-wrap gap-1.5">
        {chips.map(({ text, remove }) => (
          <li key={text}>
            <Button aria-label={`Show not only ${text}`} onClick={remove} size="small">
              {text} <X aria-hidden size={12} />
            </Button>
          </li>
        ))}
      </ul>
      <Button onClick={onClear} size="small" tone="bare">
        Clear all
      </Button>
    </div>
  );
}
