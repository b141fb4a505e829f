/**
 * `npm test`: every check in order, then what ran. The last line is `N passed, M failed` (with
 * `, K skipped` when some were); a stage that fails without a failed test counts as one failure.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { sourceFiles } from './sources.ts';

const REPORTS = 'reports';
const UNIT_REPORT = join(REPORTS, 'vitest.json');
const BROWSER_REPORT = join(REPORTS, 'playwright.json');
const TAIL_LINES = 80;
const COMPLAINT_LINES = 10;
const STAGE_LIMIT_MS = 900_000;

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

interface Stage {
  readonly name: string;
  readonly command: readonly string[];
  /** Tests by kind, read from the stage's output or report. */
  readonly count?: (output: string) => ReadonlyMap<string, Count>;
  readonly env?: Readonly<Record<string, string>>;
  /** What a reader of the last lines must learn even where the stage passed. */
  readonly complaints?: () => readonly string[];
}

interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

interface PlaywrightReport {
  readonly stats: {
    readonly expected: number;
    readonly unexpected: number;
    readonly flaky: number;
    readonly skipped: number;
  };
  readonly suites: readonly PlaywrightSuite[];
}

interface PlaywrightSuite {
  readonly suites?: readonly PlaywrightSuite[];
  readonly specs: readonly {
    readonly title: string;
    readonly file: string;
    readonly tests: readonly {
      readonly results: readonly {
        readonly errors: readonly { readonly message?: string }[];
      }[];
    }[];
  }[];
}

function kindOf(path: string): string {
  if (path.startsWith('server/store/')) return 'store';
  if (path.startsWith('server/gateway/')) return 'socket';
  return path.endsWith('.fuzz.ts') ? 'property' : 'unit';
}

function countIn(counts: Map<string, Count>, kind: string): Count {
  const count = counts.get(kind) ?? { passed: 0, failed: 0, skipped: 0 };
  counts.set(kind, count);
  return count;
}

function countVitest(): ReadonlyMap<string, Count> {
  const report = JSON.parse(readFileSync(UNIT_REPORT, 'utf8')) as VitestReport;
  const counts = new Map<string, Count>();
  for (const file of report.testResults) {
    const count = countIn(counts, kindOf(relative('.', file.name)));
    for (const { status } of file.assertionResults) {
      if (status === 'passed') count.passed += 1;
      else if (status === 'failed') count.failed += 1;
      else count.skipped += 1;
    }
    const failedOutsideTests =
      file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed');
    if (failedOutsideTests) count.failed += 1;
  }
  return counts;
}

function readPlaywright(): PlaywrightReport {
  return JSON.parse(readFileSync(BROWSER_REPORT, 'utf8')) as PlaywrightReport;
}

/** A test that passed on its second try has passed; `browserComplaints` names it all the same. */
function countPlaywright(): ReadonlyMap<string, Count> {
  const { stats } = readPlaywright();
  const { expected, flaky, unexpected: failed, skipped } = stats;
  return new Map([['browser', { passed: expected + flaky, failed, skipped }]]);
}

/** Every failed try of a browser test with the beginning of what it said, for whoever reads the end of a log only. */
function browserComplaints(): readonly string[] {
  const specsOf = (suite: PlaywrightSuite): PlaywrightSuite['specs'] => [
    ...suite.specs,
    ...(suite.suites ?? []).flatMap(specsOf),
  ];
  return readPlaywright()
    .suites.flatMap(specsOf)
    .flatMap(({ file, title, tests }) =>
      tests.flatMap(({ results }) =>
        results.flatMap(({ errors }, at) =>
          errors.map(({ message = 'no message' }) => {
            const said = stripVTControlCharacters(message).split('\n').slice(0, COMPLAINT_LINES);
            return [`browser, try ${at + 1}: ${file}: ${title}`, ...said].join('\n    ');
          }),
        ),
      ),
    );
}

function countConformance(output: string): ReadonlyMap<string, Count> {
  const last = [...output.matchAll(/^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/gm)].at(-1);
  if (last === undefined) return new Map();
  const [passed, failed, skipped] = last.slice(1).map((digits) => Number(digits ?? 0));
  const count = { passed: passed ?? 0, failed: failed ?? 0, skipped: skipped ?? 0 };
  return new Map([['conformance', count]]);
}

