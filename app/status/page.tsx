import { Suspense } from 'react';
import { StatusPage } from '#components/status/status-page.tsx';

export default function Page() {
  return (
    <>
      <h1 className="sr-only">Status</h1>
      <Suspense>
        <StatusPage />
      </Suspense>
    </>
  );
}
