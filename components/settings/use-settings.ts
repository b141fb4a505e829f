'use client';
import { useStore } from 'zustand';
import { settingsStore, type Settings } from './settings.ts';

/** One setting, or what is made of several; the component paints again when that changes. */
export function useSetting<Value>(selector: (settings: Settings) => Value): Value {
  return useStore(settingsStore, selector);
}
