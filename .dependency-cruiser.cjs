// Who may import whom. A room lists everything it may reach; all else is an error.
// Tests may also use their tools and read files, and stay inside their room's walls otherwise.

const TEST = '\\.(test|fuzz|contract|bench)\\.tsx?$';
const TEST_TOOLS = [
  'node:core',
  'vitest',
  'fast-check',
  '@testing-library/react',
  'socket.io-client',
];

const react = ['react', 'react-dom', 'next'];

/** Rooms in the order of their walls: the path they own, what they may reach besides it. */
const rooms = [
  { name: 'lib/contract', may: [] },
  { name: 'lib/units', may: ['lib/contract', 'decimal.js'] },
  { name: 'lib/market', may: ['lib/units', 'lib/contract'] },
  { name: 'lib/margin', may: ['lib/market', 'lib/units', 'lib/contract'] },
  { name: 'lib/risk', may: ['lib/margin', 'lib/market', 'lib/units', 'lib/contract'] },
  { name: 'lib/book', may: ['lib/margin', 'lib/market', 'lib/units', 'lib/contract'] },
  {
    name: 'lib/engine',
    may: ['lib/book', 'lib/margin', 'lib/market', 'lib/units', 'lib/contract', '@noble/hashes'],
  },
  {
    name: 'lib/wire',
    may: [
      'lib/engine',
      'lib/margin',
      'lib/market',
      'lib/units',
      'lib/contract',
      'zod',
      '@noble/hashes',
    ],
  },
  {
    name: 'lib/sim',
    may: ['lib/engine', 'lib/book', 'lib/margin', 'lib/market', 'lib/units', 'lib/contract'],
  },
  {
    name: 'lib/display',
    may: ['lib/engine', 'lib/risk', 'lib/margin', 'lib/market', 'lib/units', 'lib/contract'],
  },
  { name: 'server', may: ['lib', 'node:core', 'socket.io', 'zod', 'pino', 'prom-client', 'next'] },
  {
    name: 'components',
    may: [
      'lib',
      ...react,
      'zustand',
      'recharts',
      'ag-grid-community',
      'socket.io-client',
      '@tanstack/react-table',
      '@tanstack/react-virtual',
      'radix-ui',
      'class-variance-authority',
      'clsx',
      'lucide-react',
    ],
  },
  {
    name: 'app',
    may: [
      'components',
      'lib/display',
      ...react,
      '@fontsource-variable/inter',
      '@fontsource-variable/jetbrains-mono',
    ],
  },
  {
    name: 'e2e',
    may: ['lib/sim', 'lib/display', 'node:core', '@playwright/test', '@axe-core/playwright'],
  },
];

/** Where a name is found once resolved: a room's path or a package's folder. */
function pathOf(name) {
  if (/^(lib|server|components|app|e2e)(\/|$)/.test(name)) return `^${name}(/|\\.ts$)`;
  return `^node_modules/${name.replace('.', '\\.')}/`;
}

/** Everything outside the list; `node:core` in it admits the modules of Node. */
function outside(names) {
  return {
    pathNot: names.filter((name) => name !== 'node:core').map(pathOf),
    ...(names.includes('node:core') ? { dependencyTypesNot: ['core'] } : {}),
  };
}

const walls = rooms.flatMap(({ name, may }) => [
  {
    name: `${name}-stays-in-its-room`,
    severity: 'error',
    from: { path: pathOf(name), pathNot: [TEST, '^server/(check|bench|prepare\\.mjs)'] },
    to: outside([name, ...may]),
  },
  {
    name: `${name}-tests-stay-in-their-room`,
    severity: 'error',
    from: { path: `^${name}/.*${TEST}` },
    to: outside([name, ...may, ...TEST_TOOLS]),
  },
]);

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...walls,
    {
      name: 'every-room-of-lib-is-in-the-table',
      severity: 'error',
      from: {
        path: '^lib/',
        pathNot: rooms
          .filter(({ name }) => name.startsWith('lib/'))
          .map(({ name }) => pathOf(name)),
      },
      to: {},
    },
    {
      name: 'decimal-js-only-in-units',
      severity: 'error',
      from: { pathNot: '^lib/units/' },
      to: { path: pathOf('decimal.js') },
    },
    {
      name: 'next-only-in-main',
      severity: 'error',
      from: { path: '^server/', pathNot: '^server/main\\.ts$' },
      to: { path: pathOf('next') },
    },
    {
      name: 'next-in-components-is-for-finding-the-way',
      severity: 'error',
      from: { path: '^components/' },
      to: { path: pathOf('next'), pathNot: '^node_modules/next/(link|navigation|dynamic)' },
    },
    {
      name: 'recharts-only-in-charts',
      severity: 'error',
      from: { path: '^components/', pathNot: '^components/charts/' },
      to: { path: pathOf('recharts') },
    },
    {
      name: 'ag-grid-only-to-be-measured',
      severity: 'error',
      from: { path: '^components/', pathNot: '^components/table/bench/' },
      to: { path: pathOf('ag-grid-community') },
    },
    {
      name: 'sockets-only-in-live',
      severity: 'error',
      from: { path: '^components/', pathNot: '^components/live/' },
      to: { path: pathOf('socket.io-client') },
    },
    {
      name: 'conformance-does-no-arithmetic',
      comment: 'It maps keys and calls lib/margin; with units in hand it could compute answers.',
      severity: 'error',
      from: { path: '^server/conformance(\\.ts$|/)', pathNot: TEST },
      to: { path: pathOf('lib/units') },
    },
    {
      name: 'checks-and-benches-see-no-page',
      severity: 'error',
      from: { path: '^server/(check|bench|prepare\\.mjs)' },
      to: { path: ['^components/', '^app/', '^e2e/(?!browser\\.mjs$)'] },
    },
    {
      name: 'nobody-imports-app',
      severity: 'error',
      from: { pathNot: '^(app|\\.next)/' },
      to: { path: '^app/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'everything-resolves',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'nothing-undeclared',
      comment: 'A package that is only here because another one brought it may leave with it.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: '^node_modules' },
    exclude: { path: '^\\.next' },
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
};
