'use client';
/** Every row that is not in the figures, with its place and the reason. */
import { TriangleAlert } from 'lucide-react';
import { LongList } from '#components/primitives/long-list.tsx';
import { Panel } from '#components/primitives/panel.tsx';
import { type Rejected } from '#lib/wire/import/found.ts';

interface RejectedPanelProps {
  readonly rejected: readonly Rejected[];
  readonly className?: string;
}

const AT_ONCE = 20;

export function RejectedPanel({ rejected, className }: RejectedPanelProps) {
  const count = rejected.length;
  return (
    <Panel
      className={className}
      label="Rows left out"
      title={
        <>
          <TriangleAlert aria-hidden className="shrink-0 text-warning" size={14} />
          {count === 1 ? '1 row is left out' : `${count} rows are left out`}
        </>
      }
    >
      <p className="border-b border-line px-3 py-1.5 text-small text-ink-3">
        The figures are of what is left. A pool that {count === 1 ? 'it' : 'they'} could change is
        Unknown.
      </p>
      <LongList
        items={rejected.map((one, index) => ({ ...one, key: `${index} ${one.place}` }))}
        label="Rows left out"
        rest="more"
        step={AT_ONCE}
      >
        {({ key, place, reason }) => (
          <li className="border-b border-line px-3 py-1.5 last:border-b-0" key={key}>
            <p className="font-mono text-small wrap-anywhere text-ink-2">{place}</p>
            <p className="text-small wrap-anywhere text-ink-3">{reason}</p>
          </li>
        )}
      </LongList>
    </Panel>
  );
}
