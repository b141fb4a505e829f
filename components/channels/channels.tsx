'use client';
/** Every way by which news leaves the figures: toasts, tones, notifications, the tab's icon. Fetched after the first paint. */
import { useAccount } from '#components/live/live-provider.tsx';
import { useRatioWatch } from '#components/health/ratio-stories.ts';
import { useSetting } from '#components/settings/use-settings.ts';
import { useChosenAccount } from '#components/shell/chosen-account.ts';
import { TabIcon } from './tab-icon.tsx';
import { ToastStack } from './toast-stack.tsx';
import { useAccountWatch } from './use-account-watch.ts';
import { useAlarm, useConsent } from './use-alarm.ts';
import { BookWatch, useUnknownTone } from './book-watch.tsx';

export function Channels() {
  const { accountId } = useChosenAccount();
  const toasts = useSetting((settings) => settings.toasts);
  useAccount(accountId);
  useAccountWatch(accountId);
  useRatioWatch(accountId);
  useConsent();
  useUnknownTone();
  const ringing = useAlarm(accountId);
  return (
    <>
      {toasts === 'book' ? <BookWatch /> : null}
      <ToastStack accountId={accountId} ringing={ringing} />
      <TabIcon accountId={accountId} />
    </>
  );
}
