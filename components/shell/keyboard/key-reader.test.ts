import { describe, expect, it } from 'vitest';
import { KEY_MAP, keyFace } from './key-map.ts';
import { readPress, type Press, type ReaderState } from './key-reader.ts';

const pages = [{ key: 'd', href: '/desk' }];
const state: ReaderState = { afterGo: false, singleKeys: true, pages };

function press(key: string, changes: Partial<Press> = {}): Press {
  const nowhere = { withCommand: false, withAlt: false, inField: false };
  return { key, ...nowhere, onControl: false, inRow: false, ...changes };
}
const nothing = { kind: 'nothing' };

describe('the table of keys', () => {
  it('gives no key two meanings', () => {
    const keys = KEY_MAP.flatMap((row) => row.keys);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('says what a key without a letter is called', () => {
    expect([' ', 'Escape', 'j'].map(keyFace)).toEqual(['Space', 'Esc', 'j']);
  });
});

describe('a press', () => {
  it.each(KEY_MAP.flatMap((row) => row.keys.map((key) => [key, row.action] as const)))(
    '%j means %s',
    (key, action) => {
      const given =
        key === 'Ctrl+K' ? press('k', { withCommand: true }) : press(key, { inRow: true });
      expect(readPress(given, state)).toEqual({ kind: 'action', action });
    },
  );

  it('belongs to the field in which text is written', () => {
    expect(readPress(press('a', { inField: true }), state)).toEqual(nothing);
    expect(readPress(press('Escape', { inField: true }), state)).toEqual(nothing);
  });

  it('opens the command menu from a field too', () => {
    const reading = readPress(press('K', { inField: true, withCommand: true }), state);
    expect(reading).toEqual({ kind: 'action', action: 'command-menu' });
  });

  it.each(['f', 'a', 'l', 'j', 'w', 'd'])('with Ctrl stays the browser’s: %s', (key) => {
    expect(readPress(press(key, { withCommand: true }), state)).toEqual(nothing);
  });

  it('with Alt stays the browser’s', () => {
    expect(readPress(press('d', { withAlt: true }), state)).toEqual(nothing);
  });

  it('of a letter means nothing once single keys are off, of an arrow it does', () => {
    const off = { ...state, singleKeys: false };
    expect(['j', '?', 'g', ' '].map((key) => readPress(press(key), off))).toEqual(
      Array.from({ length: 4 }, () => nothing),
    );
    expect(readPress(press('ArrowDown', { inRow: true }), off).kind).toBe('action');
    expect(readPress(press('k', { withCommand: true }), off).kind).toBe('action');
  });

  it('of space and Enter belongs to the control in focus', () => {
    expect(readPress(press(' ', { onControl: true }), state)).toEqual(nothing);
    expect(readPress(press('Enter', { onControl: true, inRow: true }), state)).toEqual(nothing);
  });

  it('of an arrow scrolls the page while no row has the focus', () => {
    expect(readPress(press('ArrowDown'), state)).toEqual(nothing);
  });
});

describe('g and a letter', () => {
  it('go to the page of that letter', () => {
    expect(readPress(press('g'), state)).toEqual({ kind: 'first-of-two' });
    const second = readPress(press('d'), { ...state, afterGo: true });
    expect(second).toEqual({ kind: 'go', href: '/desk' });
  });

  it('do nothing for a letter of no page, whatever it means alone', () => {
    expect(readPress(press('a'), { ...state, afterGo: true })).toEqual(nothing);
  });
});
