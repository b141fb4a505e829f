import { expect, it } from 'vitest';
import { type Change } from '#lib/risk/change.ts';
import { assetId, instrumentId } from '#lib/units/ids.ts';
import { money, quantity, rate } from '#lib/units/money.ts';
import { changesInAddress, whatIfAddress } from './what-if-address.ts';

const BTC = { instrumentId: instrumentId('BTCUSDT_260327'), positionSide: 'long' } as const;
const CHANGES: readonly Change[] = [
  { kind: 'deposit', asset: assetId('USDT'), amount: money('0.00000001') },
  { kind: 'withdraw', asset: assetId('USDT'), amount: money('5') },
  { kind: 'resize', ...BTC, by: quantity('-0.2') },
  { kind: 'close', ...BTC },
  { kind: 'open', ...BTC, size: quantity('1'), leverage: rate('12.5'), marginKind: 'isolated' },
  { kind: 'leverage', ...BTC, leverage: rate('3') },
  { kind: 'margin', ...BTC, amount: money('-7.5') },
  { kind: 'price', coin: assetId('BTC'), share: rate('-0.125') },
];

it('reads back what it writes, a symbol with the parting mark in it too', () => {
  const address = whatIfAddress({ account: 'A0001', position: 'BTCUSDT', changes: CHANGES });
  const query = new URL(address, 'http://here').searchParams;
  expect(query.get('account')).toBe('A0001');
  expect(query.get('position')).toBe('BTCUSDT');
  expect(changesInAddress(query)).toEqual({ changes: CHANGES, unread: [] });
});

it.each(['', 'deposit', 'deposit_5', 'deposit_x_USDT', 'close', 'open_1_2_both_BTC', 'sell_1_BTC'])(
  'names "%s" as a part that cannot be read',
  (text) => {
    expect(changesInAddress(new URLSearchParams({ do: text }))).toEqual({
      changes: [],
      unread: [`do=${text}`],
    });
  },
);
