import { expect, it } from 'vitest';
import { rate } from '../units/money.ts';
import { burstHeadline } from './burst-words.ts';
import { UTC } from './time.ts';
import { createFormat, POINT_STYLE } from './format.ts';

const format = createFormat(POINT_STYLE);
const since = Date.UTC(2026, 0, 14, 12, 3, 10);

it('says how many came to which state, and what moved', () => {
  const counts = [
    { state: 'warning', accounts: 14 },
    { state: 'watch', accounts: 1 },
  ] as const;
  const move = { instrument: 'BTCUSDT', share: rate('-0.031'), since };
  expect(burstHeadline({ counts, move }, { format, zone: UTC })).toBe(
    '14 accounts to Warning, 1 to Watch, BTCUSDT −3.1\u202f% since 12:03:10',
  );
  expect(burstHeadline({ counts: counts.slice(1), move: undefined }, { format, zone: UTC })).toBe(
    '1 account to Watch',
  );
});
