'use client';
/** Holds a view still or takes it along: the same two buttons beside every table. */
import { Download, Play, Snowflake } from 'lucide-react';
import { Button } from '#components/primitives/button.tsx';

interface ViewButtonsProps {
  readonly freeze: { readonly isFrozen: boolean; readonly toggle: () => void };
  readonly onExport: () => void;
  /** What the file will hold: "the accounts that match". */
  readonly exported: string;
}

export function ViewButtons({ freeze, onExport, exported }: ViewButtonsProps) {
  const { isFrozen, toggle } = freeze;
  return (
    <>
      <Button
        aria-label={isFrozen ? 'Resume the view' : 'Freeze the view'}
        aria-pressed={isFrozen}
        onClick={toggle}
        size="small"
        title={isFrozen ? 'Resume the view (f)' : 'Freeze the view, not the engine (f)'}
        tone={isFrozen ? 'strong' : 'bare'}
      >
        {isFrozen ? <Play aria-hidden size={14} /> : <Snowflake aria-hidden size={14} />}
      </Button>
      <Button
        aria-label={`Export ${exported} as CSV`}
        onClick={onExport}
        size="small"
        title={`Export ${exported} (CSV)`}
        tone="bare"
      >
        <Download aria-hidden size={14} />
      </Button>
    </>
  );
}
