import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { accountExample, markExample, positionExample } from '#components/live/example-facts.ts';
import { assert } from '#lib/contract.ts';
import { exampleStore, exampleView, OnStore } from './example-account.tsx';
import { PoolCard } from './pool-card.tsx';
import { worstPositionOf } from './pool-view.ts';
import { totalsOf } from './position-sums.ts';

afterEach(cleanup);

const MARKS = [markExample('BTCUSDT', '60000'), markExample('ETHUSDT', '3000')];
const SHARED = accountExample({
  wallets: [{ asset: 'USDT', amount: '6000' }],
  positions: [
    positionExample({ isolatedWallet: null }),
    positionExample({
      instrument: 'ETHUSDT',
      signedSize: '10',
      openValue: '30000',
      isolatedWallet: null,
    }),
  ],
});

it('heads a shared pool with the smaller distance and what it supposes, the other in small print', () => {
  const view = exampleView(SHARED, MARKS);
  const pool = view.worst;
  assert(pool !== undefined, 'the account has a pool');
  render(
    <OnStore store={exampleStore(MARKS)}>
      <PoolCard isWorst pool={pool} view={view} worst={worstPositionOf(view, pool)} />
    </OnStore>,
  );
  const deciding = pool.health.decidingDistance();
  expect(deciding).toMatchObject({ known: true, value: { by: { kind: 'joint' } } });
  // Together 90,000 may fall 6.2 %; BTC alone would have to fall 9.3 %.
  const text = screen.getByText('from liquidation').closest('div')?.parentElement?.textContent;
  expect(text).toMatch(
    /^6\.\d+\s%from liquidation.*if all coins move against it together; 9\.\d+\s% if only BTC moves, to 54,/,
  );
  const [totals] = totalsOf(view.positions);
  expect(totals?.decidingDistance).toEqual(deciding);
});
