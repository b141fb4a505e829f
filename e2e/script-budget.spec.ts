/** What the first load of the trader page costs in script, compressed as it travels (design 6). */
import { PlimsollPage } from './plimsoll.page.ts';
import { expect, test } from './server-fixture.ts';

const FLOOR_BYTES = 215 * 1024;

function kib(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KiB`;
}

test('the first load of the overview stays within its budget of script', async ({
  page,
  plimsoll,
}) => {
  const scripts: Promise<{ readonly path: string; readonly bytes: number }>[] = [];
  page.on('requestfinished', (request) => {
    if (request.resourceType() !== 'script') return;
    const path = new URL(request.url()).pathname;
    scripts.push(
      request.sizes().then(({ responseBodySize }) => ({ path, bytes: responseBodySize })),
    );
  });
  const screen = new PlimsollPage(page);
  await screen.open(plimsoll.url);
  await expect(screen.agreement).toHaveText('agree');
  await expect(page.locator('.recharts-surface').first()).toBeVisible();

  // What the document itself names must be there before a figure is; the charts' own script may follow.
  const document = await (await page.request.get(plimsoll.url)).text();
  const loaded = await Promise.all(scripts);
  const sumOf = (isCounted: (path: string) => boolean): number =>
    loaded.reduce((sum, { path, bytes }) => (isCounted(path) ? sum + bytes : sum), 0);
  const first = sumOf((path) => document.includes(path));
  const later = sumOf((path) => !document.includes(path));
  const told = `${kib(first)} before the first figure, ${kib(later)} after it; floor ${kib(FLOOR_BYTES)}, goal 180 KiB`;
  console.log(`compressed script of the first load of /: ${told}`);
  test.info().annotations.push({ type: 'compressed script', description: told });
  expect(first, 'scripts were measured').toBeGreaterThan(50 * 1024);
  expect(first).toBeLessThanOrEqual(FLOOR_BYTES);
});
