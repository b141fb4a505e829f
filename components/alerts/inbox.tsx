'use client';
/** The inbox: what is open, worst and nearest first, then what is past, newest first. */
import Link from 'next/link';
import { useRef, useState } from 'react';
import { useLive, useRows } from '#components/live/live-provider.tsx';
import { useFormat } from '#components/primitives/figure-text.tsx';
import { FilterChip, toggled } from '#components/primitives/filter-chip.tsx';
import { LongList } from '#components/primitives/long-list.tsx';
import { Notice, Panel, Pending } from '#components/primitives/panel.tsx';
import { RenewButton } from '#components/table/renew-button.tsx';
import { useStillHeights } from '#components/table/still-heights.ts';
import { OlderRows } from '#components/table/older-rows.tsx';
import { StateShape, stateColour } from '#components/primitives/state-shape.tsx';
import { SHOWN_STATES, stateWord, type ShownState } from '#lib/display/words.ts';
import { AlertCard } from './alert-card.tsx';
import { wantsAnswer } from './alert-rows.ts';
import { poolsThat, type PoolFilter } from './alert-counts.ts';
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
  const counts = useLive(({ totals }) => totals?.alerts);
  const list = useRef<HTMLDivElement>(null);
  const inbox = useInbox(rows, {
    key: `${states.join(' ')} ${unanswered}`,
    passes: (entry) =>
      (states.length === 0 || states.includes(entry.state)) && (!unanswered || wantsAnswer(entry)),
  });
  useStillHeights(list, inbox.isHeld);
  return (
    <Panel
      aside={
        <RenewButton list={inbox}>
          <span className="max-sm:sr-only">open first, worst first</span>
        </RenewButton>
      }
      className="min-w-0"
      title="Alerts: changes of state"
    >
      <fieldset
        aria-label="Filter the alerts"
        className="flex min-w-0 flex-wrap gap-1.5 border-b border-line px-3 py-2"
      >
        <FilterChip
          count={counts && poolsThat(counts, { states: [], unanswered: true })}
          on={unanswered}
          onToggle={() => setUnanswered(!unanswered)}
        >
          Only unanswered
        </FilterChip>
        {FILTERS.map((state) => (
          <FilterChip
            count={isPast(state) || counts === undefined ? undefined : poolsThat(counts, of(state))}
            key={state}
            on={states.includes(state)}
            onToggle={() => setStates(toggled(states, state))}
          >
            <StateShape size={10} state={state} />
            <span className={stateColour(state)}>{stateWord(state)}</span>
          </FilterChip>
        ))}
        <span className="ml-auto self-center text-small text-ink-3">
          pools of the whole book that are so now
        </span>
      </fieldset>
      <div
        onBlur={() => inbox.release('focus')}
        onFocus={() => inbox.hold('focus')}
        onPointerEnter={() => inbox.hold('pointer')}
        onPointerLeave={() => inbox.release('pointer')}
        ref={list}
      >
        {rows === undefined ? (
          <p className="p-3">
            <Pending width="32ch" />
          </p>
        ) : (
          <Cards
            filtered={states.length > 0 || unanswered}
            inbox={inbox}
            openPools={counts && poolsThat(counts, { states, unanswered })}
          />
        )}
      </div>
      <OlderRows topic="alerts" what="alerts" />
    </Panel>
  );
}

function of(state: ShownState): PoolFilter {
  return { states: [state], unanswered: false };
}

/** A pool that is well, or closed, is in the list for what it was. */
function isPast(state: ShownState): boolean {
  return state === 'healthy' || state === 'liquidated';
}

interface CardsProps {
  readonly inbox: InboxView;
  readonly filtered: boolean;
  /** Of the whole book, as the server counts them: more than the cards of the newest changes may show. */
  readonly openPools: number | undefined;
}

function Cards({ inbox, filtered, openPools }: CardsProps) {
  const { open, earlier } = inbox;
  const listed = eventsIn(open);
  const hasOlder = useLive(({ olderThere }) => olderThere.has('alerts'));
  const isCut = hasOlder && openPools !== undefined && listed < openPools;
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
      <Heading
        count={listed}
        name={isCut ? 'Open, among the newest changes' : 'Open'}
        of={openPools}
      />
      {isCut ? <Cut /> : null}
      {open.length === 0 ? (
        isCut ? null : (
          <p className="px-3 py-3 text-ink-3">Nothing is open.</p>
        )
      ) : (
        <LongList
          growsTo={OPEN_CARDS}
          items={open}
          label="Open alerts"
          rest="more"
          step={CARDS_AT_FIRST}
        >
          {card}
        </LongList>
      )}
      {earlier.length === 0 ? null : (
        <>
          <Heading count={eventsIn(earlier)} name="Earlier, among the newest changes" />
          <LongList items={earlier} label="Earlier alerts" step={CARDS_AT_FIRST}>
            {card}
          </LongList>
        </>
      )}
    </>
  );
}

/** The worst pools may have changed before the changes that are here. */
function Cut() {
  return (
    <p className="border-b border-line px-3 py-1.5 text-small text-ink-2">
      Pools that changed earlier are not listed, however near: the worst of the whole book stand on
      the{' '}
      <Link className="inline-block underline underline-offset-2" href="/desk" prefetch={false}>
        Desk
      </Link>
      .
    </p>
  );
}

/** A burst counts as what it stands for. */
function eventsIn(items: readonly InboxItem[]): number {
  return items.reduce((sum, item) => sum + (item.kind === 'one' ? 1 : item.entries.length), 0);
}

interface HeadingProps {
  readonly name: string;
  /** Shown here. */
  readonly count: number;
  /** Of so many there are. */
  readonly of?: number | undefined;
}

function Heading({ name, count, of: all = count }: HeadingProps) {
  const format = useFormat();
  return (
    <h3 className="flex items-baseline gap-2 border-b border-line bg-raised px-3 py-1 text-small font-semibold text-ink-2 not-first:border-t">
      {name}{' '}
      <span className="font-normal text-ink-3" data-figure>
        {count < all ? `${format.count(count)} of ${format.count(all)}` : format.count(all)}
      </span>
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
