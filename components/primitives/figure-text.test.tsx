import { cleanup, render } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { exampleStore, OnStore } from '#components/health/example-account.tsx';
import { createFormat, POINT_STYLE } from '#lib/display/format.ts';
import { type Absence } from '#lib/margin/figures.ts';
import { assetId, instrumentId } from '#lib/units/ids.ts';
import { money } from '#lib/units/money.ts';
import { absentText } from '#lib/wire/figure-text.ts';
import { AbsenceText, NumberText } from './figure-text.tsx';

const format = createFormat(POINT_STYLE);
const BTC = instrumentId('BTCUSDT');
const ABSENCES: { readonly [Kind in Absence['kind']]: Absence & { readonly kind: Kind } } = {
  'mark-missing': { kind: 'mark-missing', instrumentId: BTC },
  'mark-stale': { kind: 'mark-stale', instrumentId: BTC },
  'asset-price-missing': { kind: 'asset-price-missing', assetId: assetId('BTC') },
  'instrument-unknown': { kind: 'instrument-unknown', instrumentId: BTC },
  'terms-invalid': { kind: 'terms-invalid', instrumentId: BTC },
  'above-last-tier': { kind: 'above-last-tier', instrumentId: BTC, notional: money('1e15') },
  'margin-covers-loss': { kind: 'margin-covers-loss' },
  'already-liquidatable': { kind: 'already-liquidatable' },
  'price-cancels': { kind: 'price-cancels' },
  'no-equity': { kind: 'no-equity' },
  'balance-missing': { kind: 'balance-missing', assetId: assetId('USDT') },
  'rows-left-out': { kind: 'rows-left-out', rows: 2 },
  'not-recorded': { kind: 'not-recorded' },
};

afterEach(cleanup);

it.each(Object.values(ABSENCES))(
  'says $kind in a row in one word, and aloud and in a panel in one sentence',
  (why) => {
    const { container } = render(
      <OnStore store={exampleStore([])}>
        <AbsenceText why={why} />
        <AbsenceText full why={why} />
      </OnStore>,
    );
    const [row, panel] = container.children;
    expect(row?.getAttribute('title')).toBe(panel?.textContent);
    expect(row?.querySelector('.sr-only')?.textContent).toBe(panel?.textContent);
    expect(panel?.textContent).toMatch(`${row?.querySelector('[aria-hidden]')?.textContent}: `);
  },
);

it.each(Object.values(ABSENCES))(
  'exports $kind as its kind and a sentence, never as a number',
  (why) => {
    const { absent, why: sentence } = absentText(why);
    expect(absent).toBe(why.kind);
    expect(sentence).toMatch(/^[a-z].*[a-z]$/);
  },
);

it.each([
  ['12.5', '+12.50', 'text-gain'],
  ['-12.5', '−12.50', 'text-loss'],
  ['0', '0.00', 'text-ink-2'],
  ['0.001', '0.00', 'text-ink-2'],
])('colours a result of %s by the sign that it shows', (value, text, colour) => {
  const { container } = render(<NumberText result shown={format.change(money(value), 'USDT')} />);
  expect(container.firstElementChild?.textContent).toBe(text);
  expect(container.firstElementChild?.className).toBe(colour);
  expect(container.firstElementChild?.getAttribute('title')).toBe(value);
});
