'use client';
/** One line across the page when its figures may be wrong: what happened, since when, and what can be done (ux.md 9). */
import { Button } from '#components/primitives/button.tsx';
import { useFormat } from '#components/primitives/figure-text.tsx';
import { useLive, useSession } from '#components/live/live-provider.tsx';
import { useZone } from '#components/settings/use-zone.ts';
import { useHeldPageText } from './held-page.ts';
import { conditionOf } from './screen-condition.ts';
import { Told } from './told.tsx';

export function StatusBar() {
  const session = useSession();
  const { age } = useFormat();
  const zone = useZone();
  const condition = useLive((state) => conditionOf(state, { age, zone }));
  const held = useHeldPageText();
  if (condition === undefined) return null;
  return (
    <section
      aria-label="Connection"
      className="hatch flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 border-b border-unknown bg-panel px-4 py-1"
    >
      <strong className="font-semibold text-unknown">{condition.head}</strong>
      <span className="text-ink-2">{condition.text}</span>
      {held === undefined ? null : <Told className="font-medium">{held}</Told>}
      {condition.mayRetry ? (
        <span className="ml-auto">
          <Button onClick={() => session?.retryNow()} size="small">
            Retry now
          </Button>
        </span>
      ) : null}
    </section>
  );
}
