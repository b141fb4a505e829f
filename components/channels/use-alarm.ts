'use client';
/** The repeating alarm of the followed account, and the presses that let the page be heard. */
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useAccount, useTrust } from '#components/live/live-provider.tsx';
import { settingsStore } from '#components/settings/settings.ts';
import { useSetting } from '#components/settings/use-settings.ts';
import { type PoolText } from '#lib/wire/protocol.ts';
import { ringing } from './alarm.ts';
import { askPermission } from './desktop-notice.ts';
import { playTone, soundStore, wakeSound } from './sound.ts';

const REPEATS_EVERY_MS = 4_000;
const NONE: readonly PoolText[] = [];

/** Pools whose alarm goes now; none while sound is off. */
export function useAlarm(accountId: string | undefined): readonly PoolText[] {
  const sound = useSetting((settings) => settings.sound);
  const trust = useTrust();
  const account = useAccount(accountId);
  const muted = useStore(soundStore, (state) => state.muted);
  const awake = useStore(soundStore, (state) => state.awake);
  const heard = sound === 'on' && trust === 'live' && account?.kind === 'open';
  const pools = heard ? ringing(account.text, muted) : NONE;
  const rings = pools.length > 0 && awake;
  useEffect(() => {
    if (!rings) return undefined;
    playTone('critical');
    const timer = setInterval(() => playTone('critical'), REPEATS_EVERY_MS);
    return () => clearInterval(timer);
  }, [rings]);
  return pools;
}

/**
 * The press that switches a channel on, on whatever page, is the one in which the browser lets it begin: asking later would be
 * refused. After a reload the first press on the page wakes the sound that is still switched on.
 */
export function useConsent(): void {
  useEffect(() => {
    const stop = settingsStore.subscribe((now, before) => {
      // Read from the storage, or switched on in another tab: no press of this page's.
      if (!navigator.userActivation.isActive) return;
      if (now.sound === 'on' && before.sound === 'off') void wakeSound();
      if (now.browserNotifications === 'on' && before.browserNotifications === 'off')
        void askPermission();
    });
    function wake(): void {
      const { sound } = settingsStore.getState();
      if (sound === 'on' && !soundStore.getState().awake) void wakeSound();
    }
    addEventListener('pointerdown', wake);
    addEventListener('keydown', wake);
    return () => {
      stop();
      removeEventListener('pointerdown', wake);
      removeEventListener('keydown', wake);
    };
  }, []);
}
