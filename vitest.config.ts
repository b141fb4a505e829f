import { configDefaults, defineConfig } from 'vitest/config';

const deep = process.env.PLIMSOLL_DEEP === '1';
const exclude = [...configDefaults.exclude, 'e2e/**', '.next/**'];

/** Three kinds of test, told apart by name alone: `*.test.ts` examples, `*.test.tsx` examples that need a document, `*.fuzz.ts` properties. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: ['{lib,server,components,app}/**/*.test.ts'],
          exclude,
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'property',
          environment: 'node',
          include: ['{lib,server,components}/**/*.fuzz.ts'],
          exclude,
          setupFiles: ['server/check/property-runs.ts'],
          testTimeout: deep ? 3_600_000 : 120_000,
        },
      },
      {
        test: {
          name: 'components',
          environment: 'jsdom',
          include: ['{components,app}/**/*.test.tsx'],
          exclude,
          testTimeout: 30_000,
        },
      },
    ],
    coverage: {
      provider: 'v8',
      include: ['{lib,server,components}/**/*.{ts,tsx}'],
      reporter: ['text-summary', 'html'],
    },
  },
});
