'use client';
/** Every change of state, newest first, with what can be filtered away. */
import { useState } from 'react';
import { useRows } from '#components/live/live-provider.tsx';
import { Button } from '#components/primitives/button.tsx';
import { Notice, Panel, Pending } from '#components/primitives/panel.tsx';
import { StateShape, stateColour } from '#components/primitives/state-shape.tsx';
import { classNames } from '#components/primitives/class-names.ts';
import { SHOWN_STATES, stateWord, type ShownState } from '#lib/display/words.ts';
import { AlertCard } from './alert-card.tsx';
import { alertEntries, type AlertEntry } from './alert-rows.ts';

/** Cards drawn at once; the rest on demand, so that a crash does not freeze the page. */
const CARDS_AT_FIRST = 60;
const FILTERS = SHOWN_STATES.filter((state) => state !== 'liquidating');

export function AlertsPage() {
  const rows = useRows('alerts');
  const [states, setStates] = useState<readonly ShownState[]>([]);
  const [openOnly, setOpenOnly] = useState(false);
  const entries = rows === undefined ? undefined : alertEntries(rows);
  const shown = entries?.filter(
    (entry) =>
      (states.length === 0 || states.includes(entry.state)) && (!openOnly || isOpen(entry)),
  );
  return (
    <Panel
      aside={
        <Button
          aria-pressed={openOnly}
          className={openOnly ? 'border-ink text-ink' : undefined}
          onClick={() => setOpenOnly(!openOnly)}
          size="small"
        >
          Only unanswered
        </Button>
      }
      title="Alerts: changes of state"
    >
      <fieldset
        aria-label="Filter by state"
        className="flex min-w-0 flex-wrap gap-1.5 border-b border-line px-3 py-2"
      >
        {FILTERS.map((state) => (
          <FilterChip
            count={entries?.filter((entry) => entry.state === state).length}
            key={state}
            on={states.includes(state)}
            onToggle={() =>
              setStates(
                states.includes(state) ? states.filter((one) => one !== state) : [...states, state],
              )
            }
            state={state}
          />
        ))}
        {entries === undefined || entries.length === 0 ? null : (
          <span className="ml-auto self-center text-small text-ink-3">
            of the newest {entries.length}
          </span>
        )}
      </fieldset>
      <Cards entries={shown} filtered={states.length > 0 || openOnly} />
    </Panel>
  );
}

function isOpen(entry: AlertEntry): boolean {
  return (
    entry.isLatest &&
    entry.acknowledged === undefined &&
    entry.state !== 'healthy' &&
    entry.state !== 'liquidated'
  );
}

function Cards({
  entries,
  filtered,
}: {
  readonly entries: readonly AlertEntry[] | undefined;
  readonly filtered: boolean;
}) {
  const [limit, setLimit] = useState(CARDS_AT_FIRST);
  if (entries === undefined) {
    return (
      <p className="p-3">
        <Pending width="32ch" />
      </p>
    );
  }
  if (entries.length === 0) {
    return filtered ? (
      <Notice head="No alert passes the filter">Choose other states to see more.</Notice>
    ) : (
      <Notice head="Nothing has changed its state yet">
        A card appears here the moment a pool crosses a level.
      </Notice>
    );
  }
  return (
    <>
      <ol>
        {entries.slice(0, limit).map((entry) => (
          <AlertCard entry={entry} key={entry.seq} />
        ))}
      </ol>
      {entries.length > limit ? (
        <div className="flex justify-center border-t border-line p-2">
          <Button onClick={() => setLimit(limit + CARDS_AT_FIRST)} tone="bare">
            Show older ({entries.length - limit})
          </Button>
        </div>
      ) : null}
    </>
  );
}

interface FilterChipProps {
  readonly state: ShownState;
  readonly count: number | undefined;
  readonly on: boolean;
  readonly onToggle: () => void;
}

function FilterChip({ state, count, on, onToggle }: FilterChipProps) {
  return (
    <button
      aria-pressed={on}
      className={classNames(
        'inline-flex h-6 items-center gap-1.5 rounded-full border border-line px-2.5 text-small hover:bg-hover pointer-coarse:h-11',
        on && 'border-ink bg-hover font-medium',
      )}
      onClick={onToggle}
      type="button"
    >
      <StateShape size={10} state={state} />
      <span className={stateColour(state)}>{stateWord(state)}</span>
      <span className="text-ink-3">{count ?? ''}</span>
    </button>
  );
}
