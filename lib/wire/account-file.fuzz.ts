import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assessAccount } from '../margin/health.ts';
import { parseAccountFile, toFacts } from './account-file.ts';
import { healthJson } from './health-json.ts';

const EXAMPLES = ['desk-account', 'hedged-multi-asset-account'].map((name) =>
  readFileSync(new URL(`../../public/examples/${name}.json`, import.meta.url), 'utf8'),
);

/** Values that files really contain when something went wrong, and the far ends of what is lawful. */
const NASTY: readonly unknown[] = [
  '',
  '0',
  '-0',
  '-1',
  '1',
  '1000',
  '0.00000001',
  '1e5',
  '-NaN',
  '+Infinity',
  '12,5',
  'both',
  'short',
  'BTCUSDT',
  'ETHUSDT',
  'cross',
  'isolated',
  '2026-01-14T12:00:00Z',
  '9'.repeat(79),
  `0.${'0'.repeat(70)}1`,
  null,
  true,
  0,
  -1,
  1e308,
  [],
  {},
  [[]],
  { symbol: 'BTCUSDT' },
];

function leavesOf(value: unknown, path: readonly string[]): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [
    path,
    ...Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key])),
  ];
}

function replaced(value: unknown, path: readonly string[], by: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return by;
  if (Array.isArray(value)) return value.with(Number(key), replaced(value[Number(key)], rest, by));
  if (typeof value !== 'object' || value === null) return value;
  const inner: unknown = Object.entries(value).find(([name]) => name === key)?.[1];
  return { ...value, [key]: replaced(inner, rest, by) };
}

const changes = fc.array(fc.tuple(fc.nat(), fc.constantFrom(...NASTY)), {
  minLength: 1,
  maxLength: 3,
});

function edited(example: string, edits: readonly (readonly [number, unknown])[]): unknown {
  let content: unknown = JSON.parse(example);
  for (const [pick, value] of edits) {
    const leaves = leavesOf(content, []);
    content = replaced(content, leaves[pick % leaves.length] ?? [], value);
  }
  return content;
}

const magnitudes = fc.array(
  fc.tuple(fc.nat(), fc.integer({ min: 1, max: 999_999 }), fc.integer({ min: -12, max: 12 })),
  { minLength: 1, maxLength: 6 },
);

/** Numbers of the file replaced by others of the same sign, from the tiny to the absurd. */
function rescaled(example: string, edits: readonly (readonly [number, number, number])[]): unknown {
  let content: unknown = JSON.parse(example);
  for (const [pick, digits, exponent] of edits) {
    const numbers = leavesOf(content, []).filter((path) =>
      PLAIN.test(String(valueAt(content, path))),
    );
    const path = numbers[pick % numbers.length] ?? [];
    const sign = String(valueAt(content, path)).startsWith('-') ? '-' : '';
    const size =
      exponent < 0 ? `0.${'0'.repeat(-exponent)}${digits}` : `${digits}${'0'.repeat(exponent)}`;
    content = replaced(content, path, `${sign}${size}`);
  }
  return content;
}
const PLAIN = /^-?\d+\.?\d*$/;

function valueAt(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return value;
  if (typeof value !== 'object' || value === null) return undefined;
  return valueAt(Object.entries(value).find(([name]) => name === key)?.[1], rest);
}

/** What is wrong with the answer to a file; undefined when it is figures, or sentences. */
function faultOf(content: unknown): string | undefined {
  const parsed = parseAccountFile(JSON.stringify(content));
  if (!parsed.ok) {
    const mute = parsed.error.find((sentence) => !/expected|does not hold/.test(sentence));
    return parsed.error.length === 0 ? 'refused without a word' : mute;
  }
  const facts = toFacts(parsed.value);
  const text = JSON.stringify(healthJson(assessAccount(facts), facts.market));
  /** Names are free text: a strange word in one is no strange figure. */
  const figures = text.replaceAll(parsed.value.record.account, '');
  return /NaN|Infinity|undefined/.exec(figures)?.[0];
}

describe('any file', () => {
  it('is taken whole, and then every figure exists or says why; or it is refused in sentences', () => {
    fc.assert(
      fc.property(fc.constantFrom(...EXAMPLES), changes, (example, edits) => {
        expect(faultOf(edited(example, edits))).toBeUndefined();
      }),
    );
  });

  it('of lawful numbers, however far from one another, gives figures or sentences', () => {
    fc.assert(
      fc.property(fc.constantFrom(...EXAMPLES), magnitudes, (example, edits) => {
        expect(faultOf(rescaled(example, edits))).toBeUndefined();
      }),
    );
  });
});
