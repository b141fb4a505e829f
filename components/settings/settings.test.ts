import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, SETTING_CHOICES, settingsFrom } from './settings.ts';

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
