import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { exampleStore, exampleView, OnStore } from '#components/health/example-account.tsx';
import { accountExample, markExample } from '#components/live/example-facts.ts';
import { assert } from '#lib/contract.ts';
import { checkReceipt } from '#lib/wire/receipt-check.ts';
import { type ReceiptAsk } from './receipt-ask.ts';
import { ReceiptDialog } from './receipt-dialog.tsx';

const MARKS = [markExample('BTCUSDT', '60000')];
const writeText = vi.fn<(text: string) => Promise<void>>(() => Promise.resolve());

beforeEach(() => vi.stubGlobal('navigator', { clipboard: { writeText } }));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  writeText.mockClear();
});

function askOf(changes: Partial<ReceiptAsk> = {}): ReceiptAsk {
  const view = exampleView(accountExample(), MARKS);
  const pool = view.pools.find(({ health }) => health.positions.length > 0);
  const position = pool?.health.positions[0];
  assert(pool !== undefined && position !== undefined, 'a pool with a position');
  return {
    basis: view.basis,
    poolId: pool.health.id,
    figure: 'liquidation-below',
    position,
    ...changes,
  };
}

function draw(ask: ReceiptAsk): void {
  render(
    <OnStore store={exampleStore(MARKS)}>
      <ReceiptDialog ask={ask} onClose={() => undefined} onRenew={() => undefined} />
    </OnStore>,
  );
}

it('shows the price with its steps and inputs, each with source and time', () => {
  draw(askOf());
  const result = screen.getByRole('region', { name: 'Result' }).textContent;
  // (60,000 - 6,000) / 0.995 = 54,271.356..., toward the mark.
  expect(result).toContain('54,271.4USDT');
  expect(result).toContain('house-1, in force from 2026-01-01');
  const steps = within(screen.getByRole('region', { name: 'Steps' })).getAllByRole('listitem');
  expect(steps.at(-1)?.textContent).toContain('Liquidation price below the mark');
  expect(steps.at(-1)?.textContent).toContain(
    'Rounded upward to a multiple of 0.1 from 54,271.35678391959798994974874371859296482',
  );
  const inputs = screen.getByRole('region', { name: 'Inputs' }).textContent;
  expect(inputs).toContain('Mark BTCUSDTdemo of this server, simulated, 2026-01-14 12:00:00 UTC');
  expect(inputs).toContain('ledger of this run');
});

it('gives a text that is worked out again to the same result', async () => {
  draw(askOf({ figure: 'margin-ratio' }));
  fireEvent.click(screen.getByRole('button', { name: 'Copy' }));
  await screen.findByRole('button', { name: 'Copied' });
  const text = String(writeText.mock.calls.flat()[0]);
  const checked = checkReceipt(text);
  expect(checked).toMatchObject({ ok: true, value: { figure: 'margin-ratio' } });
});

it('offers every figure of the pool, and says why one does not exist', () => {
  draw(askOf());
  const figures = screen.getByLabelText('Figure');
  expect(
    within(figures)
      .getAllByRole('option')
      .map(({ textContent }) => textContent),
  ).toEqual([
    'Liquidation price below',
    'Liquidation price above',
    'Bankruptcy price',
    'Margin ratio',
  ]);
  fireEvent.change(figures, { target: { value: 'Liquidation price above' } });
  expect(screen.getByRole('region', { name: 'Result' }).textContent).toContain(
    'None: no price of this contract alone can use up the margin',
  );
});

it('has no receipt of a pool whose mark is missing', () => {
  const ask = askOf({ figure: 'margin-ratio' });
  const market = { ...ask.basis.market, marks: new Map() };
  draw({ ...ask, basis: { ...ask.basis, market } });
  expect(screen.getByText('No receipt')).toBeDefined();
  expect(screen.getByText(/no BTCUSDT mark yet/)).toBeDefined();
});
