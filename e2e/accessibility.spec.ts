/** Every page by machine inspection in both themes, by keyboard alone, by its names and roles, and without motion. */
import { AxeBuilder } from '@axe-core/playwright';
import { type Page } from '@playwright/test';
import { liveRegions } from './checks.page.ts';
import { PAGES, PlimsollPage } from './plimsoll.page.ts';
import { expect, test } from './server-fixture.ts';

test.use({ variables: { SEED: 'access', SPEED: '300' } });

/** What a theme can break: everything else is the same document. */
const RULES_OF_COLOUR = ['color-contrast', 'link-in-text-block'];

/** By all rules in the light theme, by those of colour in the dark one. */
async function seriousFaults(page: Page): Promise<readonly string[]> {
  const inLight = await seriousIn(axeOf(page));
  await page.emulateMedia({ colorScheme: 'dark' });
  const inDark = await seriousIn(axeOf(page).withRules(RULES_OF_COLOUR));
  await page.emulateMedia({ colorScheme: 'light' });
  return [...inLight.map((fault) => `light: ${fault}`), ...inDark.map((fault) => `dark: ${fault}`)];
}

/** There are no frames, whose results would have to be put together on a page of their own. */
function axeOf(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).setLegacyMode();
}

async function seriousIn(axe: AxeBuilder): Promise<readonly string[]> {
  const { violations } = await axe.analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`),
    );
}

/** A liquidation has happened and figures stand still: the fullest pages there are. */
async function untilFull(screen: PlimsollPage, url: string): Promise<void> {
  await screen.open(url, '/liquidations');
  await expect(screen.liquidations.filter({ hasText: 'Liquidated' })).not.toHaveCount(0, {
    timeout: 90_000,
  });
  await screen.pause();
}

test('[UX11] no serious fault on any page in either theme', async ({ page, plimsoll }) => {
  const screen = new PlimsollPage(page);
  // Colours that fade from one theme to the other would be measured on the way.
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await untilFull(screen, plimsoll.url);
  await screen.liquidations
    .first()
    .getByRole('button', { name: /^Statement / })
    .click();
  const faults: string[] = [];
  async function inspect(where: string): Promise<void> {
    faults.push(...(await seriousFaults(page)).map((fault) => `${where}: ${fault}`));
    expect(await liveRegions(page), `regions that speak, ${where}`).toHaveLength(2);
  }
  await inspect('liquidations with a statement');
  for (const { path, name } of PAGES) {
    await screen.open(plimsoll.url, path);
    if (path === '/') await expect(screen.account).toBeVisible();
    if (path === '/desk') await expect(screen.deskRows.first()).toContainText('A0');
    if (path === '/alerts') await page.getByRole('button', { name: 'Acknowledge' }).first().click();
    await inspect(name);
  }
  await screen.open(plimsoll.url);
  await page.getByRole('button', { name: /^Account .* choose another$/ }).click();
  await expect(
    page.getByRole('list', { name: 'Accounts, worst first' }).getByRole('button').first(),
  ).toBeVisible();
  await inspect('account picker');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await inspect('list of keys');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog', { name: 'Command menu' })).toBeVisible();
  await inspect('command menu');
  await page.keyboard.press('Escape');
  await screen.open(plimsoll.url, '/alerts?view=levels');
  await page.getByRole('button', { name: 'Add levels' }).click();
  const levels = page.getByRole('form', { name: 'New levels' });
  await levels.getByRole('textbox', { name: 'Watch under' }).fill('one');
  await inspect('levels with a refusal');
  await screen.open(plimsoll.url, '/desk?state=healthy');
  await screen.deskRows.filter({ hasText: /USDT/ }).first().click();
  await screen.positions.locator('tbody').getByRole('row').first().click();
  const panel = page.getByRole('dialog', { name: /USDT/ });
  await panel.getByRole('textbox', { name: 'Stop price' }).fill('1');
  await inspect('position panel with a stop');
  expect(faults).toEqual([]);
});

test('[UX11] the main tasks by keyboard alone', async ({ page, plimsoll }) => {
  const screen = new PlimsollPage(page);
  await untilFull(screen, plimsoll.url);
  await screen.open(plimsoll.url);
  const focused = page.locator(':focus');
  await page.keyboard.press('Tab');
  await expect(focused).toHaveText('Skip to content');
  await expect(focused).toBeInViewport();
  for (let presses = 0; presses < 8 && (await focused.textContent()) !== 'Desk'; presses += 1)
    await page.keyboard.press('Tab');
  await expect(focused).toHaveText('Desk');
  expect(
    await focused.evaluate((link) => getComputedStyle(link).outlineStyle),
    'focus is seen',
  ).not.toBe('none');
  await page.keyboard.press('Enter');
  await expect(screen.deskRows.first()).toContainText('A0');

  await screen.desk.getByRole('button', { name: 'Account' }).focus();
  await page.keyboard.press('Enter');
  await expect(screen.desk.getByRole('columnheader', { name: 'Account' })).toHaveAttribute(
    'aria-sort',
    'ascending',
  );
  await expect.poll(async () => (await screen.deskColumn('Account'))[0]).toMatch(/^A0001/);
  await screen.deskRows.first().getByRole('link').focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/desk\/account\?id=A\d+$/);
});

test('gauges are read out with figure and state', async ({ page, plimsoll }) => {
  const screen = new PlimsollPage(page);
  await screen.open(plimsoll.url);
  const ratio = page.getByRole('meter', { name: 'Margin ratio (maintenance)' });
  await expect(ratio).toHaveAttribute(
    'aria-valuetext',
    /^margin ratio .*(%|Equity gone|unknown).*, [A-Z]/i,
  );
  for (const region of ['status', 'alert'] as const)
    await expect(
      page.locator(`#__next-route-announcer__, [role=${region}]`).first(),
    ).toBeAttached();
});

test('nothing moves for a reader who asked for stillness', async ({ page, plimsoll }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const screen = new PlimsollPage(page);
  await screen.open(plimsoll.url, '/liquidations');
  await expect(screen.link('Desk')).toBeVisible();
  const moving = await page.locator('*').evaluateAll(
    (all) =>
      all.filter((one) => {
        const style = getComputedStyle(one);
        return (
          style.animationName !== 'none' ||
          style.transitionDuration.split(', ').some((time) => Number.parseFloat(time) > 0.001)
        );
      }).length,
  );
  expect(moving).toBe(0);
});
