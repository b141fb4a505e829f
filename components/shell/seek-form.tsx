'use client';
/** Goes to another run time. Forward the run is played there; back it is played again from its beginning, to the same figures. */
import { useState } from 'react';
import { Button } from '#components/primitives/button.tsx';
import { useZone } from '#components/settings/use-zone.ts';
import { offsetText, seekTimeOf } from '#lib/display/time.ts';
import { type ControlCommand, type RunText } from '#lib/wire/protocol.ts';

export function SeekForm({
  run,
  send,
}: {
  readonly run: RunText;
  readonly send: (command: ControlCommand) => void;
}) {
  const zone = useZone();
  const [clock, setClock] = useState('');
  const runTime = seekTimeOf(run.tape.startTime, clock, zone);
  return (
    <form
      className="flex items-center gap-1.5"
      onSubmit={(event) => {
        event.preventDefault();
        if (runTime !== undefined) send({ kind: 'seek', runTime });
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
