import { expect, it } from 'vitest';
import { accountExample, markExample, poolExample } from '#components/live/example-facts.ts';
import { exampleView } from '#components/health/example-account.tsx';
import { createFormat, POINT_STYLE } from '#lib/display/format.ts';
import { accountSentence, worstPositionSentence } from './read-out-words.ts';

const format = createFormat(POINT_STYLE);
const critical = accountExample({
  pools: [poolExample('A0007/cross:USDT', { alertState: 'critical', screenState: 'critical' })],
});
const marks = [markExample('BTCUSDT', '60000'), markExample('ETHUSDT', '3000')];

it('says the worst position so that it is understood without the page', () => {
  // 6,000 on 1 BTC at 60,000: gone where 54,000 is left and 0.5 % of the price is demanded, 54,271.4.
  expect(worstPositionSentence('A0007', exampleView(critical, marks), format)).toBe(
    'Account A0007, Critical. Worst position BTCUSDT long 10x cross, 9.54\u202f% from liquidation at 54,271.4, mark 60,000.0.',
  );
});

it('says the account with its balance and what is left', () => {
  expect(accountSentence('A0007', exampleView(critical, marks), format)).toMatch(
    /^Account A0007, Critical\. 1 position: margin ratio 5\.0\u202f%, 9\.54\u202f% from liquidation if only BTC moves, margin balance 6,000\.00 USDT, excess 5,700\.00 USDT\.$/,
  );
});

it('says what is stale, missing or not there', () => {
  const stale = [markExample('BTCUSDT', '60000', { status: 'stale' })];
  expect(worstPositionSentence('A0007', exampleView(critical, stale), format)).toMatch(
    /mark 60,000\.0\. The mark is stale: these figures may be wrong\.$/,
  );
  expect(worstPositionSentence('A0007', exampleView(critical, []), format)).toContain(
    'liquidation price unknown, no BTCUSDT mark yet.',
  );
  const empty = accountExample({ positions: [], pools: [] });
  expect(worstPositionSentence('A0007', exampleView(empty, marks), format)).toBe(
    'Account A0007 holds no position. Nothing can be liquidated.',
  );
});
