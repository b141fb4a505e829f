'use client';
/** A choice with its label above, as tall as a number input beside it. */
import { useId } from 'react';

interface SelectFieldProps {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly string[];
  readonly onChange: (value: string) => void;
  /** As wide as its words. */
  readonly wide?: boolean;
  /** Words for a choice; the choice itself without. */
  readonly wordsOf?: (choice: string) => string;
}

export function SelectField({
  label,
  value,
  choices,
  onChange,
  wide = false,
  wordsOf = (choice) => choice.replace(':', ' '),
}: SelectFieldProps) {
  const id = useId();
  return (
    <div className="min-w-0">
      <label className="block truncate text-small text-ink-3" htmlFor={id}>
        {label}
      </label>
      <select
        className={`mt-0.5 h-7 rounded-control border border-line-strong bg-panel px-1.5 pointer-coarse:h-11 ${wide ? 'max-w-full' : 'max-w-44'}`}
        id={id}
        onChange={(event) => onChange(event.target.value)}
        value={value}
      >
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {wordsOf(choice)}
          </option>
        ))}
      </select>
    </div>
  );
}
