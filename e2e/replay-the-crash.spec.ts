/** A recorded day through the same screens: named as what it is, and its crash liquidates before the viewer's eyes. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PlimsollPage } from './plimsoll.page.ts';
import { decimalUnits, statementOf } from './statement.page.ts';
import { expect, test } from './server-fixture.ts';

const SHARED = process.env['PLIMSOLL_SHARED'] ?? '';
const REAL_DAY = join(SHARED, 'market-data', '2025-10-10_1m.csv');
const HAS_REAL_DAY = SHARED !== '' && existsSync(REAL_DAY);
if (!HAS_REAL_DAY)
  console.warn(
    'replay of 2025-10-10 skipped: name the folder of shared material in PLIMSOLL_SHARED',
  );
const OWN_FALL = join(import.meta.dirname, 'fixtures', 'fifteen-percent-fall.csv');

test('a fall of 15 % in six minutes, from a file of a few dozen rows', async ({
  page,
  startServer,
}) => {
  const { url } = await startServer({ REPLAY: OWN_FALL, SPEED: '120', ACCOUNTS: '60' });
  const screen = new PlimsollPage(page);
  await screen.open(url, '/liquidations');
  await expect(page.getByRole('banner').getByText('REPLAY', { exact: true })).toBeVisible();
  await expect(screen.run.getByText('fifteen-percent-fall.csv, seed 1')).toBeVisible();
  await expect(page).toHaveTitle(/Plimsoll \(REPLAY\)$/);

  await expect(screen.liquidations.filter({ hasText: 'Liquidated' })).not.toHaveCount(0, {
    timeout: 90_000,
  });
  await screen.pause();
  const lines = await statementOf(screen.liquidations.filter({ hasText: 'Liquidated' }).last());
  const [equity, fee, sale, covered, left] = lines.shownSums.map(decimalUnits);
  expect((equity ?? 0n) + (fee ?? 0n) + (sale ?? 0n) + (covered ?? 0n)).toBe(left);

  await screen.button('Play').click();
  await expect(screen.run.getByText('The tape has ended')).toBeVisible({ timeout: 90_000 });
  await screen.link('Desk').click();
  await expect(screen.prices.getByRole('row', { name: /^BTCUSDT/ })).toBeVisible();
  await expect(
    screen.prices.getByRole('row'),
    'a heading, and the one coin of the file',
  ).toHaveCount(2);
});

test('10 October 2025, minute by minute', async ({ page, startServer }) => {
  test.skip(!HAS_REAL_DAY, 'PLIMSOLL_SHARED does not name the folder with market-data');
  const { url } = await startServer({ REPLAY: REAL_DAY, SPEED: '600' });
  const screen = new PlimsollPage(page);
  await screen.open(url, '/liquidations');
  await expect(screen.run.getByText('2025-10-10_1m.csv, seed 1')).toBeVisible();
  await expect
    .poll(() => screen.runTime(), { timeout: 90_000 })
    .toBeGreaterThan(Date.parse('2025-10-10T21:27:00Z'));
  await screen.pause();
  const moments = await screen.liquidations
    .getByRole('time')
    .evaluateAll((all) => all.map((one) => one.getAttribute('datetime')));
  const inTheCrash = moments.filter(
    (at) => at !== null && at >= '2025-10-10T21:10' && at < '2025-10-10T21:28',
  );
  test.info().annotations.push({
    type: 'liquidations listed, 21:10 to 21:27',
    description: `${inTheCrash.length}`,
  });
  expect(inTheCrash.length).toBeGreaterThan(0);
});
