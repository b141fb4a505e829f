'use client';
/** Accounts by state. Each tile filters the grid, and shows that it does. */
import { useLive } from '#components/live/live-provider.tsx';
import { useFormat } from '#components/primitives/figure-text.tsx';
import { Pending } from '#components/primitives/panel.tsx';
import { StateShape, stateColour } from '#components/primitives/state-shape.tsx';
import { classNames } from '#components/primitives/class-names.ts';
import { SHOWN_STATES, stateWord, type ShownState } from '#lib/display/words.ts';

/** From here on a count has seven places: a tile of a laptop's width holds it in the size of the text alone. */
const WIDE_COUNT = 100_000;

interface StateTilesProps {
  readonly chosen: readonly ShownState[];
  readonly onToggle: (state: ShownState) => void;
}

export function StateTiles({ chosen, onToggle }: StateTilesProps) {
  const format = useFormat();
  const byState = useLive((state) => state.totals?.byState);
  return (
    <fieldset
      aria-label="Accounts by state"
      className="grid min-w-0 grid-cols-2 gap-2 sm:grid-cols-4 xl:grid-cols-7"
    >
      {SHOWN_STATES.map((state) => {
        const count = byState?.[state];
        const on = chosen.includes(state);
        return (
          <button
            aria-pressed={on}
            className={classNames(
              'flex items-center justify-between gap-2 rounded-panel border border-line bg-panel px-3 py-2 text-left transition-colors duration-(--quick) hover:bg-hover max-xl:last:col-span-2',
              on && 'border-ink bg-hover',
            )}
            key={state}
            onClick={() => onToggle(state)}
            type="button"
          >
            <span
              className={`flex items-center gap-1.5 text-small font-medium ${count === 0 ? 'text-ink-3' : stateColour(state)}`}
            >
              <StateShape state={state} />
              {stateWord(state)}
            </span>
            <span
              className={classNames(
                'font-semibold',
                (count ?? 0) < WIDE_COUNT ? 'text-figure' : 'text-lead',
                count === 0 && 'text-ink-3',
              )}
              data-figure
            >
              {count === undefined ? <Pending width="3ch" /> : format.count(count)}
            </span>
          </button>
        );
      })}
    </fieldset>
  );
}
