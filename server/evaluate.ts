/** `npm run evaluate -- account.json…`: the exact health of account files as JSON, without any server. `-` reads standard input. */
import { readFileSync, statSync } from 'node:fs';
import { assessAccount } from '#lib/margin/health.ts';
import { ACCOUNT_FILE_BYTES_MAX, parseAccountFile, toFacts } from '#lib/wire/account-file.ts';
import { healthJson } from '#lib/wire/health-json.ts';
import { compareWithVenue } from '#lib/wire/venue-differences.ts';
import { fail, ok, type Result } from '#lib/contract.ts';
import { utcText } from '#lib/units/time.ts';

const USAGE = 'usage: npm run --silent evaluate -- account.json… (or - for standard input)';
const STDIN = 0;

const paths = process.argv.slice(2);
if (paths.length === 0 || paths.includes('--help')) {
  console.error(USAGE);
  process.exitCode = paths.length === 0 ? 1 : 0;
} else {
  const answers = paths.map((path) => ({ path, answer: evaluate(path) }));
  for (const { path, answer } of answers) report(path, answer);
}

function report(path: string, answer: Result<object, readonly string[]>): void {
  if (answer.ok) {
    console.log(
      JSON.stringify(paths.length > 1 ? { file: path, ...answer.value } : answer.value, null, 2),
    );
    return;
  }
  for (const sentence of answer.error) console.error(`${path}: ${sentence}`);
  process.exitCode = 1;
}

function evaluate(path: string): Result<object, readonly string[]> {
  const text = readText(path);
  if (!text.ok) return fail([text.error]);
  const file = parseAccountFile(text.value);
  if (!file.ok) return file;
  const { account, market, rules, assumptions } = toFacts(file.value);
  const health = assessAccount({ account, market, rules });
  const { asOf, venueFigures } = file.value.record;
  return ok({
    asOf: utcText(asOf),
    ...healthJson(health, market),
    assumptions,
    ...(venueFigures === undefined ? {} : { venueFigures: compareWithVenue(health, venueFigures) }),
  });
}

function readText(path: string): Result<string> {
  try {
    if (path !== '-' && statSync(path).size > ACCOUNT_FILE_BYTES_MAX) {
      return fail(`the file is larger than ${ACCOUNT_FILE_BYTES_MAX} bytes; expected less`);
    }
    return ok(readFileSync(path === '-' ? STDIN : path, 'utf8'));
  } catch (error) {
    return fail(`cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
