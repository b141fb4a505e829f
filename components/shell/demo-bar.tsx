'use client';
/** What this run is, and its controls. They act on the server, for every viewer, and the bar says so (rulings G10). */
import { ChevronDown, Pause, Play, SkipForward } from 'lucide-react';
import { useState } from 'react';
import { useLive, useSession, useTrust } from '#components/live/live-provider.tsx';
import { Button } from '#components/primitives/button.tsx';
import { useZone } from '#components/settings/use-zone.ts';
import { clockText, offsetText, stampText } from '#lib/display/time.ts';
import { type ControlCommand, type RunText } from '#lib/wire/protocol.ts';
import { DemoBarPlace } from './demo-bar-place.tsx';
import { OldestPrice } from './health-lights.tsx';
import { GoBackQuestion } from './go-back-question.tsx';
import { sendControl, useRunControl } from './run-control.ts';
import { RunForm } from './run-form.tsx';
import { RunPace } from './run-pace.tsx';
import { RunKeys } from './run-keys.tsx';
import { SeekForm } from './seek-form.tsx';
import { Told } from './told.tsx';

type Send = (command: ControlCommand) => void;

export function DemoBar() {
  const run = useLive((state) => state.run);
  const session = useSession();
  const trust = useTrust();
  const refusal = useRunControl((state) => state.refusal);
  const [open, setOpen] = useState(false);
  if (run === undefined) return <DemoBarPlace />;
  const send: Send = (command) => void sendControl(session, command);
  return (
    <section aria-label="Run" className="border-b border-line bg-raised">
      <RunKeys />
      <GoBackQuestion />
      <div className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 pr-3">
        <fieldset className="contents" disabled={trust !== 'live'}>
          <Ribbon run={run} />
          <OldestPrice className="text-small text-ink-3 min-[22rem]:hidden" />
          <div className="ml-auto flex items-center gap-3 sm:ml-0">
            <Transport send={send} />
            <span className="hidden items-center gap-3 sm:flex">
              <RunClock />
              <RunPace run={run} send={send} />
            </span>
          </div>
          <Button
            aria-expanded={open}
            aria-label="Controls of the run"
            className="lg:hidden"
            onClick={() => setOpen(!open)}
            size="small"
            tone="bare"
          >
            <ChevronDown aria-hidden className={open ? 'rotate-180' : undefined} size={14} />
          </Button>
          <div
            className={
              open
                ? 'group flex w-full flex-wrap items-center gap-2 px-3 pb-2'
                : 'group hidden lg:ml-auto lg:flex lg:items-center lg:gap-2'
            }
          >
            <span className="flex items-center gap-3 sm:hidden">
              <RunClock />
              <RunPace run={run} send={send} />
            </span>
            <SeekForm run={run} />
            <RunForm key={run.runId} run={run} send={send} />
            <span className="text-small text-ink-3 group-has-data-asks:lg:hidden">
              acts for every viewer
            </span>
          </div>
        </fieldset>
      </div>
      {refusal === undefined ? null : (
        <Told className="border-t border-line px-4 py-1 text-small text-ink-2">{refusal}</Told>
      )}
    </section>
  );
}

/** Told apart in greyscale too: stripes, a word, and the seed. */
function Ribbon({ run }: { readonly run: RunText }) {
  const title = run.scenarios.find(({ id }) => id === run.scenario)?.title ?? run.scenario;
  return (
    <div className="flex min-w-0 items-center gap-2 self-stretch">
      <span aria-hidden className="sim-stripe w-4 self-stretch" />
      <strong className="text-small font-bold tracking-wider text-sim sm:hidden">
        {run.mode === 'demo' ? 'DEMO' : 'REPLAY'}
      </strong>
      <span className="truncate text-small text-ink-2">
        <span className={run.mode === 'demo' ? 'max-[22rem]:hidden' : undefined}>
          {run.mode === 'demo' ? 'simulated prices' : run.tape.name},{' '}
        </span>
        seed <span className="font-mono text-ink">{run.seed}</span>
        {run.mode === 'demo' ? <span className="hidden md:inline">, {title}</span> : null}
      </span>
    </div>
  );
}

function Transport({ send }: { readonly send: Send }) {
  const paused = useLive((state) => state.frame?.paused ?? false);
  const ended = useLive((state) => state.frame?.ended ?? false);
  if (ended) return <span className="text-small font-medium text-ink-2">The tape has ended</span>;
  return (
    <div className="flex items-center gap-1">
      <Button
        aria-label={paused ? 'Play' : 'Pause'}
        onClick={() => send({ kind: paused ? 'play' : 'pause' })}
        size="small"
        title={paused ? 'Play' : 'Pause'}
      >
        {paused ? <Play aria-hidden size={13} /> : <Pause aria-hidden size={13} />}
      </Button>
      <Button
        aria-label="One step"
        className="max-sm:hidden"
        disabled={!paused}
        onClick={() => send({ kind: 'step' })}
        size="small"
        title="One step"
      >
        <SkipForward aria-hidden size={13} />
      </Button>
      {paused ? (
        <span className="text-small font-medium text-ink-2 max-sm:sr-only">Paused</span>
      ) : null}
    </div>
  );
}

function RunClock() {
  const zone = useZone();
  const runTime = useLive((state) => state.frame?.runTime);
  const sent = useRunControl((state) => state.seekSent);
  const target = useLive((state) => state.frame?.seekTarget) ?? sent;
  if (runTime === undefined) return null;
  return (
    <time
      className="text-small whitespace-nowrap text-ink-2"
      dateTime={new Date(runTime).toISOString()}
      title={`Run time ${stampText(runTime, zone)}`}
    >
      {clockText(runTime, zone)} <span className="text-ink-3">{offsetText(runTime, zone)}</span>
      {target === undefined ? null : (
        <span className="font-medium text-ink">
          {' '}
          going to {clockText(target, zone).slice(0, 5)}
        </span>
      )}
    </time>
  );
}
