'use client';
/** A state as shape and word. While the page hears nothing it shows Unknown, whatever was true before (ux.md 9). */
import { useTrust } from '#components/live/live-provider.tsx';
import { stateWord, type ShownState } from '#lib/display/words.ts';
import { classNames } from './class-names.ts';
import { StateShape, stateColour } from './state-shape.tsx';

interface StateTagProps {
  readonly state: ShownState;
  readonly className?: string | undefined;
  /** The word is for assistive technology only: the shape stands in a tight place. */
  readonly wordHidden?: boolean;
  /** A moment that is past keeps its state although nothing is heard now. */
  readonly past?: boolean;
}

export function StateTag({ state, className, wordHidden = false, past = false }: StateTagProps) {
  const trust = useTrust();
  const shown = past || trust === 'live' ? state : 'unknown';
  const filled = shown === 'liquidating' && !wordHidden;
  return (
    <span
      className={classNames(
        'inline-flex items-center gap-1.5 font-medium whitespace-nowrap',
        stateColour(shown),
        filled && 'rounded-control bg-liquidating py-px pr-1.5 pl-1 text-on-liquidating',
        className,
      )}
      data-state={shown}
    >
      <StateShape state={shown} />
      <span className={wordHidden ? 'sr-only' : undefined}>{stateWord(shown)}</span>
    </span>
  );
}
