'use client';
import { useEffect } from 'react';
import { useSession } from '#components/live/live-provider.tsx';
import { queryOf, windowOf, type DeskView } from './desk-query.ts';

/** Asks for the rows in sight; asks again only when another window is needed. */
export function useDeskWindow(view: DeskView, firstVisible: number): void {
  const session = useSession();
  const { offset } = windowOf(firstVisible);
  useEffect(() => session?.watchDesk({ ...queryOf(view, offset) }), [session, view, offset]);
}
