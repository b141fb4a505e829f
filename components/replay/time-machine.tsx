'use client';
/** Where the run stands on its tape, what happened when, and how to have the same run again. */
import { goTo } from '#components/shell/run-control.ts';
import { useState } from 'react';
import { useLive, useRows, useSession, useTrust } from '#components/live/live-provider.tsx';
import { Button } from '#components/primitives/button.tsx';
import { useFormat } from '#components/primitives/figure-text.tsx';
import { Panel } from '#components/primitives/panel.tsx';
import { Term } from '#components/primitives/term.tsx';
import { useZone } from '#components/settings/use-zone.ts';
import { stampText } from '#lib/display/time.ts';
import { type RowWire, type RunText } from '#lib/wire/protocol.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** How far ahead of now the slider reaches on a tape without an end. */
const AHEAD_MS = HOUR_MS;
const MARKS_SHOWN_MAX = 300;

export function TimeMachine({
  run,
  className,
}: {
  readonly run: RunText;
  readonly className?: string;
}) {
  const step = useLive((state) => state.frame?.step);
  const format = useFormat();
  const title = run.scenarios.find(({ id }) => id === run.scenario)?.title ?? run.tape.name;
  return (
    <Panel
      bodyClassName="flex flex-col gap-3 p-3"
      className={className}
      title={run.mode === 'demo' ? `Demo: ${title}` : `Replay: ${run.tape.name}`}
    >
      <Tape run={run} />
      <dl className="grid grid-cols-2 gap-x-4 gap-y-2 sm:grid-cols-4">
        <Term name="Seed">
          <span className="font-mono">{run.seed}</span>
        </Term>
        <Term name="Step">
          <span data-figure>{step === undefined ? '' : format.count(step)}</span>
        </Term>
        <Term
          name="Run"
          title="Named by seed, scenario or file, accounts, rules and engine version"
        >
          <span className="font-mono break-all">{run.runId.slice(0, 16)}</span>
        </Term>
        <Term name="Rules, engine">
          {run.rulesVersion}, {run.engineVersion}
        </Term>
      </dl>
    </Panel>
  );
}

function Tape({ run }: { readonly run: RunText }) {
  const session = useSession();
  const trust = useTrust();
  const zone = useZone();
  const runTime = useLive((state) => state.frame?.runTime);
  const [target, setTarget] = useState<number>();
  if (runTime === undefined) return null;
  const { startTime } = run.tape;
  const end = run.tape.endTime ?? Math.max(startTime + AHEAD_MS, runTime + AHEAD_MS);
  const shown = target ?? runTime;
  const go = (): void => {
    if (target !== undefined) goTo(session, { runTime: target, now: runTime });
    setTarget(undefined);
  };
  return (
    <div className="flex flex-col gap-1">
      <Happenings end={end} start={startTime} />
      <input
        aria-label="Run time"
        aria-valuetext={stampText(shown, zone)}
        className="h-6 w-full accent-(--ink)"
        disabled={trust !== 'live'}
        max={end}
        min={startTime}
        onChange={(event) => setTarget(Number(event.target.value))}
        step={MINUTE_MS}
        type="range"
        value={shown}
      />
      <div className="flex min-h-7 flex-wrap items-center gap-x-3 gap-y-1 text-small text-ink-3">
        <span>{stampText(startTime, zone)}</span>
        <span className="font-medium text-ink" data-figure>
          now {stampText(runTime, zone)}
        </span>
        {target === undefined ? null : (
          <span className="flex flex-wrap items-center gap-2">
            <Button onClick={go} size="small" tone="strong">
              Go to {stampText(target, zone)}
            </Button>
            <Button onClick={() => setTarget(undefined)} size="small" tone="bare">
              Keep
            </Button>
            {target < runTime ? 'plays again from the beginning, to the same figures' : ''}
          </span>
        )}
        <span className="ml-auto">{stampText(end, zone)}</span>
      </div>
    </div>
  );
}

/** Liquidations and entries to Critical over the tape. */
function Happenings({ start, end }: { readonly start: number; readonly end: number }) {
  const liquidations = useRows('liquidations');
  const alerts = useRows('alerts');
  const critical = marksOf(
    alerts,
    ({ body }) => body.kind === 'transition' && body.to === 'critical',
  );
  const settled = marksOf(liquidations, ({ body }) => body.kind === 'liquidation-settled');
  return (
    <div>
      <svg aria-hidden className="h-6 w-full" preserveAspectRatio="none" viewBox="0 0 1000 24">
        {critical.map((row) => (
          <path
            d={`M${placeOf(row, start, end)} 14 v8`}
            key={row.seq}
            stroke="var(--critical)"
            strokeOpacity={0.6}
            vectorEffect="non-scaling-stroke"
          />
        ))}
        {settled.map((row) => (
          <path
            d={`M${placeOf(row, start, end)} 2 v10`}
            key={row.seq}
            stroke="var(--liquidating-edge)"
            strokeWidth={1.5}
            vectorEffect="non-scaling-stroke"
          />
        ))}
      </svg>
      <p
        className="flex gap-4 text-micro text-ink-3"
        title={`the newest, at most ${MARKS_SHOWN_MAX} each`}
      >
        <span>
          <span aria-hidden className="text-liquidating-edge">
            ▍
          </span>
          {countText(settled.length)} liquidations
        </span>
        <span>
          <span aria-hidden className="text-critical">
            ▍
          </span>
          {countText(critical.length)} entries to Critical
        </span>
      </p>
    </div>
  );
}

function marksOf(
  rows: readonly RowWire[] | undefined,
  isMarked: (row: RowWire) => boolean,
): readonly RowWire[] {
  return (rows ?? []).filter(isMarked).slice(-MARKS_SHOWN_MAX);
}

/** A count that stands at its bound is not taken for the whole. */
function countText(shownMarks: number): string {
  return shownMarks < MARKS_SHOWN_MAX ? `${shownMarks}` : `newest ${shownMarks}`;
}

function placeOf(row: RowWire, start: number, end: number): string {
  return (((row.time - start) / (end - start)) * 1_000).toFixed(1);
}
