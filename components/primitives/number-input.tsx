'use client';
/** The one way to type a number: label, unit, and underneath what was understood or why nothing was (ux.md 6). */
import { useId } from 'react';
import { Told } from '#components/shell/told.tsx';
import { classNames } from './class-names.ts';
import { type NumberField } from './use-number-field.ts';

interface NumberInputProps {
  readonly label: string;
  readonly field: NumberField;
  readonly unit?: string;
  /** Why a number that can be read is refused all the same ("more than the position's size"). */
  readonly problem?: string | undefined;
  /** Stands in the empty field. */
  readonly placeholder?: string;
  readonly className?: string;
}

/** The line underneath keeps its place, so that nothing jumps while a number is typed. */
export function NumberInput({
  label,
  field,
  unit,
  problem,
  placeholder,
  className,
}: NumberInputProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const refusal = field.problem ?? problem;
  const isBad = refusal !== undefined;
  return (
    <div className={classNames('min-w-0', className)}>
      <label className="block truncate text-small text-ink-3" htmlFor={id}>
        {label}
      </label>
      <span className="mt-0.5 flex h-7 items-center rounded-control border border-line-strong bg-panel focus-within:border-ink has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-ink pointer-coarse:h-11 has-[[aria-invalid=true]]:border-critical">
        <input
          aria-describedby={noteId}
          aria-invalid={isBad}
          autoComplete="off"
          className="h-full min-w-0 flex-1 rounded-control bg-transparent px-2 text-right tabular-nums outline-none placeholder:text-ink-3"
          enterKeyHint="done"
          id={id}
          inputMode="decimal"
          onChange={(event) => field.setText(event.target.value)}
          placeholder={placeholder}
          type="text"
          value={field.text}
        />
        {unit === undefined ? null : (
          <span className="shrink-0 pr-2 text-small text-ink-3">{unit}</span>
        )}
      </span>
      <div
        className={classNames(
          'min-h-4 text-small leading-4',
          isBad ? 'font-medium text-ink' : 'text-right text-ink-3',
        )}
        id={noteId}
      >
        {refusal === undefined ? understoodText(field) : <Told>{refusal}</Told>}
      </div>
    </div>
  );
}

function understoodText({ understood }: NumberField): string {
  return understood === undefined ? '' : `= ${understood}`;
}
