'use client';
/** The breach queue: who is critical, how near, for how long, and who has taken it (ux.md 12.4). */
import { useMemo, useRef, useState } from 'react';
import { AcknowledgeButton } from '#components/alerts/acknowledge-button.tsx';
import { ToldAgain } from '#components/alerts/alert-card.tsx';
import { alertEntries } from '#components/alerts/alert-rows.ts';
import { useLive, useRows } from '#components/live/live-provider.tsx';
import { AccountLink } from '#components/primitives/account-link.tsx';
import { Button } from '#components/primitives/button.tsx';
import { NumberText, useFormat } from '#components/primitives/figure-text.tsx';
import { LongList } from '#components/primitives/long-list.tsx';
import { Notice, Panel, Pending } from '#components/primitives/panel.tsx';
import { StateTag } from '#components/primitives/state-tag.tsx';
import { keepFocus, renewWords, useHeldList } from '#components/table/held-list.ts';
import { useStillHeights } from '#components/table/still-heights.ts';
import { useHolding } from '#components/table/holding.ts';
import { poolNameOfId } from '#lib/display/words.ts';
import { rate } from '#lib/units/money.ts';
import { type DeskRow } from '#lib/wire/protocol.ts';
import { breachesOf, callCounts, isBreach, type Breach } from './attention.ts';

const SHOWN_AT_FIRST = 5;
const NO_ROWS: readonly DeskRow[] = [];

export function AttentionPanel({ className }: { readonly className?: string }) {
  const format = useFormat();
  const counts = useLive(({ totals }) => totals && callCounts(totals.alerts));
  const { breaches, handlers, list, ...order } = useBreaches();
  const renew = renewWords(order);
  return (
    <Panel
      aside={
        renew === undefined ? (
          counts && (
            <span data-figure>
              {format.count(counts.unanswered)} unanswered of {format.count(counts.all)}
            </span>
          )
        ) : (
          <Button onClick={order.renew} onMouseDown={keepFocus} size="small">
            {renew}
          </Button>
        )
      }
      className={className}
      title="Needs somebody now"
    >
      <div {...handlers} ref={list}>
        {breaches === undefined || counts === undefined ? (
          <p className="p-3">
            <Pending width="24ch" />
          </p>
        ) : breaches.length === 0 ? (
          <NothingListed all={counts.all} />
        ) : (
          <LongList items={breaches} label="Critical pools" rest="more" step={SHOWN_AT_FIRST}>
            {(breach) => <BreachRow breach={breach} key={breach.entry.body.poolId} />}
          </LongList>
        )}
      </div>
      {breaches !== undefined && breaches.length > 0 && counts !== undefined ? (
        <Listed all={counts.all} listed={breaches.length} />
      ) : null}
    </Panel>
  );
}

/** Rows keep their places while somebody points at them or has focus in them. */
function useBreaches() {
  const rows = useRows('alerts');
  const desk = useLive((state) => state.desk?.rows) ?? NO_ROWS;
  const { held, handlers } = useHolding();
  const list = useRef<HTMLDivElement>(null);
  useStillHeights(list, held);
  const [heldPools, setHeldPools] = useState<ReadonlySet<string>>();
  const entries = useMemo(() => (rows === undefined ? undefined : alertEntries(rows)), [rows]);
  const present = entries === undefined ? [] : breachesOf(entries, desk, heldPools);
  if (held && heldPools === undefined) setHeldPools(new Set(present.map(poolOf)));
  if (!held && heldPools !== undefined) setHeldPools(undefined);
  const order = useHeldList({ items: present, keyOf: poolOf, held });
  return {
    ...order,
    list,
    breaches: entries === undefined ? undefined : order.items,
    handlers,
    renew: () => {
      setHeldPools(undefined);
      order.renew();
    },
  };
}

function poolOf({ entry }: Breach): string {
  return entry.body.poolId;
}

function NothingListed({ all }: { readonly all: number }) {
  if (all > 0) return <Listed all={all} listed={0} />;
  return (
    <Notice head="Nobody is critical">
      Critical pools stand here, unanswered and nearest first.
    </Notice>
  );
}

/** The browser keeps the newest changes of state; who became Critical before them stands in the grid. */
function Listed({ listed, all }: { readonly listed: number; readonly all: number }) {
  const format = useFormat();
  if (listed >= all) return null;
  return (
    <p className="border-t border-line px-3 py-1.5 text-small text-ink-3">
      {format.count(listed)} of {format.count(all)} are listed, those that changed last; all stand
      among the accounts.
    </p>
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
        {!isBreach(entry) ? (
          <span className="text-small text-ink-3">no longer critical</span>
        ) : acknowledged === undefined ? (
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
      ) : distanceShare === 'past' ? (
        <span className="font-medium text-ink">past liquidation</span>
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
