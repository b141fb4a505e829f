/** A price that swings around a level all day: nobody is told a hundred times. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hearRows, setLevels, type HeardRow } from './checks.page.ts';
import { PlimsollPage } from './plimsoll.page.ts';
import { expect, test } from './server-fixture.ts';

const SEVERITY = ['healthy', 'watch', 'warning', 'critical'];

const QUICK_SWINGS = 100;
/** Enough to be told three times and more; a hundred with PLIMSOLL_DEEP=1. */
const SLOW_SWINGS = process.env['PLIMSOLL_DEEP'] === '1' ? 100 : 30;
const BAR_SECONDS = 3;
const TAPE_START = 1_767_225_600;
/** Down and up in 6 s: quicker than any hold. Then down for 6 s and up for 36: every hold passes, every time. */
const [CALM, QUICK, SLOW] = [20, 2, 14];
const SLOW_FROM = (TAPE_START + BAR_SECONDS * (CALM + QUICK * QUICK_SWINGS)) * 1_000;

/** BTC around one price: a calm minute, then swings of 1 % at either pace. */
function swingingTape(): string {
  const swings = (count: number, length: number, low: number): readonly number[] =>
    Array.from({ length: length * count }, (_, bar) => (bar % length < low ? 99_000 : 100_000));
  const prices = [
    ...Array.from({ length: CALM }, () => 100_000),
    ...swings(QUICK_SWINGS, QUICK, 1),
    ...swings(SLOW_SWINGS, SLOW, 2),
  ];
  const rows = prices.map((price, bar) => {
    const time = TAPE_START + BAR_SECONDS * bar;
    return [time, 'BTCUSDT.BINANCE', price, price, price, price].join(',');
  });
  return ['time,symbol,open,high,low,close', ...rows, ''].join('\n');
}

/** How often each pool went up into each state, and how often down. */
function countsOf(rows: readonly HeardRow[]) {
  const pools = new Map<string, { fires: number; recoveries: number; pinned: boolean }>();
  for (const { body } of rows) {
    const { poolId, from = '', to = '', returns = 0 } = body;
    const change = SEVERITY.indexOf(to) - SEVERITY.indexOf(from);
    if (to === 'liquidated' || change === 0) continue;
    const counts = pools.get(poolId) ?? { fires: 0, recoveries: 0, pinned: false };
    if (change > 0) counts.fires += 1;
    else counts.recoveries += 1;
    pools.set(poolId, { ...counts, pinned: counts.pinned || returns >= 3 });
  }
  return [...pools].map(([poolId, counts]) => ({ poolId, ...counts }));
}

test('[UX3] a hundred swings around a level fire once, or pin the state and say so', async ({
  page,
  startServer,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'plimsoll-swings-'));
  const REPLAY = join(folder, 'swings.csv');
  await writeFile(REPLAY, swingingTape());
  const { url } = await startServer({ REPLAY, ACCOUNTS: '60', SPEED: '1' });
  const heard = hearRows(page);
  const screen = new PlimsollPage(page);
  await screen.open(url, '/alerts?view=levels');
  await setLevels(page, {
    percent: { Watch: [3, 3.5], Warning: [2, 2.5], Critical: [1, 1.5] },
  });
  await screen.speed.selectOption('600x');
  await screen.openPart('Inbox');
  await expect(screen.run.getByText('The tape has ended')).toBeVisible({ timeout: 120_000 });
  await expect(screen.alerts.getByText(/returned 3 times/).first()).toBeVisible();
  await page.reload();
  await expect(screen.alerts.first()).toBeVisible();

  const rows = heard.transitions();
  const quick = countsOf(rows.filter(({ time }) => time < SLOW_FROM));
  expect(quick.filter(({ fires }) => fires > 0)).not.toEqual([]);
  expect(quick.filter(({ fires, recoveries }) => fires > 1 || recoveries > 1)).toEqual([]);
  const slow = countsOf(rows.filter(({ time }) => time >= SLOW_FROM));
  expect(slow.filter(({ pinned }) => pinned)).not.toEqual([]);
  const unsaid = slow.filter(({ fires, recoveries, pinned }) => !pinned && fires + recoveries > 6);
  expect(unsaid, 'came back more than twice without a word').toEqual([]);
  expect(Math.max(...slow.map(({ fires }) => fires)), 'far from one a swing').toBeLessThan(
    SLOW_SWINGS / 4,
  );
  await rm(folder, { recursive: true });
});
