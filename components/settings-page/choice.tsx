'use client';
/** One thing to choose: its name and meaning, the choices as radio buttons, and what the choice does. */
import { useId, type ReactNode } from 'react';

interface ChoiceProps<Value extends string> {
  readonly name: string;
  readonly meaning: string;
  readonly choices: Readonly<Record<Value, string>>;
  readonly values: readonly Value[];
  readonly value: Value;
  readonly onChoose: (value: Value) => void;
  /** What the choice looks like. */
  readonly sample?: ReactNode;
}

export function Choice<Value extends string>(p: ChoiceProps<Value>) {
  const id = useId();
  return (
    <div
      aria-describedby={`${id}-meaning`}
      aria-labelledby={`${id}-name`}
      className="grid gap-x-6 gap-y-2 border-b border-line px-3 py-3 last:border-b-0 md:grid-cols-[minmax(0,1fr)_minmax(0,1.15fr)]"
      role="radiogroup"
    >
      <div className="flex min-w-0 flex-col items-start gap-1.5">
        <div>
          <p className="font-medium" id={`${id}-name`}>
            {p.name}
          </p>
          <p className="text-small text-ink-3" id={`${id}-meaning`}>
            {p.meaning}
          </p>
        </div>
        <div className="flex flex-wrap gap-1">
          {p.values.map((value) => (
            <label
              className="relative flex h-7 cursor-pointer items-center rounded-control border border-line bg-panel px-2.5 text-small text-ink-2 outline-offset-2 outline-ink hover:bg-hover has-checked:border-ink has-checked:bg-ink has-checked:text-panel has-focus-visible:outline-2 pointer-coarse:h-11"
              key={value}
            >
              <input
                checked={value === p.value}
                className="sr-only"
                name={id}
                onChange={() => p.onChoose(value)}
                type="radio"
                value={value}
              />
              {p.choices[value]}
            </label>
          ))}
        </div>
      </div>
      {p.sample === undefined ? null : (
        <div className="min-w-0 self-center rounded-control bg-raised px-3 py-2">{p.sample}</div>
      )}
    </div>
  );
}
