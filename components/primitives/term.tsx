/** A named figure: the name small above, the figure under it, always in the same place. */
import { type ReactNode } from 'react';
import { classNames } from './class-names.ts';

interface TermProps {
  readonly name: ReactNode;
  readonly children: ReactNode;
  /** Under the figure, smaller. */
  readonly note?: ReactNode;
  readonly className?: string;
  readonly title?: string;
}

export function Term({ name, children, note, className, title }: TermProps) {
  return (
    <div className={classNames('min-w-0', className)} title={title}>
      <dt className="text-small text-ink-3">{name}</dt>
      <dd className="text-lead wrap-break-word font-medium tracking-tight">{children}</dd>
      {note === undefined ? null : <dd className="text-small wrap-anywhere text-ink-3">{note}</dd>}
    </div>
  );
}
