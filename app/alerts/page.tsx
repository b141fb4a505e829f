import { Suspense } from 'react';
import { AlertsPage } from '#components/alerts/alerts-page.tsx';

export default function Page() {
  return (
    <>
      <h1 className="sr-only">Alerts</h1>
      <Suspense>
        <AlertsPage />
      </Suspense>
    </>
  );
}
