/** The main tasks without a pointer: find the desk, open the worst account, walk on, hear it, answer an alert. */
import { type Page } from '@playwright/test';
import { PlimsollPage } from './plimsoll.page.ts';
import { expect, test } from './server-fixture.ts';

const ROWS_WALKED_MAX = 60;

test('[UX11] from the command menu to an answered alert by keys alone', async ({
  page,
  startServer,
}) => {
  const { url } = await startServer({ SEED: 'keys' });
  const screen = new PlimsollPage(page);
  await screen.open(url, '/alerts');
  await expect(page.locator('[data-key-action=acknowledge]').first()).toBeVisible({
    timeout: 90_000,
  });
  await page.keyboard.press('Space');
  await expect(screen.run.getByText('Paused')).toBeVisible();

  await page.keyboard.press('Control+k');
  const menu = page.getByRole('dialog', { name: 'Command menu' });
  await expect(menu.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('desk');
  await expect(menu.getByRole('option', { selected: true })).toContainText('Desk');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/desk$/);

  await expect(screen.deskRows.first()).toContainText('A0');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/desk\/account\?id=A/);
  const first = page.url();
  await expect(screen.account).toBeVisible();
  await expect
    .poll(async () => {
      await page.keyboard.press(']');
      return page.url();
    })
    .not.toBe(first);
  await page.keyboard.press('v');
  await expect(page.getByRole('complementary', { name: 'Read-out' })).toContainText(/^Account A/);
  await expect(page.getByRole('status').first()).toContainText(/^Account A/);

  await page.keyboard.press('g');
  await page.keyboard.press('a');
  await expect(page).toHaveURL(/\/alerts$/);
  await expect(page.locator('[data-key-action=acknowledge]').first()).toBeVisible();
  await walkToUnanswered(page);
  await page.keyboard.press('a');
  const answer = page.getByRole('dialog', { name: /Acknowledge/ });
  await answer.getByLabel('Your name').fill('Kay');
  await page.keyboard.press('Enter');
  await expect(answer).toBeHidden();
  await expect(page.getByText(/Kay/).first()).toBeVisible();
});

/** Presses j until the row in focus holds something to acknowledge. */
async function walkToUnanswered(page: Page): Promise<void> {
  for (let walked = 0; walked < ROWS_WALKED_MAX; walked += 1) {
    await page.keyboard.press('j');
    const isUnanswered = await page.evaluate(
      () =>
        document.activeElement
          ?.closest('[data-nav-row]')
          ?.querySelector('[data-key-action=acknowledge]') instanceof HTMLElement,
    );
    if (isUnanswered) return;
  }
  throw new Error(`no unanswered alert among ${ROWS_WALKED_MAX} rows`);
}

test('keys are listed from the table that is listened to, and stay silent in a field', async ({
  page,
  plimsoll,
}) => {
  const screen = new PlimsollPage(page);
  await screen.open(plimsoll.url, '/desk');
  await page.keyboard.press('?');
  const list = page.getByRole('dialog', { name: 'Keys' });
  await expect(list.getByText('Next worst account')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(list).toBeHidden();
  await page.keyboard.press('/');
  await expect(page.locator('[data-filter]').first()).toBeFocused();
  await page.keyboard.type('?gav');
  await expect(page).toHaveURL(/\/desk/);
  await expect(list).toBeHidden();
});
