import { expect, it, vi } from 'vitest';
import { createKeyRegistry } from './key-registry.ts';

it('lets the newest answer, and the one before it again once that has left', () => {
  const registry = createKeyRegistry();
  const older = vi.fn<() => void>();
  const newer = vi.fn<() => void>();
  registry.register('freeze', older);
  const leave = registry.register('freeze', newer);
  registry.handlerOf('freeze')?.();
  expect([older, newer].map((one) => one.mock.calls.length)).toEqual([0, 1]);
  leave();
  expect(registry.handlerOf('freeze')).toBe(older);
});

it('knows of nobody for what nobody answers', () => {
  const registry = createKeyRegistry();
  registry.register('freeze', () => undefined)();
  expect([registry.handlerOf('freeze'), registry.handlerOf('undo')]).toEqual([
    undefined,
    undefined,
  ]);
});
