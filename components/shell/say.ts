/** Something that a page wants said: spoken in the polite region, of which there is one (ux.md 10). */
import { createStore } from 'zustand/vanilla';

interface Said {
  readonly text: string;
  /** The reader asked to hear it: it does not wait for its turn. */
  readonly isAsked: boolean;
  /** Grows by one, so that the same words can be said again. */
  readonly count: number;
}

export const saidStore = createStore<Said>()(() => ({ text: '', isAsked: false, count: 0 }));

export function say(text: string): void {
  saidStore.setState(({ count }) => ({ text, isAsked: false, count: count + 1 }));
}

export function sayAsked(text: string): void {
  saidStore.setState(({ count }) => ({ text, isAsked: true, count: count + 1 }));
}
