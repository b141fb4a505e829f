import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
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
import { REORDER_EVERY_MS } from '#components/table/held-order.ts';
import { exampleHealth, exampleStore, exampleView, OnStore } from './example-account.tsx';
import { type PositionView } from './pool-view.ts';
import { DEFAULT_CHOICE, type PositionChoice } from './position-choice.ts';
import { PositionTable } from './position-table.tsx';

const painted = vi.hoisted((): string[] => []);
vi.mock('./position-cells.tsx', async (original) => {
  return {
    ...(await original<object>()),
    MarkCell: ({ view }: { readonly view: PositionView }) => {
      painted.push(view.position.instrumentId);
      return null;
    },
  };
});

const BTC = markExample('BTCUSDT', '60000');
const ETH = markExample('ETHUSDT', '3000');
/** An isolated long of each, ETH much nearer to its end. */
const TWO = accountExample({
  positions: [
    positionExample({ isolatedWallet: '6000' }),
    positionExample({
      instrument: 'ETHUSDT',
      signedSize: '10',
      openValue: '30000',
      isolatedWallet: '1000',
    }),
  ],
});

beforeEach(() => {
  painted.length = 0;
  vi.useFakeTimers();
  vi.stubGlobal('matchMedia', () => ({
    matches: true,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function draw(text: AccountText, marks: readonly MarkWire[], chosen: Partial<PositionChoice> = {}) {
  const store = exampleStore(marks);
  function Chosen({ view }: { readonly view: ReturnType<typeof exampleView> }) {
    const [choice, setChoice] = useState({ ...DEFAULT_CHOICE, ...chosen });
    return (
      <PositionTable
        accountId="A0007"
        choice={choice}
        choose={(change) => setChoice({ ...choice, ...change })}
        view={view}
      />
    );
  }
  let assessed = exampleHealth(text, marks);
  const drawn = (newest: readonly MarkWire[]) => (
    <OnStore store={store}>
      <Chosen view={exampleView(text, newest, assessed)} />
    </OnStore>
  );
  const { rerender } = render(drawn(marks));
  return {
    tick: (newest: readonly MarkWire[]): void => {
      assessed = exampleHealth(text, newest, assessed);
      rerender(drawn(newest));
    },
    restate: (next: AccountText): void => {
      assessed = exampleHealth(next, marks);
      rerender(
        <OnStore store={store}>
          <Chosen view={exampleView(next, marks, assessed)} />
        </OnStore>,
      );
    },
  };
}

function names(): readonly (string | undefined)[] {
  return screen
    .getAllByRole('rowheader')
    .map((header) => header.textContent?.slice(0, 7))
    .filter((name) => name?.startsWith('Total') === false);
}

function row(index: number): HTMLElement {
  const found = screen.getAllByRole('row')[index];
  assert(found !== undefined, `row ${index} exists`);
  return found;
}

it('paints only the rows of the symbol that ticked', () => {
  const { tick } = draw(TWO, [BTC, ETH]);
  expect(painted.toSorted()).toEqual(['BTCUSDT', 'ETHUSDT']);
  painted.length = 0;
  tick([BTC, { ...ETH, mark: '3001' }]);
  expect(painted).toEqual(['ETHUSDT']);
  painted.length = 0;
  tick([BTC, { ...ETH, mark: '3001' }]);
  expect(painted).toEqual([]);
});

it('paints every row of a pool that shares its margin: their liquidation prices moved too', () => {
  const { positions } = TWO;
  const shared = { ...TWO, positions: positions.map((one) => ({ ...one, isolatedWallet: null })) };
  const { tick } = draw(shared, [BTC, ETH]);
  painted.length = 0;
  tick([BTC, { ...ETH, mark: '3001' }]);
  expect(painted.toSorted()).toEqual(['BTCUSDT', 'ETHUSDT']);
});

it('holds the order under the pointer and says so, then takes it over', () => {
  const { tick } = draw(TWO, [BTC, ETH]);
  expect(names()).toEqual(['ETHUSDT', 'BTCUSDT']);
  fireEvent.pointerEnter(screen.getByRole('grid'));
  tick([
    { ...BTC, mark: '54500' },
    { ...ETH, mark: '3300' },
  ]);
  act(() => void vi.advanceTimersByTime(2 * REORDER_EVERY_MS));
  expect(names()).toEqual(['ETHUSDT', 'BTCUSDT']);
  fireEvent.click(screen.getByRole('button', { name: 'order changed (2)' }));
  expect(names()).toEqual(['BTCUSDT', 'ETHUSDT']);
});

it('has one tab stop, arrows inside, and reads a row from its state on', () => {
  draw(TWO, [BTC, ETH]);
  const grid = screen.getByRole('grid');
  expect(grid.querySelectorAll('[tabindex="0"]')).toHaveLength(1);
  expect(row(1).textContent).toMatch(/^Healthy/);
  row(1).focus();
  const press = (key: string) => fireEvent.keyDown(document.activeElement ?? grid, { key });
  press('ArrowDown');
  expect(document.activeElement).toBe(row(2));
  expect(row(2).tabIndex).toBe(0);
  expect(row(1).tabIndex).toBe(-1);
  press('ArrowRight');
  press('ArrowRight');
  expect(document.activeElement).toBe(within(row(2)).getByRole('rowheader'));
  press('ArrowUp');
  press('ArrowUp');
  expect(document.activeElement?.textContent).toBe('Position');
  press('ArrowDown');
  expect(document.activeElement).toBe(row(1));
});

it('copies a cell and a row in full precision', async () => {
  vi.useRealTimers();
  const writeText = vi.fn<(text: string) => Promise<undefined>>(async () => undefined);
  vi.stubGlobal('navigator', { clipboard: { writeText } });
  draw(accountExample(), [markExample('BTCUSDT', '60000.05')]);
  const cell = row(1).querySelector<HTMLElement>('[data-column="distance"]');
  assert(cell !== null, 'the row shows a distance');
  fireEvent.keyDown(cell, { key: 'c', ctrlKey: true });
  await vi.waitFor(() => expect(writeText).toHaveBeenCalledTimes(1));
  expect(writeText.mock.calls[0]?.[0]).toMatch(/^0\.0954\d{20,}$/);
  fireEvent.keyDown(row(1), { key: 'c', ctrlKey: true });
  await vi.waitFor(() => expect(writeText).toHaveBeenCalledTimes(2));
  expect(writeText.mock.calls[1]?.[0].split('\t').slice(0, 4)).toEqual([
    'Healthy',
    'Cross USDT',
    'BTCUSDT',
    'long',
  ]);
});

it('stands still when frozen, counts nothing critical away', () => {
  const { restate } = draw(TWO, [BTC, ETH]);
  fireEvent.click(screen.getByRole('button', { name: 'Freeze the view' }));
  const word = (state: 'warning' | 'critical') =>
    poolExample('A0007/isolated:BTCUSDT:both', { alertState: state, screenState: state });
  restate({ ...TWO, pools: [word('warning')] });
  expect(screen.queryByText('Warning')).toBeNull();
  restate({ ...TWO, pools: [word('critical')] });
  expect(screen.getByText('Critical')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Resume the view' }));
  expect(screen.queryByText(/frozen/)).toBeNull();
});

it('says what hides all rows, and clears it', () => {
  draw(TWO, [BTC, ETH], {
    filter: { states: [], sides: ['short'], modes: [], text: 'eth' },
  });
  expect(screen.getByText(/All 2 positions are hidden by the filter: short, “eth”/)).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Show not only short' }));
  expect(names()).toEqual(['ETHUSDT']);
  fireEvent.click(screen.getByRole('button', { name: 'Clear all' }));
  expect(names()).toHaveLength(2);
});

it('puts the legs of a symbol together under their net, with the worst state of them', () => {
  draw(
    accountExample({
      positionMode: 'hedge',
      wallets: [{ asset: 'USDT', amount: '20000' }],
      positions: [
        positionExample({ positionSide: 'long', signedSize: '2', openValue: '120000' }),
        positionExample({ positionSide: 'short', signedSize: '-0.5', openValue: '-30000' }),
        positionExample({ instrument: 'ETHUSDT', signedSize: '1', openValue: '3000' }),
      ],
      pools: [poolExample('A0007/cross:USDT', { alertState: 'watch', screenState: 'watch' })],
    }),
    [BTC, ETH],
    { grouping: 'symbol' },
  );
  const net = screen.getByRole('row', { name: /net of 2/ });
  expect(net.textContent).toContain('Watch');
  expect(net.textContent).toContain('+1.500');
  expect(screen.queryAllByRole('row', { name: /net of/ })).toHaveLength(1);
});

function drawMany(marks: readonly MarkWire[]) {
  const { positions, ...view } = exampleView(TWO, marks);
  const many = Array.from({ length: 45 }, (_none, index) =>
    positions.map((one) => ({ ...one, key: `${index} ${one.key}` })),
  ).flat();
  return (
    <OnStore store={exampleStore([BTC, ETH])}>
      <PositionTable
        accountId="A0007"
        choice={DEFAULT_CHOICE}
        choose={() => undefined}
        view={{ ...view, positions: many }}
      />
    </OnStore>
  );
}

it('shows only the rows in sight of many, and says how many there are', () => {
  render(drawMany([BTC, ETH]));
  expect(Number(screen.getByRole('grid').getAttribute('aria-rowcount'))).toBe(91);
  expect(screen.getAllByRole('row').length).toBeLessThan(85);
});

it('paints at once what is seen of many, and what is drawn ahead within a second', () => {
  const { rerender } = render(drawMany([BTC, ETH]));
  const drawn = document.querySelectorAll('[data-nav-row]').length;
  painted.length = 0;
  rerender(
    drawMany([
      { ...BTC, mark: '60001' },
      { ...ETH, mark: '3001' },
    ]),
  );
  const seen = painted.length;
  expect(seen).toBeGreaterThan(0);
  expect(seen).toBeLessThan(drawn / 2);
  act(() => void vi.advanceTimersByTime(1_000));
  expect(painted).toHaveLength(drawn);
});
