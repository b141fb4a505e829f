import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { assert } from '#lib/contract.ts';
import { assessAccount } from '#lib/margin/health.ts';
import { houseRules } from '#lib/margin/venues/house.ts';
import { accountFrom, instrumentsFrom } from '#lib/wire/codec.ts';
import { type AccountText, type MarkWire } from '#lib/wire/protocol.ts';
import { exampleStore, OnStore } from '#components/health/example-account.tsx';
import {
  accountExample,
  markExample,
  positionExample,
  runExample,
} from '#components/live/example-facts.ts';
import { PositionPanel } from './position-panel.tsx';

const BTC = markExample('BTCUSDT', '60000', { index: '59990.5', last: '60003' });

beforeEach(() =>
  vi.stubGlobal('matchMedia', () => ({
    matches: true,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  })),
);
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function draw(text: AccountText, marks: readonly MarkWire[] = [BTC], positionKey = 'BTCUSDT') {
  const market = exampleStore(marks).getState().market;
  assert(market !== undefined, 'the example has a market');
  const facts = accountFrom(text, instrumentsFrom(runExample()));
  const health = assessAccount({ account: facts, market, rules: houseRules });
  const account = {
    kind: 'open',
    text,
    facts,
    health,
    agreement: { kind: 'waiting' },
    ratios: new Map(),
    marks: new Map(),
  } as const;
  const store = exampleStore(marks, { accounts: new Map([[text.accountId, account]]) });
  render(
    <OnStore store={store}>
      <PositionPanel accountId={text.accountId} positionKey={positionKey} />
    </OnStore>,
  );
}

/** Text of a named region of the panel. */
function section(name: RegExp): string {
  return screen.getByRole('region', { name }).textContent ?? '';
}

describe('a long of one coin', () => {
  it('shows its price below, none above, and three prices beside one another', () => {
    draw(accountExample());
    expect(screen.getByRole('dialog').textContent).toContain('BTCUSDTlong 10x cross');
    const liquidation = section(/^Liquidation/);
    // (60,000 - 6,000) / 0.995 = 54,271.36, toward the mark.
    expect(liquidation).toContain('54,271.4');
    expect(liquidation).toContain('9.54');
    expect(liquidation).toContain('−5,728.6');
    expect(liquidation).toContain('a rising price cannot liquidate a long');
    expect(liquidation).not.toContain('margin covers the full loss');
    // 60,000 - 6,000.
    expect(liquidation).toContain('54,000.0');
    const prices = section(/^Prices/);
    for (const text of ['60,000.0', '59,990.5', '−9.5 to mark', '60,003.0', '+3.0 to mark'])
      expect(prices).toContain(text);
    expect(prices).toContain('of 6,000.00 initial margin at entry');
  });

  it('sets what is left closed now beside liquidated, by part', () => {
    draw(accountExample());
    const rows = within(screen.getByRole('region', { name: /^What is left/ }))
      .getAllByRole('row')
      .map((row) => row.textContent);
    // The fee of 678.39 takes all of the 271.4 that the way leaves.
    expect(rows.slice(1)).toEqual([
      'Worth now6,000.006,000.00',
      'Price move0.00−5,728.60',
      'Fee−30.00−271.40',
      'Left5,970.000.00',
    ]);
    expect(section(/^What is left/)).toContain('Price of waiting until then5,970.00');
  });

  it('says what the next funding costs and where liquidation stands after it', () => {
    draw(accountExample());
    const funding = section(/^Funding/);
    expect(funding).toContain('−12.10');
    expect(funding).toContain('−6.00');
    // (60,000 - 5,994) / 0.995 = 54,277.38...
    expect(funding).toContain('54,277.4');
    // One hour after the frame's start, fourteen seconds in.
    expect(funding).toContain('next in 59 m 46 s');
  });

  it('says where the next tier begins and what the ratio would be there', () => {
    draw(accountExample());
    // At 600,000: 600,000 x 0.5 % = 3,000 of 6,000 + 540,000, the balance that the rise has made.
    expect(section(/^Risk tiers/)).toMatch(/2 next.*600,000\.00.*600,000\.0.*5\.0\s%0\.\d\s%/);
  });

  it.each([
    ['55000,5', 'Triggers before liquidation.', '972.99'],
    ['54000', 'it cannot fill before liquidation', 'Beyond liquidation by271.4'],
    ['70000', 'On the wrong side of the mark: it triggers at once.', ''],
    ['0', 'A price is above zero', ''],
    ['many', '', ''],
  ])('checks a stop at "%s"', (typed, verdict, result) => {
    draw(accountExample());
    fireEvent.change(screen.getByLabelText('Stop price'), { target: { value: typed } });
    expect(section(/^Stop check/)).toContain(verdict);
    expect(section(/^Stop check/)).toContain(result);
  });
});

it('shows both prices of a hedge, whichever leg is opened', () => {
  const text = accountExample({
    positionMode: 'hedge',
    wallets: [{ asset: 'USDT', amount: '20000' }],
    positions: [
      positionExample({ positionSide: 'long', signedSize: '10', openValue: '600000' }),
      positionExample({ positionSide: 'short', signedSize: '-9.5', openValue: '-570000' }),
    ],
  });
  draw(text, [BTC], 'BTCUSDT:short');
  expect(section(/^Liquidation/)).toContain('92,631.5');
  expect(section(/^Liquidation/)).toContain('24,844.8');
});

it('says None, and why, where no price can liquidate', () => {
  draw(accountExample({ positions: [positionExample({ isolatedWallet: '61000' })] }));
  expect(section(/^Liquidation/)).toContain('margin covers the full loss');
  expect(section(/^What is left/)).toContain('None');
  expect(section(/^What is left/)).not.toContain('Price of waiting');
});

it('says Unknown in words, and no figure, where the mark is missing', () => {
  draw(accountExample(), []);
  const all = screen.getByRole('dialog').textContent;
  expect(section(/^Liquidation/)).toContain('Unknown: no BTCUSDT mark yet');
  expect(all).not.toMatch(/NaN|undefined|Infinity/);
});

it('says so when the account does not hold the position any more', () => {
  draw(accountExample({ positions: [] }));
  expect(screen.getByText('No position in BTCUSDT')).toBeTruthy();
});
