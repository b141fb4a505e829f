/** One thing by which a list can be narrowed: pressed or not, with how many it stands for. */
import { type ReactNode } from 'react';
import { useFormat } from './figure-text.tsx';
import { classNames } from './class-names.ts';

interface FilterChipProps {
  readonly on: boolean;
  readonly onToggle: () => void;
  /** Undefined while it is not known. */
  readonly count?: number | undefined;
  readonly children: ReactNode;
}

export function FilterChip({ on, onToggle, count, children }: FilterChipProps) {
  return (
    <button
      aria-pressed={on}
      className={classNames(
        'inline-flex h-6 shrink-0 items-center gap-1.5 rounded-full border border-line px-2.5 text-small hover:bg-hover pointer-coarse:h-11',
        on && 'border-ink bg-hover font-medium',
      )}
      onClick={onToggle}
      type="button"
    >
      {children}
      {count === undefined ? null : <Count count={count} />}
    </button>
  );
}

/** Three digits have room from the beginning: a count that grows moves nothing beside it. */
function Count({ count }: { readonly count: number }) {
  const format = useFormat();
  return (
    <span className="min-w-[3ch] text-left text-ink-3" data-figure>
      {format.count(count)}
    </span>
  );
}

/** The choice with one of its members turned round. */
export function toggled<Member>(chosen: readonly Member[], one: Member): readonly Member[] {
  return chosen.includes(one) ? chosen.filter((member) => member !== one) : [...chosen, one];
}
