import { describe, expect, it } from 'vitest';
import {
  changeSettings,
  DEFAULT_SETTINGS,
  SETTING_CHOICES,
  settingsFrom,
  SETTINGS_KEY,
  settingsStore,
} from './settings.ts';

describe('settings', () => {
  it('start with the first choice of each', () => {
    const first = Object.fromEntries(
      Object.entries(SETTING_CHOICES).map(([name, choices]) => [name, choices[0]]),
    );
    expect(DEFAULT_SETTINGS).toEqual(first);
  });

  it('keep what is a choice and drop what is none', () => {
    const stored = { numberStyle: 'german', timeZone: 'mars', singleKeys: 1, unheardOf: 'x' };
    expect(settingsFrom(stored)).toEqual({ ...DEFAULT_SETTINGS, numberStyle: 'german' });
  });

  it.each([undefined, null, 7, 'text', []])('are the defaults when %o was stored', (stored) => {
    expect(settingsFrom(stored)).toEqual(DEFAULT_SETTINGS);
  });
});

describe('stored settings', () => {
  it('come back as they were chosen', async () => {
    changeSettings({ ...DEFAULT_SETTINGS, convention: 'health' });
    settingsStore.setState(DEFAULT_SETTINGS, true);
    localStorage.setItem(SETTINGS_KEY, '{"state":{"convention":"health"},"version":0}');
    await settingsStore.persist.rehydrate();
    expect(settingsStore.getState()).toEqual({ ...DEFAULT_SETTINGS, convention: 'health' });
  });

  it.each(['', 'no json', 'null', '[]', '{"state":7}', '{"state":{"density":"huge"}}'])(
    'that read %o are the defaults',
    async (text) => {
      changeSettings({ density: 'compact' });
      localStorage.setItem(SETTINGS_KEY, text);
      await settingsStore.persist.rehydrate();
      expect(settingsStore.getState()).toEqual(DEFAULT_SETTINGS);
    },
  );
});
