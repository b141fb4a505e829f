'use client';
/** Goes to another run time that is typed. */
import { useState } from 'react';
import { useLive, useSession } from '#components/live/live-provider.tsx';
import { Button } from '#components/primitives/button.tsx';
import { useZone } from '#components/settings/use-zone.ts';
import { offsetText, seekTimeOf } from '#lib/display/time.ts';
import { type RunText } from '#lib/wire/protocol.ts';
import { goTo } from './run-control.ts';

export function SeekForm({ run }: { readonly run: RunText }) {
  const session = useSession();
  const zone = useZone();
  const [clock, setClock] = useState('');
  const now = useLive(({ frame }) => frame?.runTime);
  const runTime = seekTimeOf(run.tape.startTime, clock, zone);
  return (
    <form
      className="flex flex-wrap items-center gap-1.5 group-has-[[data-asks=run]]:lg:hidden"
      onSubmit={(event) => {
        event.preventDefault();
        if (runTime !== undefined && now !== undefined) goTo(session, { runTime, now });
      }}
    >
      <label className="flex items-center gap-1.5 text-small text-ink-3">
        <span className="max-2xl:sr-only">go to</span>
        <input
          aria-label={`Run time to go to, ${offsetText(run.tape.startTime, zone)}`}
          className="h-6 w-14 rounded-control border border-line bg-panel px-1.5 font-mono text-small text-ink placeholder:text-ink-3 pointer-coarse:h-11"
          inputMode="numeric"
          maxLength={8}
          onChange={(event) => setClock(event.target.value.trim())}
          placeholder="hh:mm"
          value={clock}
        />
      </label>
      <Button
        aria-label="Go to that run time"
        disabled={runTime === undefined}
        size="small"
        type="submit"
      >
        Go
      </Button>
    </form>
  );
}
