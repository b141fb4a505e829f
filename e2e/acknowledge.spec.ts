/** Somebody answers an alert: who, when and with what note stands there for everybody, also after a reload. */
import { PlimsollPage } from './plimsoll.page.ts';
import { expect, test } from './server-fixture.ts';

test('[UX16] an acknowledgement is seen by every viewer, and so is its taking back', async ({
  page,
  startServer,
  secondViewer,
}) => {
  const { url } = await startServer({ SEED: 'acknowledge' });
  const screen = new PlimsollPage(page);
  await screen.open(url, '/alerts');
  const unanswered = page.getByRole('button', { name: 'Acknowledge' });
  await expect(unanswered.first()).toBeVisible();
  await screen.pause();
  const first = screen.alerts.filter({ has: unanswered }).first();
  const moment = await first.getByRole('time').getAttribute('datetime');
  const account = (await first.getByRole('link').first().textContent()) ?? '';

  await first.getByRole('button', { name: 'Acknowledge' }).click();
  await page.getByRole('textbox', { name: 'Your name' }).fill('Mara');
  await page.getByRole('textbox', { name: 'Note' }).fill('margin requested by phone');
  await page.getByRole('button', { name: `Acknowledge ${account}` }).click();

  const other = new PlimsollPage(await secondViewer());
  await other.open(url, '/alerts');
  const card = (viewer: PlimsollPage) =>
    viewer.alerts.filter({
      has: viewer.page.locator(`time[datetime="${moment ?? ''}"]`),
      hasText: account,
    });
  for (const viewer of [screen, other]) {
    const answered = card(viewer);
    const answer = answered.getByText('ack Mara: margin requested by phone');
    await expect(answer).toBeVisible();
    await expect(answer).toHaveAttribute(
      'title',
      /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC: margin requested by phone$/,
    );
    await expect(answered.getByRole('button', { name: 'Acknowledge' })).toHaveCount(0);
  }
  await other.page.reload();
  await expect(other.page.getByText('ack Mara: margin requested by phone')).toBeVisible();
  await card(other).getByRole('button', { name: 'Undo' }).click();
  await other.page.getByRole('textbox', { name: 'Your name' }).fill('Kim');
  await other.page.getByRole('button', { name: `Undo for ${account}` }).click();
  for (const viewer of [screen, other]) {
    await expect(viewer.page.getByText('ack Mara')).toHaveCount(0);
    await expect(card(viewer).getByRole('button', { name: 'Acknowledge' })).toBeVisible();
  }
});
