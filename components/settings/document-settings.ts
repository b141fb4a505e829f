/** Choices that style sheets read: attributes of the document's root, set before the first paint and with every change. */
import { SETTING_CHOICES, SETTINGS_KEY, type Settings } from './settings.ts';

const DOCUMENT_SETTINGS = ['resultColours', 'density', 'motion'] as const;

export function applyToDocument(settings: Settings, root: HTMLElement): void {
  for (const name of DOCUMENT_SETTINGS) root.dataset[name] = settings[name];
}

const choices = Object.fromEntries(DOCUMENT_SETTINGS.map((name) => [name, SETTING_CHOICES[name]]));

/** Runs in the head, before anything is drawn. It takes stored words for what they are: a choice of today, or nothing. */
export const SETTINGS_SCRIPT = `try{var c=${JSON.stringify(choices)},s=JSON.parse(localStorage.getItem('${SETTINGS_KEY}')).state;for(var k in c)if(c[k].indexOf(s[k])>=0)document.documentElement.dataset[k]=s[k]}catch(e){}`;
