import { cleanup, render } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { StateShape } from '#components/primitives/state-shape.tsx';
import { SHOWN_STATES } from '#lib/display/words.ts';
import { iconOf } from './tab-icon.tsx';

afterEach(cleanup);

it('draws every state with a shape of its own, as an address that needs no request', () => {
  const icons = SHOWN_STATES.map((state) => {
    const shape = render(<StateShape state={state} />).container.querySelector('svg');
    return shape === null ? '' : iconOf(shape);
  });
  expect(new Set(icons).size).toBe(SHOWN_STATES.length);
  for (const icon of icons) expect(icon).toMatch(/^data:image\/svg\+xml,%3Csvg[^<>"]*$/);
});
