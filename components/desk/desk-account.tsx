'use client';
/** One account of the book, with the same screens that its owner has. */
import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { AccountPage } from '#components/health/account-page.tsx';
import { MarginCallPanel } from './margin-call-panel.tsx';
import { Notice, Panel } from '#components/primitives/panel.tsx';
import { buttonLook } from '#components/primitives/button.tsx';

export function DeskAccount() {
  const accountId = useSearchParams().get('id')?.trim() || undefined;
  return (
    <div className="flex flex-col gap-3">
      <div className="flex items-center gap-2">
        <Link className={buttonLook({ tone: 'bare' })} href="/desk" prefetch={false}>
          <ArrowLeft aria-hidden size={14} /> Desk
        </Link>
        <h1 className="min-w-0 truncate text-lead font-semibold" title={accountId}>
          Account {accountId}
        </h1>
      </div>
      {accountId === undefined ? (
        <Panel title="No account">
          <Notice head="The address names no account">Choose one on the desk.</Notice>
        </Panel>
      ) : (
        <>
          <MarginCallPanel accountId={accountId} />
          <AccountPage accountId={accountId} />
        </>
      )}
    </div>
  );
}
