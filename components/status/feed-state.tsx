/** State of a feed as shape and word: filled while fresh, open when late or thin, hatched when stale (ux.md 9). */
import { type MarkStatus } from '#lib/market/mark.ts';

const MEANINGS: Readonly<Record<MarkStatus, string>> = {
  fresh: 'Fresh: the price is as young as it can be',
  lagging: 'Lagging: later than its rhythm, still used',
  degraded: 'Degraded: fewer than three sources agree',
  stale: 'Stale: what hangs on it is Unknown',
};

export function FeedState({ status }: { readonly status: MarkStatus }) {
  return (
    <span
      className={`inline-flex items-center gap-1.5 whitespace-nowrap ${status === 'stale' ? 'font-medium text-unknown' : 'text-ink-2'}`}
      title={MEANINGS[status]}
    >
      <svg aria-hidden height="8" viewBox="0 0 8 8" width="8">
        {status === 'stale' ? (
          <path d="m1 1 6 6m0-6-6 6" stroke="currentColor" strokeWidth="1.6" />
        ) : (
          <circle
            cx="4"
            cy="4"
            fill={status === 'fresh' ? 'currentColor' : 'none'}
            r="3"
            stroke="currentColor"
            strokeWidth="1.4"
          />
        )}
      </svg>
      {status}
    </span>
  );
}
