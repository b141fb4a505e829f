/** The checks of SPEC.md about many accounts and about a crash: figures are printed, bounds are those that only a defect breaks. */
import { type Page } from '@playwright/test';
import {
  heldBytes,
  hearRows,
  listenToRegions,
  quantile,
  timePresses,
  type HeardRow,
} from './checks.page.ts';
import { PlimsollPage } from './plimsoll.page.ts';
import { expect, test } from './server-fixture.ts';

/** Asked on a quiet machine is 100 ms; a loaded one is not failed for its load, only a page that hangs. */
const PRESS_MS_ASKED = 100;
const PRESS_MS_MAX = 1_500;
const PAINTS_PER_SECOND_MAX = 4;
const HEAP_GROWTH_MAX_BYTES = 24 * 1024 * 1024;
const WATCHED_MS = 10_000;

test('[UX8] 500 accounts at speed: presses answered, four paints a second at most, memory held', async ({
  page,
  startServer,
}) => {
  const { url } = await startServer({ ACCOUNTS: '500', SPEED: '60', SEED: 'many' });
  const heard = hearRows(page);
  const screen = new PlimsollPage(page);
  await screen.open(url, '/desk');
  await expect(screen.deskRows.first()).toContainText('A0');
  await timePresses(page);
  await watchCell(page);
  const before = await heldBytes(page);
  const framesBefore = heard.frames();
  await page.evaluate(() => (window.plimsollPaints.length = 0));
  const from = Date.now();
  let presses = 0;
  for (; Date.now() - from < WATCHED_MS || presses < 12; presses += 1)
    await screen.stateTile(['Watch', 'Healthy'][presses % 2] ?? '').click();
  const seconds = (Date.now() - from) / 1_000;
  const framesPerSecond = (heard.frames() - framesBefore) / seconds;
  const { delays, paints } = await page.evaluate(() => ({
    delays: window.plimsollDelays,
    paints: window.plimsollPaints,
  }));
  const grown = (await heldBytes(page)) - before;
  const [p50, p95] = [quantile(delays, 0.5), quantile(delays, 0.95)];
  const said = `press to paint of ${delays.length}: p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms (asked ${PRESS_MS_ASKED}); ${framesPerSecond.toFixed(1)} market frames a second; ${(paints.length / seconds).toFixed(2)} paints a second of one cell; heap ${(grown / 1024 / 1024).toFixed(1)} MiB more`;
  console.log(said);
  test.info().annotations.push({ type: 'figures', description: said });
  expect(delays).toHaveLength(presses);
  expect(p95, said).toBeLessThan(PRESS_MS_MAX);
  expect(paints.length, said).toBeGreaterThan(3);
  // The first and the last of them stand at the ends.
  expect((paints.length - 1) / seconds, said).toBeLessThanOrEqual(PAINTS_PER_SECOND_MAX);
  expect(grown, said).toBeLessThan(HEAP_GROWTH_MAX_BYTES);
});

/** Keeps the moments at which the mark of the first coin is written anew. */
async function watchCell(page: Page): Promise<void> {
  const mark = page
    .getByRole('table', { name: 'Prices with their age and state' })
    .getByRole('row', { name: /^BTCUSDT/ })
    .getByRole('cell')
    .first();
  await mark.evaluate((cell) => {
    window.plimsollPaints = [];
    new MutationObserver(() => window.plimsollPaints.push(performance.now())).observe(cell, {
      childList: true,
      characterData: true,
      subtree: true,
    });
  });
}

const BEFORE_THE_CRASH = '14:19';
const POLITE_PER_MINUTE = 6;
/** Two seconds are asked; a page that is busy may say one of them late. */
const ASSERTIVE_GAP_MS = 1_500;

test('[UX10] a crash is spoken within the cap, and everybody who becomes critical is named', async ({
  page,
  startServer,
}) => {
  const { url } = await startServer({ SCENARIO: 'flash-crash', SPEED: '120' });
  const heard = hearRows(page);
  const screen = new PlimsollPage(page);
  await screen.open(url, '/alerts');
  await expect(
    screen.alerts.or(page.getByText('Nothing has changed its state yet')).first(),
  ).toBeVisible();
  await screen.standAt(BEFORE_THE_CRASH);
  await listenToRegions(page);
  const from = heard.all().at(-1)?.seq ?? 0;
  await screen.button('Play').click();
  const isCritical = ({ seq, body }: HeardRow): boolean =>
    seq > from && body.to === 'critical' && body.from !== 'critical';
  const critical = (): readonly string[] =>
    heard
      .transitions()
      .filter(isCritical)
      .map(({ accountId }) => accountId ?? '');
  await expect
    .poll(() => screen.runTime(), { timeout: 90_000 })
    .toBeGreaterThan(Date.parse('2026-01-14T14:30:00Z'));
  await screen.pause();
  expect(new Set(critical()).size, 'it was a crash').toBeGreaterThan(20);

  const said = (region: 'polite' | 'assertive') =>
    page.evaluate((one) => window.plimsollSaid.filter((each) => each.region === one), region);
  const unnamed = async (): Promise<readonly string[]> => {
    const words = (await said('assertive')).map(({ text }) => text).join(' ');
    return critical().filter((account) => !words.includes(account));
  };
  await expect.poll(unnamed).toEqual([]);
  const polite = await said('polite');
  const minutes = polite.map(({ at }) =>
    polite.filter((one) => at <= one.at && one.at < at + 60_000),
  );
  expect(Math.max(0, ...minutes.map((said) => said.length))).toBeLessThanOrEqual(POLITE_PER_MINUTE);
  // The followed account interrupts by itself; all others share one sentence every two seconds.
  const shared = (await said('assertive')).filter(
    ({ text }) => /accounts? .*[A-Z]\d+/i.test(text) && !text.includes('it was'),
  );
  const gaps = shared.slice(1).map(({ at }, index) => at - (shared[index]?.at ?? 0));
  expect(gaps.filter((gap) => gap < ASSERTIVE_GAP_MS)).toEqual([]);
});
