import { existsSync, globSync } from 'node:fs';
import { expect, it } from 'vitest';
import { isOnPage, PAGES } from './pages.ts';

it('leads to pages that exist, each by a letter of its own', () => {
  const missing = PAGES.filter(
    ({ href }) => !existsSync(`app${href === '/' ? '' : href}/page.tsx`),
  );
  expect(missing).toEqual([]);
  expect(new Set(PAGES.map(({ key }) => key)).size).toBe(PAGES.length);
});

it('leads to every page but those that hang below one', () => {
  const folders = globSync('app/*/page.tsx').map((path) => path.slice(3, -'/page.tsx'.length));
  expect(folders.filter((href) => !PAGES.some((page) => page.href === href))).toEqual([]);
});

it('knows a page and what hangs below it', () => {
  expect(isOnPage('/desk/account', '/desk')).toBe(true);
  expect([isOnPage('/desk', '/'), isOnPage('/deskless', '/desk')]).toEqual([false, false]);
});
