'use client';
/** The last changes of one account's states, below everything else: the list is fetched after the figures. */
import dynamic from 'next/dynamic';
import { Panel } from '#components/primitives/panel.tsx';

const AccountChanges = dynamic<{ readonly accountId: string }>(
  () => import('./account-changes.tsx').then((module) => module.AccountChanges),
  { ssr: false, loading: () => <div className="h-25" /> },
);

export function AlertsOfAccount({
  accountId,
  className,
}: {
  readonly accountId: string;
  readonly className?: string;
}) {
  return (
    <Panel className={className} title="Recent changes of state">
      <AccountChanges accountId={accountId} />
    </Panel>
  );
}
