import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { createPortal } from 'react-dom';
import { afterEach, expect, it, vi } from 'vitest';
import { useHolding } from './holding.ts';

afterEach(cleanup);

/** Rows, and a window of one of them that lies elsewhere in the document. */
function Scene({ isOpen }: { readonly isOpen: boolean }) {
  const { held, handlers } = useHolding();
  return (
    <>
      <div {...handlers} data-testid="rows">
        {held ? 'held' : 'free'}
        {isOpen ? createPortal(<input aria-label="Note" />, document.body) : null}
      </div>
      <p>elsewhere</p>
    </>
  );
}

it('a window that closes with the focus in it leaves the rows free', () => {
  const { rerender } = render(<Scene isOpen />);
  act(() => screen.getByLabelText('Note').focus());
  expect(screen.getByTestId('rows').textContent).toBe('held');
  rerender(<Scene isOpen={false} />);
  fireEvent.pointerMove(document.body);
  expect(screen.getByTestId('rows').textContent).toBe('free');
});

it('a pointer that is seen elsewhere has left, whatever lay between', () => {
  render(<Scene isOpen={false} />);
  const rows = screen.getByTestId('rows');
  fireEvent.pointerEnter(rows);
  expect(rows.textContent).toBe('held');
  fireEvent.pointerMove(rows);
  expect(rows.textContent).toBe('held');
  fireEvent.pointerMove(screen.getByText('elsewhere'));
  expect(rows.textContent).toBe('free');
});

it('rows that are scrolled stand still for a moment', () => {
  vi.useFakeTimers();
  render(<Scene isOpen={false} />);
  const rows = screen.getByTestId('rows');
  fireEvent.scroll(rows);
  expect(rows.textContent).toBe('held');
  act(() => void vi.advanceTimersByTime(1_000));
  expect(rows.textContent).toBe('free');
  vi.useRealTimers();
});
