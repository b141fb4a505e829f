'use client';
/** Goes to another run time: forward the run is played there; back it is played again from its beginning, which is asked first. */
import { useState } from 'react';
import { useLive } from '#components/live/live-provider.tsx';
import { Button } from '#components/primitives/button.tsx';
import { useZone } from '#components/settings/use-zone.ts';
import { offsetText, seekTimeOf } from '#lib/display/time.ts';
import { type ControlCommand, type RunText } from '#lib/wire/protocol.ts';
import { setSeek } from './seek.ts';
import { Told } from './told.tsx';

/** The question before everybody goes back. */
export const PLAYS_AGAIN = 'Plays again from the beginning for everybody?';

export function SeekForm({
  run,
  send,
}: {
  readonly run: RunText;
  readonly send: (command: ControlCommand) => void;
}) {
  const zone = useZone();
  const [clock, setClock] = useState('');
  const [asking, setAsking] = useState(false);
  const runTime = seekTimeOf(run.tape.startTime, clock, zone);
  const isBack = useLive(({ frame }) => runTime !== undefined && runTime < (frame?.runTime ?? 0));
  return (
    <form
      className="flex flex-wrap items-center gap-1.5 group-has-[[data-asks=run]]:lg:hidden"
      onSubmit={(event) => {
        event.preventDefault();
        if (runTime === undefined) return;
        const asksFirst = isBack && !asking;
        setAsking(asksFirst);
        if (asksFirst) return;
        setSeek({ target: runTime, runId: run.runId, back: isBack });
        send({ kind: 'seek', runTime });
      }}
    >
      <label className="flex items-center gap-1.5 text-small text-ink-3">
        <span className="max-2xl:sr-only">go to</span>
        <input
          aria-label={`Run time to go to, ${offsetText(run.tape.startTime, zone)}`}
          className="h-6 w-14 rounded-control border border-line bg-panel px-1.5 font-mono text-small text-ink placeholder:text-ink-3 pointer-coarse:h-11"
          inputMode="numeric"
          maxLength={8}
          onChange={(event) => {
            setClock(event.target.value.trim());
            setAsking(false);
          }}
          placeholder="hh:mm"
          value={clock}
        />
      </label>
      {asking ? (
        <Told className="text-small font-medium text-ink" data-asks="seek">
          {PLAYS_AGAIN}
        </Told>
      ) : null}
      <Button
        aria-label="Go to that run time"
        disabled={runTime === undefined}
        size="small"
        tone={asking ? 'strong' : undefined}
        type="submit"
      >
        Go
      </Button>
      {asking ? (
        <Button onClick={() => setAsking(false)} size="small" tone="bare">
          Keep
        </Button>
      ) : null}
    </form>
  );
}
