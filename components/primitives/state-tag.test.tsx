import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { SHOWN_STATES, stateWord } from '#lib/display/words.ts';
import { exampleStore, OnStore } from '#components/health/example-account.tsx';
import { styleOf } from './figure-text.tsx';
import { StateTag } from './state-tag.tsx';

afterEach(cleanup);

it('tells every state by a shape and a word of its own', () => {
  const drawn = SHOWN_STATES.map((state) => {
    const { container } = render(
      <OnStore store={exampleStore([])}>
        <StateTag state={state} />
      </OnStore>,
    );
    expect(container.textContent).toBe(stateWord(state));
    return container.querySelector('svg')?.innerHTML;
  });
  expect(new Set(drawn).size).toBe(SHOWN_STATES.length);
});

it('lets a moment that is past keep its state when nothing is heard now', () => {
  const silent = exampleStore([], { connection: { kind: 'down', since: 0, retryAt: undefined } });
  render(
    <OnStore store={silent}>
      <StateTag past state="critical" />
      <StateTag state="watch" />
    </OnStore>,
  );
  expect(screen.getByText('Critical')).toBeTruthy();
  expect(screen.getByText('Unknown')).toBeTruthy();
});

it('takes the marks of numbers from the reader’s locale', () => {
  expect(styleOf('de-DE')).toEqual({ decimal: ',', group: '.' });
  expect(styleOf('en-US')).toEqual({ decimal: '.', group: ',' });
});
