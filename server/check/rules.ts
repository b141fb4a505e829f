/**
 * Who may import whom: runs dependency-cruiser over the rooms, proves that it read every file, and
 * proves on a small bad tree that each rule can fail.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { ROOMS, sourceFiles } from './sources.ts';

interface Cruise {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: {
    readonly violations: readonly {
      readonly from: string;
      readonly to: string;
      readonly rule: { readonly name: string };
    }[];
  };
}

/** A file of the bad tree, what it imports, and the rule that must notice. */
const BAD_IMPORTS: readonly (readonly [file: string, code: string, rule: string])[] = [
  ['lib/units/a.ts', `import '../market/a.ts';`, 'lib/units-stays-in-its-room'],
  ['lib/market/a.ts', `import '#lib/margin/a.ts';`, 'lib/market-stays-in-its-room'],
  ['lib/margin/a.ts', `import 'node:fs';`, 'lib/margin-stays-in-its-room'],
  ['lib/margin/b.ts', `import '#server/a.ts';`, 'lib/margin-stays-in-its-room'],
  ['lib/margin/c.test.ts', `import '#lib/engine/a.ts';`, 'lib/margin-tests-stay-in-their-room'],
  ['lib/engine/a.ts', `import type { B } from './b.ts'; export type A = B;`, 'no-cycles'],
  [
    'lib/engine/b.ts',
    `import type { A } from './a.ts'; import '#lib/wire/a.ts'; export type B = A;`,
    'lib/engine-stays-in-its-room',
  ],
  ['lib/sim/a.ts', `import 'decimal.js';`, 'decimal-js-only-in-units'],
  ['lib/cellar/a.ts', `import '#lib/units/a.ts';`, 'every-room-of-lib-is-in-the-table'],
  ['lib/wire/a.ts', `import './missing.ts';`, 'everything-resolves'],
  ['server/a.ts', `import '#components/a.tsx';`, 'server-stays-in-its-room'],
  ['server/b.ts', `import 'next';`, 'next-only-in-main'],
  ['server/c.ts', `import 'stray';`, 'nothing-undeclared'],
  ['server/conformance.ts', `import '#lib/units/a.ts';`, 'conformance-does-no-arithmetic'],
  ['server/check/a.ts', `import '#components/a.tsx';`, 'checks-and-benches-see-no-page'],
  [
    'components/a.tsx',
    `import '#server/a.ts'; export const A = () => <b>import</b>;`,
    'components-stays-in-its-room',
  ],
  ['components/b.tsx', `import '../app/page.tsx';`, 'nobody-imports-app'],
  ['components/c.tsx', `import 'recharts';`, 'recharts-only-in-charts'],
  ['components/f.tsx', `import 'ag-grid-community';`, 'ag-grid-only-to-be-measured'],
  ['components/d.tsx', `import 'socket.io-client';`, 'sockets-only-in-live'],
  ['components/e.tsx', `import 'next';`, 'next-in-components-is-for-finding-the-way'],
  ['app/page.tsx', `import '#lib/engine/a.ts';`, 'app-stays-in-its-room'],
  ['e2e/a.spec.ts', `import '#lib/margin/a.ts';`, 'e2e-stays-in-its-room'],
];

function cruise(folder: string): Cruise {
  const rooms = ROOMS.filter((room) => existsSync(join(folder, room)));
  const config = resolve('.dependency-cruiser.cjs');
  const { stdout, stderr } = spawnSync(
    resolve('node_modules/.bin/depcruise'),
    ['--config', config, '--output-type', 'json', ...rooms],
    { cwd: folder, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 },
  );
  if (!stdout.startsWith('{')) throw new Error(`dependency-cruiser said: ${stdout}${stderr}`);
  return JSON.parse(stdout) as Cruise;
}

/** Rules that did not notice their bad import. */
function rulesAsleep(): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-rules-'));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  try {
    for (const file of ['package.json', 'tsconfig.json']) copyFileSync(file, join(folder, file));
    for (const name of [
      'decimal.js',
      'next',
      'recharts',
      'ag-grid-community',
      'socket.io-client',
      'stray',
    ]) {
      write(`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' }));
      write(`node_modules/${name}/index.js`, '');
    }
    for (const [file, code] of BAD_IMPORTS) write(file, `${code}\nexport {};\n`);
    const { violations } = cruise(folder).summary;
    return BAD_IMPORTS.filter(
      ([file, , rule]) => !violations.some((v) => v.from === file && v.rule.name === rule),
    ).map(([file, code, rule]) => `${rule} did not notice ${file}: ${code}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const { modules, summary } = cruise('.');
const read = new Set(modules.map((module) => module.source));
const problems = [
  ...summary.violations.map((v) => `${v.rule.name}: ${v.from} → ${v.to}`),
  ...sourceFiles(['.ts', '.tsx', '.mjs'])
    .filter((path) => !path.endsWith('.d.ts') && !read.has(path))
    .map((path) => `dependency-cruiser did not read ${path}`),
  ...(modules.length === 0 ? ['dependency-cruiser read nothing'] : []),
  ...rulesAsleep(),
];
for (const problem of problems) console.error(problem);
console.log(
  `import rules: ${read.size} modules read, ${BAD_IMPORTS.length} bad imports tried, ${problems.length} problems`,
);
process.exitCode = problems.length === 0 ? 0 : 1;
