import { expect, it } from 'vitest';
import { assess, contractOf, positionOf, type Scene } from '#lib/margin/examples.ts';
import { accountId } from '#lib/units/ids.ts';
import { type DeskRow } from '#lib/wire/protocol.ts';
import { deskRow } from './desk-row.ts';

const btc = contractOf({ id: 'BTCUSDT' });
const SCENE: Scene = {
  wallets: { USDT: '12000' },
  positions: [positionOf({ on: btc, size: '2', entry: '60000' })],
  instruments: [btc],
  marks: { BTCUSDT: '60000' },
  assets: { USDT: ['1'] },
};

function rowOf(now: Scene, then: Scene): DeskRow {
  return deskRow({
    accountId: accountId('A0042'),
    card: { label: 'bold', openedAt: 0, positions: 1 },
    rows: [],
    health: assess(now),
    fallen: assess(then),
    zOf: () => null,
    usdOf: () => undefined,
  });
}

function ifDown(now: Scene, then: Scene): string | null {
  return rowOf(now, then).ifDownUsd;
}

it('says that a pool is past liquidation, which is not the same as no way there', () => {
  const past = { ...SCENE, marks: { BTCUSDT: '50000' } };
  expect(rowOf(past, past).distanceShare).toBe('past');
  const covered = { ...SCENE, wallets: { USDT: '1200000' } };
  expect(rowOf(covered, covered).distanceShare).toBeNull();
});

it('says what a fall of all prices takes', () => {
  // 2 x -6,000.
  expect(ifDown(SCENE, { ...SCENE, marks: { BTCUSDT: '54000' } })).toBe('-12000');
});

it('says nothing of a fall while a mark is not known, which cannot fall either', () => {
  const stale = { ...SCENE, stale: ['BTCUSDT'] };
  expect(ifDown(stale, stale)).toBeNull();
});
