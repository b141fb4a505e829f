/** A reader's choices change how figures are told, at once and everywhere, and never what is true (ux.md 14.13, 14.14). */
import { readFile } from 'node:fs/promises';
import { type Page } from '@playwright/test';
import { PlimsollPage } from './plimsoll.page.ts';
import { expect, test } from './server-fixture.ts';

test.use({ variables: { SEED: 'settings' }, locale: 'en-GB' });

/** Figures stand still, so that they can be held against each other. */
test.beforeEach(async ({ page, plimsoll }) => {
  const screen = new PlimsollPage(page);
  await screen.open(plimsoll.url, '/desk');
  await expect(screen.deskRows.first()).toContainText('A0');
  await screen.pause();
});

test('[UX13] German style writes and reads German numbers, and leaves exports alone', async ({
  page,
}) => {
  const screen = new PlimsollPage(page);
  const before = await exported(page);
  await expect(screen.deskRows.first()).toContainText(/\d,\d{3}\.\d{2}\b/);
  await choose(screen, 'Number style', 'German');
  const field = page.getByRole('textbox', { name: 'Type a number' });
  for (const typed of ['0,5', '0.5']) {
    await field.fill(typed);
    await expect(field).toHaveAccessibleDescription('= 0,5');
  }
  await field.fill('1.234');
  await expect(field).toHaveAccessibleDescription(/could mean 1234 or 1,234/);
  await expect(page.getByText('1.234.567,89')).toBeVisible();

  await screen.goTo('Desk');
  await expect(screen.deskRows.first()).toContainText(/\d\.\d{3},\d{2}\b/);
  expect(await exported(page)).toEqual(before);
});

test('[UX14] a convention changes every figure and label at once and no state, in other tabs too', async ({
  page,
  context,
  plimsoll,
}) => {
  const screen = new PlimsollPage(page);
  const ratios = await screen.deskColumn('Margin ratio');
  const states = await screen.deskColumn('State');
  const other = new PlimsollPage(await context.newPage());
  await other.open(plimsoll.url, '/settings');
  await other.page
    .getByRole('radiogroup', { name: 'Closeness to liquidation' })
    .getByText('Coverage')
    .click();

  await expect(screen.desk.getByRole('columnheader', { name: 'Coverage' })).toBeVisible();
  await expect(screen.desk.getByText('Margin ratio')).toHaveCount(0);
  expect(await screen.deskColumn('State')).toEqual(states);
  const coverages = await screen.deskColumn('Coverage');
  const pairs = ratios.map((ratio, row) => ({
    ratio: Number.parseFloat(ratio.replace(',', '')),
    coverage: Number.parseFloat((coverages[row] ?? '').replace(',', '')),
  }));
  const plain = pairs.filter(({ ratio, coverage }) => ratio > 20 && coverage > 0);
  expect(plain.length).toBeGreaterThan(0);
  // Both are cut toward danger, by less than a tenth of a percent.
  const product = plain.map(({ ratio, coverage }) => (ratio * coverage) / 10_000);
  expect(Math.max(...product)).toBeLessThan(1.01);
  expect(Math.min(...product)).toBeGreaterThan(0.99);
});

async function choose(screen: PlimsollPage, setting: string, choice: string): Promise<void> {
  await screen.goTo('Settings');
  const group = screen.page.getByRole('radiogroup', { name: setting });
  await group.getByText(choice, { exact: true }).click();
  await expect(group.getByRole('radio', { name: choice, exact: true })).toBeChecked();
}

/** Headings and rows of the desk's file. The notes above them name the moment of writing. */
async function exported(page: Page): Promise<readonly string[]> {
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: /^Export the accounts/ }).click();
  const text = await readFile(await (await coming).path(), 'utf8');
  return text
    .trimEnd()
    .split('\r\n')
    .filter((line) => !/^"?# /.test(line));
}
