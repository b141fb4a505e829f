/** Every page from a small phone to a wide desk, in both themes: nothing is cut off, nothing covers the header, danger is in sight. */
import { type Page } from '@playwright/test';
import { PAGES, PlimsollPage } from './plimsoll.page.ts';
import { expect, test } from './server-fixture.ts';

test.use({ variables: { SEED: '2' } });

const SIZES = [
  { width: 320, height: 640 },
  { width: 375, height: 812 },
  { width: 768, height: 1024 },
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const;

async function pausedOn(screen: PlimsollPage, url: string, path: string): Promise<void> {
  await screen.open(url, path);
  if (path === '/') await expect(screen.account).toBeVisible();
  if (path === '/desk') await expect(screen.deskRows.first()).toContainText('A0');
  if (path === '/alerts') await expect(screen.alerts.first()).toBeVisible();
  if (await screen.button('Pause').isVisible()) await screen.button('Pause').click();
  await expect(screen.button('Play')).toBeVisible();
}

/** What is wrong with the page's frame at its present width, in words. */
async function faultsOfLayout(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const faults: string[] = [];
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    if (wide > 0) faults.push(`scrolls sideways by ${wide} px`);
    const controls = [
      ...document.querySelectorAll(
        ':is(div > header, section[aria-label=Run]) :is(a, button, select)',
      ),
    ];
    for (const control of controls) {
      const box = control.getBoundingClientRect();
      if (box.width === 0 || box.height === 0) continue;
      const name = control.getAttribute('aria-label') ?? control.textContent;
      if (box.right > document.documentElement.clientWidth + 1 || box.left < -1)
        faults.push(`"${name}" is outside of the page`);
      const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      if (top === null || !(control.contains(top) || top.contains(control)))
        faults.push(
          `"${name}" is covered by ${top?.tagName ?? 'nothing'} ${top?.textContent.slice(0, 40) ?? ''}`,
        );
    }
    const header = document.querySelector('div > header')?.getBoundingClientRect();
    const main = document.querySelector('main')?.getBoundingClientRect();
    if (header !== undefined && main !== undefined && main.top < header.bottom)
      faults.push('the page begins under the header');
    return faults;
  });
}

for (const { path, name } of PAGES) {
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

/** ux.md 14.1: the worst position's liquidation price and distance, or why there is none, without a click. */
async function expectDangerInSight(screen: PlimsollPage, where: string): Promise<void> {
  await expect(screen.pool.getByText('Liquidation price', { exact: true }), where).toBeVisible();
  const price = screen.pool.locator('dt', { hasText: /^Liquidation price$/ }).locator('+ dd');
  await expect(price, where).toHaveText(/\d|None|Unknown/);
  await expect(
    screen.pool
      .getByText('from liquidation', { exact: true })
      .or(screen.pool.getByText(/^(None|Unknown): /))
      .first(),
    where,
  ).toBeVisible();
}
