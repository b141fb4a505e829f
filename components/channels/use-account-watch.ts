'use client';
/** Feeds every channel with the followed account's news: toasts, tones, notifications, and the summary after a break. */
import { useEffect, useRef } from 'react';
import { useLive, useTrust } from '#components/live/live-provider.tsx';
import { quietMs, snoozeStore } from '#components/alerts/snooze.ts';
import { settingsStore } from '#components/settings/settings.ts';
import { newsHead, newsSentence } from '#lib/display/news-words.ts';
import { isWorse, type PoolNews } from './account-news.ts';
import { lookAgain, NOT_YET } from './account-watch.ts';
import { toneOf } from './alarm.ts';
import { type Absence } from './catch-up.ts';
import { notify } from './desktop-notice.ts';
import { playTone } from './sound.ts';
import { poolToast, showOnly, showToast, TOAST_MS } from './toasts.ts';

export function useAccountWatch(accountId: string | undefined): void {
  const watch = useRef(NOT_YET);
  const trust = useTrust();
  const now = useLive(({ run, frame, totals, heardAt, accounts }) => {
    const account = accountId === undefined ? undefined : accounts.get(accountId);
    return {
      runId: run?.runId,
      runTime: frame?.runTime,
      totals,
      wallTime: heardAt,
      account: account?.kind === 'open' ? account.text : undefined,
    };
  });
  useEffect(() => {
    const { runId, runTime, totals, wallTime, account } = now;
    const isKnown =
      runId !== undefined &&
      runTime !== undefined &&
      totals !== undefined &&
      wallTime !== undefined &&
      account !== undefined;
    const look = lookAgain(
      watch.current,
      { trust, hidden: document.hidden },
      isKnown ? { runId, runTime, totals, wallTime, account } : undefined,
    );
    watch.current = look.watch;
    for (const news of look.news) tell(news, Date.now());
    if (look.absence !== undefined) tellAbsence(look.absence, Date.now());
  }, [now, trust]);
}

function tell(news: PoolNews, wallNow: number): void {
  if (quietMs(snoozeStore.getState().byPool[news.poolId], news.to, wallNow) > 0) return;
  const { toasts, sound, browserNotifications } = settingsStore.getState();
  if (toasts !== 'off') showToast(poolToast(news, wallNow));
  const tone = toneOf(news);
  if (sound === 'on' && tone !== undefined && news.unansweredMs === undefined) playTone(tone);
  if (browserNotifications === 'on' && isForOutside(news))
    void notify({ title: newsHead(news), body: newsSentence(news), tag: news.poolId });
}

/** Warning and up, while the reader is elsewhere: in front of the page the toast says it. */
function isForOutside(news: PoolNews): boolean {
  const isTold = isWorse(news) || news.unansweredMs !== undefined;
  return isTold && news.to !== 'watch' && !document.hasFocus();
}

/** The summary stands for everything that came up in the absence. */
function tellAbsence(absence: Absence, wallNow: number): void {
  if (settingsStore.getState().toasts === 'off') return;
  const hasChanged = absence.pools.some(({ before, now }) => before !== now);
  const until = hasChanged ? undefined : wallNow + TOAST_MS;
  showOnly({ key: 'catch-up', body: { kind: 'catch-up', absence }, until });
}
