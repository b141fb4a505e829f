/** Changes of valid examples of which it is known what must be said to them, and changes of which it is not. */
import { type RandomStream } from '#lib/sim/random.ts';
import { below, pick } from './budget.ts';

type Path = readonly string[];

/** Every place inside a value but the value itself: containers and leaves. */
export function pathsIn(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return path.length === 0 ? [] : [path];
  const inner = Object.entries(value).flatMap(([key, each]) => pathsIn(each, [...path, key]));
  return path.length === 0 ? inner : [path, ...inner];
}

/** The value with what lies at a path replaced; `undefined` removes it. */
export function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value)) {
    return value.map((each: unknown, at) => (String(at) === key ? replaced(each, rest, by) : each));
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, each]): [string, unknown] => [
    name,
    name === key ? replaced(each, rest, by) : each,
  ]);
  return Object.fromEntries(entries.filter(([, each]) => each !== undefined));
}

export function valueAt(value: unknown, [key, ...rest]: Path): unknown {
  if (key === undefined) return value;
  return typeof value === 'object' && value !== null
    ? valueAt(Object.entries(value).find(([name]) => name === key)?.[1], rest)
    : undefined;
}

/** The last name on a path: what a refusal must name. List indices are no names. */
export function fieldOf(path: Path): string {
  return path.findLast((key) => !/^\d+$/.test(key)) ?? '';
}

const WORDS: readonly [string, ...string[]] = [
  '',
  '0',
  '-0',
  '1e999',
  'NaN',
  '__proto__',
  'constructor',
  '\u0000',
  '\uD800',
  '\u202Eabc',
  'x'.repeat(300),
  '9'.repeat(80),
  '0.1',
  'A0001',
  'pause',
];

/** Any JSON value, small. */
export function anyJson(chance: RandomStream, depth = 3): unknown {
  const kind = below(chance, depth > 0 ? 8 : 6);
  if (kind === 6) return Array.from({ length: below(chance, 4) }, () => anyJson(chance, depth - 1));
  if (kind === 7) {
    const keys = Array.from({ length: below(chance, 4) }, () => pick(chance, WORDS));
    return Object.fromEntries(keys.map((key) => [key, anyJson(chance, depth - 1)]));
  }
  return pick<unknown>(chance, [
    null,
    true,
    below(chance, 1_000_000) - 500_000,
    chance.normal() * 10 ** below(chance, 300),
    pick(chance, WORDS),
    garbage(chance),
  ]);
}

/** Any letters, control characters and broken pairs among them. */
export function garbage(chance: RandomStream): string {
  const letters = Array.from({ length: below(chance, 40) }, () =>
    chance.uniform() < 0.7 ? below(chance, 128) : below(chance, 65_536),
  );
  return String.fromCharCode(...letters);
}

/** A text with some of its letters struck out, doubled or replaced. */
export function smudged(chance: RandomStream, text: string): string {
  let smudge = text;
  for (let times = 1 + below(chance, 4); times > 0; times -= 1) {
    const at = below(chance, smudge.length + 1);
    const tail = smudge.slice(at + below(chance, 3));
    smudge = `${smudge.slice(0, at)}${pick(chance, ['', smudge.slice(at, at + 5), garbage(chance)])}${tail}`;
  }
  return smudge;
}
