/**
 * `npm run conformance -- cases.json…`: runs recorded venue cases. Without a file it runs our own, and the shared ones where
 * PLIMSOLL_SHARED names their folder. Counts by venue come before the last line. `--verbose` prints skipped cases too, `--self-check` also proves that each passed case
 * could have failed.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCaseFile, type FileEntry } from './conformance/case-file.ts';
import { verdictOf, type Verdict } from './conformance/run-case.ts';
import { weaknessesOf } from './conformance/self-check.ts';

const OUR_CASES = [
  'binance-usdm-cases.json',
  'venue-cases.json',
  'shape-cases.json',
  'derived-cases.json',
].map((name) => fileURLToPath(new URL(`conformance/${name}`, import.meta.url)));
const USAGE = 'usage: npm run conformance -- [--verbose] [--self-check] cases.json…';
const OPTIONS = ['--verbose', '--self-check', '--help'];

main(process.argv.slice(2));

function main(args: readonly string[]): void {
  const options = args.filter((arg) => arg.startsWith('--'));
  const strange = options.find((option) => !OPTIONS.includes(option));
  if (strange !== undefined || options.includes('--help')) {
    console.error(strange === undefined ? USAGE : `${strange} is no option; ${USAGE}`);
    process.exitCode = strange === undefined ? 0 : 1;
    return;
  }
  const given = args.filter((arg) => !arg.startsWith('--'));
  const counts = noCounts();
  const byVenue = new Map<string, Counts>();
  for (const path of given.length > 0 ? given : defaultFiles()) {
    const file = readCaseFile(path);
    if (!file.ok) {
      console.error(file.error);
      process.exitCode = 1;
      continue;
    }
    for (const entry of file.value) {
      const verdict = judge(entry, options.includes('--self-check'));
      counts[verdict.kind] += 1;
      countsOf(byVenue, venueOf(entry))[verdict.kind] += 1;
      print(entry, verdict, options.includes('--verbose'));
    }
  }
  for (const [venue, ofVenue] of byVenue) console.log(`${venue}: ${sentenceOf(ofVenue)}`);
  console.log(sentenceOf(counts));
  if (counts.failed > 0) process.exitCode = 1;
}

type Counts = Record<Verdict['kind'], number>;

function noCounts(): Counts {
  return { passed: 0, failed: 0, skipped: 0 };
}

function countsOf(byVenue: Map<string, Counts>, venue: string): Counts {
  const counts = byVenue.get(venue) ?? noCounts();
  byVenue.set(venue, counts);
  return counts;
}

function venueOf(entry: FileEntry): string {
  return entry.ok ? entry.value.venue : 'not readable';
}

function sentenceOf({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

function defaultFiles(): readonly string[] {
  const folder = process.env.PLIMSOLL_SHARED;
  const shared = folder === undefined ? undefined : join(folder, 'venues', 'cex-cases.json');
  return shared !== undefined && existsSync(shared) ? [...OUR_CASES, shared] : OUR_CASES;
}

function judge(entry: FileEntry, selfCheck: boolean): Verdict {
  if (!entry.ok) return { kind: 'skipped', reason: entry.error.reason };
  const verdict = verdictOf(entry.value);
  if (verdict.kind !== 'passed' || !selfCheck) return verdict;
  const reasons = weaknessesOf(entry.value);
  return reasons.length === 0 ? verdict : { kind: 'failed', reasons };
}

function print(entry: FileEntry, verdict: Verdict, verbose: boolean): void {
  const id = entry.ok ? entry.value.id : entry.error.id;
  if (verdict.kind === 'failed') console.log(`failed ${id}: ${verdict.reasons.join('; ')}`);
  if (verdict.kind === 'skipped' && verbose) console.log(`skipped ${id}: ${verdict.reason}`);
}
