import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { assert } from '#lib/contract.ts';
import { type AccountText, type MarkWire } from '#lib/wire/protocol.ts';
import {
  accountExample,
  markExample,
  poolExample,
  positionExample,
} from '#components/live/example-facts.ts';
import { type LiveState } from '#components/live/live-store.ts';
import { exampleStore, exampleView, OnStore } from './example-account.tsx';
import { type AccountView } from './pool-view.ts';
import { DEFAULT_CHOICE } from './position-choice.ts';
import { PositionTable } from './position-table.tsx';

const BTC = markExample('BTCUSDT', '60000');
let isWide = true;

beforeEach(() => {
  isWide = true;
  vi.stubGlobal('matchMedia', () => ({
    matches: isWide,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function Chosen({ view }: { readonly view: AccountView }) {
  const [choice, setChoice] = useState(DEFAULT_CHOICE);
  return (
    <PositionTable
      accountId="A0007"
      choice={choice}
      choose={(change) => setChoice({ ...choice, ...change })}
      view={view}
    />
  );
}

function draw(text: AccountText, marks: readonly MarkWire[], changes: Partial<LiveState> = {}) {
  render(
    <OnStore store={exampleStore(marks, changes)}>
      <Chosen view={exampleView(text, marks)} />
    </OnStore>,
  );
}

function rowOf(instrument: string): HTMLElement {
  const row = screen.getByRole('rowheader', { name: new RegExp(instrument) }).closest('tr');
  assert(row !== null, 'a row header stands in a row');
  return row;
}

it('is a table whose rows are named by their position, with liquidation price and distance', () => {
  draw(accountExample(), [BTC]);
  const row = rowOf('BTCUSDT');
  expect(within(row).getByRole('rowheader').textContent).toContain('long 10x cross');
  expect(row.textContent).toContain('60,000.0');
  // (60,000 - 6,000) / 0.995 = 54,271.36 and cut toward the mark: 54,271.4; 9.54 % away.
  expect(row.textContent).toContain('54,271.4');
  expect(row.textContent).toContain('9.54');
  expect(screen.getByRole('columnheader', { name: /State/ }).getAttribute('aria-sort')).toBe(
    'ascending',
  );
});

it('says None, and why, where no price can liquidate', () => {
  draw(accountExample({ positions: [positionExample({ isolatedWallet: '61000' })] }), [BTC]);
  expect(rowOf('BTCUSDT').textContent).toContain('margin covers the full loss');
  expect(rowOf('BTCUSDT').textContent).not.toContain('Unknown');
});

it('says Unknown, and which mark is missing, instead of any number', () => {
  draw(
    accountExample({
      pools: [poolExample('A0007/cross:USDT', { screenState: 'unknown', unknownSince: 1 })],
    }),
    [],
  );
  const row = rowOf('BTCUSDT');
  expect(row.textContent).toContain('Unknown: no BTCUSDT mark yet');
  expect(row.textContent).not.toMatch(/NaN|undefined|Infinity/);
});

it('shows a stale mark by its age, in words', () => {
  draw(accountExample(), [markExample('BTCUSDT', '60000', { status: 'stale' })]);
  expect(rowOf('BTCUSDT').textContent).toContain('stale 14 s');
  const total = screen.getByRole('rowheader', { name: /^Total/ }).closest('tr');
  expect(total?.dataset.trust, 'the total hangs on it').toBe('lost');
});

it('shows both prices where a hedged pool ends on either side', () => {
  draw(
    accountExample({
      positionMode: 'hedge',
      wallets: [{ asset: 'USDT', amount: '20000' }],
      positions: [
        positionExample({ positionSide: 'long', signedSize: '10', openValue: '600000' }),
        positionExample({ positionSide: 'short', signedSize: '-9.5', openValue: '-570000' }),
      ],
    }),
    [BTC],
  );
  // Net half a BTC long: 0.5 p - 10,000 against 0.0975 p below, against 0.975 p - 54,000 above the second tier.
  const [long] = screen.getAllByRole('row', { name: /BTCUSDT.*long/ });
  expect(long?.textContent).toContain('92,631.5');
  expect(long?.textContent).toContain('24,844.8');
});

it('shows no state but Unknown while the server is silent', () => {
  draw(accountExample(), [BTC], { wallNow: 10_000, heardAt: 1_000 });
  expect(within(rowOf('BTCUSDT')).getByText('Unknown')).toBeTruthy();
  expect(within(rowOf('BTCUSDT')).queryByText('Healthy')).toBeNull();
});

it('sorts by a column when its heading is pressed, and turns round when it is pressed again', () => {
  draw(
    accountExample({
      positions: [
        positionExample(),
        positionExample({ instrument: 'ETHUSDT', signedSize: '1', openValue: '3000' }),
      ],
    }),
    [BTC, markExample('ETHUSDT', '3000')],
  );
  const names = (): readonly (string | null)[] =>
    screen.getAllByRole('rowheader').map((header) => header.textContent?.slice(0, 7) ?? null);
  const heading = screen.getByRole('button', { name: /Size/ });
  fireEvent.click(heading);
  expect(names().slice(0, 2)).toEqual(['ETHUSDT', 'BTCUSDT']);
  fireEvent.click(heading);
  expect(names().slice(0, 2)).toEqual(['BTCUSDT', 'ETHUSDT']);
});

it('keeps liquidation price and distance on a phone', () => {
  isWide = false;
  draw(accountExample(), [BTC]);
  expect(screen.queryByRole('table')).toBeNull();
  const card = screen.getByRole('listitem');
  expect(card.textContent).toContain('54,271.4');
  expect(card.textContent).toContain('9.54');
});

it('says that an empty account cannot be liquidated', () => {
  draw(accountExample({ positions: [] }), [BTC]);
  expect(screen.getByText('No open position')).toBeTruthy();
});
