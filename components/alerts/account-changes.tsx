'use client';
/** The list of an account's last changes of state. */
import { useRows } from '#components/live/live-provider.tsx';
import { Notice } from '#components/primitives/panel.tsx';
import { AlertCard } from './alert-card.tsx';
import { alertEntries } from './alert-rows.ts';

const SHOWN = 8;

export function AccountChanges({ accountId }: { readonly accountId: string }) {
  const rows = useRows('alerts') ?? [];
  const entries = alertEntries(rows).filter((entry) => entry.accountId === accountId);
  if (entries.length === 0) return <Notice head="No change of state recently" />;
  return (
    <ol>
      {entries.slice(0, SHOWN).map((entry) => (
        <AlertCard entry={entry} key={entry.seq} ownList />
      ))}
    </ol>
  );
}
