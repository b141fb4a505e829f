'use client';
/** Starts another run. It replaces this one for everybody, so it asks once more, in words. */
import { useId, useState } from 'react';
import { Button } from '#components/primitives/button.tsx';
import { classNames } from '#components/primitives/class-names.ts';
import { type ControlCommand, type RunText } from '#lib/wire/protocol.ts';

const FIELD =
  'h-6 rounded-control border border-line bg-panel px-1.5 text-small text-ink pointer-coarse:h-11';

/** What the server takes. */
const SEED_LENGTH_MAX = 64;

export function RunForm({
  run,
  send,
}: {
  readonly run: RunText;
  readonly send: (command: ControlCommand) => void;
}) {
  const [seed, setSeed] = useState(run.seed);
  const [scenario, setScenario] = useState(run.scenario);
  const [asking, setAsking] = useState(false);
  const changed = seed !== run.seed || scenario !== run.scenario;
  return (
    <form
      className="flex flex-wrap items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (seed === '') return;
        if (asking) send({ kind: 'start-run', seed, scenario });
        setAsking(!asking);
      }}
    >
      <SeedField seed={seed} setSeed={setSeed} />
      {run.scenarios.length === 0 ? null : (
        <label className="flex items-center gap-1.5 text-small text-ink-3">
          <span className="max-2xl:sr-only">scenario</span>
          <select
            className={`${FIELD} max-w-40`}
            onChange={(event) => setScenario(event.target.value)}
            value={scenario}
          >
            {run.scenarios.map(({ id, title, summary }) => (
              <option key={id} title={summary} value={id}>
                {title}
              </option>
            ))}
          </select>
        </label>
      )}
      {asking ? (
        <>
          <span className="text-small font-medium text-ink" data-asks="run">
            Replace this run for everybody?
          </span>
          <Button size="small" tone="strong" type="submit">
            Start run
          </Button>
          <Button onClick={() => setAsking(false)} size="small" tone="bare">
            Keep
          </Button>
        </>
      ) : (
        <Button disabled={!changed} size="small" type="submit">
          Start run
        </Button>
      )}
    </form>
  );
}

/** Its hint lies over the page below, so that nothing moves. */
function SeedField({
  seed,
  setSeed,
}: {
  readonly seed: string;
  readonly setSeed: (seed: string) => void;
}) {
  const hintId = useId();
  const isMissing = seed === '';
  return (
    <span className="group/seed relative">
      <label className="flex items-center gap-1.5 text-small text-ink-3">
        seed
        <input
          aria-describedby={hintId}
          aria-invalid={isMissing}
          autoComplete="off"
          className={`${FIELD} w-16 font-mono`}
          maxLength={SEED_LENGTH_MAX}
          onChange={(event) => setSeed(event.target.value.trim())}
          spellCheck={false}
          value={seed}
        />
      </label>
      <span
        className={classNames(
          'absolute top-full left-0 z-40 mt-1 w-64 rounded-control border border-line-strong bg-panel px-2 py-1 text-small text-ink-2',
          !isMissing && 'hidden group-focus-within/seed:block',
        )}
        id={hintId}
      >
        {isMissing ? 'A run needs a seed. ' : ''}
        Any text of up to {SEED_LENGTH_MAX} characters, such as 7 or abc. The same seed plays the
        same run.
      </span>
    </span>
  );
}
