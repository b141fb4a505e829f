/** Somebody sets levels: the preview says what they would do, and once they are saved the alerts follow them. */
import { PlimsollPage } from './plimsoll.page.ts';
import { expect, test } from './server-fixture.ts';

test('levels are previewed, refused with a reason, saved, and fire', async ({
  page,
  startServer,
}) => {
  const { url } = await startServer({ SEED: 'levels' });
  const screen = new PlimsollPage(page);
  await screen.open(url, '/alerts?view=levels');
  await page.getByRole('button', { name: 'Add levels' }).click();
  const form = page.getByRole('form', { name: 'New levels' });
  await form.getByRole('combobox', { name: 'Coin' }).selectOption('BTC');
  const preview = form.getByRole('region', { name: 'Preview' });
  await expect(preview.getByText(/^\d+ pools are judged by it\. Would now be: /)).toBeVisible();

  const watch = form.getByRole('textbox', { name: 'Watch under' });
  await watch.fill('90');
  await expect(
    form.getByText('Watch: leave 22\u202f% must be looser than enter 90\u202f%.'),
  ).toBeVisible();
  await expect(form.getByRole('button', { name: 'Save levels' })).toBeDisabled();
  for (const [state, enter, leave] of [
    ['Watch', '90', '95'],
    ['Warning', '85', '86'],
    ['Critical', '80,5', '81,5'],
  ] as const) {
    const levels = form.getByRole('group', { name: state });
    await levels.getByRole('textbox', { name: `${state} under` }).fill(enter);
    await levels.getByRole('textbox', { name: 'left above' }).fill(leave);
  }
  await expect(preview.getByText(/Would now be: \d+ Critical/)).toBeVisible();

  await form.getByRole('textbox', { name: 'Your name' }).fill('Mara');
  await form.getByRole('button', { name: 'Save levels' }).click();
  await expect(page.getByRole('button', { name: /^Remove every account, BTC: / })).toBeVisible();
  await screen.openPart('Inbox');
  await expect(
    screen.alerts.getByText(/distance \d[\d.]*\u202f% crossed 80\.5\u202f%/).first(),
  ).toBeVisible();

  await screen.openPart('Levels');
  await page.getByRole('button', { name: /^Remove every account, BTC: / }).click();
  await expect(page.getByText('Everything runs on the default levels')).toBeVisible();
});
