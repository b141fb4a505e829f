/** What each setting is called, what it changes, and how its choices read. Every setting has its words here. */
import { type SettingName, type Settings } from '#components/settings/settings.ts';

export interface SettingWords<Choice extends string> {
  readonly name: string;
  readonly meaning: string;
  readonly choices: Readonly<Record<Choice, string>>;
}

export const SETTING_WORDS: {
  readonly [Name in SettingName]: SettingWords<Settings[Name]>;
} = {
  numberStyle: {
    name: 'Number style',
    meaning: 'Marks of decimals and groups. Exports always have a point and no groups.',
    choices: {
      auto: 'As the browser',
      english: 'English',
      german: 'German',
      swiss: 'Swiss',
      plain: 'Plain',
    },
  },
  timeZone: {
    name: 'Time',
    meaning: 'The clock that moments are read on. Exports are in UTC.',
    choices: { utc: 'UTC', local: 'Local' },
  },
  convention: {
    name: 'Closeness to liquidation',
    meaning: 'One measure told three ways, in every figure, level and label. No state changes.',
    choices: { ratio: 'Margin ratio', coverage: 'Coverage', health: 'Health' },
  },
  resultColours: {
    name: 'Result colours',
    meaning: 'Gain and loss. The sign says the same; states have colours of their own.',
    choices: {
      'green-magenta': 'Green, magenta',
      'magenta-green': 'Magenta, green',
      'green-red': 'Green, red',
      'red-green': 'Red, green',
    },
  },
  density: {
    name: 'Density',
    meaning: 'Height of rows and cards.',
    choices: { comfortable: 'Comfortable', compact: 'Compact' },
  },
  motion: {
    name: 'Motion',
    meaning: 'Flashes and transitions. A system that asks for less motion always gets it.',
    choices: { system: 'As the system', reduced: 'None' },
  },
  announcements: {
    name: 'Read out',
    meaning: 'Changes of state that assistive technology announces.',
    choices: { all: 'All', critical: 'Critical and worse', none: 'None' },
  },
  toasts: {
    name: 'Toasts',
    meaning: 'Whose changes of state come up at the edge of every page.',
    choices: { account: 'Own account', book: 'Own and the book’s Critical', off: 'None' },
  },
  sound: {
    name: 'Sound',
    meaning: 'Tones for Warning and worse. Critical repeats until it is acknowledged.',
    choices: { off: 'Off', on: 'On' },
  },
  browserNotifications: {
    name: 'Browser notifications',
    meaning: 'Alerts outside of the page. The browser asks once whether it may.',
    choices: { off: 'Off', on: 'On' },
  },
  singleKeys: {
    name: 'Single keys',
    meaning: 'Shortcuts of one key. The command menu opens either way.',
    choices: { on: 'On', off: 'Off' },
  },
};
