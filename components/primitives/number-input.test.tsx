import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { changeSettings, DEFAULT_SETTINGS, type Settings } from '#components/settings/settings.ts';
import { Decimal } from '#lib/units/decimal.ts';
import { FormatProvider } from './figure-text.tsx';
import { NumberInput } from './number-input.tsx';
import { useNumberField } from './use-number-field.ts';

function Field() {
  const field = useNumberField();
  return (
    <>
      <NumberInput field={field} label="Deposit" unit="USDT" />
      <output>{field.value?.toFixed() ?? 'none'}</output>
      <button onClick={() => field.setValue(new Decimal('1234.5'))} type="button">
        Fill
      </button>
    </>
  );
}

function type(text: string, numberStyle: Settings['numberStyle']): HTMLElement {
  changeSettings({ numberStyle });
  render(
    <FormatProvider>
      <Field />
    </FormatProvider>,
  );
  const input = screen.getByLabelText('Deposit');
  fireEvent.change(input, { target: { value: text } });
  return input;
}

beforeEach(() => changeSettings(DEFAULT_SETTINGS));
afterEach(cleanup);

it.each(['0,5', '0.5'])('[UX13] takes %s as a half in German style and says so', (text) => {
  type(text, 'german');
  expect(screen.getByRole('status').textContent).toBe('0.5');
  expect(screen.getByText('= 0,5')).toBeTruthy();
});

it('marks what could be two numbers as invalid, with both in the sentence', () => {
  const input = type('1.234', 'german');
  expect(input.getAttribute('aria-invalid')).toBe('true');
  expect(screen.getByRole('status').textContent).toBe('none');
  expect(screen.getByText(/could mean 1234 or 1,234/)).toBeTruthy();
});

it('is filled in so that it reads back the same', () => {
  const input = type('', 'german');
  fireEvent.click(screen.getByText('Fill'));
  expect(input).toHaveProperty('value', '1234,5');
  expect(screen.getByRole('status').textContent).toBe('1234.5');
});
