/** Checks of SPEC.md that no other file holds. */
import { join } from 'node:path';
import { ALWAYS, expectNothingUnder, hearRows, setLevels, type HeardRow } from './checks.page.ts';
import { PAGES, PlimsollPage } from './plimsoll.page.ts';
import { expect, test } from './server-fixture.ts';

test.use({ variables: { SEED: 'checks', ACCOUNTS: '60' } });

test.describe('on one run', () => {
  test.beforeEach(async ({ page, plimsoll }) => {
    const screen = new PlimsollPage(page);
    await screen.open(plimsoll.url, '/desk');
    await expect(screen.deskRows.first()).toContainText('A0');
    if (await screen.button('Play').isVisible()) await screen.button('Play').click();
    await expect(screen.button('Pause')).toBeVisible();
  });

  test('[UX11] without colour each state has a shape of its own beside its word', async ({
    page,
  }) => {
    const screen = new PlimsollPage(page);
    await page.addStyleTag({ content: 'html { filter: grayscale(1) }' });
    const told = await page
      .getByRole('group', { name: 'Accounts by state' })
      .getByRole('button')
      .evaluateAll((tiles) =>
        tiles.map((tile) => ({
          word: /[A-Z][a-z]+/.exec(tile.textContent)?.[0] ?? '',
          shape: tile.querySelector('svg')?.innerHTML.replaceAll(/var\([^)]*\)/g, '') ?? '',
        })),
      );
    expect(told).toHaveLength(7);
    expect(new Set(told.map(({ word }) => word)).size, 'words').toBe(7);
    expect(new Set(told.map(({ shape }) => shape)).size, 'shapes').toBe(7);
    const rows = await screen.deskRows.evaluateAll((all) =>
      all.map((row) => ({
        state: row.querySelector('[data-state]')?.getAttribute('data-state'),
        word: /[A-Z][a-z]+/.exec(row.querySelector('[data-state]')?.textContent ?? '')?.[0],
        shape: row.querySelector('[data-state] svg')?.getAttribute('data-shape'),
      })),
    );
    expect(rows.length).toBeGreaterThan(5);
    for (const { state, word, shape } of rows)
      expect([word?.toLowerCase(), shape]).toEqual([state, state]);
  });

  test('[UX15] the demo is told on every page by stripes, by a word and in its title', async ({
    page,
  }) => {
    await expectModeOnEveryPage(new PlimsollPage(page), 'DEMO');
  });

  test('[UX4] a Warning hides no Critical of another pool of the same account', async ({
    page,
    plimsoll,
  }) => {
    const heard = hearRows(page);
    const screen = new PlimsollPage(page);
    await screen.open(plimsoll.url, '/alerts?view=levels');
    await setLevels(page, { coin: 'ETH', percent: ALWAYS.critical });
    await setLevels(page, { coin: 'BTC', percent: ALWAYS.warning });
    await screen.openPart('Inbox');
    await expect.poll(() => accountInBoth(heard.transitions())).toBeDefined();
    await screen.pause();
    const account = accountInBoth(heard.transitions()) ?? '';

    const open = page.getByRole('list', { name: 'Open alerts' }).getByRole('listitem');
    const cards = open.filter({ hasText: account });
    await expect(cards.filter({ has: page.locator('[data-state=critical]') })).not.toHaveCount(0);
    await screen.open(plimsoll.url, `/?account=${account}`);
    await expect(screen.pool.locator('[data-state]').first()).toHaveAttribute(
      'data-state',
      'critical',
    );
    await expect(page).toHaveTitle(new RegExp(`Critical ${account}`));
    const own = page.getByRole('region', { name: 'Recent changes of state' }).getByRole('listitem');
    for (const state of ['critical', 'warning'])
      await expect(own.filter({ has: page.locator(`[data-state=${state}]`) })).not.toHaveCount(0);
  });

  test('[UX5] [UX16] a rise breaks a snooze; an answer and its undoing each leave a row', async ({
    page,
    plimsoll,
  }) => {
    const heard = hearRows(page);
    const screen = new PlimsollPage(page);
    const account = await farthestAccount(screen, plimsoll.url);
    await screen.open(plimsoll.url, `/?account=${account}`);
    await screen.goTo('Alerts');
    await screen.openPart('Levels');
    await setLevels(page, { account, percent: ALWAYS.warning });
    await screen.openPart('Inbox');
    const card = screen.alerts
      .filter({ hasText: account })
      .filter({ has: page.locator('[data-key-action=snooze], [data-key-action=acknowledge]') })
      .first();
    await expect(card.locator('select'), 'a field in each card holds up every frame').toHaveCount(
      0,
    );
    await card.getByRole('button', { name: `Snooze ${account}` }).click();
    await card.getByRole('combobox', { name: `Snooze ${account}` }).selectOption('60 min');
    await expect(card).toContainText('quiet for');
    const news = page.getByRole('region', { name: 'News' });
    await expect(news.filter({ hasText: account })).toHaveCount(0);

    await screen.openPart('Levels');
    await setLevels(page, { account, percent: ALWAYS.critical });
    await expect(news.getByText(`${account}`).first()).toBeVisible();
    await expect(news.locator('[data-state=critical]').first()).toBeVisible();
    await expectNothingUnder(news);
    await screen.openPart('Inbox');
    const asks = screen.alerts
      .filter({ hasText: account })
      .filter({ has: page.locator('[data-state=critical]') })
      .first();
    await expect(asks.getByRole('button', { name: 'Acknowledge' })).toBeVisible();
    await expect(asks).not.toContainText('quiet for');

    const answer = async (deed: 'Acknowledge' | 'Undo', confirm: string): Promise<void> => {
      await asks.getByRole('button', { name: deed }).click();
      await page.getByRole('textbox', { name: 'Your name' }).fill('Mara');
      await page.getByRole('button', { name: confirm }).click();
    };
    await answer('Acknowledge', `Acknowledge ${account}`);
    await answer('Undo', `Undo for ${account}`);
    await answer('Acknowledge', `Acknowledge ${account}`);
    await expect(asks).toContainText('ack Mara');
    const kinds = heard
      .all()
      .filter(({ accountId, body }) => accountId === account && body.kind.startsWith('ack'))
      .map(({ body }) => body.kind);
    expect(kinds).toEqual(['acknowledged', 'acknowledgement-undone', 'acknowledged']);
  });
});

