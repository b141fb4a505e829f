import { expect, it } from 'vitest';
import { type ShownState } from '#lib/display/words.ts';
import { poolToast, withoutExpired, withToast, type Toast } from './toasts.ts';

function toast(poolId: string, to: ShownState): Toast {
  return poolToast({ accountId: 'A0007', poolId, from: 'healthy', to, at: 0 }, 1_000);
}
function after(...shown: readonly Toast[]): readonly string[] {
  return shown
    .reduce<readonly Toast[]>((all, one) => withToast(all, one), [])
    .map(({ key }) => key);
}

it('leaves after eight seconds, from Critical up when it is dismissed', () => {
  const all = [toast('a', 'warning'), toast('b', 'critical'), toast('c', 'liquidated')];
  expect(withoutExpired(all, 8_999)).toHaveLength(3);
  expect(withoutExpired(all, 9_000).map(({ key }) => key)).toEqual(['b', 'c']);
});

it('gives way to a newer one of the same pool', () => {
  expect(after(toast('a', 'critical'), toast('b', 'watch'), toast('a', 'healthy'))).toEqual([
    'a',
    'b',
  ]);
});

it('shows three at most: a mild one makes room before a grave one, be it the new one', () => {
  const grave = ['a', 'b', 'c'].map((key) => toast(key, 'critical'));
  expect(after(...grave, toast('d', 'critical'))).toEqual(['d', 'c', 'b']);
  expect(after(toast('m', 'watch'), ...grave)).toEqual(['c', 'b', 'a']);
  expect(after(...grave, toast('m', 'watch'))).toEqual(['c', 'b', 'a']);
  expect(
    after(toast('m', 'watch'), toast('n', 'watch'), ...grave.slice(1), toast('o', 'watch')),
  ).toEqual(['o', 'c', 'b']);
});
