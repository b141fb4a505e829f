/** The promise of the default demo on wall time: a warning within half a minute, a liquidation within two, its statement in balance. */
import { PlimsollPage } from './plimsoll.page.ts';
import { decimalUnits, statementOf } from './statement.page.ts';
import { expect, test } from './server-fixture.ts';

const WARNING_WITHIN_MS = 30_000;
const LIQUIDATION_WITHIN_MS = 120_000;

test('a first-time viewer sees a warning, then a liquidation that adds up', async ({
  page,
  startServer,
  secondViewer,
}) => {
  test.setTimeout(LIQUIDATION_WITHIN_MS + 60_000);
  const { url } = await startServer();
  const alerts = new PlimsollPage(page);
  const liquidations = new PlimsollPage(await secondViewer());
  await alerts.open(url, '/alerts');
  const firstFigureAt = Date.now();
  await liquidations.open(url, '/liquidations');

  const warning = alerts.alerts
    .filter({ hasText: /(Healthy|Watch) to (Warning|Critical)/ })
    .first();
  await expect(warning).toBeVisible({ timeout: firstFigureAt + WARNING_WITHIN_MS - Date.now() });
  const warnedAt = Date.now();
  const first = liquidations.liquidations.filter({ hasText: 'Liquidated' }).last();
  await expect(first).toBeVisible({ timeout: firstFigureAt + LIQUIDATION_WITHIN_MS - Date.now() });
  const liquidatedAt = Date.now();
  test.info().annotations.push(
    { type: 'seconds to a warning', description: `${(warnedAt - firstFigureAt) / 1_000}` },
    {
      type: 'seconds to a liquidation',
      description: `${(liquidatedAt - firstFigureAt) / 1_000}`,
    },
  );

  const lines = await statementOf(first);
  const [equity, fee, sale, covered, left] = lines.shownSums.map(decimalUnits);
  expect(fee, 'a liquidation has its fee').toBeLessThan(0n);
  expect(
    (equity ?? 0n) + (fee ?? 0n) + (sale ?? 0n) + (covered ?? 0n),
    lines.shownSums.join(' | '),
  ).toBe(left);
  const [deficit, paidByFund, badDebt] = lines.shownDeficit.map(decimalUnits);
  expect((paidByFund ?? 0n) + (badDebt ?? 0n), lines.shownDeficit.join(' | ')).toBe(deficit);
});
