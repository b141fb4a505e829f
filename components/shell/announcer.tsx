'use client';
/** The two live regions of the product (ux.md 10). Prices are never in them. */
import { usePathname } from 'next/navigation';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useLive, useRows, useTrust } from '#components/live/live-provider.tsx';
import { useSetting } from '#components/settings/use-settings.ts';
import { createAnnouncer, type News, type Spoken } from './announcements.ts';
import { enteredIn, newsBetween, type Moment } from './changes.ts';
import { useChosenAccount } from './chosen-account.ts';
import { saidStore } from './say.ts';
import { useWorstState } from './worst-state.ts';

type Tell = (news: News) => void;

/** Pages about the whole book: there every account's entry into danger is told, elsewhere only the chosen account's. */
const BOOK_PAGES = ['/desk', '/alerts', '/liquidations'];

export function Announcer() {
  const [spoken, setSpoken] = useState<Spoken>({ polite: '', assertive: '' });
  const [announcer] = useState(() =>
    createAnnouncer({
      now: Date.now,
      speak: (change) => setSpoken((before) => ({ ...before, ...change })),
    }),
  );
  const level = useSetting((settings) => settings.announcements);
  const second = useLive((state) => state.wallNow);
  const path = usePathname();
  const tell = useEffectEvent((news: News) => announcer.tell(news, level));
  useEffect(() => announcer.pulse(), [announcer, second]);
  useEffect(
    () =>
      saidStore.subscribe(({ text, isAsked }) =>
        tell(isAsked ? { kind: 'asked', text } : { kind: 'polite', subject: text, text }),
      ),
    [],
  );
  return (
    <>
      <OwnNews tell={(news) => announcer.tell(news, level)} />
      {BOOK_PAGES.some((page) => path.startsWith(page)) ? (
        <BookNews tell={(news) => announcer.tell(news, level)} />
      ) : null}
      <div className="sr-only">
        <output>{spoken.polite}</output>
        <p role="alert">{spoken.assertive}</p>
      </div>
    </>
  );
}

function OwnNews({ tell }: { readonly tell: Tell }) {
  const { accountId } = useChosenAccount();
  const state = useWorstState(accountId);
  const trust = useTrust();
  const before = useRef<Moment>({ accountId, state, trust });
  const tellNow = useEffectEvent(tell);
  useEffect(() => {
    const now: Moment = { accountId, state, trust };
    const news = newsBetween(before.current, now);
    before.current = now;
    if (news !== undefined) tellNow(news);
  }, [accountId, state, trust]);
  return null;
}

function BookNews({ tell }: { readonly tell: Tell }) {
  const rows = useRows('alerts');
  const { accountId } = useChosenAccount();
  const seenSeq = useRef<number>(undefined);
  const tellAll = useEffectEvent((fromSeq: number) => {
    for (const news of enteredIn(rows ?? [], fromSeq, accountId)) tell(news);
  });
  useEffect(() => {
    if (rows === undefined) return;
    const fromSeq = seenSeq.current;
    seenSeq.current = rows.at(-1)?.seq ?? 0;
    if (fromSeq !== undefined) tellAll(fromSeq);
  }, [rows]);
  return null;
}
