/** Named facts in a grid that keeps its places while they come and change. */
import { type ReactNode } from 'react';
import { Pending } from '#components/primitives/panel.tsx';
import { Term } from '#components/primitives/term.tsx';

export function Facts({ children }: { readonly children: ReactNode }) {
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-3 px-3 py-2.5 lg:grid-cols-3">{children}</dl>
  );
}

interface FactProps {
  readonly name: string;
  readonly note?: string;
  readonly className?: string;
  /** Undefined: it has not come yet. */
  readonly children: ReactNode;
}

export function Fact({ name, note, className, children }: FactProps) {
  return (
    <Term
      name={name}
      {...(className === undefined ? {} : { className })}
      {...(note === undefined ? {} : { note: <span title={note}>{note}</span> })}
    >
      {children === undefined ? <Pending width="8ch" /> : <span data-figure>{children}</span>}
    </Term>
  );
}
