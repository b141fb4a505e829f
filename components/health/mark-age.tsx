'use client';
/** How old a mark is: a plain dot while it is fresh, an open one when it lags, hatched words when it is stale (ux.md 9). */
import { useLive } from '#components/live/live-provider.tsx';
import { useFormat } from '#components/primitives/figure-text.tsx';
import { type MarkStatus } from '#lib/market/mark.ts';
import { type PositionView } from './pool-view.ts';

const MEANINGS: Readonly<Record<MarkStatus, string>> = {
  fresh: 'fresh',
  lagging: 'lagging',
  degraded: 'fewer than three sources',
  stale: 'stale',
};

export function MarkAge({
  view,
  words = false,
}: {
  readonly view: PositionView;
  readonly words?: boolean;
}) {
  const { wire } = view;
  const format = useFormat();
  const age = useLive(({ frame }) =>
    wire === undefined || frame === undefined ? undefined : format.age(frame.runTime - wire.time),
  );
  if (wire === undefined || age === undefined) return null;
  const meaning = `mark ${age} old, ${MEANINGS[wire.status]}${wire.modelled ? ', modelled from BTC' : ''}`;
  const plain = wire.status === 'fresh' && !words;
  return (
    <span
      className="inline-flex items-center gap-1 text-small whitespace-nowrap text-ink-3"
      data-figure
      title={meaning}
    >
      <AgeDot status={wire.status} />
      <span className="sr-only">{meaning}</span>
      <span
        aria-hidden
        className={wire.status === 'stale' ? 'hatch rounded-[3px] px-1 text-unknown' : undefined}
      >
        {wire.status === 'stale'
          ? `stale ${age}`
          : plain
            ? age
            : `${age}${wire.status === 'fresh' ? '' : ` ${wire.status}`}`}
      </span>
    </span>
  );
}

function AgeDot({ status }: { readonly status: MarkStatus }) {
  if (status === 'stale') return null;
  const open = status !== 'fresh';
  return (
    <svg aria-hidden className="text-ink-3" height="6" viewBox="0 0 6 6" width="6">
      <circle
        cx="3"
        cy="3"
        fill={open ? 'none' : 'currentColor'}
        r="2.2"
        stroke="currentColor"
        strokeWidth="1.2"
      />
    </svg>
  );
}
