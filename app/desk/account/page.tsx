import { Suspense } from 'react';
import { DeskAccount } from '#components/desk/desk-account.tsx';
import { AccountSkeleton } from '#components/health/account-skeleton.tsx';

export default function Page() {
  return (
    <Suspense fallback={<AccountSkeleton />}>
      <DeskAccount />
    </Suspense>
  );
}
