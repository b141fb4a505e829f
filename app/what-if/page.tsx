import { Suspense } from 'react';
import { AccountSkeleton } from '#components/health/account-skeleton.tsx';
import { WhatIfPage } from '#components/what-if/what-if-page.tsx';

export default function Page() {
  return (
    <>
      <h1 className="sr-only">What-if</h1>
      <Suspense fallback={<AccountSkeleton />}>
        <WhatIfPage />
      </Suspense>
    </>
  );
}
