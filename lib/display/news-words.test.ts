import { expect, it } from 'vitest';
import { bookSentence, newsHead, newsSentence } from './news-words.ts';

it('names state, account and pool', () => {
  const news = {
    accountId: 'A0007',
    poolId: 'A0007/cross:USDT',
    from: 'watch',
    to: 'critical',
  } as const;
  expect(newsHead(news)).toBe('Critical: A0007 Cross USDT');
});

it.each([
  ['watch', 'warning', 'It was Watch before.'],
  ['watch', 'unknown', 'A price is missing or stale; it was Watch before.'],
  ['unknown', 'watch', 'Its prices are back.'],
] as const)('%s to %s', (from, to, sentence) => {
  expect(newsSentence({ from, to })).toBe(sentence);
});

it('counts what happened in the book', () => {
  expect(bookSentence({ critical: 5, liquidated: 1 })).toBe(
    '5 accounts to Critical, 1 account liquidated',
  );
  expect(bookSentence({ critical: 0, liquidated: 2 })).toBe('2 accounts liquidated');
});
