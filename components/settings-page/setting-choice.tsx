'use client';
import { type ReactNode } from 'react';
import {
  changeSettings,
  SETTING_CHOICES,
  type SettingName,
  type Settings,
} from '#components/settings/settings.ts';
import { useSetting } from '#components/settings/use-settings.ts';
import { Choice } from './choice.tsx';
import { SETTING_WORDS, type SettingWords } from './setting-words.ts';

const CHOICES: { readonly [Name in SettingName]: readonly Settings[Name][] } = SETTING_CHOICES;

/** A setting of the store, chosen at once. */
export function SettingChoice<Name extends SettingName>({
  name,
  sample,
}: {
  readonly name: Name;
  readonly sample?: ReactNode;
}) {
  const value: Settings[Name] = useSetting((settings) => settings[name]);
  const words: SettingWords<Settings[Name]> = SETTING_WORDS[name];
  return (
    <Choice
      choices={words.choices}
      meaning={words.meaning}
      name={words.name}
      onChoose={(chosen) => changeSettings({ [name]: chosen })}
      sample={sample}
      value={value}
      values={CHOICES[name]}
    />
  );
}
