import { expect, it } from 'vitest';
import { classNames } from './class-names.ts';

it('joins what is there and leaves out what is not', () => {
  expect(classNames('relative', false, undefined, ['pb-4'])).toBe('relative pb-4');
  expect(classNames(undefined)).toBe('');
});

it.each([
  ['text-ink-3 hover:bg-hover', 'bg-hover text-ink', 'hover:bg-hover bg-hover text-ink'],
  ['border border-line bg-panel', 'border-critical', 'border bg-panel border-critical'],
  ['text-small text-ink-2', 'text-lead', 'text-ink-2 text-lead'],
  ['truncate text-left font-medium', 'text-right', 'truncate font-medium text-right'],
  ['w-[min(36rem,calc(100vw-1rem))] px-2', 'w-44', 'px-2 w-44'],
  ['min-w-0', 'min-w-36 flex-1', 'min-w-36 flex-1'],
  ['border-line', 'border-b', 'border-line border-b'],
])('lets what is added to "%s" by "%s" win', (base, added, expected) => {
  expect(classNames(base, added)).toBe(expected);
});
