export const THEME_KEY = 'plimsoll-theme';

/** Runs in the head, before the first paint: no flash of the other theme. */
export const THEME_SCRIPT = `try{var t=localStorage.getItem('${THEME_KEY}');if(t==='light'||t==='dark')document.documentElement.dataset.theme=t}catch(e){}`;
