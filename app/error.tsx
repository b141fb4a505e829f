'use client';
import { Button } from '#components/primitives/button.tsx';
import { Notice, Panel } from '#components/primitives/panel.tsx';

/** A fault of the page itself. The engine runs on without it, and the page says so. */
export default function ErrorPage({
  error,
  reset,
}: {
  readonly error: Error & { readonly digest?: string };
  readonly reset: () => void;
}) {
  return (
    <Panel title="This page failed">
      <Notice
        action={<Button onClick={reset}>Draw it again</Button>}
        head="The page could not be drawn"
      >
        {error.message}. Margins are still watched on the server; only this view is affected.
      </Notice>
    </Panel>
  );
}
