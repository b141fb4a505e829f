/** An account from outside: what is left out is named, what is left moves with the run, and it stays until it is removed. */
import { readFileSync } from 'node:fs';
import { PlimsollPage } from './plimsoll.page.ts';
import { expect, test } from './server-fixture.ts';

const ANSWERS = [
  {
    name: 'account.json',
    content: {
      totalWalletBalance: '90000',
      assets: [{ asset: 'USDT', walletBalance: '90000', crossWalletBalance: '90000' }],
      positions: [],
    },
  },
  {
    name: 'positions.json',
    content: [
      {
        symbol: 'BTCUSDT',
        positionAmt: '1.5',
        entryPrice: '60000',
        markPrice: '60000',
        leverage: '10',
        marginType: 'cross',
        liquidationPrice: '1',
      },
      { symbol: 'NOSUCHUSDT', positionAmt: '1', entryPrice: '2', markPrice: '2', leverage: '10' },
      { symbol: 'ETHUSDT', positionAmt: 'many', entryPrice: '2' },
    ],
  },
] as const;

test('files of a venue become an account that is watched on live marks', async ({
  page,
  plimsoll,
}) => {
  const screen = new PlimsollPage(page);
  await screen.open(plimsoll.url, '/import');
  const sent: string[] = [];
  page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
  await page.getByLabel('Choose files').setInputFiles(
    ANSWERS.map(({ name, content }) => ({
      name,
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(content)),
    })),
  );

  const leftOut = page.getByRole('region', { name: 'Rows left out' }).filter({ visible: true });
  await expect(leftOut.getByRole('listitem')).toHaveCount(2);
  await expect(leftOut).toContainText(
    'positions.json: [2]positionAmt is "many"; expected a number',
  );
  await expect(leftOut).toContainText('symbol is "NOSUCHUSDT"');

  const row = page.getByRole('row').filter({ hasText: 'BTCUSDT' }).first();
  await expect(row).toContainText('of the file');
  await expect(row).toContainText('Unknown'); // what is left out could change its pool
  await page.getByRole('button', { name: 'Live marks' }).click();
  await expect(row).toContainText('live');
  const mark = row.getByRole('cell').nth(2);
  const before = await mark.textContent();
  await expect(mark).not.toHaveText(before ?? '');

  const venue = page.getByRole('region', { name: 'Figures of the venue' });
  await expect(venue.getByRole('row', { name: /liquidation price/ })).toContainText('differs');

  // A file of what is left would look whole.
  await expect(page.getByRole('button', { name: 'Account file' })).toBeDisabled();

  await page.reload();
  await expect(row).toContainText('live');
  await page.getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByText('Drop files of one account here')).toBeVisible();
  expect(sent.filter((one) => one.includes('NOSUCHUSDT'))).toEqual([]);
});

test('what is no account is refused in a sentence', async ({ page, plimsoll }) => {
  const screen = new PlimsollPage(page);
  await screen.open(plimsoll.url, '/import');
  await page.getByRole('textbox', { name: /^Or paste/ }).fill('Dear venue');
  await page.getByRole('button', { name: 'Read the text' }).click();
  await expect(page.getByRole('region', { name: 'Nothing was taken' })).toContainText(
    'pasted text is neither JSON nor a CSV with known columns',
  );
});

/** Figures of fixtures/recorded-accounts/SOURCES.md: what the venue printed, and its place on the page. */
const RECORDED = [
  {
    venue: 'binance',
    light: '3 of 3 agree',
    figures: [
      ['BTCUSDT liquidation price', '26,316.89', 'as printed'],
      ['BTCUSDT maintenance margin', '71,200.81144', 'as printed'],
    ],
  },
  {
    venue: 'bybit',
    light: '5 of 5 agree',
    figures: [
      ['XRPUSDT initial margin', '3.634521', 'agrees'],
      ['XRPUSDT maintenance margin', '0.381021', 'agrees'],
      ['ETHUSDT liquidation price', '919.1', 'agrees'],
    ],
  },
  {
    venue: 'okx',
    light: '4 of 4 agree',
    figures: [['ETH-USD-210430 long liquidation price', '2,352.8496681818233', 'agrees']],
  },
] as const;

test('recorded accounts of three venues come out as the venue printed them', async ({
  page,
  plimsoll,
}) => {
  const screen = new PlimsollPage(page);
  await screen.open(plimsoll.url, '/import');
  for (const { venue, light, figures } of RECORDED) {
    const file = new URL(`fixtures/recorded-accounts/${venue}-answers.txt`, import.meta.url);
    const text = readFileSync(file, 'utf8');
    const dropped = await page.evaluateHandle((content) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content], 'answers.txt', { type: 'text/plain' }));
      return transfer;
    }, text);
    await page.locator('[data-drop]').dispatchEvent('drop', { dataTransfer: dropped });
    const panel = page.getByRole('region', { name: 'Figures of the venue' });
    await expect(panel.getByTestId('agreement')).toHaveText(light);
    await expect(panel).not.toContainText('differs');
    for (const [name, figure, word] of figures) {
      const row = panel.getByRole('row', { name: new RegExp(`^${name}`) });
      await expect(row).toContainText(figure);
      await expect(row).toContainText(word);
    }
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Account file' }).click();
    expect((await download).suggestedFilename()).toMatch(/^plimsoll-account-.*\.json$/);
    await page.getByRole('button', { name: 'Remove' }).click();
  }
});
