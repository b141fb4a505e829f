import { Suspense } from 'react';
import { AccountSkeleton } from '#components/health/account-skeleton.tsx';
import { OverviewPage } from '#components/health/overview-page.tsx';

export default function Page() {
  return (
    <Suspense fallback={<AccountSkeleton />}>
      <OverviewPage />
    </Suspense>
  );
}
