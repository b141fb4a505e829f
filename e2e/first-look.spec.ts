/** What a stranger sees in the first minute: the demo says what it is, its figures live, and every way leads somewhere. */
import { PAGES, PlimsollPage } from './plimsoll.page.ts';
import { expect, test } from './server-fixture.ts';

test('the demo says what it is, and its figures move and are proven', async ({
  page,
  plimsoll,
}) => {
  const screen = new PlimsollPage(page);
  const opened = Date.now();
  await screen.open(plimsoll.url);
  await expect(page.getByRole('banner').getByText('DEMO', { exact: true })).toBeVisible();
  await expect(screen.run.getByText('simulated prices, seed 1')).toBeVisible();
  await expect(screen.account.getByText('Margin balance')).toBeVisible();
  test.info().annotations.push({
    type: 'milliseconds to the first figures',
    description: `${Date.now() - opened}`,
  });

  await expect(screen.agreement).toHaveText('agree');
  await expect(screen.agreement).toHaveAttribute('title', /digest [0-9a-f]{8,}/);
  await expect(page).toHaveTitle(/ · Plimsoll \(DEMO\)$/);
  const before = await screen.runTime();
  await expect.poll(() => screen.runTime()).toBeGreaterThan(before);
});

test('every page is reached by its link, has a title and prices that move', async ({
  page,
  plimsoll,
}) => {
  const screen = new PlimsollPage(page);
  await screen.open(plimsoll.url);
  for (const { path, name } of PAGES.toReversed()) {
    await screen.goTo(name);
    await expect(page).toHaveURL((url) => url.pathname === path);
    await expect(await screen.wayTo(name)).toHaveAttribute('aria-current', 'page');
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
    await expect(page).toHaveTitle(/\S · Plimsoll \(DEMO\)$/);
  }
  await screen.link('Desk').click();
  const bitcoin = screen.prices
    .getByRole('row', { name: /^BTCUSDT/ })
    .getByRole('cell')
    .first();
  const first = await bitcoin.textContent();
  await expect(bitcoin).not.toHaveText(first ?? '');
});

test('an address that leads nowhere says so and leads back', async ({
  page,
  plimsoll,
  complaints,
}) => {
  complaints.expect(/404/);
  await page.goto(`${plimsoll.url}/nowhere`);
  await page.getByRole('main').getByRole('link').click();
  await expect(page).toHaveURL(`${plimsoll.url}/`);
  await new PlimsollPage(page).open(plimsoll.url, '/?account=A9999');
  await expect(page.getByText('This account cannot be shown')).toBeVisible();
});
