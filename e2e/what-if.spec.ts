/** What if: an answer that is applied reaches its target on screen, and its link shows another viewer the same changes. */
import { PlimsollPage } from './plimsoll.page.ts';
import { expect, test } from './server-fixture.ts';

test('the smallest deposit reaches the target that it was asked for, and a link repeats it', async ({
  page,
  startServer,
  secondViewer,
}) => {
  // Slow and then paused: the worst account must not be liquidated before anything is asked of it.
  const { url } = await startServer({ SPEED: '1' });
  const screen = new PlimsollPage(page);
  await screen.open(url, '/what-if');
  await screen.pause();
  await page.getByRole('button', { name: 'Hold base' }).click();
  const ratio = page
    .getByRole('table', { name: 'Now and after' })
    .getByRole('row', { name: /^Margin ratio/ })
    .getByRole('cell');
  await expect(ratio.nth(1)).not.toHaveText('0.1\u202f%');
  await page.getByRole('textbox', { name: 'Value' }).fill('0,1');
  const answers = page.getByRole('group', { name: 'Answers' });
  await answers.getByRole('button', { name: /^Add [\d.,]+ \w+$/ }).click();
  await expect(ratio.nth(1)).toHaveText('0.1\u202f%');
  await expect(answers.getByText('The target is reached already.')).toBeVisible();
  await expect(page).toHaveURL(/[?&]do=deposit_[\d.]+_/);

  const changes = page.getByRole('list', { name: 'Changes in their order' }).getByRole('listitem');
  const amount = await changes.first().getByRole('textbox', { name: 'Amount' }).inputValue();
  const viewer = await secondViewer();
  await viewer.goto(page.url());
  const theirs = viewer.getByRole('list', { name: 'Changes in their order' }).getByRole('listitem');
  await expect(theirs).toHaveCount(await changes.count());
  await expect(theirs.first().getByRole('textbox', { name: 'Amount' })).toHaveValue(amount);
});
