import { Suspense } from 'react';
import { DeskPage, DeskSkeleton } from '#components/desk/desk-page.tsx';

export default function Page() {
  return (
    <Suspense fallback={<DeskSkeleton />}>
      <DeskPage />
    </Suspense>
  );
}
