'use client';
/** A pool's state, how long it has lasted, and what is doubtful about it. */
import { useLive, useSilenceMs } from '#components/live/live-provider.tsx';
import { useFormat } from '#components/primitives/figure-text.tsx';
import { StateTag } from '#components/primitives/state-tag.tsx';
import { useZone } from '#components/settings/use-zone.ts';
import { clockText, stampText } from '#lib/display/time.ts';
import { AWAITS_SECOND_MARK, AWAITS_SECOND_MARK_WHY } from '#lib/display/words.ts';
import { type PoolView } from './pool-view.ts';

export function StateSince({ pool }: { readonly pool: PoolView }) {
  const runTime = useLive((state) => state.frame?.runTime);
  const format = useFormat();
  const zone = useZone();
  const silenceMs = useSilenceMs();
  const { row } = pool;
  const since = (pool.state === 'unknown' ? row?.unknownSince : undefined) ?? row?.since ?? 0;
  return (
    <>
      <StateTag state={pool.state} />
      {row === undefined || runTime === undefined ? null : (
        <span
          className="min-w-[8ch] text-right"
          title={
            silenceMs === undefined
              ? `since ${stampText(since, zone)}`
              : 'since figures were last heard of'
          }
        >
          {format.age(silenceMs ?? runTime - since)}
        </span>
      )}
      {row?.bounded === true ? (
        <span title="A mark is stale, but its largest plausible move cannot change this state">
          bounded
        </span>
      ) : null}
      {row?.phase === 'confirming' ? (
        <span title={AWAITS_SECOND_MARK_WHY}>{AWAITS_SECOND_MARK}</span>
      ) : null}
      {typeof row?.unknownSince === 'number' ? (
        <span>unknown since {clockText(row.unknownSince, zone)}</span>
      ) : null}
    </>
  );
}
