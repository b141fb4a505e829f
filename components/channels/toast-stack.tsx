'use client';
/** What is new, bottom right, where no state stands: drawn over the page, never moves the focus, and is no live region (the announcer speaks). */
import { BellRing, X } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { AcknowledgeButton } from '#components/alerts/acknowledge-button.tsx';
import { Button, buttonLook } from '#components/primitives/button.tsx';
import { classNames } from '#components/primitives/class-names.ts';
import { Moment } from '#components/primitives/moment.tsx';
import { StateTag } from '#components/primitives/state-tag.tsx';
import { bookSentence, newsSentence, newsSubject } from '#lib/display/news-words.ts';
import { type PoolText } from '#lib/wire/protocol.ts';
import { type PoolNews } from './account-news.ts';
import { CatchUpText } from './catch-up-text.tsx';
import { mute, soundStore } from './sound.ts';
import { dismissToast, dropExpired, toastStore, type Toast } from './toasts.ts';

const LOOKS_EVERY_MS = 500;

interface ToastStackProps {
  readonly accountId: string | undefined;
  /** Pools whose alarm goes now. */
  readonly ringing: readonly PoolText[];
}

export function ToastStack({ accountId, ringing }: ToastStackProps) {
  const toasts = useStore(toastStore, (state) => state.toasts);
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held || toasts.length === 0) return undefined;
    const timer = setInterval(() => dropExpired(Date.now()), LOOKS_EVERY_MS);
    return () => clearInterval(timer);
  }, [held, toasts.length]);
  if (toasts.length === 0 && ringing.length === 0) return null;
  return (
    <section
      aria-label="News"
      className="pointer-events-none fixed right-2 bottom-16 left-2 z-40 flex flex-col gap-2 sm:right-3 sm:left-auto sm:w-84 md:bottom-3"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
    >
      {ringing.length === 0 ? null : <Sounding accountId={accountId} pools={ringing} />}
      {toasts.map((toast) => (
        <ToastCard key={toast.key} toast={toast} />
      ))}
    </section>
  );
}

function Card({
  children,
  className,
}: {
  readonly children: ReactNode;
  readonly className?: string;
}) {
  return (
    <div
      className={classNames(
        'pointer-events-auto rounded-panel border border-line-strong bg-panel p-3 shadow-(--shadow-pop)',
        className,
      )}
    >
      {children}
    </div>
  );
}

function ToastCard({ toast }: { readonly toast: Toast }) {
  const { body, key } = toast;
  return (
    <Card className="relative pr-9">
      {body.kind === 'pool' ? (
        <NewsOfPool news={body.news} />
      ) : body.kind === 'book' ? (
        <>
          <p className="font-medium">
            Book:{' '}
            {bookSentence({
              critical: body.news.critical.size,
              liquidated: body.news.liquidated.size,
            })}
          </p>
          <p className="mt-0.5 text-small text-ink-3">
            since <Moment time={body.news.since} />, until you dismiss this
          </p>
          <OpenAlerts />
        </>
      ) : (
        <>
          <CatchUpText absence={body.absence} />
          <OpenAlerts />
        </>
      )}
      <Button
        aria-label="Dismiss"
        className="absolute top-2 right-2"
        onClick={() => dismissToast(key)}
        size="small"
        title="Dismiss"
        tone="bare"
      >
        <X aria-hidden size={13} />
      </Button>
    </Card>
  );
}

function NewsOfPool({ news }: { readonly news: PoolNews }) {
  return (
    <>
      <p className="flex flex-wrap items-baseline gap-x-2">
        <StateTag className="self-center" past state={news.to} />
        <span className="font-medium">{newsSubject(news)}</span>
        <Moment className="text-small text-ink-3" time={news.at} />
      </p>
      <p className="mt-0.5 text-small text-ink-2">{newsSentence(news)}</p>
      {news.to === 'critical' ? (
        <div className="mt-2 flex gap-1.5">
          <AcknowledgeButton accountId={news.accountId} poolId={news.poolId} />
          <OpenAccount accountId={news.accountId} />
        </div>
      ) : null}
    </>
  );
}

function OpenAccount({ accountId }: { readonly accountId: string }) {
  return (
    <Link
      className={buttonLook({ size: 'small', tone: 'bare' })}
      href={`/?account=${encodeURIComponent(accountId)}`}
      prefetch={false}
    >
      Open
    </Link>
  );
}

function OpenAlerts() {
  return (
    <Link className={`mt-2 ${buttonLook({ size: 'small' })}`} href="/alerts" prefetch={false}>
      Open the alerts
    </Link>
  );
}

/** The visual twin of the alarm: what sounds, and how to stop it. */
function Sounding({
  accountId,
  pools,
}: {
  readonly accountId: string | undefined;
  readonly pools: readonly PoolText[];
}) {
  const awake = useStore(soundStore, (state) => state.awake);
  const [first] = pools;
  if (accountId === undefined || first === undefined) return null;
  return (
    <Card className="border-critical">
      <p className="flex items-center gap-2">
        <BellRing aria-hidden className="shrink-0 text-critical" size={15} />
        <span className="font-medium">
          {awake ? 'Sounding' : 'The alarm waits for a press on this page'}
        </span>
      </p>
      <p className="mt-0.5 text-small text-ink-2">
        Critical and not acknowledged:{' '}
        {pools.map(({ poolId }) => newsSubject({ accountId, poolId })).join(', ')}
      </p>
      <div className="mt-2 flex gap-1.5">
        <Button onClick={() => mute(pools)} size="small">
          Mute
        </Button>
        <AcknowledgeButton accountId={accountId} poolId={first.poolId} />
      </div>
    </Card>
  );
}
