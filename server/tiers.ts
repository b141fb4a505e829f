/**
 * `npm run tiers -- venue answer.json`: reads a venue's own tier answer, refuses rows that do not follow from the ones before, and
 * prints the tables as an account file takes them.
 */
import { readFileSync } from 'node:fs';
import { fail, type Result } from '#lib/contract.ts';
import { type RiskTier } from '#lib/market/instrument.ts';
import { decimalText } from '#lib/units/decimal.ts';
import { isTierVenue, tiersFromAnswer, type TierTables } from '#lib/wire/tier-answers.ts';

const USAGE = 'usage: npm run --silent tiers -- venue answer.json';

const [venue, path] = process.argv.slice(2);
const tables = read(venue, path);
if (tables.ok) {
  console.log(JSON.stringify(Object.fromEntries([...tables.value].map(rowsOf)), null, 2));
} else {
  for (const sentence of tables.error) console.error(sentence);
  process.exitCode = 1;
}

function read(name = '', file = ''): Result<TierTables, readonly string[]> {
  if (!isTierVenue(name) || file === '') return fail([USAGE]);
  try {
    return tiersFromAnswer(name, JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    return fail([`${file}: ${error instanceof Error ? error.message : String(error)}`]);
  }
}

function rowsOf([symbol, tiers]: readonly [string, readonly RiskTier[]]) {
  const rows = tiers.map((tier) => ({
    notionalFloor: decimalText(tier.notionalFloor),
    notionalCap: decimalText(tier.notionalCap),
    leverageMax: decimalText(tier.leverageMax),
    maintenanceMarginRate: decimalText(tier.maintenanceMarginRate),
    maintenanceDeduction: decimalText(tier.maintenanceDeduction),
  }));
  return [symbol, rows] as const;
}
