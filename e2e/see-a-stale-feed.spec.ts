/** Some coins fall silent: what hangs on them is Unknown in words and without a healthy colour; what does not stays as it was. */
import { PlimsollPage } from './plimsoll.page.ts';
import { expect, test } from './server-fixture.ts';

/** Silent from the third minute of every quarter of an hour on, for 90 s of run time. */
const WHILE_SILENT = '13:04';
const SILENT = ['SOLUSDT', 'XRPUSDT', 'AAVEUSDT'];
const SPOKEN = ['BTCUSDT', 'ETHUSDT', 'BNBUSDT'];

test('[UX2] a stale feed takes certainty from what depends on it, and from nothing else', async ({
  page,
  startServer,
}) => {
  const { url } = await startServer({ SCENARIO: 'silent-feed', SPEED: '15' });
  const screen = new PlimsollPage(page);
  await screen.open(url, '/desk');
  await screen.standAt(WHILE_SILENT);
  const solana = screen.prices.getByRole('row', { name: /^SOLUSDT/ });
  await expect(solana).toContainText('stale');

  for (const id of SILENT)
    await expect(screen.prices.getByRole('row', { name: new RegExp(`^${id}`) })).toContainText(
      /stale \d/,
    );
  for (const id of SPOKEN)
    await expect(screen.prices.getByRole('row', { name: new RegExp(`^${id}`) })).not.toContainText(
      'stale',
    );

  await screen.stateTile('Unknown').click();
  await expect
    .poll(async () => new Set(await screen.deskColumn('State')))
    .toEqual(new Set(['Unknown']));
  const unknown = await screen.deskColumn('Biggest');
  const others = unknown.filter(
    (biggest) => !SILENT.some((id) => biggest.startsWith(id)) && !biggest.includes('+'),
  );
  expect(others, 'an account that holds one other coin only knows where it stands').toEqual([]);
  const index = unknown.findIndex((biggest) => SILENT.includes(biggest.trim()));
  const id = (await screen.deskColumn('Account'))[index]?.slice(0, 5) ?? '';

  await screen.open(url, `/desk/account?id=${id}`);
  await expect(screen.pool.locator('[data-state]').first()).toHaveAttribute(
    'data-state',
    'unknown',
  );
  await expect(screen.pool).toContainText(/unknown since \d\d:\d\d:\d\d/);
  await expect(screen.pool).toContainText(/mark (\d+ m )?\d+ s old, stale/);
  const row = screen.positions.getByRole('row', { name: /(SOL|XRP|AAVE)USDT/ }).first();
  await expect(row.locator('[data-state]')).toHaveAttribute('data-state', 'unknown');
  await expect(row).toContainText(/stale (\d+ m )?\d+ s/);
  for (const place of [screen.pool, row]) {
    await expect(
      place.locator('.text-healthy, [data-state="healthy"]'),
      'no healthy colour is left',
    ).toHaveCount(0);
    const drawn = await place
      .locator('[data-figure]')
      .evaluateAll((all) => all.map((one) => getComputedStyle(one).backgroundImage));
    expect(drawn.length).toBeGreaterThan(3);
    expect(
      drawn.filter((image) => !image.includes('gradient')),
      'every figure that hangs on it is hatched',
    ).toEqual([]);
  }

  await screen.open(url, '/desk');
  await screen.stateTile('Healthy').click();
  await expect
    .poll(async () => new Set(await screen.deskColumn('State')))
    .toEqual(new Set(['Healthy']));
  const healthy = await screen.deskColumn('Biggest');
  expect(healthy.length).toBeGreaterThan(0);
  await screen.button('Play').click();
  await expect(solana).not.toContainText('stale');
});
