/**
 * `npm run tiers -- venue answer.json`: reads a venue's own tier answer, refuses rows that do not follow from the ones before, and
 * prints the tables as an account file takes them, under its key `instruments`.
 */
import { readFileSync } from 'node:fs';
import { fail, ok, type Result } from '#lib/contract.ts';
import {
  instrumentOfTable,
  isTierVenue,
  tiersFromAnswer,
  type TierTables,
} from '#lib/wire/tier-answers.ts';
import { type TierVenue } from '#lib/wire/tier-rows.ts';

const USAGE = 'usage: npm run --silent tiers -- venue answer.json';

const [venue, path] = process.argv.slice(2);
const tables = isTierVenue(venue) && path !== undefined ? read(venue, path) : fail([USAGE]);
if (tables.ok) {
  console.log(JSON.stringify({ instruments: tables.value }, null, 2));
} else {
  for (const sentence of tables.error) console.error(sentence);
  process.exitCode = 1;
}

function read(
  name: TierVenue,
  file: string,
): Result<readonly ReturnType<typeof instrumentOfTable>[], readonly string[]> {
  const tiers = tiersIn(name, file);
  if (!tiers.ok) return tiers;
  return ok([...tiers.value].map(([symbol, table]) => instrumentOfTable(name, symbol, table)));
}

function tiersIn(name: TierVenue, file: string): Result<TierTables, readonly string[]> {
  try {
    return tiersFromAnswer(name, JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    return fail([`${file}: ${error instanceof Error ? error.message : String(error)}`]);
  }
}
