import { cleanup, render } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { exampleStore, OnStore } from '#components/health/example-account.tsx';
import { createFormat, POINT_STYLE } from '#lib/display/format.ts';
import { type Absence } from '#lib/margin/figures.ts';
import { instrumentId } from '#lib/units/ids.ts';
import { money } from '#lib/units/money.ts';
import { AbsenceText, NumberText } from './figure-text.tsx';

const format = createFormat(POINT_STYLE);
const WHYS: readonly Absence[] = [
  { kind: 'margin-covers-loss' },
  { kind: 'mark-missing', instrumentId: instrumentId('BTCUSDT') },
  { kind: 'not-recorded' },
];

afterEach(cleanup);

it.each(WHYS)(
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
