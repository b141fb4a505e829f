'use client';
/** The inbox: what is open, worst and nearest first, then what is past, newest first. */
import { useState } from 'react';
import { useRows } from '#components/live/live-provider.tsx';
import { Button } from '#components/primitives/button.tsx';
import { FilterChip, toggled } from '#components/primitives/filter-chip.tsx';
import { LongList } from '#components/primitives/long-list.tsx';
import { Notice, Panel, Pending } from '#components/primitives/panel.tsx';
import { OlderRows } from '#components/table/older-rows.tsx';
import { StateShape, stateColour } from '#components/primitives/state-shape.tsx';
import { SHOWN_STATES, stateWord, type ShownState } from '#lib/display/words.ts';
import { AlertCard } from './alert-card.tsx';
import { wantsAnswer, type AlertEntry } from './alert-rows.ts';
import { BurstCard } from './burst-card.tsx';
import { type InboxItem } from './bursts.ts';
import { useInbox, type Inbox as InboxView } from './use-inbox.ts';

const CARDS_AT_FIRST = 60;
/** Open ones stand by urgency, so that a new one may come anywhere. */
const OPEN_CARDS = 300;
const FILTERS = SHOWN_STATES.filter((state) => state !== 'liquidating');

export function Inbox() {
  const rows = useRows('alerts');
  const [states, setStates] = useState<readonly ShownState[]>([]);
  const [unanswered, setUnanswered] = useState(false);
  const inbox = useInbox(rows, {
    key: `${states.join(' ')} ${unanswered}`,
    passes: (entry) =>
      (states.length === 0 || states.includes(entry.state)) && (!unanswered || wantsAnswer(entry)),
  });
  return (
    <Panel aside={<OrderNote inbox={inbox} />} className="min-w-0" title="Alerts: changes of state">
      <fieldset
        aria-label="Filter the alerts"
        className="flex min-w-0 flex-wrap gap-1.5 border-b border-line px-3 py-2"
      >
        <FilterChip
          count={inbox.all.filter(wantsAnswer).length}
          on={unanswered}
          onToggle={() => setUnanswered(!unanswered)}
        >
          Only unanswered
        </FilterChip>
        {FILTERS.map((state) => (
          <FilterChip
            count={rows === undefined ? undefined : countOf(inbox.all, state)}
            key={state}
            on={states.includes(state)}
            onToggle={() => setStates(toggled(states, state))}
          >
            <StateShape size={10} state={state} />
            <span className={stateColour(state)}>{stateWord(state)}</span>
          </FilterChip>
        ))}
        {inbox.all.length === 0 ? null : (
          <span className="ml-auto self-center text-small text-ink-3">
            of the newest {inbox.all.length}
          </span>
        )}
      </fieldset>
      <div
        onBlur={() => inbox.release('focus')}
        onFocus={() => inbox.hold('focus')}
        onPointerEnter={() => inbox.hold('pointer')}
        onPointerLeave={() => inbox.release('pointer')}
      >
        {rows === undefined ? (
          <p className="p-3">
            <Pending width="32ch" />
          </p>
        ) : (
          <Cards filtered={states.length > 0 || unanswered} inbox={inbox} />
        )}
      </div>
      <OlderRows topic="alerts" what="alerts" />
    </Panel>
  );
}

function countOf(entries: readonly AlertEntry[], state: ShownState): number {
  return entries.filter((entry) => entry.state === state).length;
}

/** The reader is told that the order is held, and may take the new one. */
function OrderNote({ inbox }: { readonly inbox: InboxView }) {
  if (inbox.displaced === 0) return <span className="max-sm:sr-only">open first, worst first</span>;
  return (
    <Button onClick={inbox.renew} size="small">
      order changed ({inbox.displaced})
    </Button>
  );
}

function Cards({ inbox, filtered }: { readonly inbox: InboxView; readonly filtered: boolean }) {
  const { open, earlier } = inbox;
  if (open.length + earlier.length === 0) {
    return filtered ? (
      <Notice head="No alert passes the filter">Choose other states to see more.</Notice>
    ) : (
      <Notice head="Nothing has changed its state yet">
        A card appears here the moment a pool crosses a level.
      </Notice>
    );
  }
  return (
    <>
      <Heading count={eventsIn(open)} name="Open" />
      {open.length === 0 ? (
        <p className="px-3 py-3 text-ink-3">Nothing is open.</p>
      ) : (
        <LongList growsTo={OPEN_CARDS} items={open} label="Open alerts" step={CARDS_AT_FIRST}>
          {card}
        </LongList>
      )}
      {earlier.length === 0 ? null : (
        <>
          <Heading count={eventsIn(earlier)} name="Earlier" />
          <LongList items={earlier} label="Earlier alerts" step={CARDS_AT_FIRST}>
            {card}
          </LongList>
        </>
      )}
    </>
  );
}

/** A burst counts as what it stands for. */
function eventsIn(items: readonly InboxItem[]): number {
  return items.reduce((sum, item) => sum + (item.kind === 'one' ? 1 : item.entries.length), 0);
}

function Heading({ name, count }: { readonly name: string; readonly count: number }) {
  return (
    <h3 className="flex items-baseline gap-2 border-b border-line bg-raised px-3 py-1 text-small font-semibold text-ink-2 not-first:border-t">
      {name} <span className="font-normal text-ink-3">{count}</span>
    </h3>
  );
}

function card(item: InboxItem) {
  return item.kind === 'one' ? (
    <AlertCard entry={item.entry} key={item.key} />
  ) : (
    <BurstCard burst={item} key={item.key} />
  );
}
