import { expect, it } from 'vitest';
import { assetId, instrumentId } from '../units/ids.ts';
import { money } from '../units/money.ts';
import {
  absenceSentence,
  absenceWords,
  moveSentence,
  noPriceReason,
  partyName,
  poolName,
  poolNameOfId,
  severityRank,
  worstOf,
} from './words.ts';

const BTC = instrumentId('BTCUSDT');
const age = (id: string): number | undefined => (id === 'BTCUSDT' ? 14_000 : undefined);

it.each([
  [{ kind: 'margin-covers-loss' }, 'None: margin covers the full loss'],
  [{ kind: 'price-cancels' }, 'None: the legs cancel out'],
  [{ kind: 'already-liquidatable' }, 'None: already past it'],
  [{ kind: 'no-equity' }, 'None: no equity left'],
  [{ kind: 'mark-stale', instrumentId: BTC }, 'Unknown: no BTCUSDT mark for 14 s'],
  [{ kind: 'mark-stale', instrumentId: instrumentId('ARBUSDT') }, 'Unknown: no fresh ARBUSDT mark'],
  [{ kind: 'mark-missing', instrumentId: BTC }, 'Unknown: no BTCUSDT mark yet'],
  [{ kind: 'asset-price-missing', assetId: assetId('USDT') }, 'Unknown: no USDT price'],
  [{ kind: 'instrument-unknown', instrumentId: BTC }, 'Unknown: no instrument BTCUSDT here'],
  [
    { kind: 'terms-invalid', instrumentId: BTC },
    'Unknown: leverage or contract size of BTCUSDT is not above zero',
  ],
  [
    { kind: 'above-last-tier', instrumentId: BTC, notional: money('1') },
    'Unknown: larger than the last tier of BTCUSDT',
  ],
  [{ kind: 'balance-missing', assetId: assetId('USDT') }, 'Unknown: no USDT balance given'],
  [{ kind: 'rows-left-out', rows: 1 }, 'Unknown: a row is left out'],
  [{ kind: 'not-recorded' }, 'Unknown: not recorded'],
] as const)('an absence says why: %j', (why, expected) => {
  expect(absenceSentence(absenceWords(why, age))).toBe(expected);
});

it('puts Unknown above Warning and below Critical', () => {
  expect(severityRank('unknown')).toBeLessThan(severityRank('warning'));
  expect(severityRank('unknown')).toBeGreaterThan(severityRank('critical'));
  expect(worstOf(['healthy', 'warning', 'unknown', 'watch'])).toBe('unknown');
  expect(worstOf(['unknown', 'critical'])).toBe('critical');
  expect(worstOf([])).toBeUndefined();
});

it('names pools the same from scope and from id', () => {
  expect(poolName({ kind: 'cross', asset: 'USDT' })).toBe(poolNameOfId('A0007/cross:USDT'));
  expect(poolName({ kind: 'multi-asset' })).toBe(poolNameOfId('A0007/multi'));
  expect(poolName({ kind: 'isolated', instrumentId: 'BTCUSDT', positionSide: 'long' })).toBe(
    poolNameOfId('A0007/isolated:BTCUSDT:long'),
  );
  expect(poolNameOfId('A0007/isolated:BTCUSDT:both')).toBe('Isolated BTCUSDT');
});

it('names both parties of a movement by their role', () => {
  expect(partyName('FUND')).toBe('insurance fund');
  expect(partyName('A0182|DOTUSDT|both')).toBe('A0182 DOTUSDT');
  expect(partyName('A0182|DOTUSDT|long')).toBe('A0182 DOTUSDT long');
  expect(partyName('A0182')).toBe('A0182');
});

it('says which way the price must go', () => {
  expect(moveSentence('down', '2,540.0')).toBe('price must fall 2,540.0');
  expect(moveSentence('up', '0.3')).toBe('price must rise 0.3');
});

it.each([
  ['above', 'long', true, 'a rising price cannot liquidate a long'],
  ['below', 'short', true, 'a falling price cannot liquidate a short'],
  ['below', 'long', true, 'margin covers the full loss'],
  ['above', 'short', true, 'margin covers the full loss'],
  ['above', 'long', false, 'no higher price liquidates this pool'],
  ['below', 'short', false, 'no lower price liquidates this pool'],
] as const)('says why no price %s liquidates a %s', (side, position, lone, words) => {
  expect(noPriceReason({ side, position, lone })).toBe(words);
});
