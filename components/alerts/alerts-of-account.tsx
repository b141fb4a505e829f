'use client';
/** The last changes of one account's states. */
import { useRows } from '#components/live/live-provider.tsx';
import { Notice, Panel } from '#components/primitives/panel.tsx';
import { AlertCard } from './alert-card.tsx';
import { alertEntries } from './alert-rows.ts';

const SHOWN = 8;

export function AlertsOfAccount({
  accountId,
  className,
}: {
  readonly accountId: string;
  readonly className?: string;
}) {
  const rows = useRows('alerts') ?? [];
  const entries = alertEntries(rows).filter((entry) => entry.accountId === accountId);
  return (
    <Panel className={className} title="Recent changes of state">
      {entries.length === 0 ? (
        <Notice head="No change of state recently" />
      ) : (
        <ol>
          {entries.slice(0, SHOWN).map((entry) => (
            <AlertCard entry={entry} key={entry.seq} ownList />
          ))}
        </ol>
      )}
    </Panel>
  );
}
