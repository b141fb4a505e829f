'use client';
/** Counts of accounts that are not well, by state: shape, number, word for assistive technology. */
import { Bell } from 'lucide-react';
import Link from 'next/link';
import { useLive } from '#components/live/live-provider.tsx';
import { StateShape, stateColour } from '#components/primitives/state-shape.tsx';
import { buttonLook } from '#components/primitives/button.tsx';
import { stateWord, type ShownState } from '#lib/display/words.ts';

const RUNG_FOR: readonly ShownState[] = ['liquidating', 'critical', 'unknown', 'warning'];

export function AlertBell() {
  const counts = useLive((state) => RUNG_FOR.map((one) => state.totals?.byState[one] ?? 0));
  const spoken = RUNG_FOR.map((state, index) => `${counts[index] ?? 0} ${stateWord(state)}`).join(
    ', ',
  );
  return (
    <Link className={buttonLook({ tone: 'bare' })} href="/alerts" prefetch={false} title={spoken}>
      <span className="sr-only">Alerts: {spoken}</span>
      <Bell aria-hidden className="shrink-0" size={15} />
      {RUNG_FOR.map((state, index) =>
        (counts[index] ?? 0) === 0 ? null : (
          <span
            aria-hidden
            className={`inline-flex items-center gap-0.5 ${stateColour(state)}`}
            data-figure
            key={state}
          >
            <StateShape size={9} state={state} />
            {counts[index]}
          </span>
        ),
      )}
    </Link>
  );
}
