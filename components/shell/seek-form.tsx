'use client';
/** Goes to another run time. Forward the run is played there; back it is played again from its beginning, to the same figures. */
import { useState } from 'react';
import { Button } from '#components/primitives/button.tsx';
import { seekTimeOf } from '#lib/display/time.ts';
import { type ControlCommand, type RunText } from '#lib/wire/protocol.ts';

export function SeekForm({
  run,
  send,
}: {
  readonly run: RunText;
  readonly send: (command: ControlCommand) => void;
}) {
  const [clock, setClock] = useState('');
  const runTime = seekTimeOf(run.tape.startTime, clock);
  return (
    <form
      className="flex items-center gap-1.5"
      onSubmit={(event) => {
        event.preventDefault();
        if (runTime !== undefined) send({ kind: 'seek', runTime });
      }}
    >
      <label className="flex items-center gap-1.5 text-small text-ink-3">
        go to
        <input
          aria-label="Run time to go to, UTC"
          className="h-6 rounded-control border border-line bg-panel px-1.5 text-small text-ink pointer-coarse:h-11"
          onChange={(event) => setClock(event.target.value)}
          required
          step={1}
          type="time"
          value={clock}
        />
      </label>
      <Button disabled={runTime === undefined} size="small" type="submit">
        Go
      </Button>
    </form>
  );
}
