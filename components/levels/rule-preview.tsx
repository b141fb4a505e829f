'use client';
/** What would be in which state now if the rule were set. */
import { AccountLink } from '#components/primitives/account-link.tsx';
import { LongList } from '#components/primitives/long-list.tsx';
import { Pending } from '#components/primitives/panel.tsx';
import { StateTag } from '#components/primitives/state-tag.tsx';
import { type Alarm } from '#lib/engine/levels.ts';
import { previewSentence } from '#lib/display/level-words.ts';
import { poolNameOfId, stateWord } from '#lib/display/words.ts';
import { type RulePreview } from '#lib/wire/protocol.ts';
import { type PreviewState } from './use-rule-preview.ts';

const SHOWN_AT_FIRST = 12;

export function RulePreviewList({ state }: { readonly state: PreviewState }) {
  switch (state.kind) {
    case 'none':
      return <p className="text-ink-3">The preview comes when the levels are complete.</p>;
    case 'asking':
      return (
        <p>
          <Pending width="30ch" />
        </p>
      );
    case 'refused':
      return <p className="font-medium">{state.message}</p>;
    case 'known':
      return <Known preview={state.preview} />;
  }
}

function Known({ preview }: { readonly preview: RulePreview }) {
  const { matches, total, applies } = preview;
  return (
    <>
      <p className="font-medium">{previewSentence(countsOf(preview), applies)}</p>
      {total > matches.length ? (
        <p className="text-small text-ink-3">
          Counted are the worst {matches.length} of {total}.
        </p>
      ) : null}
      <div className="mt-2 max-h-72 overflow-y-auto">
        <LongList items={matches} label="What would change" step={SHOWN_AT_FIRST}>
          {({ accountId, poolId, from, to }) => (
            <li
              className="grid grid-cols-[5.5rem_4.5rem_1fr] items-baseline gap-x-2 py-0.5"
              key={poolId}
            >
              <StateTag past state={to} />
              <AccountLink accountId={accountId} />
              <span className="truncate text-small text-ink-3">
                {poolNameOfId(poolId)}, {from === to ? 'as now' : `now ${stateWord(from)}`}
              </span>
            </li>
          )}
        </LongList>
      </div>
    </>
  );
}

function countsOf({ matches }: RulePreview): ReadonlyMap<Alarm, number> {
  const counts = new Map<Alarm, number>();
  for (const { to } of matches) if (to !== 'healthy') counts.set(to, (counts.get(to) ?? 0) + 1);
  return counts;
}
