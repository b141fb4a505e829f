import { expect, it } from 'vitest';
import { assess, contractOf, positionOf, type Scene } from '#lib/margin/examples.ts';
import { accountId } from '#lib/units/ids.ts';
import { deskRow } from './desk-row.ts';

const btc = contractOf({ id: 'BTCUSDT' });
const SCENE: Scene = {
  wallets: { USDT: '12000' },
  positions: [positionOf({ on: btc, size: '2', entry: '60000' })],
  instruments: [btc],
  marks: { BTCUSDT: '60000' },
  assets: { USDT: ['1'] },
};

function ifDown(now: Scene, then: Scene): string | null {
  return deskRow({
    accountId: accountId('A0042'),
    card: { label: 'bold', openedAt: 0, positions: 1 },
    rows: [],
    health: assess(now),
    fallen: assess(then),
    zOf: () => null,
    usdOf: () => undefined,
  }).ifDownUsd;
}

it('says what a fall of all prices takes', () => {
  // 2 x -6,000.
  expect(ifDown(SCENE, { ...SCENE, marks: { BTCUSDT: '54000' } })).toBe('-12000');
});

it('says nothing of a fall while a mark is not known, which cannot fall either', () => {
  const stale = { ...SCENE, stale: ['BTCUSDT'] };
  expect(ifDown(stale, stale)).toBeNull();
});
