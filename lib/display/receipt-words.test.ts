import { expect, it } from 'vitest';
import { roundingSentence } from './receipt-words.ts';

it('names every rounding in its order, or says that there is none', () => {
  expect(roundingSentence([])).toBe('Not rounded');
  expect(roundingSentence([{ mode: 'up', to: '8 decimals' }])).toBe(
    'Rounded away from zero to 8 decimals',
  );
  expect(
    roundingSentence([
      { mode: 'half-even', to: '32 significant digits' },
      { mode: 'ceil', to: 'a multiple of 0.1' },
    ]),
  ).toBe('Rounded half to even to 32 significant digits, then upward to a multiple of 0.1');
});
