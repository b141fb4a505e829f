import { expect, it } from 'vitest';
import { type Figure } from '#lib/margin/figures.ts';
import { Decimal } from '#lib/units/decimal.ts';
import {
  accountExample,
  markExample,
  poolExample,
  positionExample,
} from '#components/live/example-facts.ts';
import { exampleView, positionOf } from './example-account.tsx';
import {
  changeIfLiquidated,
  fundingPerDay,
  pnlAfterFees,
  shownLiquidationsOf,
  shownStateOf,
} from './pool-view.ts';
import { totalsOf } from './position-sums.ts';
import { waysOutOf } from './ways-out.ts';

const BTC = markExample('BTCUSDT', '60000');
const ETH = markExample('ETHUSDT', '3000');

function text(figure: Figure<Decimal>): string {
  return figure.known ? figure.value.toFixed() : figure.why.kind;
}

it('takes the server’s word for a state, and never lets Unknown hide Critical', () => {
  const row = poolExample('A0007/cross:USDT', {
    alertState: 'critical',
    screenState: 'unknown',
    unknownSince: 1,
  });
  expect(shownStateOf(row)).toBe('critical');
  expect(shownStateOf({ ...row, alertState: 'warning' })).toBe('unknown');
});

it('puts the worst state first, then the nearest', () => {
  const view = exampleView(
    accountExample({
      positions: [
        positionExample({ isolatedWallet: '6000' }),
        positionExample({
          instrument: 'ETHUSDT',
          signedSize: '10',
          openValue: '30000',
          isolatedWallet: '1000',
        }),
      ],
      pools: [
        poolExample('A0007/isolated:BTCUSDT:both', {
          alertState: 'warning',
          screenState: 'warning',
        }),
        poolExample('A0007/isolated:ETHUSDT:both', { alertState: 'watch', screenState: 'watch' }),
      ],
    }),
    [BTC, ETH],
  );
  expect(view.positions.map(({ position }) => position.instrumentId)).toEqual([
    'BTCUSDT',
    'ETHUSDT',
  ]);
  expect(view.worst?.health.id).toBe('A0007/isolated:BTCUSDT:both');
});

it('says what is left either way, for a pool of one position', () => {
  const view = exampleView(accountExample(), [BTC]);
  const worst = positionOf(view, 'BTCUSDT');
  // 6,000 less a taker fee of 0.05 % on 60,000.
  const ways = waysOutOf(view, worst.pool, worst);
  expect(ways?.closed.known === true && ways.closed.value.left.toFixed()).toBe('5970');
  // At 54,271.4 the balance is 271.4, and the fee of 678.3925 takes all of it.
  expect(ways?.liquidated.known === true && ways.liquidated.value).toMatchObject({
    fee: new Decimal('271.4'),
    left: new Decimal(0),
  });
  // The position alone is said to leave its own maintenance of 271.357 to the fee (SPEC EX2).
  expect(text(changeIfLiquidated(worst.position))).toBe('-5999.957');
  // Opened and closed at 60,000: the closing fee is still to be paid, the opening one was booked with its fill.
  expect(text(pnlAfterFees(worst.position))).toBe('-30');
});

it('reckons funding of a day from the present rate: longs pay when it is positive', () => {
  const view = exampleView(accountExample(), [BTC]);
  // 60,000 x 0.01 % x 3 stamps a day.
  expect(text(fundingPerDay(positionOf(view, 'BTCUSDT')))).toBe('-18');
});

it('sums by asset, with the worst distance and not an average', () => {
  const view = exampleView(
    accountExample({
      positions: [
        positionExample({ isolatedWallet: '6000' }),
        positionExample({
          instrument: 'ETHUSDT',
          signedSize: '10',
          openValue: '30000',
          isolatedWallet: '1000',
        }),
      ],
    }),
    [BTC, ETH],
  );
  const [totals] = totalsOf(view.positions);
  expect(totals?.unit).toBe('USDT');
  expect(text(totals?.funding ?? { known: false, why: { kind: 'not-recorded' } })).toBe('-24.2');
  const nearest = positionOf(view, 'ETHUSDT').position.liquidation().distanceShare;
  expect(totals?.worstDistance).toEqual(nearest);
});

it('leaves a position that nothing can liquidate out of the loss, but not one that is unknown', () => {
  const safe = positionExample({ isolatedWallet: '61000' });
  const eth = positionExample({
    instrument: 'ETHUSDT',
    signedSize: '10',
    openValue: '30000',
    isolatedWallet: '1000',
  });
  const both = exampleView(accountExample({ positions: [safe, eth] }), [BTC, ETH]);
  const alone = exampleView(accountExample({ positions: [eth] }), [BTC, ETH]);
  expect(totalsOf(both.positions)[0]?.ifLiquidated).toEqual(
    totalsOf(alone.positions)[0]?.ifLiquidated,
  );
  const blind = exampleView(accountExample({ positions: [safe, eth] }), [BTC]);
  expect(totalsOf(blind.positions)[0]?.ifLiquidated.known).toBe(false);
});

it('never lets positions that share a margin balance lose more than it together', () => {
  // Each alone would end the pool with all of its 2,000; together they cannot take 4,000.
  const view = exampleView(
    accountExample({
      wallets: [{ asset: 'USDT', amount: '2000' }],
      positions: [
        positionExample({ isolatedWallet: null }),
        positionExample({
          instrument: 'ETHUSDT',
          signedSize: '10',
          openValue: '30000',
          isolatedWallet: null,
        }),
      ],
    }),
    [BTC, ETH],
  );
  const [totals] = totalsOf(view.positions);
  const balance = view.pools.find(({ health }) => health.positions.length === 2)?.health
    .marginBalance;
  expect(totals?.ifLiquidated.known).toBe(true);
  expect(balance?.known === true ? balance.value.negated().toFixed() : 'unknown').toBe(
    text(totals?.ifLiquidated ?? { known: false, why: { kind: 'not-recorded' } }),
  );
});

it('leaves out a price on the other side that no accepted mark could reach at once', () => {
  const hedged = (wallet: string, short: string, value: string) =>
    exampleView(
      accountExample({
        positionMode: 'hedge',
        wallets: [{ asset: 'USDT', amount: wallet }],
        positions: [
          positionExample({ positionSide: 'long', signedSize: '10', openValue: '600000' }),
          positionExample({ positionSide: 'short', signedSize: short, openValue: value }),
        ],
      }),
      [BTC],
    );
  const sides = (view: ReturnType<typeof hedged>) =>
    shownLiquidationsOf(positionOf(view, 'BTCUSDT')).map(({ side }) => side);
  expect(sides(hedged('20000', '-9.5', '-570000'))).toEqual(['above', 'below']);
  // Net 0.95 long: 0.95 p - 38,000 against 0.9525 p - 54,000: the upper root is 6,400,000.
  expect(sides(hedged('19000', '-9.05', '-543000'))).toEqual(['below']);
});
