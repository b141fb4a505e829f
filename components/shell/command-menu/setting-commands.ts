/** One command for each choice of each setting. */
import { changeSettings } from '#components/settings/settings.ts';
import { SETTING_WORDS } from '#components/settings-page/setting-words.ts';
import { type Command } from './commands.ts';

export function settingCommands(): readonly Command[] {
  return Object.entries(SETTING_WORDS).flatMap(([key, { name, choices }]) =>
    Object.entries<string>(choices).map(([choice, word]) => ({
      id: `${key} ${choice}`,
      group: 'Settings' as const,
      name: `${name}: ${word}`,
      run: () => changeSettings({ [key]: choice }),
    })),
  );
}
