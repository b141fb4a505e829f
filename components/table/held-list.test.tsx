import { renderHook } from '@testing-library/react';
import { expect, it } from 'vitest';
import { useHeldList } from './held-list.ts';

interface Row {
  readonly id: string;
  readonly value: number;
  readonly left?: boolean;
}
const rows = (...ids: readonly string[]): readonly Row[] => ids.map((id, value) => ({ id, value }));

interface Props {
  readonly items: readonly Row[];
  readonly held: boolean;
  readonly reason?: string;
}

function list(initialProps: Props) {
  return renderHook(
    ({ items, held, reason = 'a' }: Props) =>
      useHeldList({
        items,
        keyOf: ({ id }) => id,
        held,
        reason,
        gone: (row) => ({ ...row, left: true }),
      }),
    { initialProps },
  );
}

it('[UX7] keeps every row in its place while somebody is there, with its newest figures', () => {
  const { result, rerender } = list({ items: rows('a', 'b', 'c'), held: false });
  rerender({ items: rows('a', 'b', 'c'), held: true });
  rerender({ items: rows('n', 'm', 'c', 'a'), held: true });
  expect(result.current.items).toEqual([
    { id: 'a', value: 3 },
    { id: 'b', value: 1, left: true },
    { id: 'c', value: 2 },
  ]);
  expect(result.current.newer).toBe(2);
});

it('takes over what there is when the reader asks for it, and when nobody is there any more', () => {
  const { result, rerender } = list({ items: rows('a', 'b'), held: true });
  rerender({ items: rows('b', 'a'), held: true });
  expect(result.current.items.map(({ id }) => id)).toEqual(['a', 'b']);
  expect(result.current).toMatchObject({ newer: 0, displaced: 2 });
  result.current.renew();
  rerender({ items: rows('b', 'a'), held: true });
  expect(result.current.items.map(({ id }) => id)).toEqual(['b', 'a']);
  expect(result.current).toMatchObject({ newer: 0, displaced: 0 });
  rerender({ items: rows('n', 'b'), held: false });
  expect(result.current.items.map(({ id }) => id)).toEqual(['n', 'b']);
});

it('shows another list at once when the reader asks for another one', () => {
  const { result, rerender } = list({ items: rows('a'), held: true });
  rerender({ items: rows('x', 'y'), held: true, reason: 'other' });
  expect(result.current.items.map(({ id }) => id)).toEqual(['x', 'y']);
  expect(result.current.newer).toBe(0);
});
