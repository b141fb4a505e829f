/** Drills on the Replay page: what is no price changes nothing, and the page says what came of it. */
import { PlimsollPage } from './plimsoll.page.ts';
import { expect, test } from './server-fixture.ts';

test('a frozen coin makes its pools Unknown and they are known again when it speaks', async ({
  page,
  startServer,
}) => {
  const plimsoll = await startServer({ SEED: 'drill', SPEED: '60' });
  const screen = new PlimsollPage(page);
  await screen.open(plimsoll.url, '/replay');
  const reports = page.getByRole('region', { name: 'What happened' });
  await page.getByRole('button', { name: 'Freeze', exact: true }).click();
  await expect(reports.getByText('1. Freeze, BTCUSDT')).toBeVisible();
  await expect(reports.getByText(/pools became Unknown/)).toBeVisible();
  await page.getByRole('combobox', { name: 'Instrument to disturb' }).selectOption('ETHUSDT');
  await page.getByRole('button', { name: 'Bad value', exact: true }).click();
  await expect(
    reports.getByText(/refused as beyond ten times the last price/).first(),
  ).toBeVisible();
  await expect(reports.getByText(/known again/).first()).toBeVisible({ timeout: 90_000 });
});

test('[UX7] repeated and swapped messages change nothing on the page, a cut is healed', async ({
  page,
  startServer,
}) => {
  const plimsoll = await startServer({ SEED: 'drill', SPEED: '60' });
  const screen = new PlimsollPage(page);
  await screen.open(plimsoll.url, '/replay');
  const dropped = page.getByText(/repeated or overtaken messages dropped/);
  await page.getByRole('button', { name: 'Repeat messages' }).click();
  await expect(dropped).toContainText(/[1-9]\d* repeated/);
  await page.getByRole('button', { name: 'Swap messages' }).click();
  await screen.link('Overview').click();
  await expect(screen.agreement).toHaveText(/agree/);
  await screen.link('Replay').click();
  await page.getByRole('button', { name: 'Drop socket' }).click();
  await expect(screen.connection).not.toHaveText('live');
  await expect(screen.connection).toHaveText('live', { timeout: 90_000 });
  await expect(screen.agreement).toHaveText(/agree/);
});
