/** Light, dark, or as the system says: an attribute of the document, which keeps the choice while the page stands. */
export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export const THEME_KEY = 'plimsoll-theme';

/** Runs in the head, before the first paint: no flash of the other theme. */
export const THEME_SCRIPT = `try{var t=localStorage.getItem('${THEME_KEY}');if(t==='light'||t==='dark')document.documentElement.dataset.theme=t}catch(e){}`;

export function shownTheme(): Theme {
  return themeOf(document.documentElement.dataset.theme);
}

/** Any word that is no theme of ours is the system's. */
export function themeOf(word: string | null | undefined): Theme {
  return word === 'light' || word === 'dark' ? word : 'system';
}

export function showTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

export function chooseTheme(theme: Theme): void {
  showTheme(theme);
  try {
    localStorage.setItem(THEME_KEY, theme);
  } catch {
    // A browser that keeps nothing still shows the theme until the page is left.
  }
}