/** Recorded venue cases: those in the repository and, when there, the shared ones. */
function conformanceCases(): string[] {
  const shared = process.env['PLIMSOLL_SHARED'];
  const venues = shared === undefined ? '' : join(shared, 'venues');
  const recorded = existsSync(venues) ? readdirSync(venues) : [];
  return [
    ...sourceFiles(['-cases.json'], ['server']),
    ...recorded.filter((name) => name.endsWith('-cases.json')).map((name) => join(venues, name)),
  ];
}

const cases = conformanceCases();
const stages: readonly Stage[] = [
  { name: 'format', command: ['oxfmt', '--check'] },
  { name: 'lint', command: ['oxlint'] },
  { name: 'types of routes', command: ['next', 'typegen'] },
  { name: 'types', command: ['tsc', '-p', '.'] },
  { name: 'types of lib', command: ['tsc', '-p', 'lib'] },
  { name: 'import rules', command: ['node', 'server/check/rules.ts'] },
  { name: 'tidy', command: ['node', 'server/check/tidy.ts'] },
  { name: 'dead code', command: ['knip'] },
  {
    name: 'vitest',
    command: [
      'vitest',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${UNIT_REPORT}`,
    ],
    count: countVitest,
  },
  ...(cases.length === 0
    ? []
    : [
        {
          name: 'conformance',
          command: ['node', 'server/conformance.ts', ...cases],
          count: countConformance,
        },
      ]),
  { name: 'mutants', command: ['node', 'server/check/mutate.ts'] },
  { name: 'build', command: ['node', 'server/prepare.mjs', 'build'] },
  {
    name: 'browser',
    command: ['playwright', 'test', '--config', 'e2e/playwright.config.ts', '--reporter=line,json'],
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: join(process.cwd(), BROWSER_REPORT) },
    count: countPlaywright,
    complaints: browserComplaints,
  },
];

/** Counts of a stage; a report that is missing or unreadable counts nothing and fails the stage. */
function countsOf(stage: Stage, output: string): ReadonlyMap<string, Count> | undefined {
  if (stage.count === undefined) return new Map();
  try {
    const counts = stage.count(output);
    return [...counts.values()].some((c) => c.passed + c.failed > 0) ? counts : undefined;
  } catch {
    return undefined;
  }
}

rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS, { recursive: true });

const totals = new Map<string, Count>();
const failedStages: string[] = [];
const complaints: string[] = [];
let mutants = 'not reported';

for (const stage of stages) {
  const started = performance.now();
  const [command = '', ...args] = stage.command;
  const result = spawnSync(
    command === 'node' ? process.execPath : `node_modules/.bin/${command}`,
    args,
    {
      encoding: 'utf8',
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NO_COLOR: '1', ...stage.env },
      maxBuffer: 256 * 1024 * 1024,
      timeout: STAGE_LIMIT_MS,
    },
  );
  const output = stripVTControlCharacters(`${result.stdout}${result.stderr}`);
  writeFileSync(join(REPORTS, `${stage.name.replaceAll(/\W+/g, '-')}.log`), output);
  const counts = countsOf(stage, output);
  for (const [kind, count] of counts ?? []) {
    const total = countIn(totals, kind);
    total.passed += count.passed;
    total.failed += count.failed;
    total.skipped += count.skipped;
  }
  const ok = result.status === 0 && counts !== undefined;
  const testsFailed = [...(counts?.values() ?? [])].some((count) => count.failed > 0);
  if (!ok || testsFailed) {
    if (!testsFailed) failedStages.push(stage.name);
    console.log(output.trimEnd().split('\n').slice(-TAIL_LINES).join('\n'));
  }
  if (counts !== undefined) complaints.push(...(stage.complaints?.() ?? []));
  if (stage.name === 'mutants') mutants = /^.*killed.*$/m.exec(output)?.[0] ?? mutants;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${ok && !testsFailed ? 'ok    ' : 'FAILED'} ${stage.name} (${seconds} s)`);
}

console.log(['', ...complaints].join('\n'));
if (cases.length === 0) {
  console.log(
    'conformance: skipped, no recorded cases here (name their folder in PLIMSOLL_SHARED)',
  );
  totals.set('conformance', { passed: 0, failed: 0, skipped: 1 });
}
for (const [kind, count] of totals) {
  console.log(`${kind}: ${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
}
console.log(`mutants: ${mutants}`);
if (failedStages.length > 0) console.log(`stages that failed: ${failedStages.join(', ')}`);

const sum = (key: keyof Count) => [...totals.values()].reduce((total, c) => total + c[key], 0);
const passed = sum('passed');
const failed = sum('failed') + failedStages.length;
const skipped = sum('skipped');
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
