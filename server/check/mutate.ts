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
import { ENGINE_MUTATIONS } from './engine-mutations.ts';
import { MARGIN_MUTATIONS, type Mutation } from './mutations.ts';
import { RISK_MUTATIONS } from './risk-mutations.ts';
import { sourceFiles } from './sources.ts';

const MUTATIONS: readonly Mutation[] = [
  ...MARGIN_MUTATIONS,
  ...ENGINE_MUTATIONS,
  ...RISK_MUTATIONS,
];
const TEST_NAME = /\.(test|fuzz|contract|bench)\.tsx?$/;
const RUN_LIMIT_MS = 300_000;
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

/** The sources of `lib` and the tests named, under a folder of their own. */
function copyTo(folder: string, tests: readonly string[]): void {
  const files = sourceFiles(['.ts'], ['lib']).filter((path) => !TEST_NAME.test(path));
  for (const path of [...files, ...new Set(tests)]) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    cpSync(path, join(folder, path));
  }
}

function breakCopy(folder: string, { file, find, replace, test }: Mutation): void {
  copyTo(folder, [test]);
  const path = join(folder, file);
  writeFileSync(
    path,
    readFileSync(path, 'utf8').replace(find, () => replace),
  );
}

/** One run over all copies: starting a runner for each would take longer than the tests. */
function runIn(root: string): ReadonlyMap<string, FileReport> {
  writeFileSync(join(root, 'package.json'), '{ "type": "module" }');
  writeFileSync(
    join(root, 'vitest.config.mjs'),
    "export default { test: { include: ['*/lib/**/*.test.ts'], testTimeout: 30000 } };",
  );
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
    const tests = MUTATIONS.map(({ test }) => test);
    copyTo(join(root, SOUND), tests);
    for (const [index, mutation] of MUTATIONS.entries()) {
      breakCopy(join(root, folderOf(index)), mutation);
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
