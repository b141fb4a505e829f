/** The panel of a position: opened by keys, linked by its address, closed by Escape; it says what its row says. */
import { PlimsollPage } from './plimsoll.page.ts';
import { expect, test } from './server-fixture.ts';

test('a position opens beside the page, stands after a reload, and gives the focus back', async ({
  page,
  startServer,
}) => {
  const { url } = await startServer({ SEED: 'panel', SCENARIO: 'calm', SPEED: '10' });
  const screen = new PlimsollPage(page);
  await screen.open(url);
  await screen.pause();
  const { row, panel } = await screen.openFirstPosition();
  const liquidation = panel.getByRole('region', { name: 'Liquidation', exact: true });
  await expect(liquidation).toBeVisible();
  const name = (await row.getByRole('rowheader').textContent()) ?? '';
  await expect(panel.getByRole('heading').first()).toHaveText(name);
  const figure = row.locator('[data-column="liquidation"] [data-figure]').first();
  await expect(liquidation).toContainText((await figure.textContent()) ?? 'a price');
  await expect(screen.positions, 'the page beside it stays live').toBeVisible();

  const address = new URL(page.url());
  expect(address.searchParams.get('position')).toBeTruthy();
  expect(address.searchParams.get('account')).toMatch(/^A\d+$/);
  await page.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);
  await expect(row).toBeFocused();
  expect(new URL(page.url()).searchParams.get('position')).toBeNull();

  await page.goto(address.href);
  await expect(liquidation).toBeVisible();
  await expect(panel.getByRole('heading').first()).toHaveText(name);
  await panel.getByLabel('Stop price').fill('0,000001');
  // Past the liquidation price of a long, on the wrong side of a short.
  await expect(panel.getByRole('region', { name: 'Stop check' })).toContainText(
    /past the liquidation price|wrong side of the mark/i,
  );
  await panel.getByRole('button', { name: 'Close the position panel' }).click();
  await expect(panel).toHaveCount(0);
});
