import { ReplayPage } from '#components/replay/replay-page.tsx';

export default function Page() {
  return (
    <>
      <h1 className="sr-only">Replay and demo</h1>
      <ReplayPage />
    </>
  );
}
