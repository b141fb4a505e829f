'use client';
/**
 * What is new, along the bottom: the page becomes shorter by it, so that nothing lies under it for good. Never moves the
 * focus, and is no live region (the announcer speaks).
 */
import { BellRing, X } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useState, type ReactNode } from 'react';
import { takeRoom } from './news-room.ts';
import { useStore } from 'zustand';
import { AcknowledgeButton } from '#components/alerts/acknowledge-button.tsx';
import { Button, buttonLook } from '#components/primitives/button.tsx';
import { Moment } from '#components/primitives/moment.tsx';
import { StateTag } from '#components/primitives/state-tag.tsx';
import { bookSentence, newsSentence, newsSubject } from '#lib/display/news-words.ts';
import { type PoolText } from '#lib/wire/protocol.ts';
import { type PoolNews } from './account-news.ts';
import { CatchUpText } from './catch-up-text.tsx';
import { mute, soundStore } from './sound.ts';
import { dismissToast, dropExpired, toastStore, type BookNews, type Toast } from './toasts.ts';

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
      className="fixed inset-x-0 bottom-(--thumb-room) z-40 border-t border-line-strong bg-panel shadow-(--shadow-pop)"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      ref={takeRoom}
    >
      {ringing.length === 0 ? null : <Sounding accountId={accountId} pools={ringing} />}
      {toasts.map((toast) => (
        <ToastRow key={toast.key} toast={toast} />
      ))}
    </section>
  );
}

interface RowProps {
  readonly children: ReactNode;
  /** What can be done about it. */
  readonly actions?: ReactNode;
}

function Row({ children, actions }: RowProps) {
  return (
    <div className="mx-auto flex min-h-9 max-w-[120rem] items-center gap-x-3 border-b border-line px-3 py-1 last:border-b-0">
      <div className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-3">{children}</div>
      {actions === undefined ? null : (
        <div className="flex shrink-0 items-center gap-1.5">{actions}</div>
      )}
    </div>
  );
}

function ToastRow({ toast }: { readonly toast: Toast }) {
  const { body, key } = toast;
  return (
    <Row
      actions={
        <>
          {body.kind === 'pool' ? <AnswerToPool news={body.news} /> : <OpenAlerts />}
          <Button
            aria-label="Dismiss"
            onClick={() => dismissToast(key)}
            size="small"
            title="Dismiss"
            tone="bare"
          >
            <X aria-hidden size={13} />
          </Button>
        </>
      }
    >
      {body.kind === 'pool' ? (
        <NewsOfPool news={body.news} />
      ) : body.kind === 'book' ? (
        <NewsOfBook news={body.news} />
      ) : (
        <CatchUpText absence={body.absence} />
      )}
    </Row>
  );
}

function NewsOfBook({ news }: { readonly news: BookNews }) {
  return (
    <>
      <p className="font-medium">
        Book: {bookSentence({ critical: news.critical.size, liquidated: news.liquidated.size })}
      </p>
      <p className="text-small text-ink-3">
        since <Moment time={news.since} />, until you dismiss this
      </p>
    </>
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
      <p className="text-small text-ink-2">{newsSentence(news)}</p>
    </>
  );
}

function AnswerToPool({ news }: { readonly news: PoolNews }) {
  if (news.to !== 'critical') return null;
  return (
    <>
      <AcknowledgeButton accountId={news.accountId} poolId={news.poolId} />
      <OpenAccount accountId={news.accountId} />
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
    <Link className={buttonLook({ size: 'small' })} href="/alerts" prefetch={false}>
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
    <Row
      actions={
        <>
          <Button onClick={() => mute(pools)} size="small">
            Mute
          </Button>
          <AcknowledgeButton accountId={accountId} poolId={first.poolId} />
        </>
      }
    >
      <p className="flex items-center gap-2">
        <BellRing aria-hidden className="shrink-0 text-critical" size={15} />
        <span className="font-medium">
          {awake ? 'Sounding' : 'The alarm waits for a press on this page'}
        </span>
      </p>
      <p className="text-small text-ink-2">
        Critical and not acknowledged:{' '}
        {pools.map(({ poolId }) => newsSubject({ accountId, poolId })).join(', ')}
      </p>
    </Row>
  );
}
