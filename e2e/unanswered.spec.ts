/** A Critical that lasts: told again while nobody answers, and asked again half an hour after somebody did. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setLevels } from './checks.page.ts';
import { PlimsollPage } from './plimsoll.page.ts';
import { expect, test } from './server-fixture.ts';

const BAR_SECONDS = 3;
const TAPE_START = 1_767_225_600;
const BARS = 1_000;
const PRICE = 100_000;

/** BTC at one price for fifty minutes. */
function flatTape(): string {
  const rows = Array.from({ length: BARS }, (_, bar) => [
    TAPE_START + BAR_SECONDS * bar,
    'BTCUSDT.BINANCE',
    PRICE,
    PRICE,
    PRICE,
    PRICE,
  ]);
  return ['time,symbol,open,high,low,close', ...rows.map((row) => row.join(',')), ''].join('\n');
}

test('[UX16] a Critical is told again until somebody answers, and the answer lapses', async ({
  page,
  startServer,
}) => {
  test.setTimeout(120_000);
  const folder = await mkdtemp(join(tmpdir(), 'plimsoll-unanswered-'));
  const REPLAY = join(folder, 'flat.csv');
  await writeFile(REPLAY, flatTape());
  const { url } = await startServer({ REPLAY, ACCOUNTS: '60', SPEED: '1' });
  const screen = new PlimsollPage(page);
  await screen.open(url, '/alerts?view=levels');
  await setLevels(page, {
    percent: { Watch: [12, 12.5], Warning: [11, 11.5], Critical: [10, 10.5] },
  });
  await screen.openPart('Inbox');
  await screen.speed.selectOption('120x');
  const critical = screen.alerts.filter({
    hasText: /to Critical/,
    has: page.getByRole('button', { name: 'Acknowledge' }),
  });
  await expect(critical.first()).toBeVisible({ timeout: 30_000 });
  await screen.pause();

  const account = (await critical.first().getByRole('link').first().textContent()) ?? '';
  await critical.first().getByRole('button', { name: 'Acknowledge' }).click();
  await page.getByRole('textbox', { name: 'Your name' }).fill('Mara');
  await page.getByRole('button', { name: `Acknowledge ${account}` }).click();
  await expect(page.getByText('ack Mara')).toBeVisible();

  await screen.speed.selectOption('600x');
  await screen.button('Play').click();
  const lapsed = screen.alerts.filter({ hasText: 'acknowledgement has lapsed' });
  await expect(lapsed).toContainText(account, { timeout: 60_000 });
  await expect(page.getByText('ack Mara')).toHaveCount(0);
  await expect(screen.alerts.getByText('told again 3 times').first()).toBeVisible();
  await rm(folder, { recursive: true });
});
