'use client';
/** Puts a Watch or a Warning off until a moment that is shown as a countdown; only for this browser. */
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { useLive } from '#components/live/live-provider.tsx';
import { Button } from '#components/primitives/button.tsx';
import { useFormat } from '#components/primitives/figure-text.tsx';
import { type AlertEntry } from './alert-rows.ts';
import { endSnooze, maySnooze, quietMs, snooze, SNOOZE_MINUTES, snoozeStore } from './snooze.ts';

export function SnoozeChoice({ entry }: { readonly entry: AlertEntry }) {
  const { state, accountId } = entry;
  const { poolId } = entry.body;
  const until = useStore(snoozeStore, ({ byPool }) => byPool[poolId]);
  const format = useFormat();
  const leftMs = useLive(({ wallNow }) => quietMs(until, state, wallNow));
  if (!maySnooze(state)) return null;
  if (leftMs > 0) {
    return (
      <span className="flex items-center gap-1 text-small whitespace-nowrap text-ink-3">
        <span>
          quiet for <span className="inline-block min-w-[7ch]">{format.age(leftMs)}</span>
        </span>
        <Button onClick={() => endSnooze(poolId)} size="small" tone="bare">
          End
        </Button>
      </span>
    );
  }
  return (
    <Minutes
      name={`Snooze ${accountId} in this browser`}
      onChoose={(minutes) => snooze(poolId, state, minutes, Date.now())}
    />
  );
}

const FIELD = 'h-6 w-22 rounded-control border border-line bg-panel text-small pointer-coarse:h-11';

/**
 * A button until it is asked: after every change of a page a browser works out the look of each form field in it, those in cards out
 * of sight too.
 */
function Minutes({
  name,
  onChoose,
}: {
  readonly name: string;
  readonly onChoose: (minutes: number) => void;
}) {
  const [asked, setAsked] = useState(false);
  if (!asked) {
    return (
      <button
        aria-haspopup="listbox"
        aria-label={name}
        className={`${FIELD} flex items-center justify-between px-2 text-ink-2 hover:bg-hover hover:text-ink`}
        data-key-action="snooze"
        onClick={() => setAsked(true)}
        title={WHAT_IT_DOES}
        type="button"
      >
        Snooze <ChevronDown aria-hidden size={12} />
      </button>
    );
  }
  return (
    <select
      aria-label={name}
      className={`${FIELD} px-1 text-ink-2`}
      onBlur={() => setAsked(false)}
      onChange={(event) => onChoose(Number(event.target.value))}
      ref={openChoice}
      title={WHAT_IT_DOES}
      value=""
    >
      <option disabled value="">
        Snooze
      </option>
      {SNOOZE_MINUTES.map((minutes) => (
        <option key={minutes} value={minutes}>
          {minutes} min
        </option>
      ))}
    </select>
  );
}

const WHAT_IT_DOES =
  'No toast, sound or notification of this pool in this browser; ends at once when it gets worse';

/** Not every browser lets a page open its choices: the focus is there in any case. */
function openChoice(choice: HTMLSelectElement | null): void {
  choice?.focus();
  if (choice !== null && 'showPicker' in choice) choice.showPicker();
}
