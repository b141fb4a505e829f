/**
 * Every page beside its approved picture, at one moment of one run. `npx playwright test --config e2e/playwright.config.ts
 * pictures --update-snapshots` approves the present ones: look at each before it is committed.
 */
import { type Locator, type Page } from '@playwright/test';
import { PAGES, PlimsollPage } from './plimsoll.page.ts';
import { expect, test, type Plimsoll } from './server-fixture.ts';

/** Letters are drawn differently by other versions; pictures hold for the one they were taken with. */
const CHROMIUM = '156';
const MOMENT = '13:10';
/** So slow that nothing happens before the run is paused. */
const STANDING = { SEED: 'pictures', SPEED: '0.01' };
const LAPTOP = { width: 1280, height: 800 };
const VIEWS = [
  { theme: 'light', size: 'laptop', viewport: LAPTOP },
  { theme: 'dark', size: 'laptop', viewport: LAPTOP },
  { theme: 'light', size: 'phone', viewport: { width: 375, height: 812 } },
] as const;

test.use({ variables: STANDING });

async function standsAtMoment(page: Page, plimsoll: Plimsoll): Promise<void> {
  const screen = new PlimsollPage(page);
  await screen.open(plimsoll.url);
  if (await screen.button('Play').isVisible()) return;
  await screen.standAt(MOMENT);
}

/** What tells of the wall clock or of this machine, and the lines of charts, which are sampled by it. */
function varying(page: Page): readonly Locator[] {
  return [page.locator('.recharts-responsive-container'), page.locator('[data-varies]')];
}

for (const { theme, size, viewport } of VIEWS) {
  test(`pictures, ${theme}, ${size}`, async ({ page, browser, plimsoll }) => {
    test.skip(
      !browser.version().startsWith(`${CHROMIUM}.`),
      `pictures were taken with Chromium ${CHROMIUM}, this is ${browser.version()}`,
    );
    const screen = new PlimsollPage(page);
    await screen.choosesTheme(theme);
    await page.setViewportSize(LAPTOP);
    await standsAtMoment(page, plimsoll);
    for (const { path, name } of PAGES) {
      await page.setViewportSize(LAPTOP);
      await screen.open(plimsoll.url, path);
      await expect(screen.agreement).toHaveText('agree');
      // The settings show one as a sample.
      if (path !== '/settings') await expect(page.locator('.skeleton')).toHaveCount(0);
      await page.setViewportSize(viewport);
      await page.evaluate(() => document.fonts.ready);
      await expect.soft(page).toHaveScreenshot(`${name.toLowerCase()}-${theme}-${size}.png`, {
        mask: [...varying(page)],
      });
    }
  });
}
