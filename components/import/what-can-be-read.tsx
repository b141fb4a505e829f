/** Which texts make an account: said before anybody looks for a file. */
import { Panel } from '#components/primitives/panel.tsx';
import { ANSWER_SOURCES } from '#lib/wire/import/read-input.ts';

export function WhatCanBeRead() {
  return (
    <Panel bodyClassName="flex flex-col gap-3 px-3 py-2 text-small" title="What can be read">
      <div>
        <h3 className="font-medium text-ink-2">A venue’s own answers, as its API gives them</h3>
        <dl className="mt-1 grid grid-cols-[max-content_minmax(0,1fr)] gap-x-3 gap-y-0.5">
          {byVenue().map(([venue, answers]) => (
            <div className="contents" key={venue}>
              <dt className="text-ink-2">{venue}</dt>
              <dd className="text-ink-3">{answers.join(', ')}</dd>
            </div>
          ))}
        </dl>
      </div>
      <div>
        <h3 className="font-medium text-ink-2">A CSV</h3>
        <p className="text-ink-3">
          Columns are found by their names: symbol, side, size, entry price, mark, leverage, margin
          mode, margin; asset and balance. Decimal comma or point, quoted fields, commas, semicolons
          or tabs.
        </p>
      </div>
      <div>
        <h3 className="font-medium text-ink-2">An account file</h3>
        <p className="text-ink-3">
          The one that this page downloads, value for value, and that{' '}
          <code className="font-mono">npm run evaluate</code> reads.
        </p>
      </div>
      <p className="text-ink-3">
        Every row that cannot be taken is named with its place, its value and what was expected.
        Everything that had to be supposed is said.
      </p>
    </Panel>
  );
}

/** "Bybit, positions" as an answer of Bybit. */
function byVenue(): readonly (readonly [string, readonly string[]])[] {
  const answers = new Map<string, string[]>();
  for (const source of ANSWER_SOURCES) {
    const [venue = '', answer = ''] = source.split(', ');
    answers.set(venue, [...(answers.get(venue) ?? []), answer]);
  }
  return [...answers];
}
