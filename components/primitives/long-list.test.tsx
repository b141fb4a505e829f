import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LongList } from './long-list.tsx';

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function listOf(count: number, growsTo?: number) {
  const items = Array.from({ length: count }, (_none, index) => index);
  return (
    <LongList items={items} step={10} {...(growsTo === undefined ? {} : { growsTo })}>
      {(item) => <li key={item}>{item}</li>}
    </LongList>
  );
}

function drawn(): number {
  return screen.getAllByRole('listitem').length;
}

function wait(): void {
  // Each turn sets the next one.
  for (let turn = 0; turn < 20; turn += 1) act(() => void vi.advanceTimersByTime(1_000));
}

it('draws the first and more with each press', () => {
  render(listOf(25));
  wait();
  expect(drawn()).toBe(10);
  fireEvent.click(screen.getByRole('button', { name: 'Show older (15)' }));
  expect(drawn()).toBe(20);
});

it('grows by itself as far as it may, then asks', () => {
  render(listOf(200, 90));
  expect(drawn()).toBe(10);
  wait();
  expect(drawn()).toBe(90);
  fireEvent.click(screen.getByRole('button', { name: 'Show older (110)' }));
  expect(drawn()).toBe(100);
});

it('is ahead of what is there: a newcomer is drawn the moment it comes', () => {
  const { rerender } = render(listOf(10, 90));
  wait();
  rerender(listOf(18, 90));
  expect(drawn()).toBe(18);
});
