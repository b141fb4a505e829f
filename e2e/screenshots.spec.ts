/** Takes the pictures of the README, in both themes. Runs only with PLIMSOLL_SHOTS=1. */
import { join } from 'node:path';
import { PAGES, PlimsollPage } from './plimsoll.page.ts';
import { expect, test } from './server-fixture.ts';

const FOLDER = join(import.meta.dirname, '..', 'public', 'screenshots');

test.use({ viewport: { width: 1440, height: 900 } });

for (const theme of ['light', 'dark'] as const) {
  test(`pictures, ${theme}`, async ({ page, plimsoll }) => {
    const screen = new PlimsollPage(page);
    await screen.choosesTheme(theme);
    await screen.open(plimsoll.url, '/liquidations');
    await expect(screen.liquidations.filter({ hasText: 'Liquidated' })).not.toHaveCount(0, {
      timeout: 90_000,
    });
    for (const { path, name } of PAGES) {
      await screen.open(plimsoll.url, path);
      await expect(screen.agreement).toHaveText('agree');
      await expect(page.locator('main .skeleton')).toHaveCount(0);
      await page.screenshot({ path: join(FOLDER, `${name.toLowerCase()}-${theme}.png`) });
    }
  });
}
