/** The controls of the run act on the server, so another viewer sees the same (rulings G10). */
import { PlimsollPage } from './plimsoll.page.ts';
import { expect, test } from './server-fixture.ts';

const STEP_MS = 1_000;
const STEPS = 5;

test('pause, step, speed and a new seed hold for every viewer', async ({
  page,
  startServer,
  secondViewer,
}) => {
  const { url } = await startServer({ SEED: 'controls' });
  const screen = new PlimsollPage(page);
  const other = new PlimsollPage(await secondViewer());
  await screen.open(url);
  await other.open(url, '/desk');
  await expect(screen.run.getByText('acts for every viewer')).toBeVisible();

  await screen.button('Pause').click();
  await expect(other.run.getByText('Paused')).toBeVisible();
  await expect.poll(async () => (await other.runTime()) - (await screen.runTime())).toBe(0);
  const pausedAt = await screen.runTime();
  // One second each and nothing in between: run time stood still while the viewers looked.
  for (let step = 1; step <= STEPS; step += 1) {
    await other.button('One step').click();
    await expect.poll(() => screen.runTime()).toBe(pausedAt + step * STEP_MS);
    await expect.poll(() => other.runTime()).toBe(pausedAt + step * STEP_MS);
  }

  await other.speed.selectOption('10x');
  await expect(screen.speed).toHaveValue('10');
  await other.button('Play').click();
  await expect(screen.button('Pause')).toBeVisible();
  await expect.poll(() => screen.runTime()).toBeGreaterThan(pausedAt + STEPS * STEP_MS);

  await screen.run.getByRole('textbox', { name: 'seed' }).fill('another');
  await screen.button('Start run').click();
  await expect(screen.run.getByText('Replace this run for everybody?')).toBeVisible();
  await expect(other.run.getByText('seed controls')).toBeVisible();
  await screen.button('Start run').click();
  for (const viewer of [screen, other]) {
    await expect(viewer.run.getByText('seed another')).toBeVisible();
    await viewer.untilLive();
  }
  await expect(screen.agreement).toHaveText('agree');
  await expect(other.deskRows.first()).toContainText('A0');
});
