'use client';
/** Choices of a view in the browser's storage and in the address: a table writes both, and reads them as strangers' words. */

const PREFIX = 'plimsoll-table:';

/** Undefined where nothing is kept, or the browser keeps nothing. */
export function readKept(view: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + view) ?? 'null');
  } catch {
    return undefined;
  }
}

export function keep(view: string, choice: unknown): void {
  try {
    localStorage.setItem(PREFIX + view, JSON.stringify(choice));
  } catch {
    // Full or forbidden: the choice still holds in the address.
  }
}

/** Sets words of the address without a new entry of the history; an empty word is taken out. */
export function writeAddress(words: Readonly<Record<string, string>>): void {
  const address = new URL(location.href);
  for (const [name, word] of Object.entries(words)) {
    if (word === '') address.searchParams.delete(name);
    else address.searchParams.set(name, word);
  }
  if (address.href !== location.href) history.replaceState(ownState(), '', address);
}

/** What we put into the entry ourselves; the router adds its own again, and passes over a state that has it already. */
function ownState(): Readonly<Record<string, unknown>> {
  const state: Readonly<Record<string, unknown>> = { ...Object(history.state) };
  return Object.fromEntries(Object.entries(state).filter(([name]) => !name.startsWith('_')));
}
