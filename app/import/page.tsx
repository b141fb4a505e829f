import { ImportPage } from '#components/import/import-page.tsx';

export default function Page() {
  return (
    <>
      <h1 className="sr-only">Import an account</h1>
      <ImportPage />
    </>
  );
}
