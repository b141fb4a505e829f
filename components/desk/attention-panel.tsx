'use client';
/** The queue of margin calls: who is critical and unanswered in the whole book, how near, and for how long (ux.md 12.4). */
import { useRef } from 'react';
import { AcknowledgeButton } from '#components/alerts/acknowledge-button.tsx';
import { ToldAgain } from '#components/alerts/alert-card.tsx';
import { poolsThat } from '#components/alerts/alert-counts.ts';
import { useLive } from '#components/live/live-provider.tsx';
import { AccountLink } from '#components/primitives/account-link.tsx';
import { NumberText, useFormat } from '#components/primitives/figure-text.tsx';
import { LongList } from '#components/primitives/long-list.tsx';
import { Notice, Panel, Pending } from '#components/primitives/panel.tsx';
import { StateTag } from '#components/primitives/state-tag.tsx';
import { useStillList } from '#components/table/held-list.ts';
import { useHolding } from '#components/table/holding.ts';
import { RenewButton } from '#components/table/renew-button.tsx';
import { useStillHeights } from '#components/table/still-heights.ts';
import {
  AWAITS_SECOND_MARK,
  AWAITS_SECOND_MARK_WHY,
  poolNameOfId,
  stateWord,
} from '#lib/display/words.ts';
import { rate } from '#lib/units/money.ts';
import { marginRatioFrom } from '#lib/wire/codec.ts';
import { type DeskCall } from '#lib/wire/protocol.ts';

const SHOWN_AT_FIRST = 5;
const NO_CALLS: readonly ListedCall[] = [];

/** One that waits no longer keeps its place while somebody is there, with its figures of then. */
interface ListedCall extends DeskCall {
  readonly isOver?: boolean;
}

/** Pools that are critical, or being liquidated: all of them, and those that nobody has answered. */
function useCallCounts() {
  const alerts = useLive(({ totals }) => totals?.alerts);
  if (alerts === undefined) return undefined;
  return {
    all: poolsThat(alerts, { states: ['critical'], unanswered: false }),
    unanswered: poolsThat(alerts, { states: ['critical'], unanswered: true }),
  };
}

export function AttentionPanel() {
  const format = useFormat();
  const counts = useCallCounts();
  const calls = useLive((state) => state.deskCalls?.calls);
  const { held, handlers } = useHolding();
  const element = useRef<HTMLDivElement>(null);
  useStillHeights(element, held);
  const list = useStillList({ items: calls ?? NO_CALLS, keyOf, held, gone: asOver });
  return (
    <Panel
      aside={
        <RenewButton list={list}>
          {counts && (
            <span data-figure>
              {format.count(counts.unanswered)} unanswered of {format.count(counts.all)}
            </span>
          )}
        </RenewButton>
      }
      title="Needs somebody now"
    >
      <div {...handlers} ref={element}>
        {calls === undefined || counts === undefined ? (
          <p className="p-3">
            <Pending width="24ch" />
          </p>
        ) : list.items.length === 0 ? (
          <Nobody acknowledged={counts.all - counts.unanswered} />
        ) : (
          <LongList items={list.items} label="Critical pools" rest="more" step={SHOWN_AT_FIRST}>
            {(call) => <CallRow call={call} key={call.poolId} />}
          </LongList>
        )}
      </div>
      {calls === undefined || counts === undefined || counts.unanswered <= calls.length ? null : (
        <p className="border-t border-line px-3 py-1.5 text-small text-ink-3" data-figure>
          The worst {format.count(calls.length)} of {format.count(counts.unanswered)}. All stand
          among the accounts.
        </p>
      )}
    </Panel>
  );
}

function keyOf({ poolId }: DeskCall): string {
  return poolId;
}

function asOver(call: ListedCall): ListedCall {
  return { ...call, doubtful: true, isOver: true };
}

function Nobody({ acknowledged }: { readonly acknowledged: number }) {
  const format = useFormat();
  if (acknowledged === 0)
    return (
      <Notice head="Nobody is critical">
        Critical pools that nobody has acknowledged stand here, worst first.
      </Notice>
    );
  return (
    <Notice head="Nobody waits">
      {acknowledged === 1
        ? 'The one critical pool is acknowledged.'
        : `All ${format.count(acknowledged)} critical pools are acknowledged.`}
    </Notice>
  );
}

function CallRow({ call }: { readonly call: ListedCall }) {
  const { accountId, poolId, state, told, isOver = false } = call;
  return (
    <li className="grid min-h-16 grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 border-b border-line px-3 py-1 last:border-b-0">
      <span className="flex min-w-0 items-center gap-2">
        <StateTag past={isOver} state={state} wordHidden />
        <AccountLink accountId={accountId} />
        <span className="truncate text-small text-ink-3">{poolNameOfId(poolId)}</span>
      </span>
      <span className="row-span-2 flex flex-col items-end">
        {isOver ? (
          <span
            className="text-small text-ink-3"
            title="It was acknowledged, or is no longer critical"
          >
            waits no longer
          </span>
        ) : (
          <>
            <AcknowledgeButton accountId={accountId} poolId={poolId} />
            <ToldAgain times={told} />
          </>
        )}
      </span>
      <span className="flex min-w-0 flex-col text-small text-ink-3">
        <Nearness call={call} />
        {isOver ? null : <Phase call={call} />}
      </span>
    </li>
  );
}

function Nearness({ call }: { readonly call: DeskCall }) {
  const format = useFormat();
  const ratio = call.marginRatio === null ? undefined : marginRatioFrom(call.marginRatio);
  return (
    <span data-trust={call.doubtful ? 'lost' : undefined}>
      <Way call={call} />
      {ratio === undefined ? null : (
        <>
          , {ratio.kind === 'ratio' ? `${format.convention.short} ` : null}
          <NumberText shown={format.marginRatio(ratio)} />
        </>
      )}
    </span>
  );
}

function Way({ call: { distanceShare, doubtful } }: { readonly call: DeskCall }) {
  const format = useFormat();
  if (distanceShare === null) return doubtful ? 'distance unknown' : 'no way to liquidation';
  if (distanceShare === 'past')
    return <span className="font-medium text-ink">past liquidation</span>;
  return (
    <>
      <NumberText className="font-medium text-ink" shown={format.distance(rate(distanceShare))} />{' '}
      away
    </>
  );
}

/** How long it has been in the state that is shown; past its line, what is waited for. */
function Phase({ call: { state, since, confirming } }: { readonly call: DeskCall }) {
  const format = useFormat();
  const runTime = useLive(({ frame }) => frame?.runTime) ?? since;
  if (confirming) return <span title={AWAITS_SECOND_MARK_WHY}>{AWAITS_SECOND_MARK}</span>;
  return (
    <span data-figure>
      {stateWord(state).toLowerCase()} for {format.age(Math.max(0, runTime - since))}
    </span>
  );
}
