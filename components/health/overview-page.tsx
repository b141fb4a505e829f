'use client';
import { useChosenAccount } from '#components/shell/chosen-account.ts';
import { AccountPage } from './account-page.tsx';

/** The reader's own account, or the worst of the book for a first-time viewer. */
export function OverviewPage() {
  const { accountId } = useChosenAccount();
  return (
    <>
      <h1 className="sr-only">Overview of account {accountId}</h1>
      <AccountPage accountId={accountId} />
    </>
  );
}