/** A healthy account far from liquidation, so that prices change nothing that levels do not. */
async function farthestAccount(screen: PlimsollPage, url: string): Promise<string> {
  await screen.open(url, '/desk?state=healthy&sort=-distance');
  await expect.poll(async () => (await screen.deskColumn('Distance')).some(isBelowAll)).toBe(true);
  const distances = await screen.deskColumn('Distance');
  const accounts = await screen.deskColumn('Account');
  return accounts[distances.findIndex(isBelowAll)]?.slice(0, 5) ?? '';
}

function isBelowAll(distance: string): boolean {
  return Number.parseFloat(distance) < 90;
}

/** An account with one pool in Critical and another in Warning now. */
function accountInBoth(rows: readonly HeardRow[]): string | undefined {
  const states = new Map(rows.map(({ body }) => [body.poolId, body.to]));
  const of = (state: string): readonly string[] =>
    [...states].flatMap(([pool, to]) => (to === state ? [pool.split('/')[0] ?? ''] : []));
  return of('critical').find((account) => of('warning').includes(account));
}

async function expectModeOnEveryPage(screen: PlimsollPage, word: 'DEMO' | 'REPLAY'): Promise<void> {
  const { page } = screen;
  await page.addStyleTag({ content: 'html { filter: grayscale(1) }' });
  for (const { name, path } of PAGES) {
    await screen.goTo(name);
    await expect(page).toHaveURL(new RegExp(`${path}(\\?|$)`));
    await expect(page, name).toHaveTitle(new RegExp(`Plimsoll \\(${word}\\)$`));
    await expect(page.getByRole('banner').getByText(word, { exact: true }), name).toBeVisible();
    const stripes = screen.run.locator('.sim-stripe');
    await expect(stripes, name).toBeInViewport();
    await expect(stripes, name).toHaveCSS('background-image', /repeating-linear-gradient/);
  }
}

test('[UX15] a replay is told on every page, and on a phone as well', async ({
  page,
  startServer,
}) => {
  const REPLAY = join(import.meta.dirname, 'fixtures', 'fifteen-percent-fall.csv');
  const { url } = await startServer({ REPLAY, SPEED: '1', ACCOUNTS: '20' });
  const screen = new PlimsollPage(page);
  await screen.open(url);
  await expectModeOnEveryPage(screen, 'REPLAY');
  await page.setViewportSize({ width: 320, height: 640 });
  await expect(screen.run.getByText('REPLAY', { exact: true })).toBeVisible();
  await expect(screen.run.locator('.sim-stripe')).toBeVisible();
});
