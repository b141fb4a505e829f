'use client';
/** Puts a Watch or a Warning off until a moment that is shown as a countdown; only for this browser. */
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
    <select
      aria-label={`Snooze ${accountId} in this browser`}
      data-key-action="snooze"
      className="h-6 rounded-control border border-line bg-panel px-1 text-small text-ink-2 pointer-coarse:h-11"
      onChange={(event) => snooze(poolId, state, Number(event.target.value), Date.now())}
      title="No toast, sound or notification of this pool in this browser; ends at once when it gets worse"
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
