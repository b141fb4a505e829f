'use client';
/** Reads the stored settings once the page stands, again when another tab changed them, and shows them to the style sheets. */
import { useEffect } from 'react';
import { applyToDocument } from './document-settings.ts';
import { SETTINGS_KEY, settingsStore } from './settings.ts';
import { showTheme, THEME_KEY, themeOf } from './theme.ts';

export function SettingsKeeper() {
  useEffect(() => {
    const stop = settingsStore.subscribe((settings) =>
      applyToDocument(settings, document.documentElement),
    );
    void settingsStore.persist.rehydrate();
    function read(event: StorageEvent): void {
      if (event.key === THEME_KEY) showTheme(themeOf(event.newValue));
      // No key: the whole storage was cleared.
      if (event.key === SETTINGS_KEY || event.key === null) void settingsStore.persist.rehydrate();
    }
    addEventListener('storage', read);
    return () => {
      stop();
      removeEventListener('storage', read);
    };
  }, []);
  return null;
}
