/** A liquidation's statement as it stands on screen, line by line, and its figures as exact integers. */
import { expect, type Locator } from '@playwright/test';

/** More places than any asset has. */
const PLACES = 18;

/** A printed figure in units of its last possible place: `−12.5` and `+3` add up like the lines they stand in. */
export function decimalUnits(shown: string): bigint {
  const match = /^([−+]?)(\d+)(?:\.(\d{1,18}))?$/.exec(shown.trim().replaceAll(',', ''));
  if (match === null) throw new Error(`not a plain figure: ${shown}`);
  const [, sign, whole = '', fraction = ''] = match;
  const units = BigInt(whole + fraction.padEnd(PLACES, '0'));
  return sign === '−' ? -units : units;
}

export interface StatementLines {
  /** Equity at the decision, less fee, less cost of selling, plus deficit covered; what is left. */
  readonly shownSums: readonly string[];
  /** Deficit; paid by the fund, bad debt. */
  readonly shownDeficit: readonly string[];
}

const SUMS = [
  'Equity at the decision',
  'Liquidation fee',
  'Cost of selling collateral',
  'Deficit covered',
  'Left to the account',
];
const DEFICIT = ['Deficit', 'paid by the insurance fund', 'bad debt'];

/** Opens the card's statement and reads it, all of it at one moment. */
export async function statementOf(card: Locator): Promise<StatementLines> {
  const [moment, account] = await card.evaluate((item) => [
    item.querySelector('time')?.getAttribute('datetime') ?? '',
    item.querySelector('a')?.textContent ?? '',
  ]);
  const page = card.page();
  // Newer cards may push this one down: from here on it is known by its account and moment.
  const pinned = page
    .getByRole('listitem')
    .filter({ has: page.locator(`time[datetime="${moment}"]`), hasText: account })
    .first();
  await pinned.getByRole('button', { name: /^Statement / }).click();
  const sums = pinned
    .locator('section')
    .filter({ has: page.getByRole('heading', { name: /^Statement, / }) });
  await expect(sums).toBeVisible();
  const lines = await sums.evaluate((section) =>
    [...section.querySelectorAll('dt')].map(
      (name) => [name.textContent, name.nextElementSibling?.textContent ?? ''] as const,
    ),
  );
  const figures = new Map(lines);
  const figureOf = (name: string): string => figures.get(name) ?? `no line "${name}"`;
  return { shownSums: SUMS.map(figureOf), shownDeficit: DEFICIT.map(figureOf) };
}
