'use client';
/** One change of state: shape and word, who, what crossed what, price and age, and what can be done (ux.md 4). */
import Link from 'next/link';
import { memo } from 'react';
import { useLive } from '#components/live/live-provider.tsx';
import { AccountLink } from '#components/primitives/account-link.tsx';
import { buttonLook } from '#components/primitives/button.tsx';
import { classNames } from '#components/primitives/class-names.ts';
import { useFormat } from '#components/primitives/figure-text.tsx';
import { Moment } from '#components/primitives/moment.tsx';
import { StateTag } from '#components/primitives/state-tag.tsx';
import { useZone } from '#components/settings/use-zone.ts';
import { crossing, directionOf, headline, priceUsed } from '#lib/display/alert-words.ts';
import { stampText } from '#lib/display/time.ts';
import { poolNameOfId } from '#lib/display/words.ts';
import { instrumentId } from '#lib/units/ids.ts';
import { rate } from '#lib/units/money.ts';
import { AcknowledgeButton, UndoButton } from './acknowledge-button.tsx';
import { isOpen, type AlertEntry } from './alert-rows.ts';
import { SnoozeChoice } from './snooze-choice.tsx';

interface AlertCardProps {
  readonly entry: AlertEntry;
  /** The account's own list does not repeat its name. */
  readonly ownList?: boolean;
}

/** Drawn again only when its own event is told differently: a crash brings hundreds of others. */
export const AlertCard = memo(Card, (before, now) => {
  const [left, right] = [before.entry, now.entry];
  return (
    before.ownList === now.ownList &&
    left.seq === right.seq &&
    left.isLatest === right.isLatest &&
    left.lapsed === right.lapsed &&
    left.escalations === right.escalations &&
    left.acknowledged?.time === right.acknowledged?.time &&
    left.acknowledged?.note === right.acknowledged?.note
  );
});

function Card({ entry, ownList = false }: AlertCardProps) {
  const { body, accountId } = entry;
  const worse = directionOf(body) === 'worse';
  return (
    <li
      data-nav-row
      data-row-seq={entry.seq}
      className={classNames(
        'card-row grid grid-cols-[auto_1fr] items-start gap-x-3 gap-y-0.5 border-b border-line px-3 py-(--card-pad) last:border-b-0 md:grid-cols-[4.5rem_7.5rem_1fr_auto]',
        !entry.isLatest && 'text-ink-2',
      )}
    >
      <Moment
        className="order-2 justify-self-end text-small leading-5 text-ink-3 md:order-none md:justify-self-start"
        time={entry.time}
      />
      <div className="flex flex-wrap items-baseline gap-x-2 md:flex-col">
        <StateTag className={entry.isLatest ? undefined : 'font-normal'} past state={entry.state} />
        {isOpen(entry) ? <TimeInState since={entry.since} /> : null}
      </div>
      <div className="order-3 col-span-2 min-w-0 md:order-none md:col-span-1">
        <p className="flex flex-wrap items-baseline gap-x-2">
          {ownList ? null : <AccountLink accountId={accountId} />}
          <span className="text-ink-2">{poolNameOfId(body.poolId)}</span>
          <span className={worse ? 'font-medium' : 'text-ink-2'}>{headline(body)}</span>
        </p>
        <Facts entry={entry} />
      </div>
      <div className="order-4 col-span-2 flex items-center empty:hidden gap-1.5 justify-self-end md:order-none md:col-span-1">
        <Answer entry={entry} />
        {ownList ? null : (
          <Link
            className={`max-md:hidden ${buttonLook({ size: 'small', tone: 'bare' })}`}
            href={`/?account=${encodeURIComponent(accountId)}`}
            prefetch={false}
          >
            Open
          </Link>
        )}
      </div>
    </li>
  );
}

function Facts({ entry }: { readonly entry: AlertEntry }) {
  const format = useFormat();
  const { body } = entry;
  const tick = useLive((state) =>
    body.instrument === null
      ? undefined
      : state.market?.instruments.get(instrumentId(body.instrument))?.tickSize,
  );
  const facts = [
    crossing(body, format),
    body.distanceShare === null
      ? undefined
      : `${format.distance(rate(body.distanceShare)).text} from liquidation`,
    priceUsed(body, tick, format),
    body.lastedMs > 0 ? `after ${format.age(body.lastedMs)}` : undefined,
    body.returns > 0
      ? `returned ${body.returns === 1 ? 'once' : `${body.returns} times`}`
      : undefined,
  ];
  return (
    <p className="text-small text-ink-3">
      {facts.filter((fact) => fact !== undefined).join(' · ')}
    </p>
  );
}

/** Renewed in place while the state lasts. */
function TimeInState({ since }: { readonly since: number }) {
  const zone = useZone();
  const format = useFormat();
  const lasted = useLive(({ frame }) =>
    frame === undefined ? undefined : format.age(frame.runTime - since),
  );
  if (lasted === undefined) return null;
  return (
    <span className="text-small text-ink-3" title={`since ${stampText(since, zone)}`}>
      for {lasted}
    </span>
  );
}

function Answer({ entry }: { readonly entry: AlertEntry }) {
  const { acknowledged, lapsed, accountId } = entry;
  const { poolId } = entry.body;
  if (acknowledged !== undefined) return <Acknowledged answer={acknowledged} entry={entry} />;
  if (!isOpen(entry) || entry.state === 'unknown') return null;
  return (
    <>
      {lapsed ? <span className="text-small text-ink-3">acknowledgement has lapsed</span> : null}
      <ToldAgain times={entry.escalations} />
      <SnoozeChoice entry={entry} />
      <AcknowledgeButton accountId={accountId} poolId={poolId} />
    </>
  );
}

/** Nobody has answered: the card says how often it asked. */
export function ToldAgain({ times }: { readonly times: number }) {
  if (times === 0) return null;
  return (
    <span className="text-small whitespace-nowrap text-ink-2" title="Nobody has acknowledged it">
      told again {times === 1 ? 'once' : times === 2 ? 'twice' : `${times} times`}
    </span>
  );
}

function Acknowledged({
  entry,
  answer,
}: {
  readonly entry: AlertEntry;
  readonly answer: NonNullable<AlertEntry['acknowledged']>;
}) {
  const zone = useZone();
  return (
    <>
      <span
        className="max-w-64 truncate text-small text-ink-3"
        title={`${stampText(answer.time, zone)}: ${answer.note}`}
      >
        ack {answer.by}
        {answer.note === '' ? '' : `: ${answer.note}`}
      </span>
      {isOpen(entry) ? <UndoButton accountId={entry.accountId} poolId={entry.body.poolId} /> : null}
    </>
  );
}
