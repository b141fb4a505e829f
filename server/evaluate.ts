/**
 * `npm run evaluate -- account.json…`: the exact health of accounts as JSON, without any server. Takes account files, a venue's own
 * answers, and CSV; `-` reads standard input.
 */
import { readFileSync, statSync } from 'node:fs';
import { assessAccount } from '#lib/margin/health.ts';
import { toFacts } from '#lib/wire/account-file.ts';
import { healthJson } from '#lib/wire/health-json.ts';
import { type Rejected } from '#lib/wire/import/found.ts';
import { type Imported } from '#lib/wire/import/assemble.ts';
import { isDoubted } from '#lib/margin/figures.ts';
import { withDoubts } from '#lib/wire/import/doubt.ts';
import { INPUT_BYTES_MAX, readInput, type InputText } from '#lib/wire/import/read-input.ts';
import { compareWithVenue } from '#lib/wire/venue-differences.ts';
import { fail, ok, type Result } from '#lib/contract.ts';
import { checkedReceipt, receiptsOfFile, writeReceipts } from './receipts.ts';
import { timestampMs, utcText } from '#lib/units/time.ts';

const USAGE = `usage: npm run --silent evaluate -- [--together] [--receipts folder] account.json… (or - for standard input)
       npm run --silent evaluate -- --receipt receipt.json…
  reads account files, answers of a venue as its API gives them, and CSV with positions or balances
  --together          the texts are answers about one account: balances in one, positions in another
  --receipts folder   also writes a receipt of every ratio and liquidation price into the folder: inputs, steps, roundings
  --receipt           works receipts out again from their own inputs; fails when anything in them was changed`;
const TOGETHER = '--together';
const RECEIPTS = '--receipts';
const RECEIPT = '--receipt';
const STDIN = 0;

interface Answer {
  readonly figures: object;
  /** Rows that are not in the figures. */
  readonly rejected: readonly Rejected[];
}

const words = process.argv.slice(2);
const folder = words[words.indexOf(RECEIPTS) + 1];
const receiptsTo = words.includes(RECEIPTS) ? folder : undefined;
const paths = words.filter(
  (word, index) => ![TOGETHER, RECEIPTS, RECEIPT].includes(word) && words[index - 1] !== RECEIPTS,
);
const noFolder = words.includes(RECEIPTS) && folder === undefined;
if (paths.length === 0 || noFolder || words.includes('--help')) {
  console.error(USAGE);
  process.exitCode = words.includes('--help') ? 0 : 1;
} else if (words.includes(RECEIPT)) {
  for (const path of paths) reportReceipt(path);
} else if (words.includes(TOGETHER)) {
  report(paths.join(' + '), evaluate(paths));
} else {
  const answers = paths.map((path) => ({ path, answer: evaluate([path]) }));
  for (const { path, answer } of answers) report(path, answer);
}

function reportReceipt(path: string): void {
  const text = readText(path);
  const { holds, sentences } = text.ok
    ? checkedReceipt(text.value)
    : { holds: false, sentences: [text.error] };
  for (const sentence of sentences) {
    if (holds) console.log(`${path}: ${sentence}`);
    else console.error(`${path}: ${sentence}`);
  }
  if (!holds) process.exitCode = 1;
}

function report(path: string, answer: Result<Answer, readonly string[]>): void {
  if (!answer.ok) {
    for (const sentence of answer.error) console.error(`${path}: ${sentence}`);
    process.exitCode = 1;
    return;
  }
  const { figures, rejected } = answer.value;
  for (const { place, reason } of rejected) console.error(`${path}: left out: ${place}: ${reason}`);
  if (rejected.length > 0) process.exitCode = 1;
  const several = paths.length > 1 && !words.includes(TOGETHER);
  console.log(JSON.stringify(several ? { file: path, ...figures } : figures, null, 2));
}

function evaluate(names: readonly string[]): Result<Answer, readonly string[]> {
  const texts: InputText[] = [];
  for (const name of names) {
    const text = readText(name);
    if (!text.ok) return fail([text.error]);
    texts.push({ name, text: text.value });
  }
  const read = readInput(texts, timestampMs(Date.now()));
  if (!read.ok) return read;
  const { rejected, withoutRules } = read.value;
  return withoutRules === undefined
    ? ok({ figures: figuresOf(read.value), rejected })
    : fail([withoutRules, ...rejected.map(({ place, reason }) => `${place}: ${reason}`)]);
}

/** Pools that a row that is left out could change are unknown; their figures are of what is left. */
function figuresOf(imported: Imported): object {
  const { file, notes, rejected } = imported;
  const { account, market, rules, assumptions } = toFacts(file);
  const health = withDoubts(assessAccount({ account, market, rules }), imported);
  if (receiptsTo !== undefined) {
    const doubted = new Set<string>(health.pools.filter(isDoubted).map(({ id }) => id));
    const receipts = receiptsOfFile(file, imported.sources).filter(
      ({ pool }) => !doubted.has(pool),
    );
    for (const path of writeReceipts(receiptsTo, receipts)) console.error(`receipt: ${path}`);
  }
  const { asOf, venueFigures } = file.record;
  const supposed = [...notes, ...assumptions];
  return {
    asOf: utcText(asOf),
    ...healthJson(health, market),
    ...(health.pools.length === 0 && rejected.length > 0 ? NOTHING_READ : {}),
    assumptions: supposed,
    ...(venueFigures === undefined
      ? {}
      : { venueFigures: compareWithVenue(health, account, venueFigures, supposed) }),
    ...(rejected.length > 0 ? { rejected } : {}),
  };
}

/** What holds nothing because nothing could be read is not empty. */
const NOTHING_READ = { state: 'unknown', why: 'no row could be read' };

function readText(path: string): Result<string> {
  try {
    if (path !== '-' && statSync(path).size > INPUT_BYTES_MAX) {
      return fail(`the file is larger than ${INPUT_BYTES_MAX} bytes; expected less`);
    }
    return ok(readFileSync(path === '-' ? STDIN : path, 'utf8'));
  } catch (error) {
    return fail(`cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
