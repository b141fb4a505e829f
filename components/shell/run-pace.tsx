'use client';
/** How fast run time shall pass, how fast it does, and why that is less. */
import { FEED_DRILL_WORDS } from '#components/replay/drill-words.ts';
import { useZone } from '#components/settings/use-zone.ts';
import { clockText } from '#lib/display/time.ts';
import { useLive } from '#components/live/live-provider.tsx';
import { useFormat } from '#components/primitives/figure-text.tsx';
import { PopButton } from '#components/primitives/pop-button.tsx';
import { type ControlCommand, type RunText } from '#lib/wire/protocol.ts';

export function RunPace({
  run,
  send,
}: {
  readonly run: RunText;
  readonly send: (command: ControlCommand) => void;
}) {
  const asked = useLive((state) => state.frame?.speedAsked);
  if (asked === undefined) return null;
  const speeds = run.speeds.includes(asked)
    ? run.speeds
    : [...run.speeds, asked].toSorted((a, b) => a - b);
  return (
    <span className="flex items-center gap-1.5 text-small whitespace-nowrap text-ink-3">
      <span aria-hidden>asked</span>
      <select
        aria-label="Speed asked"
        className="h-6 rounded-control border border-line bg-panel px-1 text-ink pointer-coarse:h-11"
        onChange={(event) => send({ kind: 'speed', speed: Number(event.target.value) })}
        value={asked}
      >
        {speeds.map((speed) => (
          <option key={speed} value={speed}>
            {speed}x
          </option>
        ))}
      </select>
      <Reached asked={asked} />
    </span>
  );
}

/** A run slower than the clock is not told to stand still. */
export function speedDecimals(speed: number): number {
  return speed < 2 ? 1 : 0;
}

function Reached({ asked }: { readonly asked: number }) {
  const format = useFormat();
  const reached = useLive((state) => state.frame?.speedReached);
  if (reached === undefined) return null;
  return (
    <PopButton
      aria-label={`Speed reached: ${format.measure(reached, speedDecimals(reached))}x. What this means`}
      className="min-h-6 cursor-help rounded-control decoration-dotted underline-offset-4 hover:underline pointer-coarse:min-h-11"
      panel={() => (
        <div className="flex flex-col gap-2 p-3 text-small text-ink-2">
          <p>
            Run time may pass up to {asked} times as fast as your clock. Each second of it is one
            step: new prices, every account looked at, every decision stored before the next step.
          </p>
          <p>
            When a step takes longer than its share, the run falls behind what was asked. Nothing is
            skipped: the same seed gives the same figures at any speed.
          </p>
          <DrillReasons />
        </div>
      )}
      panelClassName="w-[min(22rem,calc(100vw-1rem))]"
      panelLabel="Speed of the run"
    >
      reached{' '}
      <span className="inline-block min-w-[4ch] text-right text-ink-2" data-varies>
        {format.measure(reached, speedDecimals(reached))}x
      </span>
    </PopButton>
  );
}

/** What a drill changes in the whole book is work of the steps too. */
function DrillReasons() {
  const zone = useZone();
  const drills = useLive((state) => state.frame?.drills);
  const going = (drills ?? []).filter(({ isOver }) => !isOver);
  if (going.length === 0) return null;
  const names = going.map(
    ({ drill, instrument, endsAt }) =>
      `${FEED_DRILL_WORDS[drill].name} of ${instrument} until ${clockText(endsAt, zone)}`,
  );
  return (
    <p>
      A drill is running: {names.join(', ')}. Every change of state that it causes is decided and
      stored within its step, so steps may take longer.
    </p>
  );
}
