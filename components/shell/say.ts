/** Something the reader did and should hear of: spoken in the polite region, of which the page has one (ux.md 10). */
import { createStore } from 'zustand/vanilla';

export const saidStore = createStore<{ readonly text: string }>()(() => ({ text: '' }));

/** Saying the same again changes the region too, or it would stay silent. */
export function say(text: string): void {
  saidStore.setState(({ text: before }) => ({ text: before === text ? `${text}\u00a0` : text }));
}
