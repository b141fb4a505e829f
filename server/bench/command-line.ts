/** What may be said after `npm run bench --`: read, refused in a sentence, explained. */
import { parseArgs } from 'node:util';
import { fail, ok, type Result } from '#lib/contract.ts';
import { type Bench, type BenchOptions } from './result.ts';

type SizeName = keyof BenchOptions;

export interface Asked {
  readonly isHelp: boolean;
  /** Empty: all but those that are run only when they are named. */
  readonly names: readonly string[];
  readonly isJson: boolean;
  /** Charts of how times grow, up to the sizes that are given. */
  readonly isGrowth: boolean;
  readonly options: BenchOptions;
}

type Benches = ReadonlyMap<string, Pick<Bench, 'question' | 'sizes' | 'isNamedOnly' | 'growth'>>;

const SIZES: Readonly<Record<SizeName, string>> = {
  accounts: 'accounts of the book',
  rows: 'journal rows on disk, or rows of the table',
  clients: 'socket clients of the largest crowd',
  minutes: 'how long it runs; may be a fraction',
};
const SIZE_NAMES = Object.keys(SIZES) as readonly SizeName[];
const SIZE_MAX = 100_000_000;
const SWITCHES: readonly string[] = ['help', 'json', 'growth'];
const TEXT = { type: 'string' } as const;
const FLAG = { type: 'boolean' } as const;

/** Every problem at once, a sentence each. */
export function readCommandLine(
  args: readonly string[],
  benches: Benches,
): Result<Asked, readonly string[]> {
  const { positionals: names, values } = parseArgs({
    args: [...args],
    // Refused below, in our own words.
    strict: false,
    allowPositionals: true,
    options: {
      help: FLAG,
      json: FLAG,
      growth: FLAG,
      accounts: TEXT,
      rows: TEXT,
      clients: TEXT,
      minutes: TEXT,
    },
  });
  const flags = new Map<string, string | boolean | undefined>(Object.entries(values));
  const isHelp = flags.get('help') === true;
  const problems = [
    ...names.filter((name) => !benches.has(name)).map((name) => noBench(name, benches)),
    ...[...flags.keys()].filter((flag) => !isFlag(flag)).map(noFlag),
    ...SWITCHES.filter((flag) => typeof flags.get(flag) === 'string').map(noValue),
    ...SIZE_NAMES.flatMap((size) => problemOf(size, flags.get(size))),
    ...SIZE_NAMES.filter((size) => flags.has(size)).flatMap((size) =>
      unheeded(size, names, benches),
    ),
  ];
  if (flags.get('growth') === true)
    problems.push(...names.filter((name) => hasNoGrowth(name, benches)).map(noGrowth));
  if (problems.length > 0) return fail(problems);
  const sizeOf = (size: SizeName): number | undefined =>
    flags.has(size) ? Number(flags.get(size)) : undefined;
  const options = {
    accounts: sizeOf('accounts'),
    rows: sizeOf('rows'),
    clients: sizeOf('clients'),
    minutes: sizeOf('minutes'),
  };
  const [isJson, isGrowth] = [flags.get('json') === true, flags.get('growth') === true];
  return ok({ isHelp, names, isJson, isGrowth, options });
}

function isFlag(flag: string): boolean {
  return SWITCHES.includes(flag) || Object.hasOwn(SIZES, flag);
}

function noBench(name: string, benches: Benches): string {
  return `"${name}" is no benchmark; there are ${[...benches.keys()].join(', ')}`;
}

function noFlag(flag: string): string {
  const dashes = flag.length === 1 ? '-' : '--';
  const sizes = SIZE_NAMES.map((size) => `--${size} N`);
  return `${dashes}${flag} is no flag; there are ${SWITCHES.map((name) => `--${name}`).join(', ')}, ${sizes.join(', ')}`;
}

function hasNoGrowth(name: string, benches: Benches): boolean {
  const bench = benches.get(name);
  return bench !== undefined && bench.growth === undefined;
}

function noGrowth(name: string): string {
  return `${name} has no chart of its growth`;
}

function noValue(flag: string): string {
  return `--${flag} takes no value`;
}

function problemOf(size: SizeName, given: string | boolean | undefined): readonly string[] {
  if (given === undefined) return [];
  const isSound = size === 'minutes' ? /^\d{1,9}(\.\d{1,3})?$/ : /^\d{1,9}$/;
  const number = typeof given === 'string' && isSound.test(given) ? Number(given) : 0;
  if (number > 0 && number <= SIZE_MAX) return [];
  const expected = size === 'minutes' ? 'a number above 0' : `a whole number from 1 to ${SIZE_MAX}`;
  const said = typeof given === 'string' ? `"${given}"` : 'without a number';
  return [`--${size} is ${said}, expected ${expected}`];
}

/** A size that one of the benchmarks that are named would leave aside. */
function unheeded(size: SizeName, names: readonly string[], benches: Benches): readonly string[] {
  const deaf = names.filter((name) => benches.get(name)?.sizes.includes(size) === false);
  if (deaf.length === 0) return [];
  const heeding = [...benches].filter(([, { sizes }]) => sizes.includes(size));
  return [
    `--${size} is not for ${deaf.join(', ')}; it is for ${heeding.map(([name]) => name).join(', ')}`,
  ];
}

const NAME_WIDTH = 14;

/** What `--help` prints. */
export function benchHelp(benches: Benches): string {
  const lines = [...benches].map(([name, { question, sizes, isNamedOnly, growth }]) => {
    const flags = sizes.map((size) => ` [--${size} N]`).join('');
    const chart = growth === undefined ? '' : ' [--growth]';
    const when = isNamedOnly === true ? ' (only when it is named)' : '';
    return `  ${name.padEnd(NAME_WIDTH)}${question}${when}${flags}${chart}`;
  });
  const sizes = SIZE_NAMES.map((size) => `  ${`--${size} N`.padEnd(NAME_WIDTH)}${SIZES[size]}`);
  return [
    'npm run bench [-- name… flags…]: measurements, each beside a baseline that is timed in the same run',
    '',
    ...lines,
    '',
    `  ${'--json'.padEnd(NAME_WIDTH)}one line of JSON a result on standard output and nothing else there (npm run --silent bench)`,
    `  ${'--growth'.padEnd(NAME_WIDTH)}draws how times grow with the size, up to the one given: the charts of the docs`,
    ...sizes,
    '',
    'For example: npm run --silent bench -- book fanout --json',
    '',
  ].join('\n');
}
