/** Every page from a small phone to a wide desk, in both themes: nothing is cut off, nothing covers another, danger is in sight. */
import { type Locator } from '@playwright/test';
import { faultsOfLayout } from './layout-faults.ts';
import { PAGES, PlimsollPage } from './plimsoll.page.ts';
import { expect, test } from './server-fixture.ts';

test.use({ variables: { SEED: '2' } });

const SIZES = [
  { width: 320, height: 640 },
  { width: 375, height: 812 },
  { width: 768, height: 1024 },
  // A laptop at 200 % zoom.
  { width: 640, height: 400 },
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const;

const PLACES = [
  ...PAGES,
  { path: '/desk/account?id=A0001', name: 'Account on the desk' },
  { path: '/alerts?view=levels', name: 'Levels' },
  { path: '/alerts?view=channels', name: 'Channels' },
] as const;

async function pausedOn(screen: PlimsollPage, url: string, path: string): Promise<void> {
  // Before the account is chosen: the worst one must not be liquidated while the page comes.
  await screen.open(url, '/status');
  if (await screen.button('Pause').isVisible()) await screen.button('Pause').click();
  await expect(screen.button('Play')).toBeVisible();
  await screen.open(url, path);
  if (path === '/') await expect(screen.account).toBeVisible();
  if (path === '/desk') await expect(screen.deskRows.first()).toContainText('A0');
  if (path === '/alerts') await expect(screen.alerts.first()).toBeVisible();
}

for (const { path, name } of PLACES) {
  test(`[UX1] ${name} in both themes, from 320 to 1920 px`, async ({ page, plimsoll }) => {
    const screen = new PlimsollPage(page);
    await pausedOn(screen, plimsoll.url, path);
    for (const size of SIZES) {
      await page.setViewportSize(size);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        const where = `${name} ${colorScheme} ${size.width} px`;
        await expect.poll(() => faultsOfLayout(page), where).toEqual([]);
        if (path === '/') await expectDangerInSight(screen, where);
      }
    }
  });
}

/**
 * ux.md 14.1: the worst position's liquidation price and distance, or why there is none, without a click, and without a scroll
 * from the top of the page.
 */
async function expectDangerInSight(screen: PlimsollPage, where: string): Promise<void> {
  const price = screen.pool.locator('dt', { hasText: /^Liquidation price$/ }).locator('+ dd');
  await expect(price, where).toHaveText(/\d|None|Unknown/);
  const distance = screen.pool
    .getByText('from liquidation', { exact: true })
    .or(screen.pool.getByText(/^(None|Unknown): /))
    .first();
  for (const figure of [price, distance]) expect(await isSeen(figure), where).toBe(true);
}

/** On the screen, and nothing lies on it. */
async function isSeen(figure: Locator): Promise<boolean> {
  return figure.evaluate((element) => {
    const { x, y, height } = element.getBoundingClientRect();
    const top = document.elementFromPoint(x + 2, y + height - 2);
    return top !== null && (element.contains(top) || top.contains(element));
  });
}
