import { render } from '@testing-library/react';
import { useRef } from 'react';
import { expect, it, vi } from 'vitest';
import { useStillHeights } from './still-heights.ts';

function List({ held, rows }: { readonly held: boolean; readonly rows: readonly string[] }) {
  const list = useRef<HTMLUListElement>(null);
  useStillHeights(list, held);
  return (
    <ul ref={list}>
      {rows.map((row) => (
        <li key={row}>{row}</li>
      ))}
    </ul>
  );
}

it('keeps the heights of the rows for as long as somebody is there, and no longer', () => {
  const spy = vi
    .spyOn(HTMLElement.prototype, 'getBoundingClientRect')
    .mockReturnValue(new DOMRect(0, 0, 100, 54));
  const { container, rerender } = render(<List held={false} rows={['a', 'b']} />);
  const heights = () => [...container.querySelectorAll('li')].map(({ style }) => style.height);
  expect(heights()).toEqual(['', '']);
  rerender(<List held rows={['a', 'b']} />);
  expect(heights()).toEqual(['54px', '54px']);
  rerender(<List held={false} rows={['a', 'b']} />);
  expect(heights()).toEqual(['', '']);
  spy.mockRestore();
});
