import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { assessAccount } from '#lib/margin/health.ts';
import { type RandomStream } from '#lib/sim/random.ts';
import { timestampMs } from '#lib/units/time.ts';
import { toFacts } from '#lib/wire/account-file.ts';
import { healthJson } from '#lib/wire/health-json.ts';
import { accountText } from '#lib/wire/import/account-text.ts';
import { EXAMPLE_ANSWERS } from '#lib/wire/import/example-answers.ts';
import { readInput } from '#lib/wire/import/read-input.ts';
import { comparedFigures } from '#lib/wire/venue-differences.ts';
import { below, fuzz, pick, wrong } from './budget.ts';
import { anyJson, garbage, pathsIn, replaced, smudged } from './mutation.ts';

const READ_AT = timestampMs(Date.UTC(2026, 0, 14, 12));
const EXAMPLES: readonly [string, ...string[]] = [
  ...EXAMPLE_ANSWERS,
  readFileSync(
    new URL('../../public/examples/hedged-multi-asset-account.json', import.meta.url),
    'utf8',
  ),
];

/** One of the answers with a value replaced: what a venue might say tomorrow. */
function changedAnswer(chance: RandomStream, text: string): string {
  const lines = text.split('\n');
  const at = below(chance, lines.length);
  return lines.with(at, changedLine(chance, lines[at] ?? '')).join('\n');
}

function changedLine(chance: RandomStream, line: string): string {
  try {
    const content: unknown = JSON.parse(line);
    const paths = pathsIn(content);
    return JSON.stringify(
      replaced(content, paths[below(chance, paths.length)] ?? [], anyJson(chance)),
    );
  } catch {
    return smudged(chance, line);
  }
}

function anyText(chance: RandomStream): string {
  const text = pick(chance, EXAMPLES);
  const kind = below(chance, 8);
  if (kind === 0) return garbage(chance);
  if (kind === 1) return JSON.stringify(anyJson(chance));
  if (kind === 2) return `${text}\n${pick(chance, EXAMPLES)}`;
  return kind < 6 ? changedAnswer(chance, text) : smudged(chance, text);
}

/** What is wrong with the answer to a text; undefined when it is taken with figures, or refused in sentences. */
function faultOf(text: string): string | undefined {
  const read = readInput([{ name: 'a text', text }], READ_AT);
  if (!read.ok) return read.error.length === 0 ? 'was refused without a word' : undefined;
  const { content, file, rejected } = read.value;
  if (rejected.some(({ place, reason }) => place === '' || reason === ''))
    return 'a row was left out without a word';
  const facts = toFacts(file);
  const health = assessAccount(facts);
  JSON.stringify(healthJson(health, facts.market));
  const { venueFigures } = file.record;
  if (venueFigures !== undefined) comparedFigures(health, facts.account, venueFigures);
  const again = readInput([{ name: 'its own file', text: accountText(content) }], READ_AT);
  if (!again.ok) return `its own file is refused: ${again.error.join('; ')}`;
  return accountText(again.value.content) === accountText(content)
    ? undefined
    : 'its own file says something else';
}

it('any text is taken, with figures and a file of its own, or refused in sentences', async () => {
  const memory = await fuzz({ name: 'imports', quickCount: 400 }, (chance) => {
    const text = anyText(chance);
    const fault = faultOf(text);
    if (fault !== undefined) wrong(`${fault}\n${text}`);
  });
  expect(memory.grownMb).toBeLessThan(memory.grownMbMax);
});
