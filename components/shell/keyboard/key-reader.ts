/** What a press means: pure, so that every rule about keys can be tried without a page. */
import { GO_KEY, KEY_MAP, type KeyAction } from './key-map.ts';

export interface Press {
  readonly key: string;
  /** Control, or Command on a Mac. */
  readonly withCommand: boolean;
  readonly withAlt: boolean;
  /** Text is being written: the letter belongs to the field. */
  readonly inField: boolean;
  /** A button, link or choice has the focus, and space and Enter belong to it. */
  readonly onControl: boolean;
  /** A row itself has the focus, or something in it. */
  readonly inRow: boolean;
}

export type Reading =
  | { readonly kind: 'action'; readonly action: KeyAction }
  | { readonly kind: 'go'; readonly href: string }
  /** The first of two keys. */
  | { readonly kind: 'first-of-two' }
  | { readonly kind: 'nothing' };

const NOTHING: Reading = { kind: 'nothing' };
const ACTION_OF: ReadonlyMap<string, KeyAction> = new Map(
  KEY_MAP.flatMap((row) => row.keys.map((key) => [key, row.action] as const)),
);

export interface ReaderState {
  /** `g` was pressed a moment ago. */
  readonly afterGo: boolean;
  readonly singleKeys: boolean;
  readonly pages: readonly { readonly key: string; readonly href: string }[];
}

export function readPress(press: Press, state: ReaderState): Reading {
  if (press.withAlt) return NOTHING;
  if (press.withCommand)
    return press.key.toLowerCase() === 'k' ? { kind: 'action', action: 'command-menu' } : NOTHING;
  if (press.inField) return NOTHING;
  const isSingle = press.key.length === 1;
  if (isSingle && !state.singleKeys) return NOTHING;
  if (state.afterGo && isSingle) {
    const page = state.pages.find(({ key }) => key === press.key);
    return page === undefined ? NOTHING : { kind: 'go', href: page.href };
  }
  if (press.key === GO_KEY) return { kind: 'first-of-two' };
  const action = ACTION_OF.get(press.key);
  if (action === undefined || isTaken(press)) return NOTHING;
  return { kind: 'action', action };
}

/** The thing in focus has its own use for this key. */
function isTaken({ key, onControl, inRow }: Press): boolean {
  if (key === ' ' || key === 'Enter') return onControl;
  return key.startsWith('Arrow') && !inRow;
}
