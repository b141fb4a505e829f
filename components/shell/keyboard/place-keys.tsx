'use client';
/** Keys that depend on the address: the neighbours of an account among the worst, and what-if for the account that is shown. */
import { usePathname, useSearchParams } from 'next/navigation';
import { useEffect } from 'react';
import { useLive, useSession } from '#components/live/live-provider.tsx';
import { NO_DESK_FILTER, type DeskQuery } from '#lib/wire/protocol.ts';
import { useGo } from '../held-page.ts';
import { PAGES } from '../pages.ts';
import { useReadAccount } from '../read-out/read-account.ts';
import { neighbourOf } from './neighbour.ts';
import { positionInFocus } from './rows.ts';
import { useKeyAction } from './use-key-action.ts';

const WORST: DeskQuery = {
  sort: 'state',
  descending: true,
  ...NO_DESK_FILTER,
  offset: 0,
  limit: 200,
};
const WHAT_IF = PAGES.find(({ href }) => href === '/what-if')?.href;

export function PlaceKeys() {
  const onDesk = usePathname().startsWith('/desk');
  const { push } = useGo();
  const accountId = useReadAccount();
  const position = useSearchParams().get('position');
  const canAsk = WHAT_IF !== undefined && accountId !== undefined;
  useKeyAction(
    'what-if',
    canAsk
      ? () => push(whatIfAddress(WHAT_IF, accountId, positionInFocus() ?? position))
      : undefined,
  );
  return onDesk ? <WorstAccountKeys /> : null;
}

function whatIfAddress(page: string, accountId: string, position: string | null): string {
  const asked = new URLSearchParams({ account: accountId });
  if (position !== null) asked.set('position', position);
  return `${page}?${asked.toString()}`;
}

/** On the desk its own rows in their order; beside them the book's worst. */
function WorstAccountKeys() {
  const { push } = useGo();
  const session = useSession();
  const onAccount = usePathname() === '/desk/account';
  const accountId = useSearchParams().get('id') ?? undefined;
  const rows = useLive(({ desk }) => (desk?.found ?? desk?.rows)?.map((row) => row.accountId));
  useEffect(() => (onAccount ? session?.watchDesk(WORST) : undefined), [session, onAccount]);
  const go = (by: 1 | -1) => (): void => {
    const next = neighbourOf(rows ?? [], accountId, by);
    if (next !== undefined) push(`/desk/account?id=${encodeURIComponent(next)}`);
  };
  const isKnown = rows !== undefined;
  useKeyAction('next-worst', isKnown ? go(1) : undefined);
  useKeyAction('previous-worst', isKnown ? go(-1) : undefined);
  return null;
}
