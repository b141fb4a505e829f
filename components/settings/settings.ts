/** What a reader chose for this browser: kept in its storage, read back as a stranger's words would be. */
import { persist, type PersistStorage } from 'zustand/middleware';
import { createStore } from 'zustand/vanilla';

/** Every choice with what it may be; the first one is the default. */
export const SETTING_CHOICES = {
  /** `auto`: as the browser's language writes numbers. Independent of the language of the page. */
  numberStyle: ['auto', 'english', 'german', 'swiss', 'plain'],
  timeZone: ['utc', 'local'],
  /** How closeness to liquidation is told: maintenance / balance, its inverse, or 1 - ratio. Never changes a state. */
  convention: ['ratio', 'coverage', 'health'],
  resultColours: ['green-magenta', 'magenta-green', 'green-red', 'red-green'],
  density: ['comfortable', 'compact'],
  announcements: ['all', 'critical', 'none'],
  singleKeys: ['on', 'off'],
  motion: ['system', 'reduced'],
  /** Whose news come up as toasts: the account that is followed, that and what is Critical in the whole book, or none. */
  toasts: ['account', 'book', 'off'],
  sound: ['off', 'on'],
  browserNotifications: ['off', 'on'],
} as const;

export type SettingName = keyof typeof SETTING_CHOICES;
export type Settings = {
  readonly [Name in SettingName]: (typeof SETTING_CHOICES)[Name][number];
};

export const DEFAULT_SETTINGS: Settings = {
  numberStyle: 'auto',
  timeZone: 'utc',
  convention: 'ratio',
  resultColours: 'green-magenta',
  density: 'comfortable',
  announcements: 'all',
  singleKeys: 'on',
  motion: 'system',
  toasts: 'account',
  sound: 'off',
  browserNotifications: 'off',
};

export const SETTINGS_KEY = 'plimsoll-settings';

/** Stored words that are no choice of today are left out: the default stands. */
export function settingsFrom(stored: unknown): Settings {
  const words: Readonly<Record<string, unknown>> = { ...Object(stored) };
  const chosen = Object.entries(SETTING_CHOICES).filter(([name, choices]) =>
    choices.some((choice) => choice === words[name]),
  );
  return {
    ...DEFAULT_SETTINGS,
    ...Object.fromEntries(chosen.map(([name]) => [name, words[name]])),
  };
}

/** The browser's storage where there is one: a reader whose browser keeps nothing has the choices until the page is left. */
const storage: PersistStorage<Settings> = {
  getItem: (name) => {
    try {
      const stored: unknown = JSON.parse(localStorage.getItem(name) ?? 'null');
      return { state: settingsFrom({ ...Object(stored) }.state) };
    } catch {
      return null;
    }
  },
  setItem: (name, value) => {
    try {
      localStorage.setItem(name, JSON.stringify(value));
    } catch {
      // Full or forbidden: the choice still holds in this page.
    }
  },
  removeItem: (name) => localStorage.removeItem(name),
};

/** Starts with the defaults, as the server's text does; `SettingsKeeper` reads the storage once the page stands. */
export const settingsStore = createStore<Settings>()(
  persist(() => DEFAULT_SETTINGS, {
    name: SETTINGS_KEY,
    skipHydration: true,
    storage,
    merge: (stored) => settingsFrom(stored),
  }),
);

export function changeSettings(change: Partial<Settings>): void {
  settingsStore.setState(change);
}
