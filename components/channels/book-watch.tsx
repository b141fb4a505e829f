'use client';
/** What happens in the whole book, for readers who asked for it: one tally until it is dismissed, and a tone on the desk. */
import { usePathname } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { useLive, useRows } from '#components/live/live-provider.tsx';
import { useSetting } from '#components/settings/use-settings.ts';
import { type ShownState } from '#lib/display/words.ts';
import { type RowWire } from '#lib/wire/protocol.ts';
import { playTone } from './sound.ts';
import { showToast, toastStore, type BookNews } from './toasts.ts';

const KEY = 'book';

/** Follows the alerts of every account for as long as it stands. */
export function BookWatch() {
  const rows = useRows('alerts');
  const seenSeq = useRef<number>(undefined);
  useEffect(() => {
    const newest = rows?.at(-1)?.seq;
    if (rows === undefined) return;
    const from = seenSeq.current;
    seenSeq.current = newest ?? 0;
    if (from === undefined) return;
    const shown = toastStore.getState().toasts.find(({ key }) => key === KEY)?.body;
    const before = shown?.kind === 'book' ? shown.news : undefined;
    const news = tally(
      before,
      rows.filter(({ seq }) => seq > from),
    );
    if (news !== undefined && news !== before)
      showToast({ key: KEY, body: { kind: 'book', news }, until: undefined });
  }, [rows]);
  return null;
}

/** The tally with these rows in it; the one before where none of them counts. */
export function tally(
  before: BookNews | undefined,
  rows: readonly RowWire[],
): BookNews | undefined {
  const came = rows.filter(({ body }) => isGraveChange(body));
  const first = came[0];
  if (first === undefined) return before;
  const accountsTo = (to: ShownState): readonly string[] =>
    came.flatMap(({ body, accountId }) =>
      body.kind === 'transition' && body.to === to && accountId !== null ? [accountId] : [],
    );
  return {
    critical: new Set([...(before?.critical ?? []), ...accountsTo('critical')]),
    liquidated: new Set([...(before?.liquidated ?? []), ...accountsTo('liquidated')]),
    since: before?.since ?? first.time,
  };
}

function isGraveChange(body: RowWire['body']): boolean {
  return (
    body.kind === 'transition' &&
    body.by !== 'unknown' &&
    (body.to === 'critical' || body.to === 'liquidated')
  );
}

/** One tone on the desk when the first account of the book becomes Unknown. */
export function useUnknownTone(): void {
  const onDesk = usePathname().startsWith('/desk');
  const sound = useSetting((settings) => settings.sound);
  const unknown = useLive(({ totals }) => (totals?.byState.unknown ?? 0) > 0);
  const wasUnknown = useRef(unknown);
  useEffect(() => {
    if (unknown && !wasUnknown.current && onDesk && sound === 'on') playTone('unknown');
    wasUnknown.current = unknown;
  }, [unknown, onDesk, sound]);
}
