/** The book on one page: counted, ordered and filtered by the server, and an account opens with the same figures. */
import { PlimsollPage } from './plimsoll.page.ts';
import { expect, test } from './server-fixture.ts';

test.use({ variables: { SEED: 'desk' } });

const STATES = ['Liquidating', 'Critical', 'Unknown', 'Warning', 'Watch', 'Liquidated', 'Healthy'];

/** Figures stand still, so that what one place says can be held against another. */
test.beforeEach(async ({ page, plimsoll }) => {
  const screen = new PlimsollPage(page);
  await screen.open(plimsoll.url, '/desk');
  await expect(screen.deskRows.first()).toContainText('A0');
  await screen.pause();
});

test('states add up to all accounts, and a tile shows those it counts', async ({ page }) => {
  const screen = new PlimsollPage(page);
  const counts = await Promise.all(STATES.map((state) => screen.countIn(state)));
  const accounts = page.getByRole('heading', { name: /^Accounts/ });
  const all = counts.reduce((sum, count) => sum + count, 0);
  expect(all).toBeGreaterThanOrEqual(200);
  await expect(accounts).toContainText(`${all}, live`);

  const index = counts.findIndex((count) => count > 0);
  const state = STATES[index] ?? '';
  await screen.stateTile(state).click();
  await expect(screen.stateTile(state)).toHaveAttribute('aria-pressed', 'true');
  await expect(accounts).toContainText(`${counts[index] ?? 0} of ${all}`);
  await expect
    .poll(async () => new Set(await screen.deskColumn('State')))
    .toEqual(new Set([state]));
});

test('the server orders the whole book, of which only the rows in sight exist', async ({
  page,
}) => {
  const screen = new PlimsollPage(page);
  await screen.desk.getByRole('button', { name: 'Account' }).click();
  await expect.poll(async () => (await screen.deskColumn('Account'))[0]).toMatch(/^A0001/);
  await screen.desk.getByRole('button', { name: 'Account' }).click();
  await expect
    .poll(async () => Number((await screen.deskColumn('Account'))[0]?.slice(1, 5)))
    .toBeGreaterThanOrEqual(200);
  expect(await screen.deskRows.count(), 'rows in the document').toBeLessThan(60);
  expect(Number(await screen.desk.getAttribute('aria-rowcount'))).toBeGreaterThan(200);

  await screen.desk.getByRole('button', { name: 'Margin ratio' }).click();
  await expect(screen.desk.getByRole('columnheader', { name: 'Margin ratio' })).toHaveAttribute(
    'aria-sort',
    'descending',
  );
  await expect
    .poll(async () => isFalling((await screen.deskColumn('Margin ratio')).map(Number.parseFloat)))
    .toBe(true);

  await screen.desk.hover();
  await page.mouse.wheel(0, 20_000);
  await expect(screen.desk.getByRole('row', { name: /\b0\.0\s%/ }).last()).toBeVisible();
});

function isFalling(values: readonly number[]): boolean {
  return (
    values.length > 10 &&
    values.every((value, index) => index === 0 || value <= (values[index - 1] ?? value))
  );
}

test('an account is found by its id and opens with the same figures as its owner sees', async ({
  page,
  plimsoll,
}) => {
  const screen = new PlimsollPage(page);
  await screen.stateTile('Watch').click();
  await expect
    .poll(async () => new Set(await screen.deskColumn('State')))
    .toEqual(new Set(['Watch']));
  const id = (await screen.deskColumn('Account'))[0]?.slice(0, 5) ?? '';
  await page.getByRole('searchbox', { name: 'Find an account by id or label' }).fill(id);
  await expect(screen.deskRows).toHaveCount(1);
  // It is found at once; its figures follow.
  await expect(screen.deskRows).not.toContainText('loading');
  const distance = (await screen.deskColumn('Distance'))[0] ?? '';
  const ratio = (await screen.deskColumn('Margin ratio'))[0] ?? '';

  await screen.deskRows.first().click();
  await expect(page).toHaveURL(`${plimsoll.url}/desk/account?id=${id}`);
  await expect(screen.agreement).toHaveText('agree');
  await expect(screen.account).toContainText(ratio);
  await expect(screen.pool).toContainText(distance);
  const onDesk = await screen.positions.getByRole('row').allInnerTexts();
  expect(onDesk.length).toBeGreaterThan(1);
  await expect(screen.positions.getByRole('columnheader', { name: 'Liq. price' })).toBeVisible();

  await screen.open(plimsoll.url, `/?account=${id}`);
  await expect(screen.positions.getByRole('row')).toHaveText(
    onDesk.map((row) => row.replaceAll(/\s+/g, ' ')),
    { useInnerText: true },
  );
});

test('what a shock liquidates, a distance and a coin are ways into the grid', async ({ page }) => {
  const screen = new PlimsollPage(page);
  const accounts = page.getByRole('heading', { name: /^Accounts/ });
  const shock = page.getByRole('button', { name: /^All prices −10/ });
  await expect(shock).toContainText('liquidated');
  await shock.click();
  await expect(shock).toHaveAttribute('aria-pressed', 'true');
  const told = page.getByRole('region', { name: 'If every price moves at once' });
  const row = told.getByRole('row', { name: /at −10/ });
  const count = (await row.getByRole('cell').first().innerText()).split(' ')[0] ?? '';
  expect(Number(count)).toBeGreaterThan(0);
  await expect(accounts).toContainText(`${count} of `);

  await page.getByRole('button', { name: 'Clear all' }).click();
  const map = page.getByRole('region', { name: 'Distance to liquidation' });
  const cell = map.getByRole('button', { name: /accounts, BTC, / }).first();
  const inCell = (await cell.innerText()).trim();
  await cell.click();
  await expect(accounts).toContainText(`${inCell} of `);
  await expect(page).toHaveURL(/coin=BTC&band=\d+/);
  await expect
    .poll(async () => (await screen.deskColumn('Biggest')).every((text) => text.startsWith('BTC')))
    .toBe(true);
});

test('who needs somebody now is found in the whole book, whatever the grid shows', async ({
  page,
}) => {
  const screen = new PlimsollPage(page);
  await screen.button('Play').click();
  await screen.standAt('13:10');
  await screen.stateTile('Healthy').click();
  await expect
    .poll(async () => new Set(await screen.deskColumn('State')))
    .toEqual(new Set(['Healthy']));
  const queue = page.getByRole('region', { name: 'Needs somebody now' });
  const worst = queue.getByRole('listitem').first();
  await expect(worst).toContainText('critical for');

  await screen.stateTile('Healthy').click();
  await screen.stateTile('Critical').click();
  await expect
    .poll(async () => new Set(await screen.deskColumn('State')))
    .toEqual(new Set(['Critical']));
  for (const column of ['Distance', 'In state'])
    await expect(worst).toContainText((await screen.deskColumn(column))[0] ?? 'a figure');
  await expect(worst).toContainText((await screen.deskColumn('Account'))[0]?.slice(0, 5) ?? '');
});
