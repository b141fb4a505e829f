'use client';
/** What no text said and had to be supposed: each a sentence. */
import { LongList } from '#components/primitives/long-list.tsx';
import { Notice, Panel } from '#components/primitives/panel.tsx';

const AT_ONCE = 8;

export function AssumedPanel({ supposed }: { readonly supposed: readonly string[] }) {
  const sentences = [...new Set(supposed)];
  return (
    <Panel aside={sentences.length === 0 ? undefined : sentences.length} title="Supposed">
      {sentences.length === 0 ? (
        <Notice head="Nothing had to be supposed">
          The texts say everything the figures need.
        </Notice>
      ) : (
        <LongList items={sentences} label="What was supposed" rest="more" step={AT_ONCE}>
          {(sentence) => (
            <li
              className="border-b border-line px-3 py-1.5 text-small wrap-anywhere text-ink-2 last:border-b-0"
              key={sentence}
            >
              {sentence}
            </li>
          )}
        </LongList>
      )}
    </Panel>
  );
}
