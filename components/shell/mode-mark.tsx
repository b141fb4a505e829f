'use client';
/** What kind of run every page shows, beside the product's name. On a phone the run's own bar says it. */
import { useLive } from '#components/live/live-provider.tsx';

export function ModeMark() {
  const mode = useLive((state) => state.run?.mode);
  return (
    <span className="min-w-[4ch] text-small font-bold tracking-wider text-sim max-sm:hidden">
      {mode === undefined ? null : mode === 'demo' ? 'DEMO' : 'REPLAY'}
    </span>
  );
}
