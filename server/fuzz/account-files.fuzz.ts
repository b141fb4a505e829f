import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { assessAccount } from '#lib/margin/health.ts';
import { type RandomStream } from '#lib/sim/random.ts';
import { parseAccountFile, toFacts } from '#lib/wire/account-file.ts';
import { healthJson } from '#lib/wire/health-json.ts';
import { below, fuzz, pick, wrong } from './budget.ts';
import { anyJson, fieldOf, garbage, pathsIn, replaced, smudged } from './mutation.ts';

const [FIRST, SECOND] = ['desk-account', 'hedged-multi-asset-account'].map((name) =>
  readFileSync(new URL(`../../public/examples/${name}.json`, import.meta.url), 'utf8'),
) as [string, string];

function figuresOf(text: string): string | readonly string[] {
  const parsed = parseAccountFile(text);
  if (!parsed.ok) return parsed.error;
  const facts = toFacts(parsed.value);
  return JSON.stringify(healthJson(assessAccount(facts), facts.market)).replaceAll(
    parsed.value.record.account,
    '',
  );
}
const FIGURES = new Map([FIRST, SECOND].map((text) => [text, figuresOf(text)]));

interface Fuzzed {
  readonly text: string;
  /** What the answer must be, what a refusal must name, or neither. */
  readonly figures?: string | readonly string[] | undefined;
  readonly names?: string;
}

function fuzzedFile(chance: RandomStream): Fuzzed {
  const text = pick(chance, [FIRST, SECOND]);
  const content: unknown = JSON.parse(text);
  const paths = pathsIn(content);
  const path = paths[below(chance, paths.length)] ?? [];
  const kind = below(chance, 6);
  if (kind === 0) return { text: JSON.stringify(content), figures: FIGURES.get(text) };
  if (kind === 1) {
    return { text: JSON.stringify(replaced(content, path, { odd: 1 })), names: fieldOf(path) };
  }
  if (kind === 2) return { text: text.replace('{', '{ "oddity": "1",'), names: 'oddity' };
  if (kind === 3) return { text: JSON.stringify(replaced(content, path, anyJson(chance))) };
  return { text: kind === 4 ? smudged(chance, text) : garbage(chance) };
}

/** What is wrong with the answer to a file; undefined when nothing is. */
function faultOf({ text, figures, names }: Fuzzed): string | undefined {
  const answer = figuresOf(text);
  if (figures !== undefined)
    return answer === figures ? undefined : 'a valid file has other figures';
  if (typeof answer === 'string') {
    if (names !== undefined) return `was taken, though ${names} is wrong`;
    const word = /NaN|Infinity|undefined/.exec(answer)?.[0];
    // An account or asset may be called so.
    return word === undefined || text.includes(word) ? undefined : word;
  }
  if (answer.length === 0) return 'was refused without a word';
  return names === undefined || answer.some((sentence) => sentence.includes(names))
    ? undefined
    : `was refused without naming ${names}: ${answer.join('; ')}`;
}

it('any account file is taken whole with every figure, or refused with sentences that name the field', async () => {
  const memory = await fuzz({ name: 'account files', quickCount: 600 }, (chance) => {
    const file = fuzzedFile(chance);
    const fault = faultOf(file);
    if (fault !== undefined) wrong(`${fault}\n${file.text}`);
  });
  expect(memory.grownMb).toBeLessThan(memory.grownMbMax);
});
