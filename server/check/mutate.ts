/**
 * `npm run mutate`: breaks each numbered rule on purpose, in copies, and expects a test that cites it to fail. Prints a line for
 * each break that nobody noticed, then `N / M killed`. A break that no longer fits the source, or a rule without one, fails too.
 */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { BOOK_MUTATIONS } from './book-mutations.ts';
import { ENGINE_MUTATIONS } from './engine-mutations.ts';
import { MARGIN_MUTATIONS, type Mutation } from './mutations.ts';
import { RISK_MUTATIONS } from './risk-mutations.ts';
import { sourceFiles } from './sources.ts';

const MUTATIONS: readonly Mutation[] = [
  ...MARGIN_MUTATIONS,
  ...BOOK_MUTATIONS,
  ...ENGINE_MUTATIONS,
  ...RISK_MUTATIONS,
];
const TEST_NAME = /\.(test|fuzz|contract|bench)\.tsx?$/;
const RUN_LIMIT_MS = 900_000;
const MANY_BYTES = 256 * 1024 * 1024;

interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly title: string; readonly status: string }[];
  }[];
}
type FileReport = VitestReport['testResults'][number];

/** The folder of one broken copy; `sound` is the copy of everything as it is. */
function folderOf(index: number): string {
  return `m${index}`;
}
const SOUND = 'sound';

function problemsOf(mutations: readonly Mutation[]): string[] {
  const covered = new Set(mutations.map(({ rule }) => rule));
  return [
    ...mutations.flatMap(({ rule, file, find }) => {
      const times = existsSync(file) ? readFileSync(file, 'utf8').split(find).length - 1 : 0;
      return times === 1 ? [] : [`${rule}: ${file} has ${times} times: ${find}`];
    }),
    ...specRules()
      .filter((rule) => !covered.has(rule))
      .map((rule) => `${rule}: no mutation breaks it`),
  ];
}

/** Ids that open a heading, a list item or a table row of the library's SPEC.md files: of the others no copy is broken. */
function specRules(): string[] {
  return sourceFiles(['SPEC.md'], ['lib']).flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(/^\s*(?:#+|[-*]|\|)\s*[*`[]*([A-Z]{2,3}\d+)\b/gm)].map(
      (match) => match[1] ?? '',
    ),
  );
}

function copyTo(folder: string, paths: readonly string[]): void {
  for (const path of new Set(paths)) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    cpSync(path, join(folder, path));
  }
}

/** By path: the files that name it in an import. */
function importersIn(sources: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const importers = new Map<string, string[]>();
  for (const source of sources) {
    for (const [, name = ''] of readFileSync(source, 'utf8').matchAll(/ from '(\.[^']+)'/g)) {
      const path = join(dirname(source), name);
      importers.set(path, [...(importers.get(path) ?? []), source]);
    }
  }
  return importers;
}

/** The file and everything that imports it, however far round. */
function dependentsOf(
  file: string,
  importers: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const found = new Set([file]);
  for (const path of found) for (const importer of importers.get(path) ?? []) found.add(importer);
  return [...found];
}

/** What the break could reach is copied; everything else is the sound copy's (see `CONFIG`). */
function breakCopy(
  folder: string,
  { file, find, replace, test }: Mutation,
  importers: ReadonlyMap<string, readonly string[]>,
): void {
  copyTo(folder, [test, ...dependentsOf(file, importers)]);
  const path = join(folder, file);
  writeFileSync(
    path,
    readFileSync(path, 'utf8').replace(find, () => replace),
  );
}

/** A file that a broken copy lacks is taken from the sound one. The library keeps no state, so that all copies may share it. */
const CONFIG = `
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
const fromSound = {
  name: 'from-sound',
  enforce: 'pre',
  resolveId(name, importer) {
    if (importer === undefined || !name.startsWith('.')) return undefined;
    const path = resolve(dirname(importer), name);
    return existsSync(path) ? path : path.replace(/\\/m\\d+\\/lib\\//, '/${SOUND}/lib/');
  },
};
export default {
  plugins: [fromSound],
  test: { include: ['*/lib/**/*.test.ts'], testTimeout: 30000, pool: 'threads', isolate: false },
};`;

/** One run over all copies: starting a runner for each would take longer than the tests. */
function runIn(root: string): ReadonlyMap<string, FileReport> {
  writeFileSync(join(root, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(root, 'vitest.config.mjs'), CONFIG);
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
  const report = join(root, 'report.json');
  const vitest = resolve('node_modules/vitest/vitest.mjs');
  const run = spawnSync(
    process.execPath,
    [vitest, 'run', '--root', root, '--reporter=json', `--outputFile=${report}`],
    { cwd: root, encoding: 'utf8', timeout: RUN_LIMIT_MS, maxBuffer: MANY_BYTES },
  );
  if (!existsSync(report)) throw new Error(`no report: ${run.stdout}${run.stderr}`);
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as VitestReport;
  return new Map(testResults.map((file) => [relative(root, file.name), file]));
}

function citing(file: FileReport | undefined, rule: string): FileReport['assertionResults'] {
  const cites = new RegExp(`\\[[^\\]]*\\b${rule}\\b[^\\]]*\\]`);
  return (file?.assertionResults ?? []).filter(({ title }) => cites.test(title));
}

/** What is wrong with a broken copy's run: undefined when a test that cites the rule failed. */
function survivalOf(index: number, mutation: Mutation, reports: ReadonlyMap<string, FileReport>) {
  const { rule, file, find, replace, test } = mutation;
  const sound = citing(reports.get(join(SOUND, test)), rule);
  const broken = reports.get(join(folderOf(index), test));
  const name = `${rule}: ${file}: "${find}" -> "${replace}"`;
  if (sound.length === 0) return `${name}: ${test} has no test of this rule`;
  if (sound.some(({ status }) => status !== 'passed')) return `${name}: its test fails unbroken`;
  if (citing(broken, rule).length === 0) return `${name}: does not run: ${broken?.message ?? ''}`;
  return citing(broken, rule).some(({ status }) => status === 'failed') ? undefined : name;
}

function main(): number {
  const problems = problemsOf(MUTATIONS);
  if (problems.length > 0) {
    for (const problem of problems) console.error(problem);
    console.log(`0 / ${MUTATIONS.length} killed: ${problems.length} of them do not fit the source`);
    return 1;
  }
  const root = mkdtempSync(join(tmpdir(), 'plimsoll-mutants-'));
  try {
    const sources = sourceFiles(['.ts'], ['lib']).filter((path) => !TEST_NAME.test(path));
    copyTo(join(root, SOUND), [...sources, ...MUTATIONS.map(({ test }) => test)]);
    const importers = importersIn(sources);
    for (const [index, mutation] of MUTATIONS.entries()) {
      breakCopy(join(root, folderOf(index)), mutation, importers);
    }
    const reports = runIn(root);
    const survivors = MUTATIONS.flatMap((mutation, index) => {
      const survival = survivalOf(index, mutation, reports);
      return survival === undefined ? [] : [survival];
    });
    for (const survivor of survivors) console.error(`survived ${survivor}`);
    console.log(`${MUTATIONS.length - survivors.length} / ${MUTATIONS.length} killed`);
    return survivors.length === 0 ? 0 : 1;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

process.exitCode = main();
