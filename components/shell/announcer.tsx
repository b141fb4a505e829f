'use client';
/** The two live regions (ux.md 10): changes of state only, never prices, polite ones at most six a minute. */
import { useEffect, useRef, useState } from 'react';
import { useLive, useTrust } from '#components/live/live-provider.tsx';
import { stateWord, type ShownState } from '#lib/display/words.ts';
import { useChosenAccount } from './chosen-account.ts';
import { saidStore } from './say.ts';
import { useWorstState } from './worst-state.ts';

const POLITE_EVERY_MS = 10_000;

interface Spoken {
  readonly polite: string;
  readonly assertive: string;
}

export function Announcer() {
  const { accountId } = useChosenAccount();
  const state = useWorstState(accountId);
  const trust = useTrust();
  const [spoken, setSpoken] = useState<Spoken>({ polite: '', assertive: '' });
  const before = useRef<{
    accountId: string | undefined;
    state: ShownState | undefined;
    trust: string;
    politeAt: number;
  }>({
    accountId: undefined,
    state: undefined,
    trust,
    politeAt: 0,
  });
  const wallNow = useLive((live) => live.wallNow);
  useEffect(
    () => saidStore.subscribe(({ text }) => setSpoken((now) => ({ ...now, polite: text }))),
    [],
  );
  useEffect(() => {
    const last = before.current;
    const next = announcementOf(last, { accountId, state, trust });
    if (next?.urgent === true) setSpoken((now) => ({ ...now, assertive: next.text }));
    const mayBePolite = wallNow - last.politeAt >= POLITE_EVERY_MS;
    if (next?.urgent === false && mayBePolite) setSpoken((now) => ({ ...now, polite: next.text }));
    // A polite change that came too soon stays pending: what was said last is kept as "before".
    if (next?.urgent === false && !mayBePolite) return;
    before.current = {
      accountId,
      state,
      trust,
      politeAt: next?.urgent === false ? wallNow : last.politeAt,
    };
  }, [accountId, state, trust, wallNow]);
  return (
    <div className="sr-only">
      <output>{spoken.polite}</output>
      <p role="alert">{spoken.assertive}</p>
    </div>
  );
}

interface Moment {
  readonly accountId: string | undefined;
  readonly state: ShownState | undefined;
  readonly trust: string;
}

/** What has to be said, complete without the page. Another account chosen is the reader's own act and says nothing. */
export function announcementOf(
  before: Moment,
  now: Moment,
): { readonly urgent: boolean; readonly text: string } | undefined {
  if (before.trust !== now.trust) {
    if (now.trust === 'lost' || now.trust === 'silent')
      return { urgent: true, text: 'Connection lost. Figures may be wrong.' };
    if (before.trust !== 'never') return { urgent: false, text: 'Connected again.' };
  }
  if (before.accountId !== now.accountId || before.state === now.state) return undefined;
  if (before.state === undefined || now.state === undefined) return undefined;
  const text = `Account ${now.accountId ?? ''} is now ${stateWord(now.state)}, it was ${stateWord(before.state)}.`;
  return { urgent: now.state === 'critical' || now.state === 'liquidating', text };
}
