/** Every key of the product (ux.md 11): the listener, the list of keys and the command menu are made of this one table. */

export interface KeyRow {
  readonly action: string;
  /** As the browser names them; any of them will do. None: the action stands in the command menu only. */
  readonly keys: readonly string[];
  readonly does: string;
  readonly where: 'everywhere' | 'tables and lists' | 'alerts' | 'positions' | 'desk' | 'run';
}

/** Letters, signs and space are single keys, which a reader may turn off; Ctrl K, arrows, Enter and Escape are not. */
export const KEY_MAP = [
  { action: 'help', keys: ['?'], does: 'List of keys', where: 'everywhere' },
  { action: 'command-menu', keys: ['Ctrl+K'], does: 'Command menu', where: 'everywhere' },
  {
    action: 'read-out',
    keys: ['v'],
    does: 'Read out the worst position; again, the account',
    where: 'everywhere',
  },
  { action: 'filter', keys: ['/'], does: 'Filter', where: 'tables and lists' },
  { action: 'next-row', keys: ['j', 'ArrowDown'], does: 'Next row', where: 'tables and lists' },
  {
    action: 'previous-row',
    keys: ['k', 'ArrowUp'],
    does: 'Previous row',
    where: 'tables and lists',
  },
  { action: 'open', keys: ['Enter'], does: 'Open the row', where: 'tables and lists' },
  { action: 'close', keys: ['Escape'], does: 'Close the panel', where: 'tables and lists' },
  { action: 'freeze', keys: ['f'], does: 'Freeze or resume the view', where: 'tables and lists' },
  { action: 'export', keys: [], does: 'Export what the table shows', where: 'tables and lists' },
  {
    action: 'acknowledge',
    keys: ['a'],
    does: 'Acknowledge the selected alert',
    where: 'alerts',
  },
  { action: 'snooze', keys: ['z'], does: 'Snooze the selected alert', where: 'alerts' },
  { action: 'undo', keys: ['u'], does: 'Undo the acknowledgement', where: 'alerts' },
  {
    action: 'what-if',
    keys: ['w'],
    does: 'What-if for the selected position',
    where: 'positions',
  },
  {
    action: 'receipt',
    keys: ['r'],
    does: 'Receipt of the margin ratio; in the panel of a position, of its price',
    where: 'positions',
  },
  { action: 'previous-worst', keys: ['['], does: 'Previous worst account', where: 'desk' },
  { action: 'next-worst', keys: [']'], does: 'Next worst account', where: 'desk' },
  { action: 'play-pause', keys: [' '], does: 'Play or pause, for every viewer', where: 'run' },
  { action: 'step', keys: ['.'], does: 'One step, while paused', where: 'run' },
  {
    action: 'step-back',
    keys: [','],
    does: 'One step back, while paused: asks first',
    where: 'run',
  },
] as const satisfies readonly KeyRow[];

export type KeyAction = (typeof KEY_MAP)[number]['action'];

/** First key of a pair that goes to a page. */
export const GO_KEY = 'g';

const FACES: Readonly<Record<string, string>> = {
  ' ': 'Space',
  ArrowDown: '↓',
  ArrowUp: '↑',
  Escape: 'Esc',
  'Ctrl+K': 'Ctrl K',
};

/** What stands on the key. */
export function keyFace(key: string): string {
  return FACES[key] ?? key;
}
