import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { assert } from '#lib/contract.ts';
import { type AccountText } from '#lib/wire/protocol.ts';
import { accountFrom, instrumentsFrom } from '#lib/wire/codec.ts';
import { assessAccount } from '#lib/margin/health.ts';
import { houseRules } from '#lib/margin/venues/house.ts';
import { exampleStore, OnStore } from '#components/health/example-account.tsx';
import { accountExample, markExample, runExample } from '#components/live/example-facts.ts';
import { type MarkWire } from '#lib/wire/protocol.ts';
import { WhatIfPage } from './what-if-page.tsx';

vi.mock('next/navigation', () => ({
  useSearchParams: () => new URLSearchParams(location.search),
  usePathname: () => '/what-if',
  useRouter: () => ({ replace: () => undefined, push: () => undefined }),
}));

const BTC = markExample('BTCUSDT', '60000');

/** One BTC long at 60,000 with 6,000: maintenance 300, ratio 5 %. */
function draw(
  query = '',
  marks: readonly MarkWire[] = [BTC],
  text: AccountText = accountExample(),
) {
  history.replaceState(null, '', `/what-if?account=A0007${query}`);
  const store = exampleStore(marks);
  const facts = accountFrom(text, instrumentsFrom(runExample()));
  const { market } = store.getState();
  assert(market !== undefined, 'the example has a market');
  const health = assessAccount({ account: facts, market, rules: houseRules });
  store.setState({
    accounts: new Map([
      [
        'A0007',
        {
          kind: 'open',
          text,
          facts,
          health,
          agreement: { kind: 'waiting' },
          ratios: new Map(),
          marks: new Map(),
        },
      ],
    ]),
  });
  render(
    <OnStore store={store}>
      <WhatIfPage />
    </OnStore>,
  );
}

function type(label: string, text: string): void {
  fireEvent.change(screen.getByLabelText(label), { target: { value: text } });
}

/** The cells of a line of the result: now, after, change. */
function line(name: RegExp): readonly (string | null)[] {
  const table = screen.getByRole('table', { name: 'Now and after' });
  return within(within(table).getByRole('row', { name }))
    .getAllByRole('cell')
    .map((cell) => cell.textContent);
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

it('names a liquidation, which no figure tells of', () => {
  const [pool] = accountExample().pools;
  assert(pool !== undefined, 'the example has a pool');
  const pools = [{ ...pool, screenState: 'liquidated' as const }];
  draw('', [BTC], accountExample({ positions: [], pools }));
  expect(line(/State by figures/).slice(0, 2)).toEqual(['Liquidated', 'Liquidated']);
});

it('shows now beside after, and the address that shows the same', () => {
  draw();
  fireEvent.click(screen.getByRole('button', { name: '+ Deposit' }));
  type('Amount', '1500,5');
  expect(line(/Margin balance/)).toEqual(['6,000.00', '7,500.50', '+1,500.50']);
  expect(line(/BTCUSDT/).slice(0, 2)).toEqual(['54,271.4', '52,763.4']);
  expect(location.search).toBe('?account=A0007&do=deposit_1500.5_USDT');
});

it('understands comma and point, and says what it understood', () => {
  draw();
  fireEvent.click(screen.getByRole('button', { name: '+ Deposit' }));
  type('Amount', '1500,5');
  expect(screen.getByText('= 1,500.5')).toBeTruthy();
});

it('keeps what was typed wrongly, with its sentence, and counts the rest', () => {
  draw('&do=deposit_100_USDT');
  fireEvent.click(screen.getByRole('button', { name: '+ Withdraw' }));
  const withdrawal = within(screen.getByRole('listitem', { name: /^Withdraw/ }));
  fireEvent.change(withdrawal.getByLabelText('Amount'), { target: { value: '500' } });
  expect(withdrawal.getByText('At most 100.00 USDT may leave.')).toBeTruthy();
  expect(withdrawal.getByLabelText('Amount').getAttribute('aria-invalid')).toBe('true');
  expect(screen.getByText('1 change counted, 1 refused')).toBeTruthy();
  fireEvent.change(withdrawal.getByLabelText('Amount'), { target: { value: 'much' } });
  expect(withdrawal.getByDisplayValue('much')).toBeTruthy();
  expect(line(/Margin balance/)[1]).toBe('6,100.00');
});

it('shows what a link says: changes in their order, then prices', () => {
  draw('&do=deposit_1000_USDT&do=resize_-0.5_BTCUSDT&price=-5_BTC&do=nonsense_x');
  expect(screen.getAllByRole('listitem').map((item) => item.getAttribute('aria-label'))).toEqual([
    'Deposit USDT',
    'Buy or sell BTCUSDT',
    null,
  ]);
  // 7,000 - 15 for the sale - 0.5 x 3,000.
  expect(line(/Margin balance/)[1]).toBe('5,485.00');
  expect(line(/Fee of the changes/)[1]).toContain('15.00');
  expect(screen.getByText(/^Not understood in the link, and left out: /u)).toBeTruthy();
});

it('finds the smallest deposit, and applying it reaches the target', () => {
  draw();
  type('Value', '4');
  expect(screen.getByText('Searching')).toBeTruthy();
  act(() => {
    vi.advanceTimersByTime(50);
  });
  // 300 / 0.04 = 7,500.
  fireEvent.click(screen.getByRole('button', { name: 'Add 1,500.00 USDT' }));
  expect(line(/Margin ratio/)[1]).toBe('4.0\u202f%');
  vi.advanceTimersByTime(0);
  expect(location.search).toContain('do=deposit_1500_USDT');
});

it('is blocked for a coin whose price is stale, in words', () => {
  draw('&price=-5_BTC', [markExample('BTCUSDT', '60000', { status: 'stale' })]);
  expect(screen.getByText('Blocked: the BTCUSDT mark is stale.')).toBeTruthy();
});

it('says so before anything is typed, and marks the figures that hang on the stale price', () => {
  draw('', [markExample('BTCUSDT', '60000', { status: 'stale' })]);
  expect(screen.getByText('Blocked: the BTCUSDT mark is stale.')).toBeTruthy();
  expect(screen.getByLabelText<HTMLInputElement>('BTC price, slider').disabled).toBe(true);
  const table = screen.getByRole('table', { name: 'Now and after' });
  expect(table.closest('[data-trust]')?.getAttribute('data-trust')).toBe('lost');
});

it('refuses a trade at a stale price', () => {
  draw('&do=resize_-0.5_BTCUSDT', [markExample('BTCUSDT', '60000', { status: 'stale' })]);
  expect(screen.getAllByText('Blocked: the BTCUSDT mark is stale.')).toHaveLength(2);
  expect(screen.getByText('0 changes counted, 1 refused')).toBeTruthy();
});

it('begins again when it is reset', () => {
  draw('&do=deposit_1000_USDT&price=-5_BTC');
  fireEvent.click(screen.getByRole('button', { name: 'Reset' }));
  expect(screen.getByText('0 changes counted')).toBeTruthy();
  expect(location.search).toBe('?account=A0007');
});
