'use client';

/** Stands in for everything when the shell itself failed, so it brings its own document and no style but its own. */
export default function GlobalErrorPage({
  error,
  reset,
}: {
  readonly error: Error;
  readonly reset: () => void;
}) {
  return (
    <html lang="en">
      <body
        style={{
          fontFamily: 'system-ui, sans-serif',
          maxWidth: '40rem',
          margin: '4rem auto',
          padding: '0 1rem',
        }}
      >
        <h1>Plimsoll could not draw this page</h1>
        <p>{error.message}. Margins are still watched on the server; only this view is affected.</p>
        <button onClick={reset} type="button">
          Draw it again
        </button>
      </body>
    </html>
  );
}
