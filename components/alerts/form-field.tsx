/** A line of text to be filled in, with its name above. */
import { type InputHTMLAttributes } from 'react';
import { Told } from '#components/shell/told.tsx';

const FIELD =
  'mt-1 w-full rounded-control border border-line bg-panel px-2 py-1 placeholder:text-ink-3 text-base text-ink focus-visible:outline-offset-0';

export function FormField({
  label,
  ...rest
}: { readonly label: string } & InputHTMLAttributes<HTMLInputElement>) {
  return (
    <label className="text-small text-ink-3">
      {label}
      <input className={FIELD} {...rest} />
    </label>
  );
}

/** Why nothing was done. */
export function Refusal({ text }: { readonly text: string | undefined }) {
  return text === undefined ? null : <Told className="text-small font-medium">{text}</Told>;
}
