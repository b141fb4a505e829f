'use client';
/** Many events of one moment as one card; the events themselves on demand. */
import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { classNames } from '#components/primitives/class-names.ts';
import { useFormat } from '#components/primitives/figure-text.tsx';
import { Moment } from '#components/primitives/moment.tsx';
import { StateTag } from '#components/primitives/state-tag.tsx';
import { useZone } from '#components/settings/use-zone.ts';
import { burstHeadline } from '#lib/display/burst-words.ts';
import { AlertCard } from './alert-card.tsx';
import { type Burst } from './bursts.ts';

export function BurstCard({ burst }: { readonly burst: Burst }) {
  const format = useFormat();
  const zone = useZone();
  const [open, setOpen] = useState(false);
  const worst = burst.counts[0]?.state ?? 'unknown';
  return (
    <li
      className="card-row border-b border-line last:border-b-0"
      data-nav-row
      data-row-seq={burst.entries.map(({ seq }) => seq).join(' ')}
    >
      <div className="relative grid grid-cols-[auto_1fr] items-center gap-x-3 gap-y-0.5 px-3 py-(--card-pad) hover:bg-hover md:grid-cols-[4.5rem_7.5rem_1fr_auto]">
        <Moment
          className="order-2 text-small text-ink-3 justify-self-end md:order-none md:justify-self-start"
          time={burst.time}
        />
        <StateTag past state={worst} />
        <button
          aria-expanded={open}
          className="order-3 col-span-2 flex min-w-0 items-center gap-1.5 text-left font-medium after:absolute after:inset-0 md:order-none"
          onClick={() => setOpen(!open)}
          type="button"
        >
          <ChevronRight
            aria-hidden
            className={classNames(
              'shrink-0 text-ink-3 transition-transform duration-(--quick)',
              open && 'rotate-90',
            )}
            size={14}
          />
          <span className="min-w-0">{burstHeadline(burst, { format, zone })}</span>
          <span className="text-small font-normal text-ink-3">within 2 s</span>
        </button>
      </div>
      {open ? (
        <ol className="border-t border-line bg-raised">
          {burst.entries.map((entry) => (
            <AlertCard entry={entry} key={entry.seq} />
          ))}
        </ol>
      ) : null}
    </li>
  );
}
