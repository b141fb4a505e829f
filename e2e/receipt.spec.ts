/** A receipt of the figure on screen: saved as a file, it is worked out again by the command line, and refused once it is changed. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { PlimsollPage } from './plimsoll.page.ts';
import { expect, test } from './server-fixture.ts';

function evaluate(path: string) {
  return spawnSync(process.execPath, ['server/evaluate.ts', '--receipt', path], {
    encoding: 'utf8',
  });
}

test('the receipt of a liquidation price opens by key, is saved, and holds', async ({
  page,
  startServer,
}, info) => {
  const { url } = await startServer({ SEED: 'receipt', SCENARIO: 'calm', SPEED: '10' });
  const screen = new PlimsollPage(page);
  await screen.open(url);
  await screen.pause();
  await screen.openFirstPosition();
  const opener = page.getByRole('button', { name: /^Receipt of the liquidation price/ });
  await expect(opener).toBeVisible();
  await opener.focus();
  await page.keyboard.press('r');

  const receipt = page.getByRole('dialog', { name: 'Receipt' });
  const price = receipt.getByRole('region', { name: 'Result' }).locator('[data-figure]').first();
  const shown = await price.getAttribute('title');
  expect(shown).toMatch(/^\d+(\.\d+)?$/);
  await expect(receipt.getByRole('region', { name: 'Inputs' })).toContainText('ledger of this run');
  const download = page.waitForEvent('download');
  await receipt.getByRole('button', { name: 'Save as JSON' }).click();
  const path = info.outputPath('receipt.json');
  await (await download).saveAs(path);

  const held = evaluate(path);
  expect([held.status, held.stderr]).toEqual([0, '']);
  expect(held.stdout).toContain(` is ${shown} USDT, worked out again from `);
  const text = readFileSync(path, 'utf8');
  const mark = /"input": "mark"[\s\S]*?"value": "([\d.]+)"/.exec(text)?.[1] ?? '';
  writeFileSync(path, text.replaceAll(`"${mark}"`, `"${mark}1"`));
  const refused = evaluate(path);
  expect(refused.status).toBe(1);
  expect(refused.stderr).toMatch(/digest is .*\n.*worked out again from the inputs/);

  await page.keyboard.press('Escape');
  await expect(receipt).toHaveCount(0);
  await expect(opener).toBeFocused();
});
