'use client';
/** The breach queue: who is critical, how near, for how long, and who has taken it (ux.md 12.4). */
import { AcknowledgeButton } from '#components/alerts/acknowledge-button.tsx';
import { ToldAgain } from '#components/alerts/alert-card.tsx';
import { alertEntries, wantsAnswer } from '#components/alerts/alert-rows.ts';
import { useLive, useRows } from '#components/live/live-provider.tsx';
import { AccountLink } from '#components/primitives/account-link.tsx';
import { NumberText, useFormat } from '#components/primitives/figure-text.tsx';
import { LongList } from '#components/primitives/long-list.tsx';
import { Notice, Panel, Pending } from '#components/primitives/panel.tsx';
import { StateTag } from '#components/primitives/state-tag.tsx';
import { poolNameOfId } from '#lib/display/words.ts';
import { rate } from '#lib/units/money.ts';
import { type DeskRow } from '#lib/wire/protocol.ts';
import { breachesOf, type Breach } from './attention.ts';

const SHOWN_AT_FIRST = 5;
const NO_ROWS: readonly DeskRow[] = [];

export function AttentionPanel({ className }: { readonly className?: string }) {
  const rows = useRows('alerts');
  const desk = useLive((state) => state.desk?.rows) ?? NO_ROWS;
  const breaches = rows === undefined ? undefined : breachesOf(alertEntries(rows), desk);
  const unanswered = breaches?.filter(({ entry }) => wantsAnswer(entry)).length;
  return (
    <Panel
      aside={unanswered === undefined ? null : <span data-figure>{unanswered} unanswered</span>}
      className={className}
      title="Needs somebody now"
    >
      {breaches === undefined ? (
        <p className="p-3">
          <Pending width="24ch" />
        </p>
      ) : breaches.length === 0 ? (
        <Notice head="Nobody is critical">
          Critical pools stand here, unanswered and nearest first.
        </Notice>
      ) : (
        <LongList items={breaches} label="Critical pools" step={SHOWN_AT_FIRST}>
          {(breach) => <BreachRow breach={breach} key={breach.entry.body.poolId} />}
        </LongList>
      )}
    </Panel>
  );
}

function BreachRow({ breach }: { readonly breach: Breach }) {
  const { entry } = breach;
  const { accountId, acknowledged } = entry;
  const { poolId } = entry.body;
  return (
    <li className="grid min-h-15 grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 md:max-wide:min-h-12 border-b border-line px-3 py-1 last:border-b-0">
      <span className="flex min-w-0 items-baseline gap-2">
        <StateTag past state={entry.state} wordHidden />
        <AccountLink accountId={accountId} />
        <span className="text-small text-ink-3">{poolNameOfId(poolId)}</span>
      </span>
      <span className="row-span-2">
        {acknowledged === undefined ? (
          <AcknowledgeButton accountId={accountId} poolId={poolId} />
        ) : (
          <span
            className="block max-w-28 truncate text-small text-ink-2"
            title={acknowledged.note === '' ? 'no note' : acknowledged.note}
          >
            ack {acknowledged.by}
          </span>
        )}
      </span>
      <Nearness breach={breach} />
    </li>
  );
}

function Nearness({ breach }: { readonly breach: Breach }) {
  const format = useFormat();
  const runTime = useLive(({ frame }) => frame?.runTime);
  const { entry, distanceShare, at } = breach;
  if (runTime === undefined) return null;
  const age = (since: number): string => format.age(Math.max(0, runTime - since));
  return (
    <span className="text-small text-ink-3" data-figure>
      {distanceShare === null ? (
        'no way to liquidation'
      ) : (
        <>
          <NumberText
            className="font-medium text-ink"
            shown={format.distance(rate(distanceShare))}
          />{' '}
          away{at === undefined ? '' : ` ${age(at)} ago`}
        </>
      )}
      , critical for {age(entry.heldSince)}
      {entry.escalations === 0 ? '' : ', '}
      <ToldAgain times={entry.escalations} />
    </span>
  );
}
