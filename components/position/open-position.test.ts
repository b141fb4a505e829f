// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it } from 'vitest';
import { instrumentId, poolId } from '#lib/units/ids.ts';
import {
  addressWithPosition,
  askedPosition,
  closePosition,
  openPosition,
  positionKeyOf,
  returnFocus,
} from './open-position.ts';

const LONG = {
  poolId: poolId('A0007/cross:USDT'),
  instrumentId: instrumentId('BTCUSDT'),
  positionSide: 'long',
} as const;
const OTHER = { ...LONG, instrumentId: instrumentId('ETHUSDT'), positionSide: 'both' } as const;

function here(): string {
  return `${location.pathname}${location.search}`;
}

beforeEach(() => history.pushState(null, '', '/'));
afterEach(() => document.body.replaceChildren());

it('names one position by instrument, and by side in hedge mode', () => {
  expect([positionKeyOf(LONG), positionKeyOf(OTHER)]).toEqual(['BTCUSDT:long', 'ETHUSDT']);
  expect(askedPosition(new URLSearchParams('position=BTCUSDT%3Along'))).toBe('BTCUSDT:long');
  expect(askedPosition(new URLSearchParams(''))).toBeUndefined();
});

it('puts account and position into the address of the page, and keeps what else stands there', () => {
  history.replaceState(null, '', '/alerts?show=open');
  expect(addressWithPosition(LONG)).toBe('/alerts?show=open&account=A0007&position=BTCUSDT%3Along');
});

it('leaves the account of the desk where it is', () => {
  history.replaceState(null, '', '/desk/account?id=A0007');
  expect(addressWithPosition(OTHER)).toBe('/desk/account?id=A0007&position=ETHUSDT');
});

it('makes one entry of the history however many positions are looked at, and closing goes back over it', async () => {
  const entries = history.length;
  openPosition(LONG);
  openPosition(OTHER);
  expect([here(), history.length]).toEqual(['/?account=A0007&position=ETHUSDT', entries + 1]);
  const back = new Promise((resolve) => addEventListener('popstate', resolve, { once: true }));
  closePosition();
  await back;
  expect(here()).toBe('/');
});

it('takes only the position away where a link had opened it', () => {
  history.replaceState(null, '', '/?account=A0007&position=BTCUSDT&sort=pnl');
  closePosition();
  expect(here()).toBe('/?account=A0007&sort=pnl');
});

it('gives focus back to what opened it, if that still stands', () => {
  const row = document.body.appendChild(document.createElement('button'));
  const elsewhere = document.body.appendChild(document.createElement('button'));
  row.focus();
  openPosition(LONG);
  elsewhere.focus();
  returnFocus();
  expect(document.activeElement).toBe(row);
  elsewhere.focus();
  returnFocus();
  expect(document.activeElement).toBe(elsewhere);
});
