'use client';
import { useSyncExternalStore } from 'react';
import { shownTheme, type Theme } from './theme.ts';

export function useTheme(): Theme {
  return useSyncExternalStore<Theme>(onThemeChange, shownTheme, () => 'system');
}

function onThemeChange(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}
