'use client';
/** The way on from an account that holds nothing any more: the worst one of the book, as it stands now. */
import Link from 'next/link';
import { useEffect } from 'react';
import { useLive, useSession } from '#components/live/live-provider.tsx';
import { buttonLook } from '#components/primitives/button.tsx';
import { NO_DESK_FILTER, type DeskQuery } from '#lib/wire/protocol.ts';
import { overviewOf } from './chosen-account.ts';

const WORST: DeskQuery = {
  sort: 'state',
  descending: true,
  ...NO_DESK_FILTER,
  states: ['critical', 'warning', 'watch', 'healthy'],
  offset: 0,
  limit: 1,
};

export function WorstAccountLink() {
  const session = useSession();
  useEffect(() => session?.watchDesk(WORST), [session]);
  const worst = useLive((state) => state.desk?.rows[0]?.accountId);
  if (worst === undefined) return null;
  return (
    <Link className={buttonLook()} href={overviewOf(worst)} prefetch={false} scroll={false}>
      Watch the worst account now, <span className="font-mono">{worst}</span>
    </Link>
  );
}
