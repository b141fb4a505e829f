import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { displaced, keepOrder, letIn, REORDER_EVERY_MS, useHeldOrder } from './held-order.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('keeps the order that is seen and puts newcomers into the places of those that left', () => {
  expect(keepOrder(['a', 'b', 'c'], ['c', 'd', 'a'])).toEqual(['a', 'd', 'c']);
  expect(keepOrder(['a', 'b', 'c'], ['c'])).toEqual(['c']);
  expect(keepOrder(['a'], ['c', 'b', 'a'])).toEqual(['a', 'c', 'b']);
});

it('lets newcomers in behind the rows that they should follow, and moves nothing else', () => {
  expect(letIn(['a', 'b'], ['n', 'b', 'm', 'a'])).toEqual(['n', 'a', 'b', 'm']);
  expect(letIn(['a', 'b'], ['b', 'o'])).toEqual(['b', 'o']);
});

it('lets a newcomer in at once where that is asked for, not while the order is held', () => {
  const { result, rerender } = renderHook(
    ({ wanted, held }: Rows) =>
      useHeldOrder({ present: wanted, wanted: () => wanted, held, reason: 'new', letsIn: true }),
    { initialProps: { wanted: ['a', 'b'], held: false } },
  );
  rerender({ wanted: ['n', 'b', 'a'], held: false });
  expect(result.current.keys).toEqual(['n', 'a', 'b']);
  rerender({ wanted: ['m', 'n', 'b', 'a'], held: true });
  expect(result.current.keys).toEqual(['n', 'a', 'b', 'm']);
});

it('counts the rows that stand elsewhere than they should', () => {
  expect(displaced(['a', 'b', 'c'], ['a', 'b', 'c'])).toBe(0);
  expect(displaced(['a', 'b', 'c'], ['b', 'a', 'c'])).toBe(2);
});

interface Rows {
  readonly wanted: readonly string[];
  readonly held: boolean;
  readonly reason?: string;
}

function watch(initial: Rows) {
  return renderHook(
    ({ wanted, held, reason = 'state' }: Rows) =>
      useHeldOrder({ present: wanted, wanted: () => wanted, held, reason }),
    { initialProps: initial },
  );
}

it('moves rows at most every 2 s, and not at all while they are held', () => {
  const { result, rerender } = watch({ wanted: ['a', 'b'], held: false });
  rerender({ wanted: ['b', 'a'], held: false });
  expect(result.current.keys).toEqual(['a', 'b']);
  act(() => void vi.advanceTimersByTime(REORDER_EVERY_MS));
  expect(result.current.keys).toEqual(['b', 'a']);

  rerender({ wanted: ['a', 'b'], held: true });
  act(() => void vi.advanceTimersByTime(5 * REORDER_EVERY_MS));
  expect(result.current.keys).toEqual(['b', 'a']);
  expect(result.current.displaced).toBe(2);
  act(() => result.current.renew());
  expect(result.current.keys).toEqual(['a', 'b']);
  expect(result.current.displaced).toBe(0);
});

it('takes another order at once when the reader asks for one', () => {
  const { result, rerender } = watch({ wanted: ['a', 'b'], held: true });
  rerender({ wanted: ['b', 'a'], held: true, reason: 'pnl' });
  expect(result.current.keys).toEqual(['b', 'a']);
});
