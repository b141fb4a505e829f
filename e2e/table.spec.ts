/** The positions table as a tool: its order is in the address, its rows stand still under the hand, its figures leave in full. */
import { readFile } from 'node:fs/promises';
import { type Locator, type Page } from '@playwright/test';
import { PlimsollPage } from './plimsoll.page.ts';
import { expect, test, type Plimsoll } from './server-fixture.ts';

test.use({ variables: { SEED: 'table' } });

/** An account with more than one position and no danger to lose one meanwhile: the desk says how many more each has. */
async function openBusyAccount(page: Page, plimsoll: Plimsoll): Promise<PlimsollPage> {
  const screen = new PlimsollPage(page);
  await screen.open(plimsoll.url, '/desk?state=healthy');
  const busy = screen.deskRows.filter({ hasText: /USDT \+[1-9]/ }).first();
  await expect(busy).toBeVisible();
  const id = /A\d{4}/.exec((await busy.textContent()) ?? '')?.[0] ?? '';
  await screen.open(plimsoll.url, `/desk/account?id=${id}`);
  await expect(positionRows(screen).nth(1)).toBeVisible();
  return screen;
}

function positionRows(screen: PlimsollPage): Locator {
  return screen.positions.locator('tbody').getByRole('row');
}

async function download(page: Page, press: Locator): Promise<Table> {
  const coming = page.waitForEvent('download');
  await press.click();
  const text = await readFile(await (await coming).path(), 'utf8');
  const lines = text.trimEnd().split('\r\n');
  const isNote = (line: string): boolean => /^"?# /.test(line);
  const [headings = '', ...rows] = lines.filter((line) => !isNote(line));
  const names = headings.split(',');
  return {
    notes: lines.filter(isNote).join('\n'),
    column: (name) => rows.map((row) => row.split(',')[names.indexOf(name)] ?? ''),
  };
}
interface Table {
  readonly notes: string;
  readonly column: (name: string) => readonly string[];
}

test('a chosen order stands in the address and survives a reload, and the file holds what is shown', async ({
  page,
  plimsoll,
}) => {
  const screen = await openBusyAccount(page, plimsoll);
  const size = screen.positions.getByRole('columnheader', { name: /^Size/ });
  await size.getByRole('button').click();
  await size.getByRole('button').click();
  await expect(page).toHaveURL(/[?&]sort=-notional\b/);
  await page.reload();
  await screen.untilLive();
  await expect(size).toHaveAttribute('aria-sort', 'descending');

  await screen.positions.getByRole('button', { name: 'Freeze the view' }).click();
  await expect(screen.positions.getByText(/^frozen, [1-9]\d* updates waiting/)).toBeVisible();
  const inFull = (column: string): Promise<readonly string[]> =>
    positionRows(screen)
      .locator(`[data-column="${column}"]`)
      .evaluateAll((cells) =>
        cells.map((cell) => cell.querySelector('[title]')?.getAttribute('title') ?? ''),
      );
  const press = screen.positions.getByRole('button', { name: 'Export what is shown as CSV' });
  const whole = await download(page, press);
  expect(whole.column('mark_price')).toEqual(await inFull('mark'));
  expect(whole.column('pnl_after_fee')).toEqual(await inFull('pnl'));
  expect(whole.column('distance_share')).toEqual(await inFull('distance'));
  const notionals = whole.column('notional').map(Number);
  expect(notionals).toEqual(notionals.toSorted((a, b) => b - a));

  const [instrument = ''] = whole.column('instrument');
  await screen.positions.getByRole('searchbox').fill(instrument);
  await expect(positionRows(screen)).toHaveCount(1);
  const narrowed = await download(page, press);
  expect(narrowed.column('instrument')).toEqual([instrument]);
  expect(narrowed.notes).toContain(
    `Rows: 1 of ${notionals.length}, as shown; filter: “${instrument}”`,
  );
});

test('[UX9] rows stand still under the pointer while the book moves, and the reader is told', async ({
  page,
  plimsoll,
}) => {
  const screen = new PlimsollPage(page);
  await screen.open(plimsoll.url, '/desk?sort=distance');
  await expect(screen.desk.getByRole('columnheader', { name: 'Distance' })).toHaveAttribute(
    'aria-sort',
    'ascending',
  );
  await expect(screen.deskRows.first()).toContainText('A0');
  await screen.deskRows.nth(3).hover();
  const seen = (): Promise<readonly string[]> => screen.deskColumn('Account');
  const before = await seen();
  const apply = page.getByRole('button', { name: /^(\d+ newer|order changed \(\d+\))$/ });
  await expect(apply).toBeVisible();
  const now = await seen();
  const staying = before.filter((account) => now.includes(account));
  expect(staying.length).toBeGreaterThan(before.length / 2);
  expect(staying.filter((account) => now.indexOf(account) !== before.indexOf(account))).toEqual([]);
  await apply.click();
  // Nobody is there any more: the order goes on by itself, also where what was taken over stood below the rows in sight.
  await page.mouse.move(5, 5);
  await expect.poll(seen).not.toEqual(now);

  const all = await download(page, page.getByRole('button', { name: /^Export the accounts/ }));
  expect(new Set(all.column('account')).size).toBe(all.column('account').length);
  expect(all.column('account').length).toBeGreaterThanOrEqual(200);
  expect(all.notes).toContain('Order: distance; filter: none');
});
